"""Units of two versions to beads: hard cuts at equal numbers, then the best path through each stretch."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import NamedTuple

from confparse.comparison.evidence import TOO_LONG, Evidence, Token
from confparse.comparison.types import ComparedUnit

# Probability of each bead shape, Chinese units to English units (Gale and Church 1993, without 2:2).
ONE_TO_ONE, ALONE, MERGED = log(0.89), log(0.02), log(0.03)
_MERGED = (MERGED, log(0.004), log(0.001))  # two, three and four units
_TOGETHER = (  # beads with units of both versions; in each row more and more units of one of them
    ((1, 1, ONE_TO_ONE),),
    tuple((units, 1, prior) for units, prior in enumerate(_MERGED, 2)),
    tuple((1, units, prior) for units, prior in enumerate(_MERGED, 2)),
)
_FURTHER = log(0.1)  # a unit without counterpart after another one
_BEAM = 20.0  # log odds below the best of its row at which a path is given up
BEYOND_DOUBT = 8.0  # log odds of a pair that is taken for granted
_LEFT = 100_000  # pairs of units left alone up to which all are weighed
_MOVED = 6.0  # log odds from which notes at different places are paired


class Bead(NamedTuple):
    """Stretches of units that correspond, one of which may be empty, and the log odds that they do."""

    zh: slice
    en: slice
    odds: float


def align(
    zh: Sequence[ComparedUnit], en: Sequence[ComparedUnit], evidence: Evidence, cuts: Sequence[tuple[int, int]]
) -> list[Bead]:
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
    if ONE_TO_ONE + odds > 2 * ALONE:
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


def cuts_of(zh: Sequence[ComparedUnit], en: Sequence[ComparedUnit], evidence: Evidence) -> list[tuple[int, int]]:
    """Places before units that belong together beyond doubt, and where the notes start.

    Units with the same printed numbers do, if their lengths and figures do not speak against it; and units that share a
    figure which no other unit holds, if all they hold supports it.
    """
    places = {unit.key: j for j, unit in enumerate(en) if unit.key is not None}
    pairs = [(i, places[unit.key]) for i, unit in enumerate(zh) if unit.key in places]
    numbered = [(i, j) for i, j in pairs if evidence.weigh(i, i + 1, j, j + 1) > 0]
    end = _notes(zh), _notes(en)
    cuts = {(i, j) for i, j in (*numbered, *landmarks(evidence)) if (i < end[0]) == (j < end[1])}
    return chain([*cuts, end])


def landmarks(evidence: Evidence) -> list[tuple[int, int]]:
    """Units that share a figure which no other unit holds, and that belong together by all they hold."""
    places: list[dict[Token, int]] = []
    for side in (evidence.zh, evidence.en):
        once: dict[Token, int] = {}
        for k, tokens in enumerate(side):
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


def _notes(units: Sequence[ComparedUnit]) -> int:
    """The place of the first footnote: they are after the text."""
    return next((i for i, unit in enumerate(units) if unit.element == "footnote"), len(units))


def moved(
    zh_units: Sequence[ComparedUnit], en_units: Sequence[ComparedUnit], beads: Sequence[Bead], evidence: Evidence
) -> list[Bead]:
    """The beads with notes paired that are alone on both sides, at different places: one version prints them at the
    foot, the other at the end, or one of them is not known to be a note. Each must be the best for the other.
    """
    zh = [bead.zh.start for bead in beads if bead.en.start == bead.en.stop]
    en = [bead.en.start for bead in beads if bead.zh.start == bead.zh.stop]
    if len(zh) * len(en) > _LEFT:
        return list(beads)
    notes = [{k for k in alone if units[k].element == "footnote"} for alone, units in ((zh, zh_units), (en, en_units))]
    odds = {(i, j): evidence.weigh(i, i + 1, j, j + 1) for i in zh for j in (en if i in notes[0] else sorted(notes[1]))}
    pairs = _best_for_each_other(odds)
    moved_notes = set(pairs.values())
    out = []
    for bead in beads:
        alone = bead.en.start == bead.en.stop
        if alone and bead.zh.start in pairs:
            j = pairs[bead.zh.start]
            out.append(Bead(bead.zh, slice(j, j + 1), odds[bead.zh.start, j]))
        elif bead.zh.start < bead.zh.stop or bead.en.start not in moved_notes:
            out.append(bead)
    return out


def _best_for_each_other(odds: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Pairs of which each part is the best for the other, of those that are likely enough."""
    best: list[dict[int, int]] = [{}, {}]
    for (i, j), own in odds.items():
        if i not in best[0] or own > odds[i, best[0][i]]:
            best[0][i] = j
        if j not in best[1] or own > odds[best[1][j], j]:
            best[1][j] = i
    return {i: j for i, j in best[0].items() if best[1][j] == i and odds[i, j] > _MOVED}


class _Step(NamedTuple):
    """The best way to a pair of places: its log odds, and the units that its last bead takes."""

    odds: float
    zh: int
    en: int


_NOWHERE = _Step(float("-inf"), 0, 0)  # where no path leads


def _stretch(start: tuple[int, int], end: tuple[int, int], evidence: Evidence) -> list[Bead]:
    """The best path from one pair of places to another: rows of cells, of which those far below the best are left
    out.
    """
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
    j, last = min(row), max(row)
    while j <= last:
        step = row.get(j, _NOWHERE)
        if step.odds > floor or (i == i1 and j in row):
            for di, dj, odds in _following(step, (i, j), (i1, j1), floor, evidence):
                there = rows[i + di - i0]
                if (odds > floor or i == i1) and (j + dj not in there or odds > there[j + dj].odds):
                    there[j + dj] = _Step(odds, di, dj)
                    last = max(last, j + dj) if di == 0 else last
        j += 1


def _following(
    step: _Step, at: tuple[int, int], end: tuple[int, int], floor: float, evidence: Evidence
) -> Iterator[tuple[int, int, float]]:
    """The beads that may follow, and the log odds of the path with each."""
    (i, j), (i1, j1), before = at, end, step.odds
    for row in _TOGETHER:
        for di, dj, prior in row:
            if i + di > i1 or j + dj > j1:
                break
            odds = evidence.weigh(i, i + di, j, j + dj, floor - before - prior)
            if odds == TOO_LONG:
                break
            yield di, dj, before + prior + odds
    zh_lone, en_lone = evidence.lone
    if i < i1:
        yield 1, 0, before + (0.0 if zh_lone[i] else _FURTHER if (step.zh, step.en) == (1, 0) else ALONE)
    if j < j1:
        yield 0, 1, before + (0.0 if en_lone[j] else _FURTHER if (step.zh, step.en) == (0, 1) else ALONE)


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
