"""Readings to beads: units first, then the sentences inside them."""

from collections.abc import Sequence
from typing import NamedTuple

from confparse.comparison.align import BEYOND_DOUBT, Bead, align, cuts_of
from confparse.comparison.evidence import Evidence, Token, tokens
from confparse.comparison.learnt import learnt_tokens
from confparse.comparison.seams import divided
from confparse.comparison.sentences import sentences as split
from confparse.comparison.types import UnitsReading
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget

_CUTS = 3  # times that units are cut in two
Place = tuple[int, int]  # the first unit after it, of each version


class _ReadingPair:
    """Both readings and what is known of their units before they are paired."""

    def __init__(self, zh: UnitsReading, en: UnitsReading) -> None:
        self.zh, self.en = zh, en
        self.evidence = Evidence(zh.units, en.units, _tokens(zh), _tokens(en))

    def holds(self, zh: UnitsReading, en: UnitsReading) -> bool:
        """Whether the units of two other readings say the same, so that the same is known of them."""
        return _printed(self.zh) == _printed(zh) and _printed(self.en) == _printed(en)


class Paired(NamedTuple):
    """Both readings as they correspond best, their beads, the evidence they were found by, and the readings before
    that.
    """

    zh: UnitsReading
    en: UnitsReading
    beads: list[Bead]
    evidence: Evidence
    readings: _ReadingPair


def pair_units(zh: UnitsReading, en: UnitsReading) -> Paired:
    """The units of two readings.

    Figures and lengths come first; what they leave in doubt is paired again, with units cut that hold several of the
    other version, and with the dictionary that the first pass gives.
    """
    readings = _ReadingPair(zh, en)
    fixed, first = _first(readings)
    for _ in range(_CUTS):
        cut = divided(readings.zh, readings.en, first, readings.evidence)
        if cut == (readings.zh, readings.en):
            break
        readings = _ReadingPair(*cut)
        fixed, first = _first(readings)
    return _second(readings.zh, readings.en, readings, fixed, first)


def _first(readings: _ReadingPair) -> tuple[list[Place], list[Bead]]:
    """Places that the path passes, by equal eids, and the beads by what units hold."""
    fixed = cuts_of(readings.zh.units, readings.en.units, readings.evidence)
    return fixed, align(readings.zh.units, readings.en.units, readings.evidence, fixed)


def _tokens(side: UnitsReading) -> list[set[Token]]:
    return [tokens(unit, figures) for unit, figures in zip(side.units, side.figures, strict=True)]


def _printed(side: UnitsReading) -> list[tuple[str | None, str]]:
    return [(unit.num, unit.text) for unit in side.units]


def _second(
    zh: UnitsReading, en: UnitsReading, readings: _ReadingPair, fixed: Sequence[Place], first: list[Bead]
) -> Paired:
    """The beads by what units hold and by a dictionary; those of the first pass if none of them is in doubt."""
    doubtful = [bead for bead in first if not _sure(bead)]
    if not doubtful:
        return Paired(zh, en, first, readings.evidence, readings)
    better = readings.evidence.with_more(*learnt_tokens(zh.units, en.units, first, doubtful))
    corners = {place for bead in first if _sure(bead) for place in _corners(bead)}
    return Paired(zh, en, align(zh.units, en.units, better, sorted({*fixed, *corners})), better, readings)


def _sure(bead: Bead) -> bool:
    """Whether one unit of each version belong together beyond doubt."""
    return bead.zh.stop - bead.zh.start == 1 == bead.en.stop - bead.en.start and bead.odds > BEYOND_DOUBT


def _corners(bead: Bead) -> tuple[Place, Place]:
    return (bead.zh.start, bead.en.start), (bead.zh.stop, bead.en.stop)


def pair_sentences(paired: Paired, grammar: Grammar, budget: TimeBudget) -> Paired:
    """The readings of a pair as sentences, and their beads inside the beads of units."""
    sides = paired.zh, paired.en
    parts = [split(side.units, side.figures, side.version.text, grammar, budget) for side in sides]
    cuts = [(parts[0][2][bead.zh.start], parts[1][2][bead.en.start]) for bead in paired.beads]
    zh, en = (UnitsReading(side.version, part[0], part[1]) for side, part in zip(sides, parts, strict=True))
    readings = paired.readings if paired.readings.holds(zh, en) else _ReadingPair(zh, en)
    return _second(zh, en, readings, cuts, align(zh.units, en.units, readings.evidence, cuts))
