"""A user's rule that fails, loses text or takes too long is off for the document: the parse goes on, and names the rule."""

from pathlib import Path

import pytest
from conftest import characters, held

from confparse.diagnostics import Breach
from confparse.guard import guarded
from confparse.model import Report
from confparse.pipeline import parse, parse_with_decisions
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar
from confparse.rules.patterns import Matcher
from confparse.rules.time_budget import TimeBudget
from confparse.text.decode import decode

HEAD = 'name: mine\nversion: "1"\nextends: un-report\nrules:\n'
TEXT = "1. The Committee met in the\n  hall.\n\n2. The Board  met.\n\n(a) First;\n\n(b) Second.\n"
RULE = "- {{id: {id}, kind: {kind}, why: W., {fields}, examples: [{{lang: any, text: x x}}, {{lang: any, text: y, match: false}}]}}\n"
GOOD = RULE.format(id="good.stamp", kind="furniture", fields="name: stamp, where: anywhere, patterns: {any: ^x x$}")
SWALLOWS = RULE.format(
    id="bad.spacing", kind="spacing", fields="put: '', patterns: {any: 'x x|(?<=Commit)te'}"
).replace("text: x x", "text: 'a  b'")
TURNS = (
    RULE.format(id="bad.turn", kind="spacing", fields=r"put: '\2\1', patterns: {any: '([A-Za-z])([A-Za-z])'}")
    .replace("text: x x", "text: 'aa'")
    .replace("text: y", "text: '1'")
)
GROWS = RULE.format(id="bad.grow", kind="markup", fields=r"to: blank, patterns: {any: '(?<drop>)\w+'}").replace(
    "text: y", "text: '-'"
)
JOINS = "- {id: bad.join, kind: boundary, why: W., decide: join}\n"


def load(tmp_path: Path, rules: str) -> Grammar:
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + rules, encoding="utf-8")
    return load_grammar(str(file))


def off(report: Report) -> list[tuple[str, str | None]]:
    return [(d.code, d.rule) for d in report.diagnostics if d.code in ("G014", "G015")]


@pytest.mark.parametrize("rules", [SWALLOWS, GOOD + SWALLOWS, SWALLOWS + GOOD])
def test_a_rule_that_swallows_letters_is_off_and_named(rules: str, tmp_path: Path) -> None:
    report = parse(TEXT, grammar=load(tmp_path, rules))
    assert off(report) == [("G015", "bad.spacing")]
    assert held(report) == characters(TEXT)
    assert report.outline == parse(TEXT).outline


def test_a_rule_that_turns_letters_round_is_off_and_named(tmp_path: Path) -> None:
    report = parse(TEXT, grammar=load(tmp_path, TURNS))
    assert off(report) == [("G015", "bad.turn")]
    assert report.outline == parse(TEXT).outline


def test_markup_that_drops_nothing_leaves_every_place_where_it_is(tmp_path: Path) -> None:
    assert parse(TEXT, grammar=load(tmp_path, GROWS)).outline == parse(TEXT).outline


def test_a_rule_by_evidence_alone_is_off_too(tmp_path: Path) -> None:
    report = parse(TEXT, grammar=load(tmp_path, GOOD + JOINS))
    assert held(report) == characters(TEXT)
    assert off(report) in ([], [("G015", "bad.join")])


def test_good_rules_of_the_same_grammar_stay_on(tmp_path: Path) -> None:
    report = parse(f"{TEXT}\nx x\n", grammar=load(tmp_path, GOOD + SWALLOWS))
    assert [(item.kind, item.rule) for item in report.furniture] == [("stamp", "good.stamp")]


def test_the_decisions_are_those_of_the_parse_that_counts(tmp_path: Path) -> None:
    grammar = load(tmp_path, SWALLOWS)
    parsed, flow = parse_with_decisions(decode(TEXT.encode(), "report.txt"), grammar)
    assert off(parsed.report) == [("G015", "bad.spacing")]
    _, plain = parse_with_decisions(decode(TEXT.encode(), "report.txt"), load_grammar())
    assert list(flow.joins) == list(plain.joins)


def many(tmp_path: Path, count: int) -> Grammar:
    return load(tmp_path, "".join(GOOD.replace("good.stamp", f"rule.{i}") for i in range(count)))


