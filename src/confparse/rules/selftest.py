"""The examples inside the rules, checked both ways: what must match matches, what must not does not."""

from collections.abc import Mapping

import msgspec

from confparse.diagnostics import Clause
from confparse.rules.base import Example, Pattern, Rule
from confparse.rules.characters import Character, character_class
from confparse.rules.checks import check_patterns
from confparse.rules.extraction import PairRule
from confparse.rules.grammar import Grammar
from confparse.rules.line_breaks import Boundary
from confparse.rules.mentions import MentionPattern
from confparse.rules.time_budget import TimeBudget

_COMPILING = 1_000_000  # characters whose time goes to patterns that are compiled when they are first tried


class Failure(msgspec.Struct, frozen=True):
    """An example that does not hold: where it is, its rule, the text, what was expected, and how the pattern reads
    the text, if that is otherwise.
    """

    place: str
    rule: str
    text: str
    expected: Clause
    read: str | None = None


def _matches(grammar: Grammar, rule: Rule, example: Example, budget: TimeBudget) -> dict[str, str] | None:
    """The captures of an example, None if nothing matches."""
    if isinstance(rule, Character):
        chars = character_class(rule)
        return {} if any(c in chars for c in example.text) else None
    if isinstance(rule, PairRule):
        return {} if example.text.count(rule.opens) > example.text.count(rule.closes) else None
    if not isinstance(rule, Pattern | Boundary) or not rule.patterns:
        return {} if example.match else None  # a boundary without patterns is proved by the corpus of samples
    match = grammar.matcher(rule).search(example.text, budget)
    return None if match is None else {k: v for k, v in match.groupdict().items() if v is not None}


def failures(grammar: Grammar) -> list[Failure]:
    """Every example that does not hold. Raises GrammarError if a pattern cannot be compiled."""
    check_patterns(grammar)
    out = []
    characters = sum(len(example.text) for rule in grammar.rules.values() for example in rule.examples)
    budget = TimeBudget(None if grammar.shipped else characters + _COMPILING)
    for rule in grammar.rules.values():
        for i, example in enumerate(() if isinstance(rule, MentionPattern) else rule.examples):
            captures = _matches(grammar, rule, example, budget)
            if expected := not_as_expected(example, captures):
                out.append(Failure(grammar.example_places[rule.id][i], rule.id, example.text, expected))
    return out


def not_as_expected(example: Example, captures: Mapping[str, str] | None) -> Clause | None:
    """What an example lacks, from the captures of the match that was found, None if there was none; None if it
    holds.
    """
    if not example.match:
        return None if captures is None else Clause("expected_no_match", {"found": _shown(captures)})
    if captures is None:
        return Clause("expected_match")
    if all(captures.get(group) == text for group, text in example.captures.items()):
        return None
    return Clause("expected_captures", {"wanted": _shown(example.captures), "found": _shown(captures)})


def _shown(captures: Mapping[str, str]) -> str:
    return ", ".join(f"{group}={text!r}" for group, text in captures.items()) or "-"
