"""The grammar engine: examples hold both ways, wrong grammars are refused where they are wrong, extending works."""

import re
from pathlib import Path

import pytest
from conftest import ROOT, walk

from confparse import GrammarError
from confparse.pipeline import parse
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar
from confparse.rules.selftest import failures

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


def test_every_rule_says_why_in_a_sentence(grammar: Grammar) -> None:
    assert [r.id for r in grammar.rules.values() if not r.why.rstrip().endswith(".")] == []


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
    assert [d.rule for d in report.diagnostics if d.code == "G012"] == ["my.rule"]
    assert [n.num for n in walk(report.outline) if n.num] == ["1.", "2."]


HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize("file", sorted((ROOT / "src").rglob("*.py")), ids=lambda p: p.name)
def test_python_holds_no_knowledge_of_the_domain(file: Path) -> None:
    if file.name == "numerals.py":
        return
    text = file.read_text(encoding="utf-8")
    assert not HAN.search(text)
    if file.name == "model.py":  # the words of the record itself
        return
    strings = re.findall(r"\"[^\"\n]*\"|'[^'\n]*'", text)
    domain = re.compile(r"\b(?:Committee|Rapporteur|Annex|Distr|Chair|paragraph \d|resolution|General Assembly)\b")
    assert [s for s in strings if domain.search(s)] == []
