"""Rows to stretches in reading order: pages of two or more columns of prose are read column by column."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from confparse.sources.column_parts import FULL, across, beside_text, both_parted
from confparse.sources.page_rows import Row, TextRun

_GUTTER = 0.8  # sizes between two columns, at least
_LEAST = 6  # rows of each column
_FEW = 3  # rows of each column, at least, on a page that holds little besides
_FEW_SHARE = 0.5  # share of the rows of such a page that its columns take, at least
_FEW_WIDTH = 12  # sizes that such a column is wide, at least: cells of dates and numbers are narrower
_KNOWN_LEAST = 2  # rows of columns that are separated if those of a page before were
_NEAR = 3  # points by which a gutter may be elsewhere in another row or on another page
_NARROWEST = 0.22  # share of the width that a column has, at least
_FULL_LINES = 0.4  # share of the lines of a column of prose that are full
_TRIED = 60  # gutters tried on one page
_TRIED_AGAIN = 6  # on one side of a gutter
_MOST_ROWS = 0.8  # share of the rows of a side that two columns of it take
_MOST = 40  # stretches of one page
_DEEPEST = 3  # times that a column is divided again


class _Piece(NamedTuple):
    """Neighbouring runs of a row without a gap as wide as a gutter."""

    left: float
    right: float
    runs: tuple[TextRun, ...]


class Columns:
    """Finds the columns of the pages of one paper: a gutter of one page is believed sooner on the pages after it."""

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
            left, right = both_parted(_cut([pieces[i] for i in band], gutter))
            sides = (beside_text(left, right), beside_text(right, left))
            out += [*self.stretches(rest[: band.start], depth - 1), across(*(side.head for side in sides))]
            for side in sides:
                out += self.stretches(side.body, depth - 1)
            for side in sides:
                out += self.stretches(side.foot, depth - 1)
            out += [across(*(side.below for side in sides))]
            rest = rest[band.stop :]
        return [stretch for stretch in [*out, rest] if stretch]

    def _gutter(self, pieces: Sequence[Sequence[_Piece]]) -> tuple[float, range]:
        """Where the first columns are separated, and the rows that they take; an empty range if there are none."""
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


def _pieces(row: Row) -> list[_Piece]:
    out: list[_Piece] = []
    own: list[TextRun] = []
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

    Each side has `least` rows. If the gutter is known, a column may be too short to tell. One side may be divided
    `again`, on a page of three.
    """
    sides = [side.body for side in both_parted(_cut(pieces, gutter))]
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
    slack = (1 - FULL) * (end - start)
    full = sum(len(line) == 1 and line[0].left <= start + slack and line[0].right >= end - slack for line in lines)
    wide = len(rows) >= _LEAST or end - start >= _FEW_WIDTH * max(run.size for row in rows for run in row)
    return wide and end - start >= _NARROWEST * width and full >= _FULL_LINES * len(lines)
