"""Everything people see exists in English and Chinese: messages, codes, reasons of rules, kinds, settings and their errors."""

import re
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from conftest import ROOT
from test_cli import TEXT, run, run_warm

from confparse.diagnostics import catalogue, messages
from confparse.formats.schemas import record_texts
from confparse.kind_reference import kinds, texts
from confparse.reasons import reason
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar, shipped
from confparse.vocabularies import DecisionAct, Kind, PanelKind, SpeakerKind

HAN = re.compile("[\u4e00-\u9fff]")
PROSE = re.compile("[A-Za-z]{3,} [a-z]{2,} [a-z]{2,} [a-z]{2,}")  # words of an English sentence


def test_every_reason_of_a_shipped_rule_is_in_chinese_too() -> None:
    """grammars/reasons.yaml holds the Chinese by the English sentence; so it does for examples that must not match."""
    lacking = set()
    for name in shipped():
        for rule in load_grammar(name).rules.values():
            reasons = [rule, *(example for example in rule.examples if example.why)]
            lacking |= {one.why for one in reasons if not HAN.search(reason(one, "zh"))}
    assert lacking == set()


def test_every_kind_field_and_group_has_its_text_in_both_languages() -> None:
    known = texts()
    for name, cls in kinds().items():
        own = known.kinds[name]
        assert set(cls.__struct_fields__) <= {*known.common, *own.fields}, name
        assert set(cls.captures) == set(own.captures), name
        assert set(own.fields) <= set(cls.__struct_fields__), name
        assert all(HAN.search(text.zh) for text in (own.about, *own.fields.values(), *own.captures.values()))


def test_every_text_of_the_record_is_in_both_languages() -> None:
    known = record_texts()
    every = [*known.common.values(), *(text for t in known.types.values() for text in (t.about, *t.fields.values()))]
    assert [text.en for text in every if not HAN.search(text.zh) or HAN.search(text.en)] == []


def test_codes_have_pages_in_both_languages() -> None:
    for code, entry in catalogue().items():
        assert HAN.search(entry.page.zh), code
        assert not HAN.search(entry.page.en), code
    assert [key for key, text in messages().items() if HAN.search(text.en)] == []


def test_every_word_that_a_screen_shows_of_a_record_is_in_both_languages() -> None:
    words = (get_args(vocabulary) for vocabulary in (Kind, PanelKind, DecisionAct))
    for word in (*chain.from_iterable(words), "en", "zh", "zh-Hans", "zh-Hant"):
        text = messages()[f"value_{word}"]
        assert HAN.search(text.zh), word
    for kind in get_args(SpeakerKind):
        assert f"speaker_{kind}" in messages()


def test_the_screen_of_a_report_speaks_one_language() -> None:
    shown = run("show", str(ROOT / "samples" / "session-zh-pages" / "raw.txt"), "--ui", "zh").stdout.decode()
    assert "E/CN.44/2031/12  报告\n" in shown
    assert "para_9 注意到：" in " ".join(shown.split())
    assert not re.search("adopted|took_note|elected|zh-Hans", shown)


