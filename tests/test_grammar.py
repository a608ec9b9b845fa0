"""The grammar engine: examples hold both ways, wrong grammars are refused where they are wrong, extending works."""

import ast
import os
import re
from pathlib import Path

import pytest
from conftest import ROOT, walk

from confparse import GrammarError
from confparse.mentions.selftest import failures, unreached
from confparse.pipeline import parse
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar

HEAD = 'name: mine\nversion: "1"\n'
RULE = """
  - id: my.rule
    kind: furniture
    name: stamp
    where: anywhere
    why: A stamp.
    patterns: {any: '%s'}
    examples:
      - {lang: any, text: STAMP}
      - {lang: any, text: text, match: false}
"""


def test_every_example_of_the_shipped_grammar_holds(grammar: Grammar) -> None:
    assert failures(grammar) == []


def test_every_alternative_of_the_shipped_grammar_has_an_example(grammar: Grammar) -> None:
    assert unreached(grammar) == []


def test_alternatives_without_an_example_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + "rules:" + RULE % "^STAMP$|^SEAL$|^(?:WAX|RED)$")
    found = unreached(load_grammar(str(file)))
    assert [(gap.rule, gap.language, gap.alternative) for gap in found] == [
        ("my.rule", "any", "^SEAL$"),
        ("my.rule", "any", "^(?:WAX|RED)$"),
    ]


def test_every_rule_says_why_in_a_sentence(grammar: Grammar) -> None:
    assert [r.id for r in grammar.rules.values() if not r.why.rstrip().endswith(".")] == []


EXAMPLES = "examples: [{lang: any, text: x x}, {lang: any, text: y, match: false}]"


def rule(kind: str, pattern: str = "x", fields: str = "", language: str = "any") -> str:
    """A grammar of one rule, on one line, that has what every kind needs."""
    examples = EXAMPLES.replace("lang: any, text: x x", f"lang: {language}, text: x x")
    return (
        f"{HEAD}rules:\n- {{id: a, kind: {kind}, why: W., patterns: {{{language}: '{pattern}'}}, {fields}{examples}}}\n"
    )


def character(chars: str, to: str) -> str:
    """A grammar of one rule about characters."""
    return f"{HEAD}rules:\n- {{id: a, kind: character, why: W., chars: [{chars}], to: {to}, {EXAMPLES}}}\n"


def doubling(times: int) -> str:
    """A grammar whose fragments each take the one before twice."""
    pieces = "".join(f"  f{i + 1}: {{any: '${{f{i}}}${{f{i}}}'}}\n" for i in range(times))
    return rule("stop", f"x|${{f{times}}}").replace("rules:", f"fragments:\n  f0: {{any: x}}\n{pieces}rules:")


