"""Units to sentences, each with its place in the source and the figures that are in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import msgspec

from confparse.comparison.line_numbers import LineNumbers
from confparse.comparison.types import ComparedUnit, Figure
from confparse.comparison.units import one_per_line
from confparse.rules.extraction import SentenceEnd
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget

_PROBE = 12  # characters by which the start of a sentence is found in the source
_SEGMENTED = 0.1  # share of lines with two sentences under which a text has one per line (such texts: 0.09 at most)
_BLANK = re.compile(r"\s+")
_WHOLE = frozenset({"toc", "table"})  # elements whose stops are those of leaders and figures
Read = tuple[list[ComparedUnit], list[list[Figure]], list[int]]


def sentences(
    units: Sequence[ComparedUnit],
    figures: Sequence[list[Figure]],
    text: str | None,
    grammar: Grammar,
    budget: TimeBudget,
) -> Read:
    """The sentences of units, their figures, and for each unit the index of its first sentence, with one more at the
    end.
    """
    joined = "\n".join(unit.text for unit in units)
    ends = sorted({m.end() for rule in grammar.of(SentenceEnd) for m in grammar.matcher(rule).scan(joined, budget)})
    bases = accumulate((len(unit.text) + 1 for unit in units), initial=0)
    lines = LineNumbers(text) if text is not None else None
    out: Read = ([], [], [])
    inner = [
        []
        if unit.element in _WHOLE
        else [end - base for end in ends[bisect_right(ends, base) : bisect_left(ends, base + len(unit.text))]]
        for unit, base in zip(units, bases, strict=False)
    ]
    segmented = text is not None and one_per_line(text) and sum(map(bool, inner)) < _SEGMENTED * len(units)
    for unit, cuts, unit_figures in zip(units, inner, figures, strict=True):
        out[2].append(len(out[0]))
        if segmented and unit.num and unit.lines[0] < unit.lines[1]:  # the label had its own line
            out[0].append(_label(unit))
            out[1].append([])
            unit = msgspec.structs.replace(unit, num=None, lines=(unit.lines[1], unit.lines[1]))
        elif segmented or not cuts:  # most units are one sentence
            out[0].append(unit)
            out[1].append(unit_figures)
            continue
        pieces = list(_pieces(unit, [] if segmented else cuts))
        places = _places(unit, [unit.text[low:high] for low, high in pieces], text)
        for i, ((low, high), span) in enumerate(zip(pieces, places, strict=True)):
            shown = lines.of(span) if lines else unit.lines
            label = unit.num if i == 0 else None
            out[0].append(
                ComparedUnit(unit.eids, unit.text[low:high], span, shown, label, None, unit.element, unit.role)
            )
            out[1].append(_within(unit_figures, low, high))
    out[2].append(len(out[0]))
    return out


def _label(unit: ComparedUnit) -> ComparedUnit:
    span, lines = (unit.span[0], unit.span[0] + len(unit.num or "")), (unit.lines[0], unit.lines[0])
    return ComparedUnit(unit.eids, "", span, lines, unit.num, None, unit.element, unit.role)


def _pieces(unit: ComparedUnit, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    has_piece = False
    for low, high in pairwise([0, *cuts, len(unit.text)]):
        piece = unit.text[low:high]
        if piece.strip():
            has_piece = True
            yield low + len(piece) - len(piece.lstrip()), low + len(piece.rstrip())
    if not has_piece:
        yield 0, len(unit.text)


def _within(figures: Sequence[Figure], low: int, high: int) -> list[Figure]:
    return [Figure(f.kind, f.value, f.start - low, f.end - low, f.certain) for f in figures if low <= f.start < high]


def _places(unit: ComparedUnit, pieces: Sequence[str], text: str | None) -> list[tuple[int, int]]:
    """The spans of pieces of a unit; that of the whole unit if the source is not at hand."""
    if text is None or len(pieces) < 2:
        return [unit.span] * len(pieces)
    printed = [(at, char) for at, char in enumerate(text[slice(*unit.span)], unit.span[0]) if not char.isspace()]
    squashed = "".join(char for _, char in printed)
    starts, at = [], 0
    for piece in pieces:
        probe = _BLANK.sub("", piece)[:_PROBE]
        place = squashed.find(probe, at)
        at = place if place >= 0 else at
        starts.append(printed[at][0] if at < len(printed) else unit.span[1])
        at += len(probe)
    starts[0] = unit.span[0]
    return list(pairwise([*starts, unit.span[1]]))
