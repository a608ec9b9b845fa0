"""Lines that may open a footnote: those with a number in front, in one of the forms that notes have."""

from array import array
from collections.abc import Container
from typing import NamedTuple

from confparse.layout.line_table import Lines
from confparse.numerals import in_mark
from confparse.packing import Lazy
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import NoteNumber
from confparse.rules.time_budget import TimeBudget
from confparse.text.types import Text


class NumberedLine(NamedTuple):
    """A line that may open a note: the rule, its number as printed, and where its text starts."""

    line: int
    rule: str
    num: str
    number: int
    span: tuple[int, int]
    text_start: int


class NumberedLines(Lazy[NumberedLine]):
    """Lines that may open a note by one rule, in columns and in order."""

    def __init__(self, rule: str, text: Text) -> None:
        self._rule, self._text = rule, text
        self.lines, self._starts, self._ends = array("I"), array("I"), array("I")
        self._nums, self._num_ends = array("I"), array("I")

    def add(self, line: int, mark: tuple[int, int], num: tuple[int, int]) -> None:
        """Put a line after the last one, with the spans of its mark and of the number in it."""
        self.lines.append(line)
        self._starts.append(mark[0])
        self._ends.append(mark[1])
        self._nums.append(num[0])
        self._num_ends.append(num[1])

    def at(self, at: int) -> NumberedLine:
        start, end = self._starts[at], self._ends[at]
        number = in_mark(self._text.match[self._nums[at] : self._num_ends[at]]) or 0
        return NumberedLine(self.lines[at], self._rule, self._text.text[start:end], number, (start, end), end)

    def __len__(self) -> int:
        return len(self.lines)


def note_starts(lines: Lines, other: Container[int], grammar: Grammar, budget: TimeBudget) -> dict[str, NumberedLines]:
    """The lines that may open a note, by the rule that knows their form, in order; `other` lines are known to be
    none.
    """
    out: dict[str, NumberedLines] = {}
    for rule in grammar.of(NoteNumber):
        for match in grammar.matcher(rule).each(lines.text.match, budget):
            line = lines.starting(match.start() + len(match[0]) - len(match[0].lstrip()))
            number = in_mark(match["num"])
            if line is None or line.index in other or not number:
                continue
            if match.end("mark") >= line.end and lines.parted_below(line.index):
                continue
            if rule.id not in out:
                out[rule.id] = NumberedLines(rule.id, lines.text)
            out[rule.id].add(line.index, match.span("mark"), match.span("num"))
    return out
