"""Units that are one in one version and several in the other: cut at line ends where the parts correspond.

A heading that a dump prints without a sign that it is one is joined to the text around it; the other version shows it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from confparse.comparison.align import ALONE, MERGED, ONE_TO_ONE, Bead
from confparse.comparison.evidence import Evidence, Token, tokens
from confparse.comparison.line_numbers import LineNumbers
from confparse.comparison.types import ComparedUnit, Figure, Language, UnitsReading
from confparse.letters import LINE_ENDS, WORD
from confparse.punctuation import stopped
from confparse.text.types import width

_PROBE = 12  # characters by which the start of a line is found in a unit
_ROOM = 0.9  # share of the widest line that a line and the word below fill at most, if the line ends for another reason
_LINE = re.compile(rf"[^\s\0](?:[^{LINE_ENDS}]*\S)?")


class _Seam(NamedTuple):
    """A line end at which a unit may be cut."""

    offset: int  # in the text of the unit, where the line below starts
    end: int  # in the source, where the line above ends
    start: int  # in the source, where the line below starts


class _SeamCut(NamedTuple):
    gain: float  # log odds: how much better the parts correspond than the whole
    seam: _Seam


def divided(
    zh: UnitsReading, en: UnitsReading, beads: Sequence[Bead], evidence: Evidence
) -> tuple[UnitsReading, UnitsReading]:
    """Both readings, with the units cut that hold what are several units of the other version."""
    return (
        _Side(zh, "zh", [(bead.zh, bead.en) for bead in beads], evidence).divided(),
        _Side(en, "en", [(bead.en, bead.zh) for bead in beads], evidence).divided(),
    )


class _Side:
    """One version, with the beads of it and of the other one."""

    def __init__(
        self, reading: UnitsReading, language: Language, beads: Sequence[tuple[slice, slice]], evidence: Evidence
    ) -> None:
        self._reading, self._language, self._beads, self._evidence = reading, language, beads, evidence

    def divided(self) -> UnitsReading:
        """The reading with units cut in two; the same one if none is."""
        text = self._reading.version.text
        best: dict[int, _SeamCut] = {}
        for own, group in self._groups() if text is not None else ():
            for cut in self._cuts(own, group, text or ""):
                best[own] = max(best.get(own, cut), cut)
        return _cut(self._reading, {own: cut.seam for own, cut in best.items()}, text or "") if best else self._reading

    def _groups(self) -> Iterator[tuple[int, slice]]:
        """Each unit with two or more of the other version that it may hold."""
        beads = self._beads
        for at, (own, other) in enumerate(beads):
            if own.stop - own.start != 1 or other.start == other.stop:
                continue
            alone = [0 <= k < len(beads) and beads[k][0].start == beads[k][0].stop for k in (at - 1, at + 1)]
            for before, after in {(0, 0), (alone[0], 0), (0, alone[1]), (alone[0], alone[1])}:
                group = slice(other.start - before, other.stop + after)
                if group.stop - group.start > 1:
                    yield own.start, group

    def _cuts(self, own: int, group: slice, text: str) -> Iterator[_SeamCut]:
        unit, figures = self._reading.units[own], self._reading.figures[own]
        seams = list(_seams(unit, text))
        if not seams:
            return
        size, unit_tokens = len(unit.text), tokens(unit, figures)
        first, last = slice(group.start + 1, group.stop), slice(group.start, group.stop - 1)
        whole = max(
            self._odds(size, unit_tokens, group) + MERGED,
            *(self._odds(size, unit_tokens, part) + ALONE + ONE_TO_ONE for part in (first, last)),
        )
        for seam in seams:
            above = tokens(unit, [f for f in figures if f.end <= seam.offset])
            below = tokens(unit, [f for f in figures if f.start >= seam.offset])
            for at in range(group.start + 1, group.stop):
                one = self._odds(seam.offset, above, slice(group.start, at))
                two = self._odds(size - seam.offset, below, slice(at, group.stop))
                gain = one + two + 2 * ONE_TO_ONE - whole
                if min(one, two) > 0 and gain > 0:
                    yield _SeamCut(gain, seam)

    def _odds(self, length: int, part_tokens: set[Token], group: slice) -> float:
        return self._evidence.of_part(self._language, length, part_tokens, group.start, group.stop)


def _seams(unit: ComparedUnit, text: str) -> Iterator[_Seam]:
    """The line ends inside a unit at which a paragraph may end: after a stop, or before the measure is full."""
    lines = [match.span() for match in _LINE.finditer(text, *unit.span)]
    if len(lines) < 2:
        return
    widest = max(width(text[slice(*line)]) for line in lines)
    letters = [at for at, char in enumerate(unit.text) if not char.isspace()]
    solid = "".join(unit.text[at] for at in letters)
    at = 0
    for above, below in pairwise(lines):
        line, next_line = text[slice(*above)], text[slice(*below)]
        probe = "".join(next_line.split())[:_PROBE]
        place = solid.find(probe, at)
        if place <= 0:
            continue
        at = place
        word = WORD.match(next_line)
        needed = width(line) + 1 + max(2, width(word[0]) if word else 0)
        if not next_line[0].islower() and (stopped(line) or needed <= _ROOM * widest):
            yield _Seam(letters[place], above[1], below[0])


def _cut(reading: UnitsReading, seams: dict[int, _Seam], text: str) -> UnitsReading:
    numbers = LineNumbers(text)
    units: list[ComparedUnit] = []
    figures: list[list[Figure]] = []
    for at, (unit, unit_figures) in enumerate(zip(reading.units, reading.figures, strict=True)):
        seam = seams.get(at)
        if seam is None:
            units.append(unit)
            figures.append(unit_figures)
            continue
        parts = _halves(unit, seam, numbers)
        units += parts
        figures.append([f for f in unit_figures if f.end <= seam.offset])
        figures.append([_moved(f, seam.offset) for f in unit_figures if f.start >= seam.offset])
    return UnitsReading(reading.version, units, figures)


def _halves(unit: ComparedUnit, seam: _Seam, numbers: LineNumbers) -> tuple[ComparedUnit, ComparedUnit]:
    above, below = (unit.span[0], seam.end), (seam.start, unit.span[1])
    return (
        msgspec.structs.replace(unit, text=unit.text[: seam.offset].rstrip(), span=above, lines=numbers.of(above)),
        ComparedUnit(eids=unit.eids, text=unit.text[seam.offset :], span=below, lines=numbers.of(below)),
    )


def _moved(figure: Figure, by: int) -> Figure:
    return msgspec.structs.replace(figure, start=figure.start - by, end=figure.end - by)
