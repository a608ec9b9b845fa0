"""What the layout hands on: lines, and what is known of them."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, overload

import msgspec

from confparse.packing import Lazy
from confparse.rules.joined_texts import IndexSet
from confparse.rules.structure import NoteRef
from confparse.text.types import Mark, Text

_MATTER = 12  # lines of page matter after the cover that may still belong to the first page
_CUT = 0.94  # share of the measure from which a line is full: words that do not fit are taken to the next line
_NO_COVER = 12  # lines that are read as the first page where no cover was found
Zone = Literal["furniture", "note", "toc", "table"]


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line that is not blank: its extent without the blanks around it, and where it stands on the page."""

    index: int  # 0-based among the lines that are not blank
    start: int
    end: int
    indent: int  # columns before the text
    right: int  # column after the text; a Han character is two wide
    blanks: int  # blank lines above
    page: int  # 0-based


class LineTable(Sequence[Line]):
    """Lines in columns: a text of many short lines would not fit into memory as objects, which are made when asked for."""

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
    """The indexes of the lines that end a sentence, a clause, a part of one, a footnote, as the stop rules tell them apart."""

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
    blanks_tell: bool  # blank lines stand between some lines only, so they may mean something
    usual_blanks: int  # blank lines between two lines of one paragraph
    parted: bool  # lines are whole paragraphs, cut at no measure: blank lines part them
    paged: bool  # form feeds part its pages

    def goes_on(self, index: int) -> bool:
        """Whether a line was cut at the measure, inside a sentence or a heading that goes on below."""
        measure = self.measures[index]
        return measure.wrapped and self.lines[index].right >= _CUT * measure.right and index not in self.ends

    def parted_below(self, index: int) -> bool:
        """Whether a blank line for sure parts a line from the next one."""
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


class LineClaim(msgspec.Struct, frozen=True):
    """A line that is not running text: the zone, the name of the thing, the rule that said so."""

    zone: Zone
    name: str
    rule: str
    seam: bool = True  # the text above it may go on below, as from page to page


class PageMatter(msgspec.Struct, frozen=True):
    """The lines that belong to pages, where the cover ends, and where pages start."""

    claims: Mapping[int, LineClaim]
    cover_end: int  # index of the first line after the cover
    body_shown: bool  # whether anything shows where the body begins, if only the first line
    page_starts: tuple[int, ...]  # indexes of the first lines of all pages but the first


class NoteMark(msgspec.Struct, frozen=True):
    """Something in a line that may be the mark of a footnote."""

    line: int
    start: int
    end: int
    num: str  # as printed
    rule: str
    known: bool  # it counts only if a footnote with its number was found


class NoteMarks(Lazy[NoteMark]):
    """Marks in columns, in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text = text  # as patterns see it
        self._rules: list[NoteRef] = []
        self.lines, self.starts, self._ends = array("I"), array("I"), array("I")
        self._nums, self._num_ends, self._which = array("I"), array("I"), array("H")

    def add(self, line: int, span: tuple[int, int], num: tuple[int, int], rule: NoteRef) -> None:
        """Put a mark after the last one: its line, where it and its number stand, and the rule that found it."""
        if rule not in self._rules:
            self._rules.append(rule)
        self.lines.append(line)
        self.starts.append(span[0])
        self._ends.append(span[1])
        self._nums.append(num[0])
        self._num_ends.append(num[1])
        self._which.append(self._rules.index(rule))

    def at(self, at: int) -> NoteMark:
        rule = self._rules[self._which[at]]
        num = self._text[self._nums[at] : self._num_ends[at]]
        return NoteMark(self.lines[at], self.starts[at], self._ends[at], num, rule.id, rule.known)

    def __len__(self) -> int:
        return len(self.lines)


class Note(msgspec.Struct, frozen=True):
    """A footnote: its mark as printed, and its lines (indexes), the first with the mark in front."""

    num: str | None
    lines: tuple[int, ...]
    text_start: int  # offset where its text starts, after the mark
    num_span: tuple[int, int] | None
    rule: str
    pages: tuple[int, int]  # the first and the last page, 0-based, on which its marks may stand


class Contents(msgspec.Struct, frozen=True):
    """A contents table: its lines, and the headings that it promises, letters only, with their numerals, empty where unknown."""

    lines: tuple[int, ...]
    headings: Mapping[str, str]
    entries: tuple[int, ...]  # the first lines of its entries
    rule: str


class PageLayout(msgspec.Struct, frozen=True):
    """Lines with page matter, notes, contents and tables told apart from running text."""

    lines: Lines
    claims: Mapping[int, LineClaim]
    notes: tuple[Note, ...]
    contents: Contents | None
    cover_end: int  # index of the first line after the cover
    body_shown: bool  # whether anything shows where the body begins, if only the first line
    page_starts: tuple[int, ...]  # indexes of the first lines of all pages but the first
    marks: Sequence[NoteMark] = ()  # what may be marks of footnotes

    def page_of(self, line: int) -> int:
        """The page, 0-based, that a line stands on."""
        return bisect_right(self.page_starts, line)

    def first_page(self) -> "FirstPage":
        """The lines of the cover, and the page matter that follows them at its foot."""
        lines = self.lines.lines
        end = self.cover_end or min(len(lines), _NO_COVER)
        matter = sorted(i for i, claim in self.claims.items() if i >= end and claim.zone == "furniture")
        page = [*lines[:end], *(lines[i] for i in matter[:_MATTER])]
        printed, matched = (self.lines.shown(line) for line in page), (self.lines.matched(line) for line in page)
        return FirstPage("\n".join(printed), "\n".join(matched))


class FirstPage(msgspec.Struct, frozen=True):
    """The text of the first page, a line for each of its lines: as printed, and in the script of the patterns."""

    printed: str
    matched: str
