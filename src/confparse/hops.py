"""What passes from stage to stage: one frozen type per hop, from measured lines to blocks."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from confparse.model import Meeting
from confparse.rules.structure import Label
from confparse.text import Text

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


class Measure(msgspec.Struct, frozen=True):
    """The columns between which full lines run, and whether lines are cut there at all."""

    left: int
    right: int
    wrapped: bool


class Lines(msgspec.Struct, frozen=True):
    """All lines of a text, and the habits of the dump."""

    text: Text
    lines: tuple[Line, ...]
    measures: tuple[Measure, ...]  # by line: that of its page
    blanks_tell: bool  # blank lines stand between some lines only, so they may mean something
    usual_blanks: int  # blank lines between two lines of one paragraph

    def shown(self, line: Line) -> str:
        return self.text.text[line.start : line.end]

    def matched(self, line: Line) -> str:
        return self.text.match[line.start : line.end]


class Claim(msgspec.Struct, frozen=True):
    """A line that is not running text: the zone, the name of the thing, the rule that said so."""

    zone: Zone
    name: str
    rule: str
    seam: bool = True  # the text above it may go on below, as from page to page


class Note(msgspec.Struct, frozen=True):
    """A footnote: its mark as printed, and its lines (indexes), the first with the mark in front."""

    num: str | None
    lines: tuple[int, ...]
    text_start: int  # offset where its text starts, after the mark
    num_span: tuple[int, int] | None
    rule: str


class Contents(msgspec.Struct, frozen=True):
    """A contents table: its lines, and the headings that it promises, letters only, with their numerals, empty where unknown."""

    lines: tuple[int, ...]
    headings: Mapping[str, str]
    entries: tuple[int, ...]  # the first lines of its entries
    rule: str


class Sheet(msgspec.Struct, frozen=True):
    """Lines with page matter, notes, contents and tables told apart from running text."""

    lines: Lines
    claims: Mapping[int, Claim]
    notes: tuple[Note, ...]
    contents: Contents | None
    cover_end: int  # index of the first line after the cover


class Candidate(msgspec.Struct, frozen=True):
    """Something that looks like a label, and how much accepting it is worth."""

    line: int
    start: int
    end: int
    num: str
    rule: Label
    gain: float
    headingish: float
    alone: bool
    inline: bool
    indent: int


class Labelled(msgspec.Struct, frozen=True):
    """A label that the series confirmed: where it is printed, and what it means."""

    line: int
    start: int
    end: int  # the text of the item starts after this
    num: str  # the bare numeral
    printed: str  # with its brackets and stops, white space removed
    element: str
    sequence: str
    style: str
    ordinal: int
    depth: int  # place in the stack of open series of its kind, 0 outermost
    rule: str
    alone: bool  # nothing else stands on its line


class Anchored(msgspec.Struct, frozen=True):
    """A line that opens a part of the paper by its own words: an annex, a decision, a known heading, the end."""

    line: int
    last: int  # the last line of its words
    element: str
    role: str | None
    num: str | None
    text_start: int  # offset after its label
    resets: bool
    rule: str


class Series(msgspec.Struct, frozen=True):
    """A sheet with the labels and anchors of its lines."""

    sheet: Sheet
    labels: tuple[Labelled, ...]
    anchors: Mapping[int, Anchored]
    promised: Mapping[int, int]  # the last line of labelled headings that the contents table promises, by their first


class Row(msgspec.Struct, frozen=True, gc=False):
    """A line, or the part of one before or after a label inside it; the label is not part of its text."""

    line: Line
    start: int
    end: int
    label: Labelled | None
    anchor: Anchored | None
    claim: Claim | None
    seam: bool  # page matter or a footnote stands before it
    raised: bool  # a footnote mark stands alone before it, or opens it
    inside: bool  # it starts inside a line
    pieces: tuple[tuple[int, int], ...]  # its text without what was taken out


Decision = Literal["join", "keep"]


class Join(msgspec.Struct, frozen=True, gc=False):
    """What was decided between two lines, by their indexes, and the rule."""

    above: int
    below: int
    decide: Decision
    rule: str


class Group(msgspec.Struct, frozen=True):
    """Rows that belong together, and the rule that parted them from what stands above."""

    rows: tuple[Row, ...]
    rule: str


class Flow(msgspec.Struct, frozen=True):
    """All groups of rows in reading order, and the decision at each boundary."""

    series: Series
    groups: tuple[Group, ...]
    joins: tuple[Join, ...]


class Block(msgspec.Struct, frozen=True):
    """A unit of text: its label or anchor if it has one, where it stands, and its text put together."""

    label: Labelled | None
    anchor: Anchored | None
    zone: Zone | None
    part: str | None  # what of its zone it is
    start: int  # with the label
    end: int
    content: str
    pieces: tuple[tuple[int, int], ...]  # where the content stands in the source, line by line
    first: int  # index of its first line
    last: int
    rule: str


class Taken(msgspec.Struct, frozen=True):
    """Characters that were taken out of running text: a footnote mark, a hyphen at a line end."""

    kind: str
    start: int
    end: int
    rule: str


class Sittings(msgspec.Struct, frozen=True):
    """The meetings, and for each passage (by eid) where in it the text turns to which."""

    meetings: tuple[Meeting, ...]
    turns: Mapping[
        str, Sequence[tuple[int, str]]
    ]  # (offset in the passage, meeting); at -1 the one that goes on from above

    def of(self, eid: str) -> list[str]:
        """The meetings that a passage reports: those that it names, else the one that goes on."""
        turns = self.turns.get(eid, ())
        named = [meeting for offset, meeting in turns if offset >= 0]
        return list(dict.fromkeys(named or (meeting for _, meeting in turns)))

    def at(self, eid: str, offset: int) -> str | None:
        """The meeting that the text reports at an offset of a passage."""
        before = [meeting for start, meeting in self.turns.get(eid, ()) if start <= offset]
        return before[-1] if before else None
