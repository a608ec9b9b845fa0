"""Series to Flow: segments joined or kept apart at each line boundary, and so grouped into blocks."""

from confparse.labels.types import Series
from confparse.reflow.boundaries import Decider
from confparse.reflow.evidence import DIVISION, at_breaks, bits, heads, of_block, windows
from confparse.reflow.segments import segments as all_segments
from confparse.reflow.types import Decision, Flow, Group, Join, Segment
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget

_SECOND = bits("prev.second_label")


def _bare(group: Group) -> bool:
    """Nothing but the label of a heading."""
    label = group.segments[0].label
    return label is not None and label.element == "division" and not any(segment.pieces for segment in group.segments)


def reflow(series: Series, grammar: Grammar, budget: TimeBudget) -> Flow:
    """Segments grouped into blocks, and the decision at each boundary."""
    found, match = all_segments(series), series.layout.lines.text.match
    starts = heads(found, match)
    evidence = at_breaks(series, found, starts, grammar, budget)
    decider = Decider(windows(found, starts, match), evidence, grammar, budget)
    del starts  # they are as long as the text
    groups: list[Group] = []
    joins: list[Join] = []
    segments: list[Segment] = []
    opened_by = "boundary.first"

    def close(rule: str) -> None:
        nonlocal segments, opened_by
        if segments:
            groups.append(Group(tuple(segments), opened_by))
        segments, opened_by = [], rule

    decision: Decision
    for i, segment in enumerate(found):
        if segment.claim is not None or (segments and segments[0].claim is not None):
            if segments and segments[0].claim != segment.claim:
                close(segment.claim.rule if segment.claim else "boundary.zone")
        elif segments:
            if segment.inside:
                decision, rule = "keep", segment.label.rule if segment.label else "boundary.inside"
            else:
                known = evidence[i] | of_block(segments, series.promised)
                if known & DIVISION and groups and _bare(groups[-1]):
                    known |= _SECOND
                decision, rule = decider.decide(known, i)
            joins.append(Join(segments[-1].line.index, segment.line.index, decision, rule))
            if decision == "keep":
                close(rule)
        segments.append(segment)
    close("")
    return Flow(series, tuple(groups), tuple(joins))
