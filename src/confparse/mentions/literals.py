"""Which texts hold the literals of rules: a rule is tried on these alone."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby, repeat
from operator import itemgetter
from typing import TypeVar

from confparse.letters import FIRST_HAN
from confparse.rules.base import Extraction

R = TypeVar("R", bound=Extraction)


class TextsByLiteral:
    """Texts in reading order, one after the other with a line feed between, and which of them hold a literal."""

    def __init__(self, joined: str, starts: Sequence[int]) -> None:
        self._joined, self._starts = joined, starts  # with where one more would start
        self._has_han = any(text > FIRST_HAN for text in set(joined))
        self._holding: dict[str, Sequence[int]] = {}

    def holding(self, literal: str) -> Sequence[int]:
        """The indexes of the texts that hold a literal, in order."""
        if literal not in self._holding:
            indexes = array("I")
            at = self._joined.find(literal) if self._has_han or literal[0] < FIRST_HAN else -1
            while at >= 0:
                indexes.append(bisect_right(self._starts, at) - 1)
                at = self._joined.find(literal, self._starts[indexes[-1] + 1])
            self._holding[literal] = indexes
        return self._holding[literal]

    def candidates(self, rules: Sequence[R]) -> Iterator[tuple[int, list[R]]]:
        """The texts that hold a literal of some of the rules, in order, each with those rules in theirs."""
        all_literals = {literal for rule in rules for literal in rule.literals}
        places = (zip(self.holding(literal), repeat(literal)) for literal in sorted(all_literals))
        for i, group in groupby(merge(*places), key=itemgetter(0)):
            literals = {literal for _, literal in group}
            yield i, [rule for rule in rules if not literals.isdisjoint(rule.literals)]
