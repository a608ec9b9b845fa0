"""The lines of a text, and what is known of a dump from them: measures, ends, blank lines."""

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import overload

import msgspec

from confparse.rules.joined_texts import IndexSet
from confparse.text.types import Mark, Text

_CUT = 0.94  # share of the measure from which a line is full: words that do not fit are taken to the next line


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line that is not blank: its extent without the blanks around it, and where it is on the page."""

    index: int  # 0-based among the lines that are not blank
    start: int
    end: int
    indent: int  # columns before the text
    right: int  # column after the text; a Han character is two wide
    blanks: int  # blank lines above
    page: int  # 0-based


class LineTable(Sequence[Line]):
    """Lines in columns: a text of many short lines would not fit into memory as objects, which are made when asked
    for.
    """

    def __init__(self) -> None:
        self.starts, self.ends = array("I"), array("I")
        self._indents, self._rights, self._blanks, self._pages = (array("I") for _ in range(4))

    def add(self, start: int, end: int, indent: int, right: int, blanks: int, page: int) -> None:
        """Put a line below the last one."""
        self.starts.append(start)
        self.ends.append(end)
        self._indents.append(indent)
        self._rights.append(right)
        self._blanks.append(blanks)
        self._pages.append(page)

    def _line(self, i: int) -> Line:
        return Line(i, self.starts[i], self.ends[i], self._indents[i], self._rights[i], self._blanks[i], self._pages[i])

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        if isinstance(at, slice):
            return [self._line(i) for i in range(*at.indices(len(self.starts)))]
        return self._line(at if at >= 0 else len(self.starts) + at)

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Line]:
        columns = (self.starts, self.ends, self._indents, self._rights, self._blanks, self._pages)
        return map(Line, range(len(self.starts)), *columns)


class Measure(msgspec.Struct, frozen=True):
    """The columns between which full lines run, and whether lines are cut there at all."""

    left: int
    right: int
    wrapped: bool


class LineEnds(msgspec.Struct, frozen=True):
    """The indexes of the lines that end a sentence, a clause, a part of one, a footnote, as the stop rules tell them
    apart.
    """

    sentence: IndexSet
    clause: IndexSet
    pause: IndexSet
    note: IndexSet

    def closed(self, line: int) -> bool:
        """Whether a line ends more than a part of a clause."""
        return line in self.sentence or line in self.clause or line in self.note

    def __contains__(self, line: int) -> bool:
        """Whether something new may begin after a line."""
        return self.closed(line) or line in self.pause


class Lines(msgspec.Struct, frozen=True):
    """All lines of a text, and the habits of the dump."""

    text: Text
    lines: LineTable
    ends: LineEnds
    measures: tuple[Measure, ...]  # by line: that of its page
    blanks_tell: bool  # blank lines are between some lines only, so they may mean something
    usual_blanks: int  # blank lines between two lines of one paragraph
    parted: bool  # lines are whole paragraphs, cut at no measure: blank lines separate them
    paged: bool  # form feeds separate its pages
    aligned: bool  # each holds a sentence, and no measure cuts them

    def goes_on(self, index: int) -> bool:
        """Whether a line was cut at the measure, inside a sentence or a heading that continues below."""
        measure = self.measures[index]
        return measure.wrapped and self.lines[index].right >= _CUT * measure.right and index not in self.ends

    def announces(self, index: int) -> bool:
        """Whether a line ends with a colon, also one of full width."""
        return unicodedata.normalize("NFKC", self.matched(self.lines[index])[-1:]) == ":"

    def opens_by_indent(self, index: int) -> bool:
        """Whether a line continues in one that starts further left, as only the first line of a paragraph does."""
        if index in self.ends or index + 1 >= len(self.lines):
            return False
        return self.lines[index + 1].indent < self.lines[index].indent

    def parted_below(self, index: int) -> bool:
        """Whether a blank line certainly separates a line from the next one."""
        return self.parted and index + 1 < len(self.lines) and self.lines[index + 1].blanks > 0

    def at(self, offset: int) -> int:
        """The index of the line that holds an offset, or of the last line before it; -1 before the first."""
        return bisect_right(self.lines.starts, offset) - 1

    def starting(self, offset: int) -> Line | None:
        """The line whose text starts at an offset, None if there is none."""
        i = self.at(offset)
        return self.lines[i] if i >= 0 and self.lines.starts[i] == offset else None

    def marked(self, mark: Mark) -> range:
        """The indexes of the lines that a mark of the file covers."""
        return range(self.at(mark.start - 1) + 1, self.at(mark.end - 1) + 1)

    def shown(self, line: Line) -> str:
        return self.text.text[line.start : line.end]

    def matched(self, line: Line) -> str:
        return self.text.match[line.start : line.end]
