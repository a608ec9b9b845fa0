"""What the layout phase returns: page matter, notes, contents and tables, separated from running text."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from confparse.layout.line_table import Lines
from confparse.packing import Lazy
from confparse.rules.page_matter import NoteRef
from confparse.text.normalize import with_closed_headings

_MATTER = 12  # lines of page matter after the cover that may still belong to the first page
_NO_COVER = 12  # lines that are read as the first page if no cover was found
Zone = Literal["furniture", "note", "toc", "table"]


class LineClaim(msgspec.Struct, frozen=True):
    """A line that is not running text: the zone, the name of the thing, the rule that said so."""

    zone: Zone
    name: str
    rule: str
    seam: bool = True  # the text above it may continue below, as from page to page


class PageMatter(msgspec.Struct, frozen=True):
    """The lines that belong to pages, where the cover ends, and where pages start."""

    claims: Mapping[int, LineClaim]
    cover_end: int  # index of the first line after the cover
    body_shown: bool  # whether anything shows where the body begins, if only the first line
    page_starts: Sequence[int]  # indexes of the first lines of all pages but the first


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
        """Put a mark after the last one: its line, where it and its number are, and the rule that found it."""
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
    pages: tuple[int, int]  # the first and the last page, 0-based, on which its marks may be


class Contents(msgspec.Struct, frozen=True):
    """A contents table: its lines, and the headings that it promises, letters only, with their numerals, empty if
    unknown.
    """

    lines: Mapping[int, str]  # with the rule of each
    headings: Mapping[str, str]
    entries: tuple[int, ...]  # the first lines of its entries and of its column heads
    rule: str


class PageLayout(msgspec.Struct, frozen=True):
    """Lines with page matter, notes, contents and tables separated from running text."""

    lines: Lines
    claims: Mapping[int, LineClaim]
    notes: tuple[Note, ...]
    contents: Contents | None
    cover_end: int  # index of the first line after the cover
    body_shown: bool  # whether anything shows where the body begins, if only the first line
    page_starts: Sequence[int]  # indexes of the first lines of all pages but the first
    marks: Sequence[NoteMark] = ()  # what may be marks of footnotes

    def above(self, line: int) -> Iterator[int]:
        """The lines of running text above a line of the body, nearest first."""
        return (i for i in range(line - 1, self.cover_end - 1, -1) if i not in self.claims)

    def page_of(self, line: int) -> int:
        """The page, 0-based, that a line is on."""
        return bisect_right(self.page_starts, line)

    def first_page(self) -> "FirstPage":
        """The lines of the cover, and the page matter that follows them at its foot."""
        lines = self.lines.lines
        end = self.cover_end or min(len(lines), _NO_COVER)
        matter = sorted(i for i, claim in self.claims.items() if i >= end and claim.zone == "furniture")
        page = [*lines[:end], *(lines[i] for i in matter[:_MATTER])]
        printed, matched = (self.lines.shown(line) for line in page), (self.lines.matched(line) for line in page)
        starts = tuple(line.start for line in page)
        return FirstPage(with_closed_headings("\n".join(printed)), "\n".join(matched), starts)


class FirstPage(msgspec.Struct, frozen=True):
    """The text of the first page, line by line: as printed, and in the script of the patterns."""

    printed: str
    matched: str
    starts: tuple[int, ...]  # of its lines, in the source

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters [start, end) of the page are in the source."""
        return self._offset(start), self._offset(end - 1) + 1

    def _offset(self, at: int) -> int:
        line = self.printed.count("\n", 0, at)
        return self.starts[line] + at - (self.printed.rfind("\n", 0, at) + 1)
