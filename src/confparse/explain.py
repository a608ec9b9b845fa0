"""What each source line became, and why: read from the decisions that were kept while parsing."""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from confparse.model import Node, Report
from confparse.reflow.types import Flow, Join


class LineExplanation(msgspec.Struct, frozen=True):
    """One source line that is not blank, or the part of one before a page break.

    `what` is the element, or the kind of furniture; `eid` is empty for furniture; `boundary` is the decision between
    this line and the running text above it, `above` the number of that line.
    """

    line: int  # 1-based
    text: str
    what: str
    eid: str
    rule: str
    boundary: Join | None
    above: int | None


def _nodes(nodes: Sequence[Node]) -> list[tuple[int, Node]]:
    out: list[tuple[int, Node]] = []
    stack = list(nodes)
    while stack:
        node = stack.pop()
        out.append((node.span[0], node))
        stack.extend(node.children)
    return sorted(out, key=lambda item: item[0])


def explain(report: Report, flow: Flow) -> list[LineExplanation]:
    """Every line of the source that holds text, in order: what it became in the report, by the decisions of its flow."""
    layout = flow.series.layout
    lines, text = layout.lines, layout.lines.text
    joins = {join.below: join for join in flow.joins}
    notes = {i: note.eid for note, found in zip(report.footnotes, layout.notes, strict=True) for i in found.lines}
    ordered = _nodes(report.outline)
    starts = [start for start, _ in ordered]
    taken = {f.span[0]: f for f in report.furniture}
    out: list[LineExplanation] = []
    for line in lines.lines:
        claim, join = layout.claims.get(line.index), joins.get(line.index)
        above = text.line_at(lines.lines[join.above].start) if join else None
        at = bisect_right(starts, max(line.start, line.end - 1)) - 1
        node = ordered[at][1] if at >= 0 else None
        if claim is not None and claim.zone == "furniture":
            what, eid, rule = claim.name, "", claim.rule
        elif claim is not None and claim.zone == "note":
            what, eid, rule = "footnote", notes[line.index], claim.rule
        elif node is not None and line.start < node.span[1]:
            what, eid, rule = node.element, node.eid, node.rule
        elif line.start in taken:
            what, eid, rule = taken[line.start].kind, "", taken[line.start].rule
        elif node is not None:  # running text that winds up a paragraph after its items
            what, eid, rule = "wrap_up", node.eid.partition("__")[0], join.rule if join else node.rule
        else:
            what, eid, rule = "text", "", ""
        out.append(
            LineExplanation(text.line_at(line.start), " ".join(lines.shown(line).split()), what, eid, rule, join, above)
        )
    return out