NUMBERED = "(?<mark>(?<num>x))"
READS = "style: x, reads: [{element: %s, sequence: arabic}], "
IMPOSSIBLE = {  # what would crash the parser, break the record or lose text, by the point that refuses it
    "label-that-opens-an-annex": (rule("label", NUMBERED, READS % "attachment"), "G002", "choose from division"),
    "label-without-readings": (rule("label", NUMBERED, "style: x, reads: [], "), "G002", "must not be empty"),
    "label-too-sure": (rule("label", NUMBERED, READS % "division" + "weight: 2, "), "G002", "between 0 and 1"),
    "kind-of-no-paper": (
        rule("field", "x", "field: kind, reads: constant, value: minutes, "),
        "G002",
        "summary_record",
    ),
    "kind-as-text": (rule("field", "x", "field: kind, "), "G002", "choose from: constant"),
    "session-as-text": (rule("field", "x", "field: session, "), "G002", "choose from: ordinal, number"),
    "items-as-flag": (rule("field", "x", "field: agenda_items, reads: flag, "), "G002", "choose from: numbers"),
    "addendum-as-constant": (rule("field", "x", "field: addendum, reads: constant, value: y, "), "G002", "flag"),
    "constant-without-value": (rule("field", "x", "field: distribution, reads: constant, "), "G002", "needs a value"),
    "value-without-constant": (rule("field", "x", "field: title, value: y, "), "G002", "needs a value"),
    "backwards": (rule("stop", "(?r)x"), "G003", "flags"),
    "ascii-only": (rule("stop", "(?a)x"), "G003", "flags"),
    "numbered-reference": (rule("stop", "(x) \\\\1".replace("\\\\", "\\")), "G003", "numbered reference"),
    "call-of-all": (rule("stop", "x(?R)?"), "G003", "call of a group"),
    "verb": (rule("stop", "x(*SKIP)"), "G003", "verb"),
    "kept-out": (rule("stop", "x\\K x"), "G003", "K is not allowed"),
    "fuzzy": (rule("stop", "(?:x x){e<=2}"), "G003", "fuzzy"),
    "repeats-that-multiply": (rule("stop", "(?:x{1,999} ?){1,999}"), "G003", "copies of their parts"),
    "repeats-in-a-row": (rule("stop", "(?:(?:x{300}){300}y)" * 2), "G003", "copies of their parts"),
    "sets-that-fold": (rule("stop", "(?i:[Ā-힣]{9999})x"), "G003", "copies of their parts"),
    "fragments-that-double": (doubling(40), "G003", "longer than"),
    "characters-backwards": (character("U+0063-U+0061", "void"), "G002", "ends before it begins"),
    "letters-to-blank": (character("U+0078", "blank"), "G002", "white space"),
    "line-ends": (character("U+0009-U+000B", "void"), "G002", "end of a line"),
    "spacing-that-writes": (rule("spacing", "x", "put: y, "), "G002", "does not have the form"),
    "spacing-with-an-escape": (rule("spacing", "x", "put: '\\q', "), "G002", "does not have the form"),
    "spacing-that-swallows": (rule("spacing", "x x", "put: ' ', "), "G019", "becomes"),
    "spacing-of-whole-lines": (rule("spacing", "^.*$", "put: '', "), "G019", "becomes"),
    "boundary-without-break": (rule("boundary", "x", "decide: keep, "), "G002", "where the line ends"),
    "boundary-that-never-holds": (rule("boundary", "⏎", "decide: keep, when: [gap], unless: [gap], "), "G002", "gap"),
    "closing-with-a-number": (rule("part_start", "(?<num>x)", "element: closing, "), "G002", "no number"),
    "heading-that-does-nothing": (rule("heading", "x", "role: other, makes: role, "), "G002", "does nothing"),
    "heading-without-makes": (rule("heading", "x", "role: summary, "), "G002", "makes is missing"),
    "table-of-no-rows": (rule("table", "x", "rows: 0, "), "G002", "must be 1 or more"),
    "role-misspelt": (rule("heading", "x", "role: conclusion, makes: line, "), "G002", "did you mean conclusions?"),
    "page-matter-misspelt": (
        rule("page_count", "(?<page>x)", "name: page_numbr, "),
        "G002",
        "did you mean page_number?",
    ),
    "act-misspelt": (rule("decision", "x", "act: adoptd, "), "G002", "did you mean adopted?"),
    "paper-misspelt": (
        rule("decision", "x", "act: adopted, papers: [reprot], "),
        "G002",
        "mean report?",
    ),
    "kind-misspelt": (rule("furnitur", "x", "name: stamp, where: anywhere, "), "G002", "did you mean furniture?"),
    "kind-that-is-a-list": (rule("[stop]"), "G002", "kind must be text"),
    "value-that-is-a-list": (rule("stop", "x", "strength: [note], "), "G002", "must be text"),
    "rule-that-is-a-word": (HEAD + "rules: [stop]\n", "G002", "a mapping"),
    "rules-that-are-a-mapping": (HEAD + "rules: {stop: x}\n", "G002", "a list"),
    "a-file-that-is-a-word": ("mine\n", "G002", "a mapping"),
    "an-empty-file": ("", "G002", "name is missing"),
    "key-misspelt": (rule("furniture", "x", "name: stamp, wehre: anywhere, "), "G002", "did you mean where?"),
    "group-misspelt": (rule("note_ref", "(?<nmu>x)"), "G007", "did you mean num?"),
    "names-misspelt": (HEAD + "names: {state: [{en: [x], zh: [y]}]}\n", "G002", "did you mean states?"),
    "words-misspelt": (HEAD + "words: {mnoths: {en: [May]}}\n", "G002", "did you mean months?"),
    "name-of-nothing": (HEAD + "names: {states: [{en: [''], zh: [y]}]}\n", "G002", "must not be empty"),
    "anchor-with-hyphen": (HEAD + "about: {en: &a-0 x, zh: y}\n", "G001", "a-0"),
    "anchor-after-quote": (HEAD + "disable: ['q', &b x]\n", "G001", "anchors"),
    "anchor-after-tag": (HEAD + "disable: !!seq &c [x]\n", "G001", "anchors"),
    "anchor-of-a-key": (HEAD + "&d about: {en: x, zh: y}\n", "G001", "anchors"),
    "two-documents": (HEAD + "---\n" + HEAD, "G001", "one document"),
    "too-many-words": (HEAD + "words: {months: {en: [" + "May," * 120_000 + "]}}\n", "G017", "300,000"),
    "too-many-values": (HEAD + "disable: [" + "x," * 200_001 + "]\n", "G017", "200,000"),
    "too-many-rules": (
        HEAD + "rules:" + "".join((RULE % "STAMP").replace("my.rule", f"r{i}") for i in range(5_001)),
        "G017",
        "5,000 rules",
    ),
    "too-many-literals": (
        rule("submitted", "x", f"literals: [x{', y' * 20_000}], "),
        "G017",
        "20,000 literals",
    ),
    "too-many-bytes": (HEAD + "# " + "x" * 2_000_000, "G017", "2,000,000"),
}