def test_the_rules_that_fail_are_found_among_many(tmp_path: Path) -> None:
    grammar, tried = many(tmp_path, 64), []

    def attempt(rules: Grammar) -> int:
        tried.append(rules)
        if "rule.7" in rules.rules:
            raise KeyError("seven")
        if "rule.40" in rules.rules and "rule.41" in rules.rules:
            raise Breach
        return len(rules.rules)

    outcome = guarded(attempt, grammar)
    assert [(f.code, f.rule) for f in outcome.findings] == [("G014", "rule.7"), ("G015", "rule.41")]
    assert outcome.findings[0].values["why"] == "KeyError: 'seven'"
    assert outcome.result == len(grammar.rules) - 2
    assert len(tried) < 24, "found by halving"


def test_what_fails_with_the_shipped_grammar_is_raised(tmp_path: Path) -> None:
    def attempt(rules: Grammar) -> int:
        raise KeyError(rules.name)

    for grammar in (many(tmp_path, 3), load_grammar()):
        with pytest.raises(KeyError, match="un-report"):
            guarded(attempt, grammar)


def test_the_shipped_grammar_takes_the_place_of_one_that_fails_by_what_it_lacks(tmp_path: Path) -> None:
    needed = ("keep.label", "label.arabic")

    def attempt(rules: Grammar) -> str:
        if any(rule not in rules.rules for rule in needed):
            raise Breach
        return rules.name

    (tmp_path / "mine.yaml").write_text(HEAD.replace("rules:", f"disable: [{needed[1]}]\nrules:") + GOOD)
    outcome = guarded(attempt, load_grammar(str(tmp_path / "mine.yaml")))
    assert (outcome.result, [(f.code, f.rule, f.values["rule"]) for f in outcome.findings]) == (
        "un-report",
        [("G015", None, "mine")],
    )


def test_a_grammar_that_fails_everywhere_is_off_as_a_whole(tmp_path: Path) -> None:
    grammar = many(tmp_path, 30)

    def attempt(rules: Grammar) -> int:
        if rules.own:
            raise ValueError
        return 0

    assert {f.rule for f in guarded(attempt, grammar).findings} == grammar.own


SLOW = RULE.format(id="slow.{i}", kind="stop", fields="patterns: {{any: 'x x|(?:x+x+)+y{i}'}}")


def test_the_time_of_a_document_bounds_all_patterns_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("confparse.rules.time_budget.DOCUMENT_SECONDS", 0.0)
    monkeypatch.setattr("confparse.rules.time_budget.DOCUMENT_RATE", 0.0)
    text = f"1. {'x' * 5000}\n\n2. Two.\n"
    slow = "".join(SLOW.replace("{i}", str(i)) for i in range(20)).replace("{{", "{").replace("}}", "}")
    report = parse(text, grammar=load(tmp_path, slow))
    assert "G016" in [d.code for d in report.diagnostics]
    assert held(report) == characters(text)


def test_a_rule_that_was_stopped_is_tried_again_in_the_next_phase() -> None:
    matcher, layout = Matcher("slow", "e"), TimeBudget()
    layout.stop("slow", 0, "text")
    labels = layout.of_phase()
    assert [len(matcher.scan("text", phase)) for phase in (layout, labels)] == [0, 1]
    assert list(labels.stops) == ["slow"]


CROWDED = RULE.format(id="my.ref", kind="note_ref", fields="patterns: {any: '(?<num>[a-z ])'}")


def test_a_rule_that_matches_everywhere_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("confparse.rules.time_budget._FEW", 3)
    report = parse(TEXT, grammar=load(tmp_path, CROWDED))
    assert [(d.code, d.rule) for d in report.diagnostics if d.code == "G012"] == [("G012", "my.ref")]
    assert held(report) == characters(TEXT)


SLOW_SPEECH = """\
- id: said.slow
  kind: statement
  why: W.
  patterns: {en: '(?<speakers><SPEAKER>) (?:x|xx|x+)+y'}
  examples:
    - {lang: en, text: 'Ms. Paz xxy', captures: {speakers: Ms. Paz}}
    - {lang: en, text: 'Ms. Paz left.', match: false, why: no y}
"""


def test_a_rule_that_is_stopped_in_a_text_of_ours_names_no_line_of_the_document(tmp_path: Path) -> None:
    text = f"1. The Board met.\n\n2. The representative of Peru {'x' * 60} said no.\n"
    report = parse(text, grammar=load(tmp_path, SLOW_SPEECH))
    assert [(d.rule, d.span) for d in report.diagnostics if d.code == "G012"] == [("said.slow", None)]
