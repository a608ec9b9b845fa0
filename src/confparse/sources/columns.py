"""Rows to stretches in reading order: pages of two or more columns of prose are read column by column."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from confparse.sources.page_rows import Row, Run, base

_GUTTER = 0.8  # sizes between two columns, at least
_LEAST = 6  # rows of each column
_FEW = 3  # rows of each column, at least, on a page that holds little besides
_FEW_SHARE = 0.5  # share of the rows of such a page that its columns take, at least
_FEW_WIDTH = 12  # sizes that such a column is wide, at least: cells of dates and numbers are narrower
_KNOWN_LEAST = 2  # rows of columns that are parted if those of a page before were
_NEAR = 3  # points by which a gutter may be elsewhere in another row or on another page
_NARROWEST = 0.22  # share of the width that a column has, at least
_FULL = 0.85  # share of its column to which a full line runs
_FULL_LINES = 0.4  # share of the lines of a column of prose that are full
_APART = 2.5  # sizes between page matter and a column
_PARAGRAPHS = 3  # times that the same room parts paragraphs, and no page matter
_MATTER = 3  # rows of page matter above or below a column
_SMALL = 0.92  # times the size of a column is that of its notes at most
_TRIED = 60  # gutters tried on one page
_TRIED_AGAIN = 6  # on one side of a gutter
_MOST_ROWS = 0.8  # share of the rows of a side that two columns of it take
_MOST = 40  # stretches of one page
_DEEPEST = 3  # times that a column is parted again


class _Piece(NamedTuple):
    """Neighbouring runs of a row without a gap as wide as a gutter."""

    left: float
    right: float
    runs: tuple[Run, ...]


class Columns:
    """Finds the columns of the pages of one paper: a gutter of one page is believed sooner on those behind it."""

    def __init__(self) -> None:
        self._gutters: list[float] = []

    def stretches(self, rows: Sequence[Row], depth: int = _DEEPEST) -> list[list[Row]]:
        """Rows from top to foot as stretches to be read one after the other, each from top to foot."""
        out: list[list[Row]] = []
        rest = list(rows)
        while rest and depth and len(out) < _MOST:
            pieces = [_pieces(row) for row in rest]
            gutter, band = self._gutter(pieces)
            if not band:
                break
            left, right = _both_parted(_cut([pieces[i] for i in band], gutter))
            sides = (_beside(left, right), _beside(right, left))
            out += [*self.stretches(rest[: band.start], depth - 1), *(side.head for side in sides)]
            for side in sides:
                out += self.stretches(side.body, depth - 1)
            for side in sides:
                out += self.stretches(side.foot, depth - 1)
            out += [[row for side in sides for row in side.below]]
            rest = rest[band.stop :]
        return [stretch for stretch in [*out, rest] if stretch]

    def _gutter(self, pieces: Sequence[Sequence[_Piece]]) -> tuple[float, range]:
        """Where the first columns are parted, and the rows that they take; an empty range if there are none."""
        best: tuple[float, range] = (0.0, range(0))
        middles = [(a.right + b.left) / 2 for row in pieces for a, b in pairwise(row)]
        for gutter in _common([*middles, *(piece.left - 1 for row in pieces for piece in row)]):
            gutter_known = any(abs(gutter - one) <= _NEAR for one in self._gutters)
            for band in _bands(pieces, gutter, _KNOWN_LEAST if gutter_known else _FEW):
                few = _FEW_SHARE * len(pieces) <= len(band) <= 2 * _LEAST  # two columns may have rows at two heights
                least = _FEW if few else _LEAST
                if len(band) > len(best[1]) and _is_prose([pieces[i] for i in band], gutter, gutter_known, least):
                    best = (gutter, band)
        if best[1] and best[0] not in self._gutters and len(self._gutters) < _TRIED:
            self._gutters.append(best[0])
        return best


class _Side(NamedTuple):
    """The rows of a column: those apart at its top, its text, those apart or in small print at its foot, and those
    apart below these.
    """

    head: list[Row]
    body: list[Row]
    foot: list[Row]
    below: list[Row]


def _both_parted(sides: tuple[list[Row], list[Row]]) -> tuple[_Side, _Side]:
    """The rows of two columns, whose text has one size: one that holds more notes than text does not tell it."""
    sizes: Counter[float] = Counter()
    for row in (*sides[0], *sides[1]):
        for run in row:
            sizes[run.size] += len(run.glyphs)
    own = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    left, right = (_parted(side, own) for side in sides)
    return left, right


def _parted(rows: list[Row], size: float) -> _Side:
    """Running heads, page numbers and notes are above and below all columns, not between them. `size` is that of the
    text, if any row is as large.
    """
    if not rows:
        return _Side([], [], [], [])
    if all(_size(row) < _SMALL * size for row in rows):
        size = median(run.size for row in rows for run in row)
    rooms = [round(base(a) - base(b)) for a, b in pairwise(rows)]
    often = Counter(rooms)
    sizes = (min(size, _size(row)) for row in rows)  # below small print less room is needed
    gaps = [room > _APART * own and often[room] < _PARAGRAPHS for room, own in zip(rooms, sizes, strict=False)]
    top = next((i + 1 for i in range(min(_MATTER, len(gaps))) if gaps[i]), 0)
    if any(_width(row) >= _FULL * max(map(_width, rows)) for row in rows[:top]):
        top = 0  # lines of text, which continue from the column before
    low = max(top, len(gaps) - _MATTER)
    under_notes = (i + 1 for i in range(low, len(gaps)) if gaps[i] and _size(rows[i]) < _SMALL * size)
    matter = next(under_notes, len(rows))
    foot = _above_small(rows, matter, top, size)  # notes may be above a number that is set as large as the text
    if foot < matter:
        return _Side(rows[:top], rows[top:foot], rows[foot:matter], rows[matter:])
    foot = _above_small(rows, len(rows), top, size)
    low = max(top + 1, foot - _MATTER)
    foot = next((i + 1 for i in range(low - 1, min(foot, len(rows)) - 1) if gaps[i]), foot)
    return _Side(rows[:top], rows[top:foot], rows[foot:], [])


def _above_small(rows: Sequence[Row], end: int, top: int, size: float) -> int:
    """The row where the small print begins that ends at some row; that row itself if there is none."""
    while end > top + 1 and _size(rows[end - 1]) < _SMALL * size:
        end -= 1
    return end


def _beside(side: _Side, other: _Side) -> _Side:
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
    return _Side(side.head[:above], body, side.foot[text:], side.below)


def _size(row: Row) -> float:
    return max(run.size for run in row)


def _width(row: Row) -> float:
    return max(run.right for run in row) - min(run.left for run in row)


def _pieces(row: Row) -> list[_Piece]:
    out: list[_Piece] = []
    own: list[Run] = []
    right = 0.0
    for run in row:
        if own and run.left - right > _GUTTER * min(run.size, own[-1].size):
            out.append(_Piece(own[0].left, right, tuple(own)))
            own = []
        right = max(right, run.right) if own else run.right
        own.append(run)
    return [*out, _Piece(own[0].left, right, tuple(own))] if own else out


def _common(places: Sequence[float]) -> list[float]:
    """The places that occur most often, to the point, the most frequent first."""
    count = Counter(map(round, places))
    often = sorted(count, key=lambda at: (-sum(count[at + off] for off in range(-_NEAR, _NEAR + 1)), at))
    return [float(at) for at in often[:_TRIED]]


def _bands(pieces: Sequence[Sequence[_Piece]], gutter: float, least: int) -> list[range]:
    """The rows one after the other that nothing crosses at a place."""
    crossed = [i for i, row in enumerate(pieces) if any(piece.left < gutter < piece.right for piece in row)]
    bands = (range(above + 1, below) for above, below in pairwise([-1, *crossed, len(pieces)]))
    return [band for band in bands if len(band) >= least]


def _cut(pieces: Sequence[Sequence[_Piece]], gutter: float) -> tuple[list[Row], list[Row]]:
    """The rows left and right of a gutter."""
    left = [[run for piece in row if piece.right <= gutter for run in piece.runs] for row in pieces]
    right = [[run for piece in row if piece.right > gutter for run in piece.runs] for row in pieces]
    return [row for row in left if row], [row for row in right if row]


def _is_prose(
    pieces: Sequence[Sequence[_Piece]], gutter: float, gutter_known: bool, least: int, again: bool = True
) -> bool:
    """Whether two columns of full lines are beside a gutter, and not the cells of a table.

    Each side has `least` rows. If the gutter is known, a column may be too short to tell. One side may be parted
    `again`, on a page of three.
    """
    sides = [side.body for side in _both_parted(_cut(pieces, gutter))]
    if min(map(len, sides)) < (1 if gutter_known else least):
        return False
    ends = [
        (min(run.left for row in side for run in row), max(run.right for row in side for run in row)) for side in sides
    ]
    width = ends[1][1] - ends[0][0]
    columns = [
        (gutter_known and len(side) < _LEAST) or _is_column(side, *end, width)
        for side, end in zip(sides, ends, strict=True)
    ]
    other = next((side for side, column in zip(sides, columns, strict=True) if not column), [])
    return all(columns) or (again and any(columns) and _parts_again(other, least))


def _parts_again(rows: Sequence[Row], least: int) -> bool:
    """Whether rows are two columns of prose all along."""
    pieces = [_pieces(row) for row in rows]
    places = _common([piece.left - 1 for row in pieces for piece in row])[:_TRIED_AGAIN]
    return any(
        len(band) >= _MOST_ROWS * len(rows) and _is_prose([pieces[i] for i in band], gutter, False, least, again=False)
        for gutter in places
        for band in _bands(pieces, gutter, least)
    )


def _is_column(rows: Sequence[Row], start: float, end: float, width: float) -> bool:
    """Whether most rows are lines without wide gaps that run from end to end; of few rows, wide ones."""
    lines = [_pieces(row) for row in rows]
    slack = (1 - _FULL) * (end - start)
    full = sum(len(line) == 1 and line[0].left <= start + slack and line[0].right >= end - slack for line in lines)
    wide = len(rows) >= _LEAST or end - start >= _FEW_WIDTH * max(run.size for row in rows for run in row)
    return wide and end - start >= _NARROWEST * width and full >= _FULL_LINES * len(lines)