@pytest.mark.parametrize(
    "args",
    [
        ["explain", "label.arabic"],
        ["explain", "keep.label"],
        ["explain", "heading"],
        ["explain", "number-gap"],
        ["explain", "--list"],
        ["grammar", "show", "un-report"],
        ["grammar", "list"],
        ["grammar", "test", "un-report"],
        ["explain", "a.txt:1"],
        ["show", "a.txt"],
        ["check", "a.txt", "-v"],
        ["batch", "a.txt", "-o", "out", "-v"],
        ["explain", "nothing"],
        ["explain", "a.txt", "para_9"],
        ["a.txt", "--show-config"],
        ["a.txt", "--config", "bad.toml"],
        ["a.txt", "--config", "key.toml"],
        ["check", "missing.txt"],
        ["a.txt", "-f", "xml"],
        ["grammar", "new", "a b"],
        ["compare", "a.txt", "zh.txt"],
        ["compare", "a.txt", "a.txt"],
        ["compare", "a.txt"],
        ["explain", "figure"],
        ["explain", "C006"],
    ],
    ids=" ".join,
)
def test_a_screen_in_chinese_holds_no_english_sentence(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT + "3. See paragraph 99 above (and.\n")
    (tmp_path / "zh.txt").write_text("1. 委员会举行了会议。\n3. 见上文第98段（并。\n", encoding="utf-8")
    (tmp_path / "bad.toml").write_text('fail-on = "often"\n')
    (tmp_path / "key.toml").write_text("\nignores = []\n")
    done = run(*args, "--ui", "zh", cwd=tmp_path)
    said = (done.stdout + done.stderr).decode()
    said = "\n".join(
        line for line in said.splitlines() if not re.match(r"\s+(en|zh|any|应匹配|不应匹配)[:：]|  text: ", line)
    )
    assert HAN.search(said)
    assert PROSE.findall(re.sub(r"[\w./-]*\.txt:?\d*|See paragraph 99 above \(and|`[^`]*`", "", said)) == []


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (
            "fail_on = 'error'",
            ":1: unknown key fail_on; did you mean fail-on?\n",
            "未知的键 fail_on；是否想用 fail-on？\n",
        ),
        ("\njobs = 'two'", ":2: jobs must be a number\n", ":2：jobs 必须是数字\n"),
        ("select = 3", ":1: select must be text or a list of texts\n", "select 必须是字符串或字符串列表"),
        ("ui = 'en'\nselect = 'V,Q9'", ":2: no code starts with Q9;", ":2：没有以 Q9 开头的代码"),
        ("ignore = ['V', 'Q']", ":1: no code starts with Q;", "没有以 Q 开头的代码"),
        ("encoding = 'utf8x'", ":1: encoding: unexpected value utf8x; did you mean utf-8?", "是否想用 utf-8？"),
        ("encoding = 'klingon'", ":1: encoding: unexpected value klingon; choose from utf-8,", "可选值：utf-8"),
        ("encoding = 'hex'", ":1: encoding: unexpected value hex; choose from utf-8,", "可选值：utf-8"),
        (
            "jobs = 2\ngrammar = 'un-reprt'",
            ":2: grammar: unexpected value un-reprt; did you mean un-report?",
            "是否想用 un-report？",
        ),
        (
            "ui = 'en'\nspacing = 'tigth'",
            ":2: spacing: unexpected value tigth; did you mean tight?",
            "是否想用 tight？",
        ),
        ("x = ", "confparse.toml:1:5: invalid TOML: no value here", "TOML 语法错误：此处不是 TOML 的值"),
        ("jobs = 2\njobs = 3", "confparse.toml:2:9: invalid TOML: a key or a table is given twice", "键或表重复出现"),
        ("ui = 'en", "invalid TOML: a quotation mark is missing", "缺少引号"),
        ("[ui", "invalid TOML: a closing bracket is missing", "缺少右括号"),
        ("ui en", "invalid TOML: an equals sign is missing after the key", "键之后缺少等号"),
        ("jobs = 1 2", "invalid TOML: something follows the value on its line", "同一行上还有其他内容"),
        ("fail-on = true", ":1: fail-on must be text", "fail-on 必须是"),
        ("jobs = 2\nselect = [\n'V'\n\n", "confparse.toml:3:4: invalid TOML: ", "confparse.toml:3:4：TOML 语法错误："),
    ],
)
def test_errors_of_settings_name_line_and_near_word(text: str, en: str, zh: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "confparse.toml").write_text(text)
    for ui, says in (("en", en), ("zh", zh)):
        done = run_warm("a.txt", "--ui", ui, cwd=tmp_path)
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
        assert says in done.stderr.decode()


def test_settings_are_found_from_the_folder_of_the_inputs(tmp_path: Path) -> None:
    (tmp_path / "project" / "dumps").mkdir(parents=True)
    (tmp_path / "project" / "dumps" / "a.txt").write_text("1. See paragraph 99 above.\n")
    (tmp_path / "project" / "confparse.toml").write_text('fail-on = "warning"\nselect = "V005"\nignore = ["O"]\n')
    assert run("check", "project/dumps/a.txt", cwd=tmp_path).returncode == 1
    assert run("check", "project/dumps", cwd=tmp_path).returncode == 1
    shown = run("check", "project/dumps", "--show-config", cwd=tmp_path)
    assert shown.stdout.decode().startswith(f"# From {tmp_path}/project/confparse.toml.\n")
    assert 'select = "V005"\n' in shown.stdout.decode()
    for verb in (["check"], ["batch"], ["compare"], []):  # nothing else is needed to see them
        shown = run(*verb, "--show-config", cwd=tmp_path / "project" / "dumps")
        assert (shown.returncode, shown.stdout.decode().startswith(f"# From {tmp_path}/project/")) == (0, True)
    (tmp_path / "mine.toml").write_text('fail-on = "never"\n')
    assert run("check", "project/dumps", "--config", "mine.toml", cwd=tmp_path).returncode == 0
    assert run("check", "project/dumps", "--config", "no.toml", cwd=tmp_path).returncode == 2


