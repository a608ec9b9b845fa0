"""What the reflow phase returns: segments of lines, the decisions between them, and blocks."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from confparse.labels.types import PartStart, Removal, Series, SeriesLabel
from confparse.layout.line_table import Line, LineTable
from confparse.layout.types import LineClaim, Note, Zone
from confparse.packing import Lazy


class Segment(msgspec.Struct, frozen=True, gc=False):
    """A line, or the part of one before or after a label inside it; the label is not part of its text."""

    line: Line
    start: int
    end: int
    label: SeriesLabel | None
    part_start: PartStart | None
    claim: LineClaim | None
    seam: bool  # page matter or a footnote is before it
    raised: bool  # a footnote mark is alone before it, or opens it
    inside: bool  # it starts inside a line
    pieces: tuple[tuple[int, int], ...]  # its text without what was taken out


_SEAM, _RAISED, _INSIDE, _CLAIMED = 1, 2, 4, 8


class SegmentTable(Lazy[Segment]):
    """Segments in columns: as objects those of many short lines would not fit into memory; they are made when asked
    for.
    """

    def __init__(self, lines: LineTable, labels: Sequence[SeriesLabel], claims: Mapping[int, LineClaim]) -> None:
        self._lines, self._labels, self._by_line = lines, labels, claims
        self._line, self._flags = array("I"), bytearray()
        self._starts, self._ends = array("I"), array("I")
        self._label = array("i")  # the place of the label of each, -1 for none
        self._part_starts: dict[int, PartStart] = {}
        self._entries: dict[int, LineClaim] = {}  # the claims of the contents table, each with its entry
        self._text_starts, self._texts = (
            array("I"),
            bytearray(),
        )  # of those that are in one piece; how many pieces they are in
        self._pieces: dict[int, tuple[tuple[int, int], ...]] = {}  # of those that are in more than one, or end early

    def add(self, segment: Segment, label: int | None = None) -> None:
        """Put a segment after the last one, with the place of its label."""
        i = len(self._line)
        self._line.append(segment.line.index)
        self._starts.append(segment.start)
        self._ends.append(segment.end)
        claimed = segment.claim is not None
        flags = _SEAM * segment.seam | _RAISED * segment.raised | _INSIDE * segment.inside | _CLAIMED * claimed
        self._flags.append(flags)
        self._label.append(-1 if label is None else label)
        if segment.part_start is not None:
            self._part_starts[i] = segment.part_start
        if segment.claim is not None and segment.claim.zone == "toc":
            self._entries[i] = segment.claim
        one = len(segment.pieces) == 1 and segment.pieces[0][1] == segment.end
        self._text_starts.append(segment.pieces[0][0] if one else segment.end)
        self._texts.append(one)
        if segment.pieces and not one:
            self._pieces[i] = segment.pieces

    def at(self, i: int) -> Segment:
        start, end, flags, label = self._starts[i], self._ends[i], self._flags[i], self._label[i]
        return Segment(
            self._lines[self._line[i]],
            start,
            end,
            self._labels[label] if label >= 0 else None,
            self._part_starts.get(i),
            self._entries.get(i) or (self._by_line[self._line[i]] if flags & _CLAIMED else None),
            bool(flags & _SEAM),
            bool(flags & _RAISED),
            bool(flags & _INSIDE),
            ((self._text_starts[i], end),) if self._texts[i] else self._pieces.get(i, ()),
        )

    def __len__(self) -> int:
        return len(self._line)


Decision = Literal["join", "keep"]


class Join(msgspec.Struct, frozen=True, gc=False):
    """What was decided between two lines, by their indexes, and the rule."""

    above: int
    below: int
    decide: Decision
    rule: str


class Joins(Lazy[Join]):
    """Decisions in columns, in the order of their lines."""

    def __init__(self) -> None:
        self._above, self._below = array("I"), array("I")
        self._decided: list[tuple[Decision, str]] = []

    def add(self, above: int, below: int, decided: tuple[Decision, str]) -> None:
        """Put a decision after the last one: the lines, and what a rule says."""
        self._above.append(above)
        self._below.append(below)
        self._decided.append(decided)

    def at(self, at: int) -> Join:
        return Join(self._above[at], self._below[at], *self._decided[at])

    def __len__(self) -> int:
        return len(self._above)


class Group(msgspec.Struct, frozen=True):
    """Segments that belong together, by their places, the end not among them, and the rule that separated them
    from what is above.
    """

    start: int
    end: int
    rule: str


class Groups(Lazy[Group]):
    """Groups in columns."""

    def __init__(self) -> None:
        self._starts, self._ends = array("I"), array("I")
        self._rules: list[str] = []

    def add(self, start: int, end: int, rule: str) -> None:
        """Put a group after the last one."""
        self._starts.append(start)
        self._ends.append(end)
        self._rules.append(rule)

    def at(self, at: int) -> Group:
        return Group(self._starts[at], self._ends[at], self._rules[at])

    def __len__(self) -> int:
        return len(self._starts)


class Flow(msgspec.Struct, frozen=True):
    """All groups of segments in reading order, and the decision at each boundary."""

    series: Series
    segments: SegmentTable
    groups: Groups
    joins: Joins


class NoteText(msgspec.Struct, frozen=True):
    """The text of a footnote put together, and where it is in the source."""

    note: Note
    content: str
    pieces: Sequence[tuple[int, int]]
    start: int  # with its number
    end: int


class Block(msgspec.Struct, frozen=True):
    """A unit of text: its label or part_start if it has one, where it is, and its text put together."""

    label: SeriesLabel | None
    part_start: PartStart | None
    zone: Zone | None
    part: str | None  # what of its zone it is
    start: int  # with the label
    end: int
    content: str
    pieces: Sequence[tuple[int, int]]  # where the content is in the source, line by line
    first: int  # index of its first line
    last: int
    rule: str


class Blocks(msgspec.Struct, frozen=True):
    """All blocks in reading order, the footnotes, the decisions behind them, and what was taken out at line ends."""

    flow: Flow
    blocks: Sequence[Block]
    notes: tuple[NoteText, ...]
    removals: tuple[Removal, ...]
