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
    are there: under the same number, or under one that it continues from or to. What is none of those may be a label
    of another rule.
    """
    found = [(rules[which], match) for which, match in grammar.choice(rules).scan(text, budget)]
    heads = _over_dotted(found)
    kept = {match.start("num"): (rule, match) for rule, match in found if _holds(rule, match, heads)}
    if len(kept) < len(found):
        others = [rule for rule in rules if not rule.over_dotted]
        for which, match in grammar.choice(others).scan(text, budget):
            kept.setdefault(match.start("num"), (others[which], match))
    yield from (kept[start] for start in sorted(kept))


def _holds(rule: Label, match: "regex.Match[str]", heads: set[str]) -> bool:
    return not rule.over_dotted or number_parts(match["num"])[0] in heads


def _over_dotted(found: "Sequence[tuple[Label, regex.Match[str]]]") -> set[str]:
    """The plain numbers that dotted ones continue from, and those that these lead to."""
    heads: set[str] = set()
    plain: set[int] = set()
    for rule, match in found:
        head, *rest = number_parts(match["num"])
        if rest:
            heads.add(head)
        if rule.over_dotted:
            plain.add(int(head))
    return heads | {str(n) for n in _going_on({int(head) for head in heads if head.isdecimal()}, plain)}


def _going_on(proved: set[int], numbers: set[int]) -> set[int]:
    """The numbers that some proved ones lead to, step by step, up or down."""
    out = set(proved)
    edge = out
    while edge:
        edge = {n + step for n in edge for step in (-1, 1)} & numbers - out
        out |= edge
    return out