BASE = "name: g\nversion: '1'\n"


@pytest.mark.parametrize(
    "text",
    [
        BASE + "about: {en: a, zh: b",
        BASE + "about: a: b",
        BASE + "rules: [x\n",
        BASE + "rules:\n\t- x\n",
        BASE + "about: 'x\n",
        BASE + 'about: "\\q"\n',
        BASE + "rules: @x\n",
        BASE + "  rules: x\n",
        BASE + "- x\n",
        BASE + "extends: !x!y z\n",
        BASE.encode() + b"about: \xff\n",
        BASE + "about: \x00\n",
        *(
            BASE + f"rules:\n- {{id: a, kind: stop, why: W., patterns: {{en: '{pattern}'}},"
            " examples: [{lang: en, text: x}, {lang: en, text: y, match: false}]}\n"
            for pattern in (
                "(x",
                "[x",
                "*x",
                "x{3,2}",
                r"\p{Foo}",
                r"(?P<a>x)(?P=b)",
                "x**",
                "[z-a]",
                "(?<a b>x)",
                "(?x",
                r"\N{FOO}",
                "(?V0)x",
                r"(x)\1",
                "x(?:a{1,999}){1,999}",
                "(?R)",
                "(?<x>y)",
                "y",
            )
        ),
    ],
)
def test_what_libraries_say_of_a_grammar_is_in_chinese_too(text: str | bytes, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    done = run_warm("grammar", "test", "g.yaml", "--ui", "zh", cwd=tmp_path)
    assert done.returncode == 2
    said = done.stderr.decode()
    assert HAN.search(said)
    assert re.findall("[a-z]{3,} [a-z]{2,}", said.partition("G0")[2]) == []


@pytest.mark.parametrize(
    "text",
    [
        "x = ",
        "x",
        "x = 1\nx = 2",
        "[a",
        "x = [1",
        "x = 'y",
        'x = "\\q"',
        "x = {a = 1",
        "=",
        "x = 1 2",
        "x = 1-1-1",
        "[a]\n[a]",
    ],
)
def test_what_libraries_say_of_settings_is_in_chinese_too(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "confparse.toml").write_text(text)
    said = run_warm("a.txt", "--ui", "zh", cwd=tmp_path).stderr.decode()
    assert "TOML 语法错误：" in said
    assert re.findall("[a-z]{3,} [a-z]{2,}", said) == []


def test_a_replaced_rule_keeps_its_own_reason(grammar: Grammar, tmp_path: Path) -> None:
    rule = next(iter(grammar.rules.values()))
    import msgspec

    assert reason(msgspec.structs.replace(rule, why="Because."), "zh") == "Because."


def _stop(pattern: str, more: str = "", kind: str = "stop", examples: str = "") -> str:
    shown = examples or "{lang: en, text: x}, {lang: en, text: y, match: false}"
    return f"rules:\n- {{id: a, kind: {kind}, why: W., patterns: {{en: '{pattern}'}}, {more} examples: [{shown}]}}\n"


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("about: a: b\n", "put text that holds a colon, #, brackets or quotes into single quotes", "请放在单引号内"),
        ("name: h\n", "the key 'name' occurs twice; take one out", "请去掉一个"),
        (
            "rules:\n- {id: a, kind: furniture, why: W.}\n",
            "`confparse explain furniture` shows the keys",
            "`confparse explain furniture` 显示此类规则的各键",
        ),
        (
            "rules:\n- {id: a, why: W.}\n",
            "`confparse explain --list` names the kinds",
            "`confparse explain --list` 列出规则类别",
        ),
        (
            _stop("x", "zzzz: 1,"),
            "choose from id, why, examples, patterns, strength, kind; `confparse explain stop`",
            "未知的键 zzzz",
        ),
        (
            _stop("x", examples="{lang: en, text: x}"),
            "add {lang: en, text: TEXT, match: false, why: REASON} to its examples",
            "不得匹配的示例；请在 examples 中加入",
        ),
        (
            _stop("x", examples="{lang: en, text: y, match: false}"),
            "lacks an example that matches; add {lang: en, text: TEXT}",
            "缺少匹配的示例；请在 examples 中加入",
        ),
        (_stop("x") + _stop("x").partition("\n")[2], "give one of the two rules another id", "改用其他标识"),
        (
            _stop("${mnths}x"),
            "a uses ${mnths}, but there is no such fragment, word list or list of names; did you mean months?",
            "是否想用 months？",
        ),
        (
            _stop("<ADPT>x", kind="decision"),
            "a uses <ADPT>, but there is no such class of mentions; did you mean ADOPT?",
            "没有这样的提及类别",
        ),
        ("fragments: {f: {any: '${f}x'}}\n" + _stop("${f}"), "the fragment f includes itself", "片段 f 引用了自身"),
        (
            _stop("(?<nmu>x)", kind="note_ref"),
            "this kind of rules reads no group nmu; did you mean num?",
            "是否想用 num？",
        ),
        (_stop("(?<nmu>x)"), "use (?:...) for a group without a name", "请写作 (?:...)"),
        (
            _stop("x", kind="note_ref"),
            "the group num is missing; write (?<num>...) around",
            "请把相应部分写作 (?<num>...)",
        ),
        (
            "disable: [furniture.continuaton]\n",
            "did you mean furniture.continuation?",
            "是否想用 furniture.continuation？",
        ),
        (
            _stop("(?<numbers>x)", "literals: [q],", "reference"),
            "add a word of the example to `literals`",
            "加入 `literals`",
        ),
        (_stop("x", "put: ' ',", "spacing"), r"put the rest back as a group (put: '\1 \2')", "用组放回其余文字"),
        (
            "words: {quays: {en: [x]}}\n",
            "no pattern uses the word list quays, written ${quays};",
            "没有模式用 ${quays} 引用词表 quays",
        ),
    ],
)
def test_errors_of_grammars_say_what_to_do(text: str, en: str, zh: str, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(f"{BASE}extends: un-report\n{text}", encoding="utf-8")
    for ui, says in (("en", en), ("zh", zh)):
        done = run_warm("grammar", "test", "g.yaml", "--ui", ui, cwd=tmp_path)
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
        assert says in done.stderr.decode()


def test_a_grammar_that_extends_none_disables_none(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(f"{BASE}disable: [furniture.continuation]\n", encoding="utf-8")
    done = run_warm("grammar", "test", "g.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "G008 g has no rule furniture.continuation to disable; a grammar without `extends`" in done.stderr.decode()


@pytest.mark.parametrize(
    ("change", "en", "zh"),
    [
        (
            ("kind: furniture", "kind: furnture"),
            ":5:11: G002 kind: unexpected value furnture; did you mean furniture?",
            "是否想用 furniture？",
        ),
        (
            ("where: anywhere", "were: anywhere"),
            ":7:11: G002 unknown key were; did you mean where?",
            "未知的键 were；是否想用 where？",
        ),
        (("    where: anywhere\n", ""), ":4:5: G002 the key where is missing", "缺少键 where"),
        (
            ("where: anywhere", "where: anywher"),
            ":7:12: G002 where: unexpected value anywher; did you mean anywhere?",
            "是否想用 anywhere？",
        ),
        (("why: W.", "why: []"), ":8:10: G002 why must be text", "why 必须是字符串"),
        (("why: W.", "why: ''"), ":8:10: G002 why must not be empty", "why 不能为空"),
        (
            ("patterns: {en: 'X'}", "patterns: X"),
            ":9:15: G002 patterns must be a mapping of keys to values",
            "patterns 必须是键值映射",
        ),
        (("patterns: {en: 'X'}", "patterns: {fr: 'X'}"), "choose from any, en, zh", "可选值：any, en, zh"),
        (("once: true", "once: maybe"), ":11:11: G002 once must be true or false", "once 必须是 true 或 false"),
    ],
)
def test_errors_of_grammars_name_place_and_near_word(change: tuple[str, str], en: str, zh: str, tmp_path: Path) -> None:
    text = (
        "name: g\nversion: '1'\nrules:\n  - id: a\n    kind: furniture\n    name: stamp\n    where: anywhere\n    why: W.\n"
        "    patterns: {en: 'X'}\n    examples: [{lang: en, text: X}, {lang: en, text: Y, match: false}]\n    once: true\n"
    )
    assert change[0] in text
    (tmp_path / "g.yaml").write_text(text.replace(*change), encoding="utf-8")
    for ui, says in (("en", en), ("zh", zh)):
        done = run_warm("grammar", "test", "g.yaml", "--ui", ui, cwd=tmp_path)
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
        assert says in done.stderr.decode()
