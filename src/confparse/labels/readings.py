"""What a candidate may be: the series that it would be in, and its place there, for each of its readings."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from confparse.labels.types import Candidate, Numbering, in_words
from confparse.labels.weights import EARLY_NUMBERS, EXCERPT, EXCERPT_AT_TOP, FIRST, HEADING, NEVER, SURE, TRUSTED
from confparse.layout.types import PageLayout
from confparse.numerals import number_parts, ordinal
from confparse.rules.structure import LabelReading


class Read(NamedTuple):
    """A candidate as one of its readings: the series that it would be in, and its place there."""

    candidate: Candidate
    reading: LabelReading
    style: str
    head: str  # what is before the last numeral of 3.2
    ordinal: int
    main: bool  # in the style of the paragraphs
    late: float  # the price of being the first of its series, for a number that is not one of the first
    gain: float  # what the candidate gains as a label
    sure: bool  # it may leave out numbers, or start again
    anew: bool  # it may be the first paragraph under a heading


class _First(NamedTuple):
    """The first ordinal of a series, the lowest, and whether the one after the first is there."""

    ordinal: int
    lowest: int
    goes_on: bool


def late_starts(
    candidates: Sequence[Candidate], layout: PageLayout, numbering: Numbering
) -> dict[tuple[str, str, int], float]:
    """The first numbers of series that start late, and their prices: those of the headings of a text that is a part of
    a paper. They continue, or open the text, or the paragraphs start late too.
    """
    excerpt = _starts_late(candidates, numbering)
    firsts: dict[tuple[str, str], _First] = {}
    opening: set[tuple[str, str]] = set()
    for c in candidates:
        if len(parts := number_parts(c.num)) == 1:
            worded = in_words(layout.lines.text.match[c.start : c.end], c.num)
            for reading in c.rule.reads:
                n = ordinal(parts[0], reading.sequence)
                if n is None or (reading.sequence == "arabic" and not worded and not _opens(c, layout)):
                    continue
                before = firsts.get(key := (c.rule.style, reading.sequence), _First(n, n, False))
                firsts[key] = _First(before.ordinal, min(before.lowest, n), before.goes_on or n == before.ordinal + 1)
                if c.line == layout.cover_end:
                    opening.add(key)
    return {
        (*key, own.ordinal): EXCERPT_AT_TOP if excerpt or key in opening else EXCERPT
        for key, own in firsts.items()
        if own.ordinal == own.lowest and (excerpt or key in opening or own.goes_on)
    }


def _opens(c: Candidate, layout: PageLayout) -> bool:
    """Whether a candidate is before a heading right below the cover, as in minutes that number their items on."""
    return c.line == layout.cover_end and c.headingish >= HEADING


def _starts_late(candidates: Sequence[Candidate], numbering: Numbering) -> bool:
    """Whether the style of the paragraphs starts at a later number than the first few."""
    if numbering.paragraphs is None:
        return False
    style, sequence = numbering.paragraphs
    own = (ordinal(number_parts(c.num)[-1], sequence) for c in candidates if c.rule.style == style and not c.inline)
    return (next(own, None) or 0) > EARLY_NUMBERS


def _bullet(c: Candidate) -> str:
    """The style of a bullet: items inside an item have another one than it. Dashes of any length are one."""
    return c.rule.style if unicodedata.category(c.num[0]) == "Pd" else f"{c.rule.style}{c.num}"


def readings(c: Candidate, numbering: Numbering, late_starts: Mapping[tuple[str, str, int], float]) -> list[Read]:
    """The readings of a candidate that its numeral and the numbering of the paper allow."""
    bare = ".".join(number_parts(c.num))
    head, _, last = bare.rpartition(".")
    out = []
    for reading in c.rule.reads:
        n = ordinal(last, reading.sequence)
        if n is None or not numbering.allows(c.rule.style, reading, bare, c.line):
            continue
        main = (c.rule.style, reading.sequence) == numbering.paragraphs
        proven, anew = numbering.proven and main, main and c.line in numbering.anew
        if reading.element == "subparagraph" and c.rule.weight < TRUSTED and not proven:
            continue
        if reading.anew and not main and c.headingish >= HEADING:
            continue
        gain, sure = (c.gain / c.rule.weight, True) if proven else (c.gain, c.rule.weight >= SURE)
        if head and reading.element == "division":  # 1.1 and 2.1 are of one series, 1.1.1 is of the next
            style = f"{c.rule.style} {bare.count('.')}" if n else c.rule.style
            n = n or int(head.rpartition(".")[2])
            out.append(Read(c, reading, style, head, n, False, NEVER, gain, sure, False))
        else:
            late = late_starts.get((c.rule.style, reading.sequence, n), NEVER)
            late = FIRST if c.rule.over_dotted else late
            style = f"{c.rule.style}{head}." if head else _bullet(c) if reading.sequence == "bullet" else c.rule.style
            out.append(Read(c, reading, style, head, n, main, late, gain, sure, anew))
    return out
