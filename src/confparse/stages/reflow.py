"""Series to Flow: join or keep each line boundary, by a decision list over evidence; then put the text together."""

import itertools
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from confparse.hops import Decision, Flow, Group, Join, Lines, Row, Series
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher, Watch
from confparse.rules.structure import Boundary, Heading

_TAIL, _HEAD = 40, 48  # characters of the lines above and below that a pattern sees
_HEAD_LINES = 3
_LONGEST = 200  # characters of a heading
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


class _Seen:
    """Which of many short texts a rule matches, found in one pass over all of them when first asked."""

    def __init__(self, texts: Sequence[str], watch: Watch) -> None:
        self._joined, self._watch = "\n".join(texts), watch
        self._starts = [0, *itertools.accumulate(len(text) + 1 for text in texts)]
        self._by_rule: dict[str, set[int]] = {}

    def matches(self, matcher: Matcher, index: int) -> bool:
        if matcher.rule not in self._by_rule:
            found = matcher.scan(self._joined, self._watch)
            self._by_rule[matcher.rule] = {bisect_right(self._starts, match.start()) - 1 for match in found}
        return index in self._by_rule[matcher.rule]


class Decider:
    """The boundary rules of a grammar, in order, and the shapes of headings, over all rows of a text."""

    def __init__(self, rows: Sequence[Row], match: str, grammar: Grammar, watch: Watch) -> None:
        self._rows = rows
        self.heads_of = [_head(row, match) for row in rows]
        self._windows = _Seen(["", *(_window(a, b, match) for a, b in itertools.pairwise(rows))], watch)
        self._texts = _Seen([_unlabelled(row, match) for row in rows], watch)
        self._shapes = [grammar.matcher(rule) for rule in grammar.of(Heading) if rule.makes == "before_paragraph"]
        self._rules = [
            (
                frozenset(rule.when),
                frozenset(rule.unless),
                rule.decide,
                rule.id,
                grammar.matcher(rule) if rule.patterns else None,
            )
            for rule in grammar.of(Boundary)
        ]

    def heads(self, index: int) -> bool:
        """Whether lines in the shape of headings, one or a few, stand right before a numbered paragraph or item."""
        for i in range(index, min(index + _HEAD_LINES, len(self._rows) - 1)):
            if not any(self._texts.matches(shape, i) for shape in self._shapes):
                return False
            after = self._rows[i + 1].label
            if after is not None:
                return after.element != "division"
        return False

    def decide(self, evidence: set[str], index: int) -> tuple[Decision, str]:
        """(join or keep, rule) above a row: the first rule whose evidence and pattern hold."""
        for when, unless, decision, rule, matcher in self._rules:
            if (
                when <= evidence
                and not (unless & evidence)
                and (matcher is None or self._windows.matches(matcher, index))
            ):
                return decision, rule
        return "keep", "boundary.none"


def _head(row: Row, match: str) -> str:
    start = row.pieces[0][0] if row.pieces and not row.label else row.start
    return match[start : min(row.end, start + _HEAD)].lstrip()


def _window(above: Row, below: Row, match: str) -> str:
    """The end of one row and the start of the next, as patterns see them."""
    end = above.pieces[-1][1] if above.pieces else above.end
    return f"{match[max(above.start, end - _TAIL) : end].rstrip()}⏎{_head(below, match)}"


def _unlabelled(row: Row, match: str) -> str:
    """The text of a row that may be a heading; nothing where it has a label or is too long."""
    text = match[row.pieces[0][0] : row.end].strip() if row.pieces and not row.label else ""
    return text if len(text) <= _LONGEST else ""


def reflow(series: Series, found: Sequence[Row], grammar: Grammar, watch: Watch) -> Flow:
    """Rows grouped into blocks, and the decision at each boundary."""
    decider = Decider(found, series.sheet.lines.text.match, grammar, watch)
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
            decision, rule = _decision(series, decider, rows, i, row, groups[-1:])
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
    series: Series, decider: Decider, rows: list[Row], index: int, below: Row, before: Sequence[Group]
) -> tuple[Decision, str]:
    if below.inside:
        return "keep", below.label.rule if below.label else "boundary.inside"
    head = decider.heads_of[index]
    evidence = _evidence(series.sheet.lines, rows, below, series.sheet.cover_end, head, series.promised)
    if decider.heads(index):
        evidence.add("next.heading")
    if "prev.division" in evidence and any(_bare(group.rows) for group in before):
        evidence.add("prev.second_label")
    return decider.decide(evidence, index)
