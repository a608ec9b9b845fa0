"""Writes the reference pages, the schema files and the man pages from the program: `python docs/generate.py`.

A test compares them with what the program says now.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import msgspec
from msgspec import inspect

from confparse import __version__
from confparse.cli.settings import Settings
from confparse.diagnostics import MessageTemplate, catalogue, messages
from confparse.formats.schemas import FILES, printed_schema, record_texts
from confparse.formats.table_package import described
from confparse.kind_reference import Kind, holds, kind, kinds, texts
from confparse.model import Report
from confparse.reasons import reason
from confparse.rules.base import Example
from confparse.rules.kinds import Manifest, Name
from confparse.rules.load import load_grammar
from confparse.rules.mention_classes import MentionClass, NameKind
from confparse.rules.mentions import Lexicon
from confparse.rules.structure import LabelReading

DOCS = Path(__file__).parent
VERBS = (
    [], ["parse"], ["batch"], ["check"], ["show"], ["explain"], ["compare"], ["view"], ["grammar", "list"], ["grammar", "show"], ["grammar", "test"],
    ["grammar", "new"], ["schema"],
)  # fmt: skip
SETTINGS = {
    "grammar": "harbour.yaml",
    "fail-on": "warning",
    "select": ["V", "O001"],
    "exclude": ["drafts/*"],
    "jobs": 4,
}
FOLDER = {"en": "reference", "zh": "zh/reference"}
WORDS = {
    name: MessageTemplate(en=en, zh=zh)
    for name, en, zh in (
        ("made", "This page is made from the program.", "本页由程序生成。"),
        ("cli", "Command line", "命令行"),
        ("record", "The record", "记录"),
        ("tables", "Tables", "数据表"),
        ("package", "As a Data Package", "Data Package"),
        ("codes", "Codes", "代码"),
        ("kinds", "Kinds of rules", "规则类别"),
        ("field", "field", "字段"),
        ("column", "column", "列"),
        ("holds", "holds", "类型"),
        ("meaning", "meaning", "含义"),
        ("default", "default", "默认"),
        ("semicolon", "; ", "；"),
        ("group", "group", "命名组"),
        ("example", "For example, the rule", "例如规则"),
        ("schema", "As JSON Schema", "JSON Schema"),
        ("grammar", "Grammar files", "规则文件"),
        ("grammar_about", "A grammar is one YAML file, or a folder with `grammar.yaml` and other files beside and below it, which hold `fragments`, `words`, `names`, `lexicon` and `rules`. All scalars are text until their field says otherwise. Unknown keys are refused, with the near name. Each rule has the fields of its [kind](kinds.md).", "规则集是一个 YAML 文件，或一个文件夹：其中有 `grammar.yaml`，旁边和下级可有其他文件，写有 `fragments`、`words`、`names`、`lexicon` 和 `rules`。未另作规定的标量都是字符串。未知的键会被拒绝，并给出相近的名称。每条规则的字段由其[类别](kinds.md)决定。"),
        ("key", "key", "键"),
        ("of_kinds", "rules of the [kinds](kinds.md)", "各[类别](kinds.md)的规则"),
        ("classes", "Classes", "类"),
        ("lists", "Lists", "名单"),
        ("name_of", "name", "名称"),
        ("list_of", "list", "名单"),
        ("class_of", "class", "类"),
        ("settings", "Settings", "配置"),
        ("settings_about", "`confparse.toml`, or the table `[tool.confparse]` in `pyproject.toml`. The file is looked for in the folder that holds all inputs and those above it, then in the current folder and those above it; `--config FILE` names one. `--show-config` prints the settings in use and where they are from. What the command line gives wins. A grammar is a shipped one, or a path in the folder of the file; a file named by `--config` may name any path. Lists may be written as one text with commas.", "`confparse.toml`，或 `pyproject.toml` 中的 `[tool.confparse]`。先在包含全部输入的文件夹及其上级中查找，再在当前文件夹及其上级中查找；`--config 文件` 指定某个文件。`--show-config` 显示当前配置及其来源。命令行给出的优先。`grammar` 为内置规则集，或配置文件所在文件夹内的路径；用 `--config` 指定的文件可使用任何路径。列表也可写成以逗号分隔的字符串。"),
        ("environment", "Environment: `LANG` chooses the language of messages; `NO_COLOR` and `FORCE_COLOR` decide about colours; `CONFPARSE_CACHE` names the folder for compiled grammars, or none if it is empty.", "环境变量：`LANG` 决定界面语言；`NO_COLOR` 和 `FORCE_COLOR` 决定是否着色；`CONFPARSE_CACHE` 指定存放已编译规则集的文件夹，为空则不存放。"),
        ("exit", "Exit codes", "退出码"),
        ("exit0", "fine", "正常"),
        ("exit1", "`check` or `compare` found something at or above `--fail-on`, or a file of `batch` or of `compare --pairs` failed", "`check` 或 `compare` 发现达到 `--fail-on` 级别的诊断，或 `batch`、`compare --pairs` 有文件处理失败"),
        ("exit2", "usage, an input that cannot be read, or a wrong grammar", "用法有误、输入无法读取或规则集有误"),
        ("man", "raw text dumps of conference reports to validated records", "将会议报告的原始文本转换为经过校验的结构化记录"),
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
    lines = [f"# {word('record', ui)}", "", word("made", ui), "", _schema_link("report", ui), ""]
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
    if isinstance(wanted, inspect.VarTupleType | inspect.ListType):
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
    elif isinstance(wanted, inspect.VarTupleType | inspect.ListType):
        yield from _structs(wanted.item_type)
    elif isinstance(wanted, inspect.DictType):
        yield from _structs(wanted.value_type)
    elif isinstance(wanted, inspect.UnionType):
        for one in wanted.types:
            yield from _structs(one)


def _said(cls: type[msgspec.Struct], field: str, ui: str) -> str:
    known = record_texts().field(cls.__name__, field)
    return known.said(ui) if known else ""


def table_pages(ui: str) -> str:
    """Every table of a batch and its columns."""
    lines = [f"# {word('tables', ui)}", "", word("made", ui), "", _schema_link("tables", ui, "package"), ""]
    return "\n".join([*lines, *described(ui, (word("column", ui), word("holds", ui), word("meaning", ui)))])


def codes(ui: str) -> str:
    """Every code with its page."""
    lines = [f"# {word('codes', ui)}", "", word("made", ui), ""]
    for code, entry in catalogue().items():
        severity = messages()[entry.severity].said(ui)
        colon, message = messages()["colon"].said(ui), entry.message.template(ui)
        lines += [f"## {code} {entry.name}", "", f"{severity}{colon}{_literal(message)}", "", entry.page.said(ui), ""]
    return "\n".join(lines)


def _literal(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def rule_kinds(ui: str) -> str:
    """Every kind of rules: fields, groups, and the examples of one rule."""
    lines = [f"# {word('kinds', ui)}", "", word("made", ui), ""]
    for name in kinds():
        lines += _kind(kind(name), ui)
    return "\n".join(lines)


def _with_default(held: str, default: str | None, ui: str) -> str:
    return f"{held}{word('semicolon', ui)}{word('default', ui)} `{default}`" if default not in (None, "-") else held


def _kind(shown: Kind, ui: str) -> list[str]:
    lines = [f"## {shown.name}", "", shown.about.said(ui), ""]
    heads = (word("field", ui), word("holds", ui), word("meaning", ui))
    named = [
        (name, field)
        for f in shown.fields
        for name, field in ((f.name, f), *((f"{f.name}: {k.name}", k) for k in f.keys))
    ]
    rows = (
        (_code(name), _with_default(_code(holds(f.type, ui)), f.default, ui), f.about.said(ui)) for name, f in named
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


def grammar_files(ui: str) -> str:
    """Every key of a grammar file but its rules, and the types of their values."""
    known = texts().types
    lines = [
        f"# {word('grammar', ui)}",
        "",
        word("made", ui),
        "",
        word("grammar_about", ui),
        "",
        _schema_link("grammar", ui),
        "",
    ]
    for cls in (
        Manifest,
        *(cls for cls in _types(Manifest, []) if cls not in (Manifest, *kinds().values(), Example, LabelReading)),
    ):
        info = inspect.type_info(cls)
        assert isinstance(info, inspect.StructType)
        about = known[cls.__name__]
        lines += ["## " + ("grammar.yaml" if cls is Manifest else cls.__name__), "", about.about.said(ui), ""]
        heads = (word("key", ui), word("holds", ui), word("meaning", ui))
        lines += _table(
            heads,
            ((_code(f.encode_name), _key_held(f.type, ui), about.fields[f.encode_name].said(ui)) for f in info.fields),
        )
        if cls is Lexicon:
            lines += [_listed("classes", get_args(MentionClass), ui), ""]
        if cls is Name:
            lines += [_listed("lists", get_args(NameKind), ui), ""]
    return "\n".join(lines)


def _listed(what: str, names: Iterable[str], ui: str) -> str:
    shown = messages()["comma"].said(ui).join(f"`{name}`" for name in sorted(names))
    return f"{word(what, ui)}{messages()['colon'].said(ui)}{shown}"


def _key_held(wanted: inspect.Type, ui: str) -> str:
    """What a key of a grammar file holds; the name of a type that has a section of its own."""
    if isinstance(wanted, inspect.DictType):
        key = {get_args(NameKind): "list_of", get_args(MentionClass): "class_of"}
        names = tuple(wanted.key_type.values) if isinstance(wanted.key_type, inspect.LiteralType) else ()
        known = next((name for values, name in key.items() if set(values) == set(names)), "name_of")
        return f"{word(known, ui)}{messages()['colon'].said(ui)}{_key_held(wanted.value_type, ui)}"
    if isinstance(wanted, inspect.ListType) and isinstance(wanted.item_type, inspect.UnionType):
        return word("of_kinds", ui)
    return _code(_held(wanted, ui))


def settings(ui: str) -> str:
    """Every key of a file of settings: those of options, with their help."""
    info = inspect.type_info(Settings)
    assert isinstance(info, inspect.StructType)
    heads = (word("key", ui), word("holds", ui), word("meaning", ui))

    def row(field: inspect.Field) -> tuple[str, ...]:
        default = None if field.default in (None, ()) else str(field.default)
        about = (
            messages()[f"help_{'grammar_name' if field.name == 'grammar' else field.name}"].said(ui).replace("*", r"\*")
        )
        return _code(field.encode_name), _with_default(_code(holds(field.type, ui)), default, ui), about

    example = [f"{key} = {json.dumps(value)}" for key, value in SETTINGS.items()]
    return "\n".join([
        f"# {word('settings', ui)}", "", word("made", ui), "", word("settings_about", ui), "", "```toml", *example, "```", "",
        *_table(heads, map(row, info.fields)), word("environment", ui), "",
    ])  # fmt: skip


def _schema_link(what: str, ui: str, said: str = "schema") -> str:
    return f"{word(said, ui)}{messages()['colon'].said(ui)}[{FILES[what]}]({'../' * FOLDER[ui].count('/')}../schemas/{FILES[what]})"


def man(ui: str) -> str:
    """The man page: the helps of all verbs."""
    lines = [f'.TH CONFPARSE 1 "" "confparse {__version__}"', ".SH NAME", f"confparse \\- {word('man', ui)}"]
    for verb in VERBS:
        lines += [
            f".SH {' '.join(['confparse', *verb]).upper()}",
            ".nf",
            ".in 0",
            _roff(help_text(verb, ui)),
            ".in",
            ".fi",
        ]
    lines += [".SH EXIT STATUS", *(f".TP\n{n}\n{word(f'exit{n}', ui).replace('`', '')}" for n in range(3))]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    return re.sub(r"(?m)^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-")).rstrip("\n")


def files() -> dict[str, bytes]:
    """The content of every generated file, by its path below docs/."""
    made: dict[str, bytes] = {f"schemas/{name}": printed_schema(what) for what, name in FILES.items()}  # type: ignore[arg-type]
    pages = {
        "command-line": command_line, "record": record, "tables": table_pages, "codes": codes, "kinds": rule_kinds,
        "grammar": grammar_files, "settings": settings,
    }  # fmt: skip
    for ui, folder in FOLDER.items():
        made |= {f"{folder}/{name}.md": page(ui).encode() for name, page in pages.items()}
    return made | {"man/confparse.1": man("en").encode(), "man/zh_CN/confparse.1": man("zh").encode()}


def main() -> None:
    for name, data in files().items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_bytes(data)


if __name__ == "__main__":
    main()
