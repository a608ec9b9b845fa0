"""Units of two versions to beads: hard cuts at equal numbers, then the best path through each stretch."""

from bisect import bisect_left
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from confparse.comparison.evidence import Evidence, Token
from confparse.comparison.types import Unit

# How often so many units of one version are so many of the other (Gale and Church 1993, without two to two).
ONE_TO_ONE, ALONE, MERGED = log(0.89), log(0.02), log(0.03)
_PRIOR = {
    (1, 1): ONE_TO_ONE,
    (1, 0): ALONE,
    (0, 1): ALONE,
    (2, 1): MERGED,
    (1, 2): MERGED,
    (3, 1): log(0.004),
    (1, 3): log(0.004),
    (4, 1): log(0.001),
    (1, 4): log(0.001),
}
_FURTHER = log(0.1)  # a unit without counterpart after another one
_ALL = [(di, dj, prior) for (di, dj), prior in _PRIOR.items()]
_AFTER_ZH = [(di, dj, _FURTHER if (di, dj) == (1, 0) else prior) for di, dj, prior in _ALL]
_AFTER_EN = [(di, dj, _FURTHER if (di, dj) == (0, 1) else prior) for di, dj, prior in _ALL]
_BEAM = 20.0  # log odds behind the best of its row from which a path is given up
BEYOND_DOUBT = 8.0  # log odds of a pair that is taken for granted
_LEFT = 100_000  # pairs of units left alone up to which all are weighed
_MOVED = 6.0  # log odds from which notes at different places are paired


class Bead(NamedTuple):
    """Stretches of units that correspond, one of which may be empty, and the log odds that they do."""

    zh: slice
    en: slice
    odds: float


def align(zh: Sequence[Unit], en: Sequence[Unit], evidence: Evidence, cuts: Sequence[tuple[int, int]]) -> list[Bead]:
    """The beads of two versions in reading order. `cuts`: pairs of places that the path passes, in order."""
    beads: list[Bead] = []
    ends = [*cuts, (len(zh), len(en))]
    at = (0, 0)
    for end in ends:
        beads += _one(at, evidence) if end == (at[0] + 1, at[1] + 1) else _stretch(at, end, evidence)
        at = end
    return beads


def _one(start: tuple[int, int], evidence: Evidence) -> list[Bead]:
    """The beads of one unit of each version: most stretches between cuts."""
    i, j = start
    odds = evidence.weigh(i, i + 1, j, j + 1)
    if _PRIOR[1, 1] + odds > _PRIOR[1, 0] + _PRIOR[0, 1]:
        return [Bead(slice(i, i + 1), slice(j, j + 1), odds)]
    return [Bead(slice(i, i + 1), slice(j, j), 0.0), Bead(slice(i + 1, i + 1), slice(j, j + 1), 0.0)]


def chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that goes up on both sides (patience sorting)."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    for i, (_, j) in enumerate(ordered):
        at = bisect_left(tails, j)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        last[at : at + 1] = [i]
    out: list[tuple[int, int]] = []
    i = last[-1] if last else -1
    while i >= 0:
        out.append(ordered[i])
        i = before[i]
    return out[::-1]


def cuts_of(zh: Sequence[Unit], en: Sequence[Unit], evidence: Evidence) -> list[tuple[int, int]]:
    """Places before units that belong together beyond doubt, and where the notes start.

    Units with the same printed numbers do, if their lengths and figures do not speak against it; and units that share a
    figure which no other unit holds, if all they hold speaks for it.
    """
    places = {unit.key: j for j, unit in enumerate(en) if unit.key is not None}
    pairs = [(i, places[unit.key]) for i, unit in enumerate(zh) if unit.key in places]
    numbered = [(i, j) for i, j in pairs if evidence.weigh(i, i + 1, j, j + 1) > 0]
    end = _notes(zh), _notes(en)
    found = {(i, j) for i, j in (*numbered, *landmarks(evidence)) if (i < end[0]) == (j < end[1])}
    return chain([*found, end])


def landmarks(evidence: Evidence) -> list[tuple[int, int]]:
    """Units that share a figure which no other unit holds, and that belong together by all they hold."""
    places: list[dict[Token, int]] = []
    for held in (evidence.zh, evidence.en):
        once: dict[Token, int] = {}
        for k, tokens in enumerate(held):
            for token in tokens:
                once[token] = -1 if token in once else k
        places.append(once)
    shared = {(i, places[1][token]) for token, i in places[0].items() if i >= 0 and places[1].get(token, -1) >= 0}
    return [(i, j) for i, j in shared if _whole(i, j, evidence)]


