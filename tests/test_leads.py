"""Rewritten sources find what the sources as written find."""

from itertools import pairwise

import pytest
import regex
from conftest import SAMPLES

from confparse.rules.compiled import FLAGS
from confparse.rules.grammar import Grammar
from confparse.rules.line_breaks import Boundary
from confparse.rules.optimize import from_break, from_line_feed

TEXT = "\n".join(file.read_text(encoding="utf-8") for file in SAMPLES)


def found(source: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in regex.compile(source, FLAGS).finditer(text)]


def test_rules_that_are_bound_to_line_starts_find_the_same_from_the_line_feed(grammar: Grammar) -> None:
    led = {r.id: lead for r in grammar.rules.values() if (m := _source(grammar, r)) and (lead := from_line_feed(m))}
    assert len(led) > 40
    for rule, lead in led.items():
        assert found(lead, f"\n{TEXT}") == found(_source(grammar, grammar.rules[rule]), f"\n{TEXT}"), rule


def _source(grammar: Grammar, rule: object) -> str:
    patterns = getattr(rule, "patterns", None)
    return grammar.vocabulary.union(patterns) if patterns else ""


@pytest.mark.parametrize(
    ("source", "lead"),
    [
        ("^a|(?:^b)", r"\n\K(?:a|b)"),
        ("(?:^[ ]*)a|(?:(?:^[ ]*)[)|]b)", r"\n\K(?:[ ]*)(?:a|[)|]b)"),
        ("(?:^|, )a", None),
        ("^(?:a, )?b", r"\n\K(?:(?:a, )?b)"),
        (r"^\s*a", None),
        ("a^b", None),
        (r"\^a", None),
    ],
)
def test_only_what_is_bound_to_line_starts_is_rewritten(source: str, lead: str | None) -> None:
    assert from_line_feed(source) == lead


def test_boundary_rules_hold_at_the_same_breaks_from_the_break_on(grammar: Grammar) -> None:
    lines = TEXT.split("\n")
    windows = [f"{a[-40:].rstrip()}⏎{b[:48].lstrip()}" for a, b in pairwise(lines)]
    rules = [rule for rule in grammar.of(Boundary) if rule.patterns]
    for rule in rules:
        plain, led = (regex.compile(s, FLAGS) for s in (_source(grammar, rule), from_break(_source(grammar, rule))))
        assert [bool(plain.search(w)) for w in windows] == [bool(led.search(w)) for w in windows], rule.id
    assert from_break("[:(]⏎|b") == "⏎(?<=[:(]⏎)|b"
