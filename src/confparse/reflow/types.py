"""What the reflow hands on: segments of lines, the decisions between them, and blocks."""

from typing import Literal

import msgspec

from confparse.labels.types import PartStart, Removal, Series, SeriesLabel
from confparse.layout.types import Line, LineClaim, Note, Zone


class Segment(msgspec.Struct, frozen=True, gc=False):
    """A line, or the part of one before or after a label inside it; the label is not part of its text."""

    line: Line
    start: int
    end: int
    label: SeriesLabel | None
    part_start: PartStart | None
    claim: LineClaim | None
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

    segments: tuple[Segment, ...]
    rule: str


class Flow(msgspec.Struct, frozen=True):
    """All groups of segments in reading order, and the decision at each boundary."""

    series: Series
    groups: tuple[Group, ...]
    joins: tuple[Join, ...]


class NoteText(msgspec.Struct, frozen=True):
    """The text of a footnote put together, and where it stands in the source."""

    note: Note
    content: str
    pieces: tuple[tuple[int, int], ...]
    start: int  # with its number
    end: int


class Block(msgspec.Struct, frozen=True):
    """A unit of text: its label or part_start if it has one, where it stands, and its text put together."""

    label: SeriesLabel | None
    part_start: PartStart | None
    zone: Zone | None
    part: str | None  # what of its zone it is
    start: int  # with the label
    end: int
    content: str
    pieces: tuple[tuple[int, int], ...]  # where the content stands in the source, line by line
    first: int  # index of its first line
    last: int
    rule: str


class Blocks(msgspec.Struct, frozen=True):
    """All blocks in reading order, the footnotes, the decisions behind them, and what was taken out at line ends."""

    flow: Flow
    blocks: tuple[Block, ...]
    notes: tuple[NoteText, ...]
    removals: tuple[Removal, ...]