@pytest.mark.parametrize(("text", "code", "why"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_would_break_a_parse_is_refused_with_the_reason(text: str, code: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GrammarError) as caught:
        load_grammar(str(file))
    assert re.match(rf"{re.escape(str(file))}:\d+:\d+: {code} ", str(caught.value))
    assert why in str(caught.value)
    in_chinese = re.sub("`[^`]*`", "", caught.value.said("zh").partition(code)[2])  # but for commands
    assert re.search("[\u4e00-\u9fff]", in_chinese)
    assert re.findall("[a-z]{3,} [a-z]{2,} [a-z]{2,}", in_chinese) == []


WRONG = {
    "syntax": ("name: [", "G001"),
    "key-twice": ('name: a\nname: b\nversion: "1"\n', "G001"),
    "unknown-key": (HEAD + "nmae: x\n", "G002"),
    "unknown-kind": (HEAD + "rules:\n  - {id: a, kind: magic, why: x}\n", "G002"),
    "missing-version": ("name: mine\n", "G002"),
    "bad-pattern": (HEAD + "rules:" + RULE % "(STAMP", "G003"),
    "old-engine": (HEAD + "rules:" + RULE % "(?V0)STAMP", "G003"),
    "no-examples": (HEAD + "rules:" + (RULE % "STAMP").split("    examples")[0], "G004"),
    "no-counter-example": (HEAD + "rules:" + (RULE % "STAMP").rsplit("      - ", 1)[0], "G004"),
    "duplicate-id": (HEAD + "rules:" + RULE % "STAMP" + RULE % "STAMP", "G005"),
    "unknown-fragment": (HEAD + "rules:" + RULE % "${nothing}STAMP", "G006"),
    "unknown-capture": (HEAD + "rules:" + RULE % "(?<speaker>STAMP)", "G007"),
    "disable-unknown": (HEAD + "extends: un-report\ndisable: [no.such]\n", "G008"),
    "extends-itself": (HEAD + "extends: mine.yaml\n", "G013"),
    "extends-nothing": (HEAD + "extends: ''\n", "G009"),
    "extends-unknown": (HEAD + "extends: no-such-grammar\n", "G009"),
    "alias": (HEAD + "about: {en: &a x, zh: *a}\n", "G001"),
    "nested": (HEAD + "x: " + "[" * 200_000, "G001"),
    "bad-chars": (
        HEAD + "rules:\n- {id: a, kind: character, to: void, why: W., chars: [U+ZZZZ],"
        " examples: [{lang: any, text: y}, {lang: any, text: x, match: false}]}\n",
        "G002",
    ),
    "label-without-num": (
        HEAD
        + "rules:\n- {id: a, kind: label, style: x, reads: [{element: paragraph, sequence: arabic}], why: W., patterns: {any: x},"
        " examples: [{lang: any, text: x}, {lang: any, text: y, match: false}]}\n",
        "G007",
    ),
    "put-without-group": (
        HEAD + "rules:\n- {id: a, kind: spacing, put: '\\9', why: W., patterns: {any: x},"
        " examples: [{lang: any, text: x}, {lang: any, text: y, match: false}]}\n",
        "G003",
    ),
    "unbalanced": (HEAD + "rules:" + RULE % "STAMP)|(?:x", "G003"),
    "unknown-field": (
        HEAD + "rules:\n- {id: a, kind: field, field: nosuch, why: W., patterns: {any: x},"
        " examples: [{lang: any, text: x}, {lang: any, text: y, match: false}]}\n",
        "G002",
    ),
    "empty-id": (HEAD + "rules:" + (RULE % "STAMP").replace("my.rule", "''"), "G002"),
    "not-utf8": (b"name: \xff\xfe", "G010"),
}


@pytest.mark.parametrize(("text", "code"), WRONG.values(), ids=WRONG)
def test_a_wrong_grammar_is_refused_at_its_place(text: str | bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(GrammarError) as caught:
        load_grammar(str(file))
    assert re.match(rf"{re.escape(str(file))}:\d+:\d+: {code} \S", str(caught.value))
    assert caught.value.said("zh") != caught.value.said("en")


def test_the_place_of_an_unknown_key_is_its_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + "rules:" + RULE % "STAMP" + "    colour: red\n")
    with pytest.raises(GrammarError) as caught:
        load_grammar(str(file))
    assert caught.value.place == f"{file}:13:13"


def test_the_place_of_a_misspelt_word_is_its_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + "rules:" + (RULE % "STAMP").replace("name: stamp", "name: stmap"))
    with pytest.raises(GrammarError) as caught:
        load_grammar(str(file))
    assert caught.value.place == f"{file}:6:11"


def test_words_that_look_like_an_alias_are_words(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        HEAD
        + "rules:"
        + (RULE % "STAMP").replace("why: A stamp.", "why: >-\n      Stamps are\n      *a or *b & so on.")
    )
    assert load_grammar(str(file)).rules["my.rule"].why == "Stamps are *a or *b & so on."


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../other.yaml", "inside.yaml/../../other.yaml", "link.yaml", "x" * 5000]
)
def test_a_grammar_extends_nothing_outside_of_its_folder(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (tmp_path / "other.yaml").write_text("confidential: words\n")
    (folder / "link.yaml").symlink_to(tmp_path / "other.yaml")
    (folder / "mine.yaml").write_text(f"{HEAD}extends: '{name}'\n")
    with pytest.raises(GrammarError) as caught:
        load_grammar(str(folder / "mine.yaml"))
    assert caught.value.code in ("G018", "G009")
    assert "confidential" not in str(caught.value)


@pytest.mark.parametrize("named", ["mine.yaml", "base"])
def test_a_manifest_is_not_read_through_a_link_that_leads_out(named: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "base").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret words", encoding="utf-8")
    (folder / "base" / "grammar.yaml").symlink_to(tmp_path / "secret")
    (folder / "mine.yaml").write_text(HEAD + "extends: base\n", encoding="utf-8")
    with pytest.raises(GrammarError, match="G018") as caught:
        load_grammar(str(folder / named))
    assert "secret words" not in str(caught.value)


def test_a_long_chain_of_grammars_is_refused(tmp_path: Path) -> None:
    for i in range(1_001):
        extends = f"extends: g{i + 1}.yaml\n" if i < 1_000 else ""
        (tmp_path / f"g{i}.yaml").write_text(HEAD + extends, encoding="utf-8")
    with pytest.raises(GrammarError, match="G017"):
        load_grammar(str(tmp_path / "g0.yaml"))


def test_a_grammar_folder_reads_no_file_through_a_link_that_leads_out(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (tmp_path / "other.yaml").write_text("confidential: words\n")
    (folder / "grammar.yaml").write_text(HEAD)
    (folder / "more.yaml").symlink_to(tmp_path / "other.yaml")
    with pytest.raises(GrammarError, match="G018") as caught:
        load_grammar(str(folder))
    assert "confidential" not in str(caught.value)


def test_a_grammar_extends_a_file_and_a_folder_beside_it(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(HEAD + "extends: base.yaml\n")
    (tmp_path / "base.yaml").write_text(HEAD.replace("mine", "base") + "extends: deeper\nrules:" + RULE % "^STAMP$")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "grammar.yaml").write_text(HEAD + "rules:" + (RULE % "STAMP").replace("my.rule", "its.rule"))
    assert list(load_grammar(str(tmp_path / "mine.yaml")).rules) == ["my.rule", "its.rule"]


def test_a_pipe_in_a_grammar_folder_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "grammar.yaml").write_text(HEAD)
    os.mkfifo(tmp_path / "more.yaml")
    with pytest.raises(GrammarError, match="G010"):
        load_grammar(str(tmp_path))


def test_loading_ends_when_its_time_is_used_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("confparse.rules.read.LOADING_SECONDS", 0.0)
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD)
    with pytest.raises(GrammarError, match="G017"):
        load_grammar(str(file))


