"""The labels that rules find in a text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from confparse.numerals import number_parts
from confparse.rules.grammar import Grammar
from confparse.rules.structure import Label
from confparse.rules.time_budget import TimeBudget

if TYPE_CHECKING:
    import regex


def label_matches(
    rules: Sequence[Label], text: str, grammar: Grammar, budget: TimeBudget
) -> "Iterator[tuple[Label, regex.Match[str]]]":
    """The matches of label rules in a text, in order, each with its rule; those that need dotted labels only if these
    are there: under the same number, or under one that it continues from or to.
    """
    found = grammar.choice(rules).scan(text, budget)
    heads: set[str] = set()
    plain: set[int] = set()
    if any(rule.over_dotted for rule in rules):
        for which, match in found:
            head, *rest = number_parts(match["num"])
            if rest:
                heads.add(head)
            if rules[which].over_dotted:
                plain.add(int(head))
        heads |= {str(n) for n in _going_on({int(head) for head in heads if head.isdecimal()}, plain)}
    for which, match in found:
        rule = rules[which]
        if not rule.over_dotted or number_parts(match["num"])[0] in heads:
            yield rule, match


def _going_on(proved: set[int], numbers: set[int]) -> set[int]:
    """The numbers that some proved ones lead to, step by step, up or down."""
    out = set(proved)
    edge = out
    while edge:
        edge = {n + step for n in edge for step in (-1, 1)} & numbers - out
        out |= edge
    return out
