"""The parts of a column: its text, and the page matter and the notes above and below it."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from confparse.sources.page_rows import Row, base

_APART = 2.5  # sizes between page matter and a column
_PARAGRAPHS = 3  # times that the same room separates paragraphs, and not page matter
_MATTER = 3  # rows of page matter above or below a column
_SMALL = 0.92  # times the size of a column is that of its notes at most
FULL = 0.85  # share of its column to which a full line runs


class ColumnSide(NamedTuple):
    """The rows of a column: those apart at its top, its text, those apart or in small print at its foot, and those
    apart below these.
    """

    head: list[Row]
    body: list[Row]
    foot: list[Row]
    below: list[Row]


def both_parted(sides: tuple[list[Row], list[Row]]) -> tuple[ColumnSide, ColumnSide]:
    """The rows of two columns, whose text has one size: one that holds more notes than text does not tell it."""
    sizes: Counter[float] = Counter()
    for row in (*sides[0], *sides[1]):
        for run in row:
            sizes[run.size] += len(run.glyphs)
    own = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    left, right = (_parted(side, own) for side in sides)
    return left, right


def _parted(rows: list[Row], size: float) -> ColumnSide:
    """Running heads, page numbers and notes are above and below all columns, not between them. `size` is that of the
    text, if any row is as large.
    """
    if not rows:
        return ColumnSide([], [], [], [])
    if all(_size(row) < _SMALL * size for row in rows):
        size = median(run.size for row in rows for run in row)
    rooms = [round(base(a) - base(b)) for a, b in pairwise(rows)]
    often = Counter(rooms)
    sizes = (min(size, _size(row)) for row in rows)  # below small print less room is needed
    gaps = [room > _APART * own and often[room] < _PARAGRAPHS for room, own in zip(rooms, sizes, strict=False)]
    top = next((i + 1 for i in range(min(_MATTER, len(gaps))) if gaps[i]), 0)
    if any(_width(row) >= FULL * max(map(_width, rows)) for row in rows[:top]):
        top = 0  # lines of text, which continue from the column before
    low = max(top, len(gaps) - _MATTER)
    under_notes = (i + 1 for i in range(low, len(gaps)) if gaps[i] and _size(rows[i]) < _SMALL * size)
    matter = next(under_notes, len(rows))
    foot = _above_small(rows, matter, top, size)  # notes may be above a number that is set as large as the text
    if foot < matter:
        return ColumnSide(rows[:top], rows[top:foot], rows[foot:matter], rows[matter:])
    foot = _above_small(rows, len(rows), top, size)
    low = max(top + 1, foot - _MATTER)
    foot = next((i + 1 for i in range(low - 1, min(foot, len(rows)) - 1) if gaps[i]), foot)
    return ColumnSide(rows[:top], rows[top:foot], rows[foot:], [])


def _above_small(rows: Sequence[Row], end: int, top: int, size: float) -> int:
    """The row where the small print begins that ends at some row; that row itself if there is none."""
    while end > top + 1 and _size(rows[end - 1]) < _SMALL * size:
        end -= 1
    return end


def beside_text(side: ColumnSide, other: ColumnSide) -> ColumnSide:
    """A side whose rows beside the text of the other column are text: page matter is above or below both. Small print
    at the foot is that of notes, and nothing below it is text.
    """
    if not other.body:
        return side
    first, last = base(other.body[0]), base(other.body[-1])
    size = median(run.size for row in side.body for run in row)
    small = any(side.foot) and _size(side.foot[0]) < _SMALL * size
    above = sum(base(row) > first for row in side.head)
    text = 0 if small else sum(base(row) >= last for row in side.foot)
    body = [*side.head[above:], *side.body, *side.foot[:text]]
    return ColumnSide(side.head[:above], body, side.foot[text:], side.below)


def across(left: list[Row], right: list[Row]) -> list[Row]:
    """The rows of page matter above or below two columns; what both have on one line is one row."""
    beside = {round(base(row)): row for row in right}
    shared = beside.keys() & {round(base(row)) for row in left}
    if not shared:
        return [*left, *right]
    rows = [[*row, *beside.pop(round(base(row)), ())] for row in left]
    return sorted([*rows, *beside.values()], key=base, reverse=True)


def _size(row: Row) -> float:
    return max(run.size for run in row)


def _width(row: Row) -> float:
    return max(run.right for run in row) - min(run.left for run in row)