def test_a_folder_may_extend_add_replace_and_disable(tmp_path: Path) -> None:
    (tmp_path / "grammar.yaml").write_text(HEAD + "extends: un-report\ndisable: [furniture.page_of]\n")
    (tmp_path / "more.yaml").write_text(
        "rules:"
        + RULE % "^STAMP$"
        + (RULE % "^RULE$").replace("my.rule", "furniture.continuation").replace("STAMP", "RULE")
    )
    mine = load_grammar(str(tmp_path))
    report = parse("Page 4\nSTAMP\nRULE\n/...\n1. The Committee met.\n", grammar=mine)
    assert report.grammar.name == "mine"
    assert {(f.kind, f.text) for f in report.furniture} == {("stamp", "STAMP"), ("stamp", "RULE")}
    assert "furniture.page_of" not in mine.rules


def test_a_new_rule_of_an_extension_is_tried_before_the_base(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + "extends: un-report\nrules:" + (RULE % "^Page 4$").replace("STAMP", "Page 4"))
    report = parse("1. One.\nPage 4\n2. Two.\n", grammar=load_grammar(str(file)))
    assert [f.kind for f in report.furniture] == ["stamp"]


def test_a_grammar_of_its_own_needs_no_base(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + "rules:" + RULE % "^STAMP$")
    report = parse("STAMP\nSome text\n", grammar=load_grammar(str(file)))
    assert [n.content for n in walk(report.outline)] == ["Some text"]
    assert report.coverage.unclaimed == 0


