"""Entry point of the comparison: two versions to a Comparison."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import exp
from pathlib import Path
from typing import NamedTuple

import msgspec

from confparse.comparison.align import Bead, moved
from confparse.comparison.covers import of_covers
from confparse.comparison.disagreements import Comparer
from confparse.comparison.figures import Figures
from confparse.comparison.pairing import pair_sentences, pair_units
from confparse.comparison.types import (
    LANGUAGES,
    ComparedUnit,
    Comparison,
    Disagreement,
    Figure,
    Language,
    Pair,
    Place,
    Side,
    UnitsReading,
    Version,
)
from confparse.comparison.units import units
from confparse.comparison.versions import chinese_first, version
from confparse.model import Report
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget

Input = Report | Version | Path | str | bytes


def compare(
    one: Input,
    other: Input,
    *,
    grammar: Grammar | str | Path | None = None,
    sentences: bool = False,
    encoding: str | None = None,
    ui: str = "en",
) -> Comparison:
    """Two language versions of one report, in any order, paired unit by unit, and where they disagree.

    Each version is a Report, a Path to a dump or to a record, or the text or bytes of a dump. Units are paragraphs,
    headings, items and notes; with `sentences` those of each pair are paired in turn. `ui` is the language of messages.
    Raises InputError for a file that cannot be read, and if the two are not one Chinese and one English version.
    """
    from confparse.rules.load import grammar_of

    rules = grammar_of(grammar)
    budget = TimeBudget()
    zh, en = _readings([_cut(item, rules, encoding) for item in (one, other)], Figures(rules, budget))
    paired = pair_units(zh, en)
    zh, en = paired.zh, paired.en
    whole = moved(zh.units, en.units, paired.beads, paired.evidence)
    disagreements = tuple(item for of_bead in Comparer(zh, en, rules, ui).all(whole) for item in of_bead)
    if sentences:
        paired = pair_sentences(paired, rules, budget)
        zh, en = paired.zh, paired.en
        whole = moved(zh.units, en.units, paired.beads, paired.evidence)
    disagreements += tuple(of_covers(zh.version.report, en.version.report, disagreements, ui))
    covers = [side.version.report.cover for side in (en, zh)]
    return Comparison(
        zh=zh.version.report.source,
        en=en.version.report.source,
        symbol=next((cover.symbol for cover in covers if cover.symbol), None),
        date=next((cover.date.start for cover in covers if cover.date), None),
        pairs=tuple(_marked([_pair(bead, zh, en) for bead in whole], disagreements)),
        disagreements=disagreements,
    )


class _Cut(NamedTuple):
    """A version as units, and the rest of it: the parts of its record that the units were made of are freed."""

    rest: Version
    units: list[ComparedUnit]


def _cut(item: Input, grammar: Grammar, encoding: str | None) -> _Cut:
    """One version read and cut into units, before the other takes memory. Raises InputError."""
    whole = version(item, grammar, encoding)
    own_units = units(whole)
    report = msgspec.structs.replace(whole.report, outline=(), footnotes=(), furniture=(), diagnostics=())
    return _Cut(Version(report, whole.text), own_units)


def _readings(both: Sequence[_Cut], reader: Figures) -> tuple[UnitsReading, UnitsReading]:
    """Both versions with the figures of their units, the Chinese one first; of Latin words those that it holds too."""
    one, other = both if chinese_first(both[0].rest, both[1].rest) else reversed(both)
    zh = reader.read(one.units, "zh")
    latin = {figure.value for unit_figures in zh for figure in unit_figures if figure.kind == "latin"}
    return UnitsReading(one.rest, one.units, zh), UnitsReading(
        other.rest, other.units, reader.read(other.units, "en", latin)
    )


def _pair(bead: Bead, zh: UnitsReading, en: UnitsReading) -> Pair:
    sides = [_side(zh.units[bead.zh], ""), _side(en.units[bead.en], " ")]
    both = None not in sides
    shared = _values(zh.figures[bead.zh]) & _values(en.figures[bead.en])
    return Pair(
        zh=sides[0],
        en=sides[1],
        score=round(1 / (1 + exp(-max(-50.0, min(50.0, bead.odds)))), 3) if both else 0.0,
        shared=tuple(sorted(shared)),
    )


def _marked(pairs: Sequence[Pair], disagreements: Sequence[Disagreement]) -> Iterator[Pair]:
    """Pairs with the disagreements whose places they hold."""
    by_start: dict[tuple[Language, int], list[Disagreement]] = {}
    starts = {side: sorted(s[0] for p in pairs if (part := getattr(p, side)) for s in part.spans) for side in LANGUAGES}
    for item in disagreements:
        for side in LANGUAGES:
            place: Place | None = getattr(item, side)
            if place is not None:
                at = bisect_right(starts[side], place.span[0]) - 1
                by_start.setdefault((side, starts[side][max(0, at)]), []).append(item)
    for pair in pairs:
        spans = [(side, span[0]) for side in LANGUAGES if (part := getattr(pair, side)) for span in part.spans]
        own = {id(item): item for key in spans for item in by_start.get(key, ())}.values()
        codes = tuple(dict.fromkeys(item.code for item in own))
        yield msgspec.structs.replace(pair, codes=codes, disagreements=tuple(own)) if own else pair


def _values(figures: Sequence[Sequence[Figure]]) -> set[str]:
    return {f"{figure.kind}:{figure.value}" for unit_figures in figures for figure in unit_figures}


def _side(units: Sequence[ComparedUnit], gap: str) -> Side | None:
    if not units:
        return None
    return Side(
        text=gap.join(unit.shown for unit in units),
        num=units[0].num,
        eids=tuple(dict.fromkeys(e for u in units for e in u.eids)),
        spans=tuple(u.span for u in units),
        lines=tuple(u.lines for u in units),
    )
