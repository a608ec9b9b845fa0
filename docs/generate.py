"""Writes the reference pages, the schema files and the man pages from the program: `python docs/generate.py`.

A test compares them with what the program says now.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import inspect

from confparse import __version__
from confparse.diagnostics import Sentence, catalogue, messages
from confparse.formats.schemas import FILES, printed_schema, record_texts
from confparse.formats.table_package import described
from confparse.kind_reference import Kind, holds, kind, kinds
from confparse.model import Report
from confparse.reasons import reason
from confparse.rules.load import load_grammar

DOCS = Path(__file__).parent
VERBS = (
    [], ["parse"], ["batch"], ["check"], ["show"], ["explain"], ["compare"], ["view"], ["grammar", "list"], ["grammar", "show"], ["grammar", "test"],
    ["grammar", "new"], ["schema"],
)  # fmt: skip
FOLDER = {"en": "reference", "zh": "zh/reference"}
WORDS = {
    name: Sentence(en=en, zh=zh)
    for name, en, zh in (
        ("made", "This page is made from the program.", "本页由程序生成。"),
        ("cli", "Command line", "命令行"),
        ("record", "The record", "记录"),
        ("tables", "Tables", "数据表"),
        ("package", "As a Data Package:", "Data Package："),
        ("codes", "Codes", "代码"),
        ("kinds", "Kinds of rules", "规则类别"),
        ("field", "field", "字段"),
        ("column", "column", "列"),
        ("holds", "holds", "类型"),
        ("meaning", "meaning", "含义"),
        ("default", "default", "默认"),
        ("group", "group", "命名组"),
        ("example", "For example, the rule", "例如规则"),
        ("schema", "As JSON Schema:", "JSON Schema："),
        ("exit", "Exit codes", "退出码"),
        ("exit0", "fine", "正常"),
        ("exit1", "`check` or `compare` found something at or above `--fail-on`, or a file of `batch` or of `compare --pairs` failed", "`check` 或 `compare` 发现达到 `--fail-on` 级别的诊断，或 `batch`、`compare --pairs` 有文件失败"),
        ("exit2", "usage, an input that cannot be read, or a wrong grammar", "用法有误、输入无法读取或规则集有误"),
        ("man", "raw text dumps of conference reports to validated records", "把会议报告的原始文本转成经校验的记录"),
    )
}  # fmt: skip


def word(name: str, ui: str) -> str:
    return WORDS[name].said(ui)


def help_text(verb: list[str], ui: str) -> str:
    """The help of a verb, as a terminal of 80 columns shows it."""
    env = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    call = "import sys; sys.argv[0] = 'confparse'; from confparse.cli.main import main; main()"
    command = [sys.executable, "-c", call, "--ui", ui, *verb, "--help"]
    return subprocess.run(command, env=env, capture_output=True, check=True, text=True, encoding="utf-8").stdout


def command_line(ui: str) -> str:
    lines = [f"# {word('cli', ui)}", "", word("made", ui), ""]
    for verb in VERBS:
        title = " ".join(["confparse", *verb])
        lines += [f"## `{title}`", "", "```text", help_text(verb, ui).rstrip("\n"), "```", ""]
    lines += [f"## {word('exit', ui)}", "", *(f"- {n}: {word(f'exit{n}', ui)}" for n in range(3)), ""]
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> list[str]:
    return [_row(*heads), _row(*("---" for _ in heads)), *(_row(*row) for row in rows), ""]


def _code(text: str) -> str:
    return " / ".join(f"`{choice}`" for choice in text.split(" | "))


def record(ui: str) -> str:
    """Every type of the record and its fields, in the order of the record."""
    lines = [f"# {word('record', ui)}", "", word("made", ui), "", f"{word('schema', ui)} `{FILES['report']}`", ""]
    known = record_texts()
    for cls in _types(Report, []):
        info = inspect.type_info(cls)
        assert isinstance(info, inspect.StructType)
        about = known.types[cls.__name__].about.said(ui) if cls.__name__ in known.types else ""
        lines += [f"## {cls.__name__}", "", about, ""]
        heads = (word("field", ui), word("holds", ui), word("meaning", ui))
        rows = ((_code(f.encode_name), _code(_held(f.type, ui)), _said(cls, f.encode_name, ui)) for f in info.fields)
        lines += _table(heads, rows)
    return "\n".join(lines)


def _held(wanted: inspect.Type, ui: str) -> str:
    """What a field holds; the name of a type that has a section of its own."""
    if isinstance(wanted, inspect.StructType):
        return wanted.cls.__name__
    if isinstance(wanted, inspect.VarTupleType):
        return messages()["holds_list"].said(ui, item=_held(wanted.item_type, ui))
    if isinstance(wanted, inspect.UnionType):
        return " | ".join(_held(one, ui) for one in wanted.types if not isinstance(one, inspect.NoneType))
    if isinstance(wanted, inspect.TupleType):
        return "[" + ", ".join(_held(one, ui) for one in wanted.item_types) + "]"
    return holds(wanted, ui)


def _types(cls: type[msgspec.Struct], seen: list[type[msgspec.Struct]]) -> list[type[msgspec.Struct]]:
    if cls in seen:
        return seen
    seen.append(cls)
    info = inspect.type_info(cls)
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        for nested in _structs(field.type):
            _types(nested, seen)
    return seen


def _structs(wanted: inspect.Type) -> Iterator[type[msgspec.Struct]]:
    if isinstance(wanted, inspect.StructType):
        yield wanted.cls
    elif isinstance(wanted, inspect.VarTupleType):
        yield from _structs(wanted.item_type)
    elif isinstance(wanted, inspect.UnionType):
        for one in wanted.types:
            yield from _structs(one)


def _said(cls: type[msgspec.Struct], field: str, ui: str) -> str:
    known = record_texts().field(cls.__name__, field)
    return known.said(ui) if known else ""


def table_pages(ui: str) -> str:
    """Every table of a batch and its columns."""
    lines = [f"# {word('tables', ui)}", "", word("made", ui), "", f"{word('package', ui)} `{FILES['tables']}`", ""]
    return "\n".join([*lines, *described(ui, (word("column", ui), word("holds", ui), word("meaning", ui)))])


def codes(ui: str) -> str:
    """Every code with its page."""
    lines = [f"# {word('codes', ui)}", "", word("made", ui), ""]
    for code, entry in catalogue().items():
        severity = messages()[entry.severity].said(ui)
        message = entry.message.zh if ui == "zh" else entry.message.en
        lines += [f"## {code} {entry.name}", "", f"{severity}: `{message}`", "", entry.page.said(ui), ""]
    return "\n".join(lines)


def rule_kinds(ui: str) -> str:
    """Every kind of rules: fields, groups, and the examples of one rule."""
    lines = [f"# {word('kinds', ui)}", "", word("made", ui), ""]
    for name in kinds():
        lines += _kind(kind(name), ui)
    return "\n".join(lines)


def _kind(shown: Kind, ui: str) -> list[str]:
    lines = [f"## {shown.name}", "", shown.about.said(ui), ""]
    heads = (word("field", ui), word("holds", ui), word("default", ui), word("meaning", ui))
    rows = (
        (_code(f.name), _code(holds(f.type, ui)), _code(f.default) if f.default else "", f.about.said(ui))
        for f in shown.fields
    )
    lines += _table(heads, rows)
    if shown.captures:
        heads = (word("group", ui), word("meaning", ui))
        lines += _table(heads, ((_code(c.name), c.about.said(ui)) for c in shown.captures))
    rules = load_grammar().rules.values()
    rule = next((rule for rule in rules if isinstance(rule, kinds()[shown.name])), None)
    if rule is not None:
        lines += [f"{word('example', ui)} `{rule.id}`: {reason(rule, ui)}", ""]
        for good in (True, False):
            example = next((e for e in rule.examples if e.match is good), None)
            if example is not None:
                verdict = messages()["matches" if good else "matches_not"].said(ui)
                lines += [f"- {verdict}: `` {example.text!r} ``"]
        lines += [""]
    return lines


def man(ui: str) -> str:
    """The man page: the helps of all verbs."""
    lines = [f'.TH CONFPARSE 1 "" "confparse {__version__}"', ".SH NAME", f"confparse \\- {word('man', ui)}"]
    for verb in VERBS:
        lines += [f".SH {' '.join(['confparse', *verb]).upper()}", ".nf", _roff(help_text(verb, ui)), ".fi"]
    lines += [".SH EXIT STATUS", *(f".TP\n{n}\n{word(f'exit{n}', ui).replace('`', '')}" for n in range(3))]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    return re.sub(r"(?m)^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-")).rstrip("\n")


def files() -> dict[str, bytes]:
    """The content of every generated file, by its path below docs/."""
    made: dict[str, bytes] = {f"schemas/{name}": printed_schema(what) for what, name in FILES.items()}  # type: ignore[arg-type]
    pages = {"command-line": command_line, "record": record, "tables": table_pages, "codes": codes, "kinds": rule_kinds}
    for ui, folder in FOLDER.items():
        made |= {f"{folder}/{name}.md": page(ui).encode() for name, page in pages.items()}
    return made | {"man/confparse.1": man("en").encode(), "man/zh_CN/confparse.1": man("zh").encode()}


def main() -> None:
    for name, data in files().items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_bytes(data)


if __name__ == "__main__":
    main()