def test_a_pattern_without_end_is_stopped_and_reported(tmp_path: Path) -> None:
    file = tmp_path / "slow.yaml"
    file.write_text(HEAD + "extends: un-report\nrules:" + RULE % "^(?:STAMP|(?:x|xx|x+)+y)$")
    report = parse("1. One.\n" + "x" * 60 + "\n2. Two.\n", grammar=load_grammar(str(file)))
    assert "my.rule" in [d.rule for d in report.diagnostics if d.code == "G012"]
    assert [n.num for n in walk(report.outline) if n.num] == ["1.", "2."]


CHINESE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
)  # Han characters, their punctuation, full-width forms
ESCAPED = re.compile(r"\\u(?:[3-9][0-9a-f]|ff)[0-9a-f]{2}")  # the same in a raw pattern
OF_UNICODE = {"letters.py", "punctuation.py", "decode.py"}  # what Unicode and code pages say of characters
PIPELINE = ("text", "layout", "labels", "reflow", "outline", "mentions", "extract", "comparison")
SYNTAX = re.compile(r"\\[pP]\{[^}]*\}|\\x..|\\u.{4}|\\.|\(\?P?<\w+>|\(\?[\w-]+\)|\[[^\]]*\]")  # of patterns, no words


def strings(file: Path) -> list[str]:
    """The strings of a module, without its docstrings and annotations."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    aside: list[ast.AST] = [block.body[0] for block in blocks if block.body and isinstance(block.body[0], ast.Expr)]
    for node in ast.walk(tree):
        aside += [part for name in ("annotation", "returns") if (part := getattr(node, name, None)) is not None]
    skipped = {id(part) for node in aside for part in ast.walk(node)}
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in skipped)
    return [node.value for node in found if isinstance(node.value, str)]


def patterns(file: Path) -> list[str]:
    """The strings that a module compiles or matches as patterns."""
    calls = (node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    made = (
        call.args[0]
        for call in calls
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in ("re", "regex") and call.args
    )
    constants = (part.value for source in made for part in ast.walk(source) if isinstance(part, ast.Constant))
    return [value for value in constants if isinstance(value, str)]


@pytest.mark.parametrize("file", sorted((ROOT / "src").rglob("*.py")), ids=lambda p: p.name)
def test_python_holds_no_chinese(file: Path) -> None:
    assert not CHINESE.search(file.read_text(encoding="utf-8"))
    escaped = [text for text in strings(file) if CHINESE.search(text) or ESCAPED.search(text)]
    assert file.name in OF_UNICODE or escaped == []


@pytest.mark.parametrize("folder", PIPELINE)
def test_patterns_in_python_hold_no_words(folder: str) -> None:
    files = sorted((ROOT / "src" / "confparse" / folder).rglob("*.py"))
    worded = [(f.name, p) for f in files for p in patterns(f) if re.search("[A-Za-z]{3}", SYNTAX.sub("", p))]
    assert worded == []


@pytest.mark.parametrize("folder", PIPELINE)
def test_strings_in_python_hold_no_words_of_the_lexicon(folder: str, grammar: Grammar) -> None:
    lists = [
        *grammar.lexicon.values(),
        *grammar.words.values(),
        *(e for names in grammar.names.values() for e in names),
    ]
    known = {word.casefold() for own in lists for word in own.en if len(word) > 3}
    phrases = [
        (file.name, text)
        for file in sorted((ROOT / "src" / "confparse" / folder).rglob("*.py"))
        for text in strings(file)
        if " " in text.strip() and not known.isdisjoint(re.findall(r"[a-z]+", text.casefold()))
    ]
    assert phrases == []
