"""What the labels hand on: labels that their series confirm, the starts of parts, marks of footnotes."""

from collections.abc import Mapping

import msgspec

from confparse.layout.types import PageLayout
from confparse.rules.structure import Label


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


class SeriesLabel(msgspec.Struct, frozen=True):
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


class PartStart(msgspec.Struct, frozen=True):
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
    """A layout with the labels and part_starts of its lines."""

    layout: PageLayout
    labels: tuple[SeriesLabel, ...]
    part_starts: Mapping[int, PartStart]
    promised: Mapping[int, int]  # the last line of labelled headings that the contents table promises, by their first
    note_refs: tuple["Removal", ...]


class Removal(msgspec.Struct, frozen=True):
    """Characters that were taken out of running text: a footnote mark, a hyphen at a line end."""

    kind: str
    start: int
    end: int
    rule: str