def _whole(i: int, j: int, evidence: Evidence) -> bool:
    """Whether two units belong together beyond doubt, and no better with the unit before one of them."""
    odds = evidence.weigh(i, i + 1, j, j + 1)
    wider = [(i - 1, j)] * (i > 0) + [(i, j - 1)] * (j > 0)
    return odds > BEYOND_DOUBT and all(evidence.weigh(a, i + 1, b, j + 1) < odds for a, b in wider)


def _notes(units: Sequence[Unit]) -> int:
    """The place of the first footnote: they stand after the text."""
    return next((i for i, unit in enumerate(units) if unit.element == "footnote"), len(units))


def moved(zh_units: Sequence[Unit], en_units: Sequence[Unit], beads: Sequence[Bead], evidence: Evidence) -> list[Bead]:
    """The beads with notes paired that stand alone on both sides, at different places: one version prints them at the
    foot, the other at the end, or one of them is not known to be a note. Each must be the best for the other.
    """
    zh = [bead.zh.start for bead in beads if bead.en.start == bead.en.stop]
    en = [bead.en.start for bead in beads if bead.zh.start == bead.zh.stop]
    if len(zh) * len(en) > _LEFT:
        return list(beads)
    odds = {
        (i, j): evidence.weigh(i, i + 1, j, j + 1) if "footnote" in (zh_units[i].element, en_units[j].element) else 0.0
        for i in zh
        for j in en
    }
    best_en = {i: max(en, key=lambda j: odds[i, j]) for i in zh} if en else {}
    best_zh = {j: max(zh, key=lambda i: odds[i, j]) for j in en} if zh else {}
    pairs = {i: j for i, j in best_en.items() if best_zh[j] == i and odds[i, j] > _MOVED}
    gone = set(pairs.values())
    out = []
    for bead in beads:
        alone = bead.en.start == bead.en.stop
        if alone and bead.zh.start in pairs:
            j = pairs[bead.zh.start]
            out.append(Bead(bead.zh, slice(j, j + 1), odds[bead.zh.start, j]))
        elif bead.zh.start < bead.zh.stop or bead.en.start not in gone:
            out.append(bead)
    return out


class _Step(NamedTuple):
    """The best way to a pair of places: its log odds, and the units that its last bead takes."""

    odds: float
    zh: int
    en: int


_NOWHERE = _Step(float("-inf"), 0, 0)  # where no path leads


def _stretch(start: tuple[int, int], end: tuple[int, int], evidence: Evidence) -> list[Bead]:
    """The best path from one pair of places to another: rows of cells, of which those far behind the best are left out."""
    (i0, j0), (i1, j1) = start, end
    rows: list[dict[int, _Step]] = [{} for _ in range(i0, i1 + 1)]
    rows[0][j0] = _Step(0.0, 0, 0)
    for i in range(i0, i1 + 1):
        _fill(rows, i, (i0, i1, j1), evidence)
    return _back(rows, start, end, evidence)


def _fill(rows: list[dict[int, _Step]], i: int, bounds: tuple[int, int, int], evidence: Evidence) -> None:
    """What may follow the cells of one row. All of the last row is kept, because it leads to the end in any case."""
    i0, i1, j1 = bounds
    row = rows[i - i0]
    floor = max(step.odds for step in row.values()) - _BEAM
    weigh = evidence.weigh
    j, last = min(row), max(row)
    while j <= last:
        step = row.get(j, _NOWHERE)
        for di, dj, prior in _moves(step) if step.odds > floor or (i == i1 and j in row) else ():
            if i + di > i1 or j + dj > j1:
                continue
            odds = step.odds + prior
            if di and dj:
                odds += weigh(i, i + di, j, j + dj, floor - odds)
            there = rows[i + di - i0]
            if (odds > floor or i == i1) and (j + dj not in there or odds > there[j + dj].odds):
                there[j + dj] = _Step(odds, di, dj)
                last = max(last, j + dj) if di == 0 else last
        j += 1


def _moves(step: _Step) -> list[tuple[int, int, float]]:
    """The beads that may follow: a further unit that nothing corresponds to costs less than the first."""
    if step.en == 0 and step.zh == 1:
        return _AFTER_ZH
    return _AFTER_EN if step.zh == 0 and step.en == 1 else _ALL


def _back(
    rows: Sequence[dict[int, _Step]], start: tuple[int, int], end: tuple[int, int], evidence: Evidence
) -> list[Bead]:
    beads = []
    i, j = end
    while (i, j) != start:
        _, di, dj = rows[i - start[0]][j]
        odds = evidence.weigh(i - di, i, j - dj, j) if di and dj else 0.0
        beads.append(Bead(slice(i - di, i), slice(j - dj, j), odds))
        i, j = i - di, j - dj
    return beads[::-1]
