"""What the labels phase returns: labels that their series confirm, the starts of parts, marks of footnotes."""

from array import array
from collections.abc import Collection, Container, Mapping, Sequence
from typing import Literal

import msgspec

from confparse.labels.weights import NUMBERED
from confparse.layout.types import PageLayout
from confparse.packing import Lazy
from confparse.rules.structure import Label, LabelReading
from confparse.vocabularies import FurnitureName


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
    announced: bool  # the text above ends with a colon: a list follows
    indent: int


_ALONE, _INLINE, _ANNOUNCED = 1, 2, 4


class Candidates(Lazy[Candidate]):
    """Candidates in columns: short lines hold as many as a text has characters. They are made when asked for."""

    def __init__(self, match: str) -> None:
        self._match = match  # the text as patterns see it
        self._rules: dict[str, int] = {}  # the places of their rules, by id
        self._own: list[Label] = []
        self._lines, self.starts, self._ends = array("I"), array("I"), array("I")
        self._num_starts, self._num_sizes = array("I"), array("I")
        self._which, self._flags, self._indents = array("H"), bytearray(), array("i")
        self._gains, self._headingish = array("d"), array("d")
        self._order: array[int] | None = None  # None: as they were put in

    def add(self, c: Candidate, num: int) -> None:
        """Put a candidate after the last one, with the offset of its numeral."""
        if self.starts and c.start < self.starts[-1]:
            self._order = array("I")
        self._lines.append(c.line)
        self.starts.append(c.start)
        self._ends.append(c.end)
        self._num_starts.append(num)
        self._num_sizes.append(len(c.num))
        if c.rule.id not in self._rules:
            self._rules[c.rule.id] = len(self._own)
            self._own.append(c.rule)
        self._which.append(self._rules[c.rule.id])
        self._flags.append(_ALONE * c.alone | _INLINE * c.inline | _ANNOUNCED * c.announced)
        self._indents.append(c.indent)
        self._gains.append(c.gain)
        self._headingish.append(c.headingish)

    def ordered(self) -> "Candidates":
        """The same in the order of the text."""
        if self._order is not None:
            self._order = array("I", sorted(range(len(self.starts)), key=self.starts.__getitem__))
        return self

    def at(self, at: int) -> Candidate:
        i = at if self._order is None else self._order[at]
        num, flags = self._num_starts[i], self._flags[i]
        return Candidate(
            self._lines[i],
            self.starts[i],
            self._ends[i],
            self._match[num : num + self._num_sizes[i]],
            self._own[self._which[i]],
            self._gains[i],
            self._headingish[i],
            bool(flags & _ALONE),
            bool(flags & _INLINE),
            bool(flags & _ANNOUNCED),
            self._indents[i],
        )

    def __len__(self) -> int:
        return len(self.starts)


def covered(lines: Sequence[int]) -> float:
    """How many lines the texts of labels take by the lines of the labels, the last as long as the others."""
    return (lines[-1] - lines[0]) * len(lines) / (len(lines) - 1) if len(lines) > 1 else 0


SeriesKey = tuple[str, str]  # the printed style of a label, and the sequence that it counts in


class Numbering(msgspec.Struct, frozen=True):
    """How a paper numbers: the series of its paragraphs, None if no style runs through it, and those of headings."""

    paragraphs: SeriesKey | None
    headings: frozenset[SeriesKey]
    lists: frozenset[SeriesKey]  # the series that colons announce
    dotted: Literal["division", "paragraph", "subparagraph"]  # what numbers such as 4.10 are before
    chapters: bool  # some dotted numbers end in 0, which number chapters
    proven: bool  # labels of the paragraphs that tell little by themselves count through the paper
    anew: Container[int]  # the lines on which the numbers of paragraphs start again, under headings
    over: Collection[int] = ()  # the lines of headings in the style of the paragraphs below them

    def allows(self, style: str, reading: LabelReading, num: str, line: int) -> bool:
        """Whether the label `num` of a style, on a line, may be read so in this paper."""
        key = (style, reading.sequence)
        if self.over and key == self.paragraphs and "." not in num:
            return (reading.element == "division") == (line in self.over)
        if "." in num:
            chapter = self.chapters and num.endswith(".0")
            return reading.element == ("division" if chapter else self.dotted)
        if reading.element == "paragraph":
            return key == self.paragraphs or reading.anew
        if reading.element == "subparagraph":
            return key not in self.headings
        if reading.element == "division":
            return key not in self.lists and (key != self.paragraphs or reading.sequence == "arabic")
        return True


def in_words(printed: str, num: str) -> bool:
    """Whether a label says what it numbers, such as an article, or of which year: it can be a heading by itself."""
    return any(c.isalnum() for c in printed.replace(num, "", 1))


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
    alone: bool  # nothing else is on its line
    digits: bool  # other versions print the numeral in digits

    @property
    def in_words(self) -> bool:
        """Whether it says in words what it numbers, such as an article: then it can be a heading by itself."""
        return in_words(self.printed, "".join(self.num.split()))


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
    labels: Sequence[SeriesLabel]
    part_starts: Mapping[int, PartStart]
    promised: Mapping[int, int]  # the last line of labelled headings that the contents table promises, by their first
    note_refs: tuple["Removal", ...]

    @property
    def numbered(self) -> bool:
        """Whether the paragraphs of a good part of the body have numbers: a list of recommendations in a paper of
        prose has them too, and a single one may be a number that opens a line.
        """
        own = [label.line for label in self.labels if label.element == "paragraph"]
        return covered(own) >= NUMBERED * (len(self.layout.lines.lines) - self.layout.cover_end) and len(own) > 1


class Removal(msgspec.Struct, frozen=True):
    """Characters that were taken out of running text: a footnote mark, a hyphen at a line end."""

    kind: FurnitureName
    start: int
    end: int
    rule: str
    note: int | None = None  # the place of the footnote of a mark among all footnotes of the text
