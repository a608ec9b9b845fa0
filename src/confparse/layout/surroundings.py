"""What is around a line that may be page matter: whether it interrupts a sentence, opens or announces something."""

from collections.abc import Mapping

from confparse.layout.line_table import Lines
from confparse.layout.types import LineClaim
from confparse.rules.grammar import Grammar
from confparse.rules.structure import Label, PartStartRule
from confparse.rules.time_budget import TimeBudget

DEEP = 8  # lines of page matter at an edge, at most
_OPENS = 0.5  # weight of a label that opens something by its form alone
_REACHING = 0.6  # share of the measure that a line broken inside a sentence reaches at least


class Surroundings:
    """Answers questions about the lines of a text while its page matter is being found; `claims` grow meanwhile."""

    def __init__(
        self, lines: Lines, claims: Mapping[int, LineClaim], cover_end: int, grammar: Grammar, budget: TimeBudget
    ) -> None:
        self._lines, self._claims, self._cover_end, self._budget = lines, claims, cover_end, budget
        self._openers = [
            grammar.matcher(rule)
            for rule in grammar.of(Label)
            if not rule.inline and not rule.over_dotted and rule.weight >= _OPENS
        ]
        self._openers += [grammar.matcher(rule) for rule in grammar.of(PartStartRule)]

    def free(self, i: int) -> bool:
        """Whether a line is not page matter yet."""
        return i not in self._claims

    def unlabelled(self, i: int) -> bool:
        """Whether a free line opens nothing."""
        return self.free(i) and not self._labelled(i)

    def _labelled(self, i: int) -> bool:
        """Whether a line opens something: an item, a part of the paper."""
        text = self._lines.matched(self._lines.lines[i])
        return any((m := opener.search(text, self._budget)) is not None and m.start() == 0 for opener in self._openers)

    def plain(self, i: int) -> bool:
        """Whether a line opens nothing, announces nothing, ends nothing, and does not continue a sentence: it has
        no small letter first, except in the address of a web page.
        """
        text = self._lines.matched(self._lines.lines[i])
        goes_on = text[:1].islower() and "." not in text
        return self.unlabelled(i) and i not in self._lines.ends and not goes_on

    def interrupts(self, first: int, last: int) -> bool:
        """Whether the lines from the first to the last are inside a sentence: the line above reaches far and has no
        stop, the one below opens nothing.
        """
        above = self._above_notes(next((i for i in range(first - 1, first - 2 - DEEP, -1) if self.free(i)), -1))
        below = next((i for i in range(last + 1, last + 2 + DEEP) if self.free(i)), len(self._lines.lines))
        if above < self._cover_end or below >= len(self._lines.lines) or self._labelled(below):
            return False
        line, measure = self._lines.lines[above], self._lines.measures[above]
        if not measure.wrapped or line.right - measure.left < _REACHING * (measure.right - measure.left):
            return False
        return above not in self._lines.ends

    def _above_notes(self, i: int) -> int:
        """The line of text above the notes that a rule line separates from it, for the last line of a page; that line
        if it has none.
        """
        for j in range(i, max(self._cover_end, i - DEEP), -1):
            claim = self._claims.get(j)
            if claim is not None:
                return next((k for k in range(j - 1, -1, -1) if self.free(k)), i) if claim.name == "rule_line" else i
        return i
