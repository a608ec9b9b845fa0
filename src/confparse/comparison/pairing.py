"""Readings to beads: units first, then the sentences inside them."""

from collections.abc import Sequence

from confparse.comparison.align import BEYOND_DOUBT, Bead, align, cuts_of
from confparse.comparison.evidence import Evidence, tokens
from confparse.comparison.learnt import learn, looked_up
from confparse.comparison.sentences import sentences as split
from confparse.comparison.types import Reading
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget


def pair_units(zh: Reading, en: Reading, cuts: Sequence[tuple[int, int]] | None = None) -> tuple[list[Bead], Evidence]:
    """The beads of two readings, and the evidence they were found by.

    Two passes: figures and lengths first, then with the dictionary that the first pass gives. `cuts` are pairs of places
    that the path passes; those of equal eids if none are given.
    """
    known = [[tokens(u, f) for u, f in zip(side.units, side.figures, strict=True)] for side in (zh, en)]
    evidence = Evidence(zh.units, en.units, *known)
    fixed = cuts_of(zh.units, en.units, evidence) if cuts is None else list(cuts)
    first = align(zh.units, en.units, evidence, fixed)
    if all(_sure(bead) for bead in first):
        return first, evidence
    dictionary = learn(zh.units, en.units, first)
    held = [
        [a | b for a, b in zip(own, looked_up(side.units, dictionary, chinese), strict=True)]
        for own, side, chinese in ((known[0], zh, True), (known[1], en, False))
    ]
    better = Evidence(zh.units, en.units, *held)
    corners = {place for bead in first if _sure(bead) for place in _corners(bead)}
    return align(zh.units, en.units, better, sorted({*fixed, *corners})), better


def _sure(bead: Bead) -> bool:
    """Whether one unit of each version belong together beyond doubt."""
    return bead.zh.stop - bead.zh.start == 1 == bead.en.stop - bead.en.start and bead.odds > BEYOND_DOUBT


def _corners(bead: Bead) -> tuple[tuple[int, int], tuple[int, int]]:
    return (bead.zh.start, bead.en.start), (bead.zh.stop, bead.en.stop)


def pair_sentences(
    zh: Reading, en: Reading, beads: Sequence[Bead], grammar: Grammar, budget: TimeBudget
) -> tuple[Reading, Reading, list[Bead], Evidence]:
    """Both readings as sentences, and their beads inside the beads of units."""
    parts = [split(side.units, side.figures, side.version.text, grammar, budget) for side in (zh, en)]
    cuts = [(parts[0][2][bead.zh.start], parts[1][2][bead.en.start]) for bead in beads]
    zh, en = (Reading(side.version, part[0], part[1]) for side, part in zip((zh, en), parts, strict=True))
    return zh, en, *pair_units(zh, en, cuts)
