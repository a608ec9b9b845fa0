"""The evidence that a run of numbered lines is footnotes: marks above them, a rule line, a heading, their length."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from confparse.layout.claims import is_rule_line
from confparse.layout.line_table import Lines
from confparse.layout.note_numbers import NumberedLine, NumberedLines
from confparse.layout.types import LineClaim, NoteMark, NoteMarks, PageMatter
from confparse.numerals import in_mark
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import NoteNumber, NoteRef

_LONGEST = 12  # lines of one note
_LONGEST_FORMAL = 40  # lines of one note at the foot of a page, if nothing but the number of a note looks like its own
_ONE = 3  # lines of a single note that nothing but its mark announces
_MANY = 2  # notes in a row that are believed without a rule line
COUNTED = 3  # notes that are believed whatever their numbers look like, if their marks count up with them


class Region(NamedTuple):
    """Lines up to an end that hold notes, the starts of these, and the page of their marks, None for any."""

    starts: tuple[NumberedLine, ...]
    end: int
    page: int | None
    sure: bool  # their marks are such as nothing else looks like, or those of the whole paper
    alike: bool  # their numbers are printed as their marks are
    complete: bool  # all their marks were found, from the first number on
    telling: bool  # their marks have a form that nothing else has, and their numbers are printed as the marks are
    certain: bool  # what is known of this region alone is enough: the items of a list may be numbered as notes are


class NoteSeeker:
    """Looks for regions of notes in one text."""

    def __init__(
        self,
        lines: Lines,
        matter: PageMatter,
        claims: Mapping[int, LineClaim],
        marks: NoteMarks,
        grammar: Grammar,
    ) -> None:
        self._lines, self._claims = lines, claims
        self._formal = {rule.id for rule in grammar.of(NoteRef) if rule.formal}
        self.shared = {rule.id for rule in grammar.of(NoteNumber) if rule.shared}
        self._sure = {rule.id for rule in grammar.of(NoteNumber) if rule.formal}
        self._cover_end = matter.cover_end
        self._pages = [0, *matter.page_starts]
        self._marks = marks
        self._by_number: dict[int, array[int]] = {}  # the places of the marks of a number
        for place, mark in enumerate(marks):
            number = in_mark(mark.num)
            if number is not None:
                self._by_number.setdefault(number, array("I")).append(place)

    def page_of(self, line: int) -> int:
        return bisect_right(self._pages, line) - 1

    def foot(self, starts: NumberedLines, within: range) -> tuple[NumberedLine, ...]:
        """The last starts on the lines of one page that count up by one, none of them longer than notes are."""
        return self.run_back(starts, within, _LONGEST_FORMAL if starts[0].rule in self._sure else _LONGEST)

    def run_back(self, starts: NumberedLines, within: range, longest: int) -> tuple[NumberedLine, ...]:
        """The last starts within some lines that count up by one, none of them with more lines than `longest`."""
        run: list[NumberedLine] = []
        low, high = (bisect_left(starts.lines, line) for line in (within.start, within.stop))
        for start in map(starts.at, range(high - 1, low - 1, -1)):
            if not run:
                if self._between(start.line, within.stop) > longest:
                    return ()
                run.append(start)
            elif start.number == run[-1].number - 1 and self._between(start.line, run[-1].line) <= longest:
                run.append(start)
            elif start.number != run[-1].number:
                break
        return tuple(reversed(run))

    def _between(self, first: int, last: int) -> int:
        """The lines from one to another that are not page matter."""
        return sum(i not in self._claims for i in range(first, last))

    def marked(self, start: NumberedLine, within: range, excluded_pages: Container[int]) -> Iterator[NoteMark]:
        """The marks with the number of a note that are on some lines, on none of `excluded_pages`; made one by one, for
        a text may hold one on each of its lines.
        """
        places, line_of = self._by_number.get(start.number, array("I")), self._marks.lines.__getitem__
        low, high = (bisect_left(places, line, key=line_of) for line in (within.start, within.stop))
        marks = (self._marks.at(places[i]) for i in range(low, high))
        return (m for m in marks if m.start != start.span[0] and self.page_of(m.line) not in excluded_pages)

    def region(
        self, run: Sequence[NumberedLine], within: range, page: int | None, excluded_pages: Container[int] = ()
    ) -> Region | None:
        """The notes of a run from the rule line above it, or from the first whose mark is found; None if nothing
        supports them.

        They end where the lines do on which their marks may be, except for `excluded_pages`.
        """
        first = run[0].line if run else 0
        ruled = self._below_rule(first)
        while run and not ruled and not any(self.marked(run[0], range(within.start, run[0].line), excluded_pages)):
            run = run[1:]
        if not run or self._ends_before(run, within.stop):
            return None
        before, end = range(within.start, run[0].line), within.stop
        marked_lines = [start for start in run if any(self.marked(start, before, excluded_pages))]
        count = len(marked_lines)
        few = not count or (not ruled and 2 * count <= len(run))
        listed = not ruled and run[0].rule in self.shared and self._announced(run[0].line)
        if few or listed or run[0].line < self._cover_end:
            return None
        formal = all(
            any(mark.rule in self._formal for mark in self.marked(s, before, excluded_pages)) for s in marked_lines
        )
        short = self._between(run[0].line, end) <= _ONE * len(run)
        apart = first == run[0].line and self._lines.lines[first].blanks > 0
        plain = (len(run) >= _MANY and count == len(run)) or (short and apart)
        collected = page is None and len(run) >= _MANY and count == len(run)
        alike = all(any(self._alike(s, mark) for mark in self.marked(s, before, excluded_pages)) for s in marked_lines)
        complete = count == len(run) and first == run[0].line
        counted = collected and complete and self._count_up(run, before, excluded_pages)
        certain = ruled or formal or counted or (plain and run[0].rule not in self.shared)
        return Region(tuple(run), end, page, formal or collected, alike, complete, formal and alike, certain)

    def _count_up(self, run: Sequence[NumberedLine], within: range, excluded_pages: Container[int]) -> bool:
        """Whether the marks of some notes, from one on, are in the text in the order of their numbers, printed as these
        are or as bare digits.
        """
        at = -1
        for start in run:
            marks = self.marked(start, within, excluded_pages)
            own = (m.start for m in marks if self._alike(start, m) or self._lines.text.text[m.start : m.end].isdigit())
            at = next((own_start for own_start in own if own_start > at), -1)
            if at < 0:
                return False
        return run[0].number == 1 and len(run) >= COUNTED

    def _alike(self, start: NumberedLine, mark: NoteMark) -> bool:
        """Whether a note's number and its mark are the same characters, brackets and stops included."""
        return start.num == self._lines.text.text[mark.start : mark.end]

    def _ends_before(self, run: Sequence[NumberedLine], end: int) -> bool:
        """Whether a note ends with its page, and more is on the next before another note begins: that is text
        again.
        """
        for low, high in pairwise([*(start.line for start in run), end]):
            free = [i for i in range(low, high) if i not in self._claims]
            turned = next(((a, b) for a, b in pairwise(free) if self.page_of(a) != self.page_of(b)), None)
            if turned is not None and turned[0] in self._lines.ends.sentence:
                return True
        return False

    def collected(self, starts: NumberedLines, end: int, excluded_pages: Container[int]) -> Region | None:
        """The notes of a whole paper, or of what is above an annex, at its end."""
        return self.region(self.run_back(starts, range(end), _LONGEST), range(end), None, excluded_pages)

    def headed(self, starts: NumberedLines, heading: int) -> Region | None:
        """The notes below their heading, if one opens right there."""
        end = len(self._lines.lines)
        run = self.run_back(starts, range(heading + 1, end), _LONGEST_FORMAL)
        if not run or self._between(heading, run[0].line) > 1:
            return None
        return Region(run, end, None, sure=True, alike=True, complete=True, telling=True, certain=True)

    def _announced(self, line: int) -> bool:
        """Whether the line above announces a list with a colon."""
        above = next((i for i in range(line - 1, -1, -1) if i not in self._claims), None)
        return above is not None and self._lines.announces(above)

    def _below_rule(self, line: int) -> bool:
        return is_rule_line(self._claims.get(line - 1))
