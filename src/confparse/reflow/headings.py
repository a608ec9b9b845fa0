"""Which segments may be headings by their shape and place: right before a label, or over unnumbered prose."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from confparse.labels.types import Series
from confparse.layout.line_table import Lines
from confparse.reflow.types import Segment
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet, JoinedTexts
from confparse.rules.structure import Heading
from confparse.rules.time_budget import TimeBudget

_HEAD_LINES = 3
_LONGEST = 200  # characters of a heading
_SHORT_HEADING = 45  # columns of a heading over prose, in a dump whose lines are not cut at a measure
_SHORT_HEADING_SHARE = 0.75  # share of the measure that such a heading reaches at most


def shaped_as_heading(segments: Sequence[Segment], lines: Lines, grammar: Grammar, budget: TimeBudget) -> IndexSet:
    """The segments without a label that have the shape of headings, or are lines of one."""
    match = lines.text.match
    alone = JoinedTexts((i, text) for i, segment in enumerate(segments) if (text := _unlabelled(segment, match)))
    wrapped = {places.start: (places, text) for places, text in _wrapped(segments, lines)}
    joined = JoinedTexts((first, text) for first, (_, text) in wrapped.items())
    shaped, first_lines = IndexSet(), IndexSet()
    for rule in grammar.of(Heading):
        if rule.makes == "before_paragraph":
            alone.matching(grammar.matcher(rule), budget, shaped)
            joined.matching(grammar.matcher(rule), budget, first_lines)
    for first in first_lines:
        for i in wrapped[first][0]:
            shaped.add(i)
    return shaped


def _wrapped(segments: Sequence[Segment], lines: Lines) -> Iterator[tuple[range, str]]:
    """Above a label, the places and the text of a few lines of which all but the first start with a small letter,
    without a stop at the end.
    """
    match = lines.text.match
    for last, (segment, below) in enumerate(pairwise(segments)):
        if below.label is None or segment.line.index in lines.ends:
            continue
        text = _unlabelled(segment, match)
        for first in range(last - 1, max(-1, last - _HEAD_LINES), -1):
            if not text[:1].islower() or not (above := _unlabelled(segments[first], match)):
                break
            text = f"{above} {text}"
            if not above[0].islower():
                yield range(first, last + 1), text


def before_label(segments: Sequence[Segment], shaped: IndexSet) -> IndexSet:
    """Segments of the shape of headings, one or a few, right before a numbered paragraph or item."""
    indexes, steps = IndexSet(), 0  # lines from here to the label, 0 if none follows
    for i in range(len(segments) - 2, -1, -1):
        label = segments[i + 1].label if i in shaped else None
        going_on = steps + 1 if steps and i in shaped else 0
        steps = going_on if label is None else int(label.element != "division")
        if 0 < steps <= _HEAD_LINES:
            indexes.add(i)
    return indexes


def over_prose(series: Series, segments: Sequence[Segment], shaped: IndexSet) -> IndexSet:
    """Short segments of the shape of headings right above a line of running text, in a paper without numbered
    paragraphs.
    """
    if series.numbered:
        return IndexSet()
    measures = series.layout.lines.measures
    out = IndexSet()
    for i in shaped:
        if i == len(segments) - 1:
            break
        line, below = segments[i].line, segments[i + 1]
        measure = measures[line.index]
        width = (measure.right - measure.left) if measure.wrapped else 2 * _SHORT_HEADING
        if (
            line.right - line.indent > _SHORT_HEADING_SHARE * width
            or below.label is not None
            or below.claim is not None
        ):
            continue
        if i + 1 not in shaped or below.line.right - below.line.indent > _SHORT_HEADING_SHARE * width:
            out.add(i)
    return out


def first_lines(series: Series, segments: Sequence[Segment], last: IndexSet) -> IndexSet:
    """For headings over prose that run over two lines, by their last lines: the full line above, if the text ended
    above it.
    """
    lines, out = series.layout.lines, IndexSet()
    for i in last:
        if i == 0 or segments[i - 1].label or segments[i - 1].claim or segments[i - 1].part_start:
            continue
        ended = i == 1 or segments[i - 2].line.index in lines.ends.sentence
        if ended and lines.goes_on(segments[i - 1].line.index):
            out.add(i - 1)
    return out


def _unlabelled(segment: Segment, match: str) -> str:
    """The text of a segment that may be a heading; nothing if it has a label or is too long."""
    text = match[segment.pieces[0][0] : segment.end].strip() if segment.pieces and not segment.label else ""
    return text if len(text) <= _LONGEST else ""
