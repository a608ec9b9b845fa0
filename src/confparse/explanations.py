"""What each source line became, and why: read from the decisions that were kept while parsing."""

from bisect import bisect_right
from pathlib import Path
from typing import Any

import msgspec

from confparse.model import RECORD_LISTS, Report
from confparse.pipeline import parse_with_decisions
from confparse.reflow.types import Flow, Join
from confparse.rules.grammar import Grammar
from confparse.rules.load import grammar_of
from confparse.rules.structure import Label
from confparse.rules.time_budget import TimeBudget
from confparse.sources.inputs import read_source
from confparse.text.types import VOID


class LineExplanation(msgspec.Struct, frozen=True):
    """One source line that is not blank, or the part of one before a page break.

    `span` is [start, end) in code points of the source; `what` is the element, or the kind of furniture; `eid` is empty
    for furniture; `boundary` is the decision between this line and the running text above it, `above` the number of
    that line; `page` the page that it is on, 1-based, if the text has pages.
    """

    line: int  # 1-based
    span: tuple[int, int]
    text: str
    what: str
    eid: str
    rule: str
    boundary: Join | None
    above: int | None
    page: int | None = None


def explain(
    source: str | bytes | Path,
    *,
    grammar: Grammar | str | Path | None = None,
    name: str = "-",
    encoding: str | None = None,
) -> list[LineExplanation]:
    """What each line of a dump became and why. Takes and raises what parse() does."""
    parsed, flow = parse_with_decisions(read_source(source, name, encoding), grammar_of(grammar))
    return explain_lines(parsed.report, flow)


def explain_lines(report: Report, flow: Flow) -> list[LineExplanation]:
    """Every line of the source that holds text, in order: what it became in the report, by the decisions of its
    flow.
    """
    layout = flow.series.layout
    lines, text = layout.lines, layout.lines.text
    joins = {join.below: join for join in flow.joins}
    notes = {
        i: note.eid for note, layout_note in zip(report.footnotes, layout.notes, strict=True) for i in layout_note.lines
    }
    ordered = sorted(((node.span[0], node) for node in report.walk()), key=lambda item: item[0])
    starts = [start for start, _ in ordered]
    furniture = {f.span[0]: f for f in report.furniture}
    paged = lines.paged or report.source.pages is not None
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
        elif line.start in furniture:
            what, eid, rule = furniture[line.start].kind, "", furniture[line.start].rule
        else:
            what, eid, rule = "text", "", ""
        shown = " ".join(lines.shown(line).replace(VOID, "").split())
        span = (line.start, line.end)
        page = line.page + 1 if paged else None
        out.append(LineExplanation(text.line_at(line.start), span, shown, what, eid, rule, join, above, page))
    return out


def labels_left(explained: LineExplanation, grammar: Grammar) -> list[str]:
    """The rules that read a label at the start of a line which became no label: it fits into no series."""
    joined = explained.boundary is not None and explained.boundary.decide == "join"
    if isinstance(grammar.rules.get(explained.rule), Label) and not joined:
        return []
    budget = TimeBudget()
    matches = ((rule, grammar.matcher(rule).search(explained.text, budget)) for rule in grammar.of(Label))
    return [rule.id for rule, match in matches if match is not None and match.start() == 0 and not rule.inline]


class RecordAt(msgspec.Struct, frozen=True):
    """A record that a place of the source gave: its list, its id, what it says in a few words, and its rule."""

    kind: str
    id: str
    label: str
    rule: str


_LABELS = ("symbol", "topic", "title", "act", "number", "num")  # the first of these says what a record is about


def records_at(report: Report, span: tuple[int, int]) -> list[RecordAt]:
    """The records whose words are in [start, end) of the source, in the order of the report's lists."""
    records = []
    for kind in RECORD_LISTS:
        for record in getattr(report, kind):
            own = getattr(record, "span", None)
            if own is not None and own[0] < span[1] and span[0] < own[1]:
                records.append(RecordAt(kind, record.id, label(record), getattr(record, "rule", None) or ""))
    return records


def label(record: object) -> str:
    """A few words that say what a record is about."""
    speaker = getattr(record, "speaker", None)
    if speaker is not None:
        code = f" [{speaker.code}]" if speaker.code else ""
        return f"{speaker.name}{code} ({speaker.kind})"
    return next((str(value) for name in _LABELS if (value := getattr(record, name, None)) is not None), "")


def find_record(report: Report, name: str) -> Any:
    """The node, footnote or record of an eid or id, None if there is none."""
    for node in report.walk():
        if node.eid == name:
            return node
    rows = (row for kind in ("footnotes", *RECORD_LISTS) for row in getattr(report, kind))
    return next((row for row in rows if name in (getattr(row, "id", None), getattr(row, "eid", None))), None)
