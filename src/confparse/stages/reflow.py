"""Series to Flow: join or keep each line boundary, by a decision list over evidence; then put the text together."""

import itertools
from collections.abc import Mapping, Sequence

from confparse.hops import Decision, Flow, Group, Join, Lines, Row, Series
from confparse.rules.load import Grammar
from confparse.rules.patterns import Watch
from confparse.rules.structure import Boundary, Heading

_TAIL, _HEAD = 60, 60  # characters of the lines above and below that a pattern sees
_HEAD_LINES = 3
_FULL, _LOOSE, _SHORT, _BRIEF = 0.97, 0.95, 0.80, 0.5  # shares of the measure


def _first_word(text: str) -> int:
    """Columns of the first word: what would have to fit on the line above."""
    word = text.split(None, 1)[0] if text else ""
    cut = next((i for i, c in enumerate(word) if c > "\u2e7f"), len(word))
    return 2 if cut == 0 else cut


def _evidence(
    lines: Lines, rows: list[Row], below: Row, cover_end: int, below_text: str, promised: Mapping[int, int]
) -> set[str]:
    out: set[str] = set()
    first, above = rows[0], rows[-1]
    a, b = above.line, below.line
    measure = lines.measures[a.index]
    width = max(1, measure.right - measure.left)
    if below.label:
        out.add("next.label")
    if below.anchor:
        out.add("next.anchor")
    if not any(row.pieces for row in rows) and first.label:
        out.add("prev.label")
    if below.raised:
        out.add("raised")
    if first.anchor:
        out.add("prev.part" if a.index < first.anchor.last else "prev.head")
    if first.label and first.label.element == "division" and first.line.index in promised:
        out.add("prev.part" if a.index < promised[first.line.index] else "prev.head")
    if first.label:
        out.add("prev.division" if first.label.element == "division" else "prev.item")
    used = a.right - min(measure.left, a.indent)
    reach = (used + 1 + _first_word(below_text)) / width
    if used / width >= _FULL or reach > 1.0:
        out.add("full")
    if reach < _LOOSE:
        out.add("loose")
    if reach < _SHORT:
        out.add("short")
        if used / width < _BRIEF:
            out.add("brief")
    if not below.seam:
        if lines.blanks_tell and b.blanks > 0:
            out.add("gap")
        if b.blanks > lines.usual_blanks + (0 if lines.usual_blanks else 1):
            out.add("wide_gap")
        if b.blanks < lines.usual_blanks:
            out.add("tight_gap")
    else:
        out.add("seam")
    if b.indent > a.indent + (1 if measure.left else 0):
        out.add("indent_in")
    elif b.indent < a.indent - 1:
        out.add("indent_out")
    if measure.wrapped:
        out.add("wrapped")
    if lines.blanks_tell:
        out.add("blanks_tell")
    if measure.left > 2:
        out.add("indented")
    if b.index < cover_end:
        out.add("cover")
    return out


class Decider:
    """The boundary rules of a grammar, in order, and the shapes of headings."""

    def __init__(self, grammar: Grammar, watch: Watch) -> None:
        self._watch = watch
        self.shapes = [grammar.matcher(rule) for rule in grammar.of(Heading) if rule.makes == "before_paragraph"]
        self.rules = [
            (
                frozenset(rule.when),
                frozenset(rule.unless),
                rule.decide,
                rule.id,
                grammar.matcher(rule) if rule.patterns else None,
            )
            for rule in grammar.of(Boundary)
        ]

    def heads(self, ahead: Sequence[Row], match: str) -> bool:
        """Whether lines in the shape of headings, one or a few, stand right before a numbered paragraph or item."""
        for row, after in itertools.pairwise(ahead):
            text = match[row.pieces[0][0] : row.end].strip() if row.pieces and not row.label else ""
            if not text or len(text) > 200 or not any(m.search(text, self._watch) for m in self.shapes):
                return False
            if after.label is not None:
                return after.label.element != "division"
        return False

    def decide(self, evidence: set[str], window: str) -> tuple[Decision, str]:
        """(join or keep, rule): the first rule whose evidence and pattern hold."""
        for when, unless, decision, rule, matcher in self.rules:
            if (
                when <= evidence
                and not (unless & evidence)
                and (matcher is None or matcher.search(window, self._watch))
            ):
                return decision, rule
        return "keep", "boundary.none"


def reflow(series: Series, found: Sequence[Row], grammar: Grammar, watch: Watch) -> Flow:
    """Rows grouped into blocks, and the decision at each boundary."""
    decider = Decider(grammar, watch)
    groups: list[Group] = []
    joins: list[Join] = []
    rows: list[Row] = []
    opened_by = "boundary.first"

    def close(rule: str) -> None:
        nonlocal rows, opened_by
        if rows:
            groups.append(Group(tuple(rows), opened_by))
        rows, opened_by = [], rule

    for i, row in enumerate(found):
        if row.claim is not None or (rows and rows[0].claim is not None):
            if rows and rows[0].claim != row.claim:
                close(row.claim.rule if row.claim else "boundary.zone")
        elif rows:
            decision, rule = _decision(series, decider, rows, found[i : i + 1 + _HEAD_LINES], groups[-1:])
            joins.append(Join(rows[-1].line.index, row.line.index, decision, rule))
            if decision == "keep":
                close(rule)
        rows.append(row)
    close("")
    return Flow(series, tuple(groups), tuple(joins))


def _bare(rows: Sequence[Row]) -> bool:
    """Nothing but the label of a heading."""
    label = rows[0].label
    return label is not None and label.element == "division" and not any(row.pieces for row in rows)


def _decision(
    series: Series, decider: Decider, rows: list[Row], ahead: Sequence[Row], before: Sequence[Group]
) -> tuple[Decision, str]:
    below = ahead[0]
    if below.inside:
        return "keep", below.label.rule if below.label else "boundary.inside"
    lines = series.sheet.lines
    above, match = rows[-1], lines.text.match
    tail_end = above.pieces[-1][1] if above.pieces else above.end
    head_start = below.pieces[0][0] if below.pieces and not below.label else below.start
    tail = match[max(above.start, tail_end - _TAIL) : tail_end].rstrip()
    head = match[head_start : min(below.end, head_start + _HEAD)].lstrip()
    evidence = _evidence(lines, rows, below, series.sheet.cover_end, head, series.promised)
    if decider.heads(ahead, match):
        evidence.add("next.heading")
    if "prev.division" in evidence and any(_bare(group.rows) for group in before):
        evidence.add("prev.second_label")
    return decider.decide(evidence, f"{tail}⏎{head}")
