"""The labels that rules find in a text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from confparse.numerals import number_parts
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget
from confparse.rules.structure import Label

if TYPE_CHECKING:
    import regex


def label_matches(
    rules: Sequence[Label], text: str, grammar: Grammar, budget: TimeBudget
) -> "list[tuple[Label, regex.Match[str]]]":
    """The matches of label rules in a text, in order, each with its rule; those that need dotted labels only if these are there:
    under the same number, or under one that it goes on from or to.
    """
    found = [(rules[which], match) for which, match in grammar.choice(rules).scan(text, budget)]
    parts = [number_parts(match["num"]) for _, match in found]
    heads = {own[0] for own in parts if len(own) > 1}
    plain = {int(own[0]) for (rule, _), own in zip(found, parts, strict=True) if rule.over_dotted}
    heads |= {str(n) for n in _going_on({int(head) for head in heads if head.isdecimal()}, plain)}
    return [pair for pair, own in zip(found, parts, strict=True) if not pair[0].over_dotted or own[0] in heads]


def _going_on(proved: set[int], numbers: set[int]) -> set[int]:
    """The numbers that some proved ones lead to, step by step, up or down."""
    out = set(proved)
    edge = out
    while edge:
        edge = {n + step for n in edge for step in (-1, 1)} & numbers - out
        out |= edge
    return out
