"""Readings to beads: units first, then the sentences inside them."""

from collections.abc import Sequence

from confparse.comparison.align import BEYOND_DOUBT, Bead, align, cuts_of
from confparse.comparison.evidence import Evidence, Token, tokens
from confparse.comparison.learnt import Learnt
from confparse.comparison.seams import divided
from confparse.comparison.sentences import sentences as split
from confparse.comparison.types import Reading
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget

_CUTS = 3  # times that units are cut in two
Place = tuple[int, int]  # the first unit behind it, of each version
Tokens = list[set[Token]]
Paired = tuple[Reading, Reading, list[Bead], Evidence]


def pair_units(zh: Reading, en: Reading) -> Paired:
    """Both readings as they correspond best, their beads, and the evidence they were found by.

    Figures and lengths come first; what they leave in doubt is paired again, with units cut that hold several of the
    other version, and with the dictionary that the first pass gives.
    """
    known, evidence, fixed, first = _first(zh, en, None)
    for _ in range(_CUTS):
        cut = divided(zh, en, first, evidence)
        if cut == (zh, en):
            break
        zh, en = cut
        known, evidence, fixed, first = _first(zh, en, None)
    return zh, en, *_second(zh, en, known, evidence, fixed, first)


def _first(
    zh: Reading, en: Reading, cuts: Sequence[Place] | None
) -> tuple[tuple[Tokens, Tokens], Evidence, list[Place], list[Bead]]:
    """What units hold, and the beads by that. `cuts`: places that the path passes; those of equal eids if none are given."""
    known = _tokens(zh), _tokens(en)
    evidence = Evidence(zh.units, en.units, *known)
    fixed = cuts_of(zh.units, en.units, evidence) if cuts is None else list(cuts)
    return known, evidence, fixed, align(zh.units, en.units, evidence, fixed)


def _tokens(side: Reading) -> Tokens:
    return [tokens(unit, figures) for unit, figures in zip(side.units, side.figures, strict=True)]


def _second(
    zh: Reading,
    en: Reading,
    known: tuple[Tokens, Tokens],
    evidence: Evidence,
    fixed: Sequence[Place],
    first: list[Bead],
) -> tuple[list[Bead], Evidence]:
    """The beads by what units hold and by a dictionary; those of the first pass if none of them is in doubt."""
    doubtful = [bead for bead in first if not _sure(bead)]
    if not doubtful:
        return first, evidence
    learnt = Learnt(zh.units, en.units).tokens(first, doubtful)
    held = [[a | b for a, b in zip(own, more, strict=True)] for own, more in zip(known, learnt, strict=True)]
    better = Evidence(zh.units, en.units, *held)
    corners = {place for bead in first if _sure(bead) for place in _corners(bead)}
    return align(zh.units, en.units, better, sorted({*fixed, *corners})), better


def _sure(bead: Bead) -> bool:
    """Whether one unit of each version belong together beyond doubt."""
    return bead.zh.stop - bead.zh.start == 1 == bead.en.stop - bead.en.start and bead.odds > BEYOND_DOUBT


def _corners(bead: Bead) -> tuple[Place, Place]:
    return (bead.zh.start, bead.en.start), (bead.zh.stop, bead.en.stop)


def pair_sentences(zh: Reading, en: Reading, beads: Sequence[Bead], grammar: Grammar, budget: TimeBudget) -> Paired:
    """Both readings as sentences, and their beads inside the beads of units."""
    parts = [split(side.units, side.figures, side.version.text, grammar, budget) for side in (zh, en)]
    cuts = [(parts[0][2][bead.zh.start], parts[1][2][bead.en.start]) for bead in beads]
    zh, en = (Reading(side.version, part[0], part[1]) for side, part in zip((zh, en), parts, strict=True))
    return zh, en, *_second(zh, en, *_first(zh, en, cuts))
