"""What a candidate may be: the series that it would be in, and its place there, for each of its readings."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from confparse.labels.types import Candidate, Numbering
from confparse.numerals import number_parts, ordinal
from confparse.rules.structure import Reading

NEVER = 9.0  # a price that no reading can win back
_EXCERPT = 1.2  # price of a series that starts late because the text is a part of a paper
_PROVED = 0.35  # the same, where numbers such as 7.1 below 7 prove its first one: what the first number 1 costs


class Read(NamedTuple):
    """A candidate as one of its readings: the series that it would be in, and its place there."""

    candidate: Candidate
    reading: Reading
    style: str
    head: str  # what stands before the last numeral of 3.2
    ordinal: int
    main: bool  # in the style of the paragraphs
    late: float  # the price of being the first of its series, for a number that is none of the first


def late_starts(found: Sequence[Candidate]) -> set[tuple[str, str, int]]:
    """The first numbers of series that start late, and go on: those of the headings of a text that is a part of a paper."""
    seen: dict[tuple[str, str], list[int]] = {}
    for c in found:
        if len(parts := number_parts(c.num)) == 1:
            for reading in c.rule.reads:
                if reading.sequence != "arabic" and (n := ordinal(parts[0], reading.sequence)) is not None:
                    seen.setdefault((c.rule.style, reading.sequence), []).append(n)
    return {(*key, own[0]) for key, own in seen.items() if own[0] == min(own) and own[0] + 1 in own}


def readings(c: Candidate, numbering: Numbering, late_starts: Container[tuple[str, str, int]]) -> list[Read]:
    """The readings of a candidate that its numeral and the numbering of the paper allow."""
    bare = ".".join(number_parts(c.num))
    head, _, last = bare.rpartition(".")
    out = []
    for reading in c.rule.reads:
        n = ordinal(last, reading.sequence)
        if n is None or not numbering.allows(c.rule.style, reading, bare):
            continue
        if head and reading.element == "division":  # 1.1 and 2.1 are of one series, 1.1.1 is of the next
            style = f"{c.rule.style} {bare.count('.')}" if n else c.rule.style
            out.append(Read(c, reading, style, head, n or int(head.rpartition(".")[2]), False, NEVER))
        else:
            main = (c.rule.style, reading.sequence) == numbering.paragraphs
            late = _EXCERPT if (c.rule.style, reading.sequence, n) in late_starts else NEVER
            late = _PROVED if c.rule.over_dotted else late
            out.append(Read(c, reading, f"{c.rule.style}{head}." if head else c.rule.style, head, n, main, late))
    return out
