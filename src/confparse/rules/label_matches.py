"""The labels that rules find in a text."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
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
    are there: under the same number, or under one that it continues from or to. What is not one of those may be a label
    of another rule.
    """
    matches = grammar.choice(rules).scan(text, budget)  # made again each time: many short labels would take much memory
    heads = _over_dotted((rules[which], match) for which, match in matches)
    holding = ((rules[which], match) for which, match in matches if _holds(rules[which], match, heads))
    if all(_holds(rules[which], match, heads) for which, match in matches):
        yield from holding
        return
    own = [rule for rule in rules if not rule.over_dotted]
    others = ((own[which], match) for which, match in grammar.choice(own).scan(text, budget))
    last = -1
    for rule, match in merge(holding, others, key=_place):  # of two at one place the first is the one that holds
        if match.start("num") != last:
            last = match.start("num")
            yield rule, match


def _place(item: "tuple[Label, regex.Match[str]]") -> int:
    start: int = item[1].start("num")
    return start


def _holds(rule: Label, match: "regex.Match[str]", heads: set[str]) -> bool:
    return not rule.over_dotted or number_parts(match["num"])[0] in heads


def _over_dotted(matches: "Iterable[tuple[Label, regex.Match[str]]]") -> set[str]:
    """The plain numbers that dotted ones continue from, and those that these lead to."""
    heads: set[str] = set()
    plain: set[int] = set()
    for rule, match in matches:
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
