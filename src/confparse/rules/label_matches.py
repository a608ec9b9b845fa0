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
    under the same number, or under the one before or after it.
    """
    found = [(rules[which], match) for which, match in grammar.choice(rules).scan(text, budget)]
    parts = [number_parts(match["num"]) for _, match in found]
    heads = {own[0] for own in parts if len(own) > 1}
    numbers = {int(head) for head in heads if head.isdecimal()}
    beside = {str(n + step) for n in numbers for step in (-1, 1)}
    return [pair for pair, own in zip(found, parts, strict=True) if not pair[0].over_dotted or own[0] in heads | beside]
