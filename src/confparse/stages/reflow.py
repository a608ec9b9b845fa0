"""Series to Flow: rows joined or kept apart at each line boundary, and so grouped into blocks."""

from collections.abc import Sequence

from confparse.hops import Decision, Flow, Group, Join, Row, Series
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Watch
from confparse.stages.boundaries import Decider
from confparse.stages.evidence import DIVISION, at_breaks, bits, heads, of_block, windows

_SECOND = bits("prev.second_label")


def _bare(group: Group) -> bool:
    """Nothing but the label of a heading."""
    label = group.rows[0].label
    return label is not None and label.element == "division" and not any(row.pieces for row in group.rows)


def reflow(series: Series, found: Sequence[Row], grammar: Grammar, watch: Watch) -> Flow:
    """Rows grouped into blocks, and the decision at each boundary."""
    match = series.sheet.lines.text.match
    starts = heads(found, match)
    evidence = at_breaks(series, found, starts, grammar, watch)
    decider = Decider(windows(found, starts, match), evidence, grammar, watch)
    del starts  # they are as long as the text
    groups: list[Group] = []
    joins: list[Join] = []
    rows: list[Row] = []
    opened_by = "boundary.first"

    def close(rule: str) -> None:
        nonlocal rows, opened_by
        if rows:
            groups.append(Group(tuple(rows), opened_by))
        rows, opened_by = [], rule

    decision: Decision
    for i, row in enumerate(found):
        if row.claim is not None or (rows and rows[0].claim is not None):
            if rows and rows[0].claim != row.claim:
                close(row.claim.rule if row.claim else "boundary.zone")
        elif rows:
            if row.inside:
                decision, rule = "keep", row.label.rule if row.label else "boundary.inside"
            else:
                known = evidence[i] | of_block(rows, series.promised)
                if known & DIVISION and groups and _bare(groups[-1]):
                    known |= _SECOND
                decision, rule = decider.decide(known, i)
            joins.append(Join(rows[-1].line.index, row.line.index, decision, rule))
            if decision == "keep":
                close(rule)
        rows.append(row)
    close("")
    return Flow(series, tuple(groups), tuple(joins))
