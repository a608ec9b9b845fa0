"""Series to Flow: segments joined or kept apart at each line boundary, and so grouped into blocks."""

from confparse.labels.types import Series
from confparse.reflow.boundaries import Decider
from confparse.reflow.evidence import DIVISION, OF_BLOCK, at_breaks, bits, of_block, windows
from confparse.reflow.segments import segments as all_segments
from confparse.reflow.types import Decision, Flow, Groups, Joins, Segment
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget

_SECOND, _TITLE = bits("prev.second_label"), bits("prev.title")
_MARK = 2  # characters of the mark of a note, at most


def _only_number(segment: Segment) -> bool:
    """Whether a segment opens a part and holds its number, with a mark of a note at most."""
    part = segment.part_start
    return part is not None and part.num is not None and segment.end - part.text_start <= _MARK


def reflow(series: Series, grammar: Grammar, budget: TimeBudget) -> Flow:
    """Segments grouped into blocks, and the decision at each boundary."""
    segments = all_segments(series)
    evidence = at_breaks(series, segments, grammar, budget)
    decider = Decider(windows(segments, series.layout.lines.text.match), evidence, grammar, budget)
    groups = Groups()
    joins = Joins()
    first: Segment | None = None  # of the open group
    start, last, bare = 0, 0, True  # its place, the line of its last segment, whether it has no text but its label
    label_above = False  # the group above it is nothing but the label of a heading
    number_above = False  # or the number of a part
    opened_by = decider.otherwise

    def close(end: int, rule: str) -> None:
        nonlocal first, label_above, number_above, opened_by
        if first is not None:
            groups.add(start, end, opened_by)
            label_above = bare and first.label is not None and first.label.element == "division"
            number_above = start + 1 == end and _only_number(first)
        first, opened_by = None, rule

    for i, segment in enumerate(segments):
        if segment.claim is not None or (first is not None and first.claim is not None):
            if first is not None and first.claim != segment.claim:
                close(i, segment.claim.rule if segment.claim else decider.otherwise)
        elif first is not None:
            decided: tuple[Decision, str]
            if segment.inside:
                decided = "keep", segment.label.rule if segment.label else decider.otherwise
            else:
                own_evidence = evidence[i] | of_block(first, last, bare, series.promised)
                if own_evidence & DIVISION and label_above:
                    own_evidence |= _SECOND
                if number_above and not own_evidence & OF_BLOCK:
                    own_evidence |= _TITLE
                decided = decider.decide(own_evidence, i)
            joins.add(last, segment.line.index, decided)
            if decided[0] == "keep":
                close(i, decided[1])
        if first is None:
            first, start, bare = segment, i, True
        last, bare = segment.line.index, bare and not segment.pieces
    close(len(segments), "")
    return Flow(series, segments, groups, joins)
