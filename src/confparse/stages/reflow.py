"""Series to Flow: join or keep each line boundary, by a decision list over evidence; then put the text together."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from confparse.hops import Decision, Flow, Group, Join, Lines, Row, Series
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher, Watch
from confparse.rules.structure import Boundary, Evidence, Heading

_TAIL, _HEAD = 40, 48  # characters of the lines above and below that a pattern sees
_HEAD_LINES = 3
_LONGEST = 200  # characters of a heading
_FULL, _LOOSE, _SHORT, _BRIEF = 0.97, 0.95, 0.80, 0.5  # shares of the measure
_WORD = re.compile("[^\\s\u2e80-\U0010ffff]*")
_BITS: Mapping[Evidence, int] = {name: 1 << i for i, name in enumerate(get_args(Evidence))}
Rules = Sequence[tuple[Decision, str, Matcher | None]]


def _set(*names: Evidence) -> int:
    """Pieces of evidence as one number, a bit for each."""
    return sum(_BITS[name] for name in names)


_FULL_LINE, _LOOSE_LINE, _SHORT_LINE = _set("full"), _set("loose"), _set("short")
_BRIEF_LINE = _set("brief")
_GAP, _WIDE_GAP, _TIGHT_GAP = _set("gap"), _set("wide_gap"), _set("tight_gap")
_SEAM, _RAISED, _IN, _OUT = _set("seam"), _set("raised"), _set("indent_in"), _set("indent_out")
_COVER, _HEADING, _LABEL, _ANCHOR = _set("cover"), _set("next.heading"), _set("next.label"), _set("next.anchor")
_DIVISION, _ITEM, _BARE = _set("prev.division"), _set("prev.item"), _set("prev.label")


def _of_dump(lines: Lines) -> list[int]:
    """What the dump tells at each line: its habits, and those of the page."""
    habits = _set("blanks_tell") if lines.blanks_tell else 0
    known = {
        measure: habits
        | (_set("wrapped") if measure.wrapped else 0)
        | (_set("indented") if measure.left > 2 else 0)
        for measure in set(lines.measures)
    }
    return [known[measure] for measure in lines.measures]


def _of_break(lines: Lines, above: Row, below: Row, first_word: int) -> int:
    """What the two lines around a break tell: measure, blank lines, indents. `first_word` is columns of the line below."""
    a, b = above.line, below.line
    measure = lines.measures[a.index]
    width = max(1, measure.right - measure.left)
    used = a.right - min(measure.left, a.indent)
    reach = (used + 1 + first_word) / width
    out = 0
    if used / width >= _FULL or reach > 1.0:
        out |= _FULL_LINE
    if reach < _LOOSE:
        out |= _LOOSE_LINE
        if reach < _SHORT:
            out |= _SHORT_LINE
            if used / width < _BRIEF:
                out |= _BRIEF_LINE
    if below.seam:
        out |= _SEAM
    elif b.blanks != lines.usual_blanks or lines.blanks_tell:
        if lines.blanks_tell and b.blanks > 0:
            out |= _GAP
        if b.blanks > lines.usual_blanks + (0 if lines.usual_blanks else 1):
            out |= _WIDE_GAP
        if b.blanks < lines.usual_blanks:
            out |= _TIGHT_GAP
    if b.indent > a.indent + (1 if measure.left else 0):
        out |= _IN
    elif b.indent < a.indent - 1:
        out |= _OUT
    return out


def _of_row(row: Row) -> int:
    """What the row below tells by itself."""
    return (_LABEL if row.label else 0) | (_ANCHOR if row.anchor else 0) | (_RAISED if row.raised else 0)


def _of_block(rows: Sequence[Row], promised: Mapping[int, int]) -> int:
    """What the block above tells: whether it is a heading or an item, and whether it is whole."""
    first, last = rows[0], rows[-1].line.index
    out = 0
    if first.anchor:
        out |= _set("prev.part" if last < first.anchor.last else "prev.head")
    if first.label:
        out |= _DIVISION if first.label.element == "division" else _ITEM
        if first.label.element == "division" and first.line.index in promised:
            out |= _set("prev.part" if last < promised[first.line.index] else "prev.head")
        if not any(row.pieces for row in rows):
            out |= _BARE
    return out


class _Windows:
    """The ends of lines around each break, and which of them a rule matches: found in one pass when first asked."""

    def __init__(self, texts: Iterable[str], watch: Watch) -> None:
        texts = list(texts)
        self._joined, self._watch = "\n".join(texts), watch
        self._starts = [0, *itertools.accumulate(len(text) + 1 for text in texts)]
        self._by_rule: dict[str, set[int]] = {}

    def matching(self, matcher: Matcher) -> set[int]:
        """The places, 0-based, of the texts that a rule matches."""
        if matcher.rule not in self._by_rule:
            found = matcher.scan(self._joined, self._watch)
            self._by_rule[matcher.rule] = {bisect_right(self._starts, match.start()) - 1 for match in found}
        return self._by_rule[matcher.rule]


class _Decider:
    """The boundary rules of a grammar, in order, over all rows of a text."""

    def __init__(self, rows: Sequence[Row], heads: Sequence[str], match: str, grammar: Grammar, watch: Watch) -> None:
        self._windows = _Windows(
            ["", *(f"{_end(above, match)}⏎{head}" for above, head in zip(rows, heads[1:], strict=False))], watch
        )
        self._rules = [
            (_set(*rule.when), _set(*rule.unless), rule.decide, rule.id, grammar.matcher(rule) if rule.patterns else None)
            for rule in grammar.of(Boundary)
        ]
        self._holding: dict[int, Rules] = {}

    def _held(self, evidence: int) -> Rules:
        """The rules that this evidence leaves to their patterns, in order, up to the first that has none."""
        out: list[tuple[Decision, str, Matcher | None]] = []
        for when, unless, decision, rule, matcher in self._rules:
            if evidence & when == when and not evidence & unless:
                out.append((decision, rule, matcher))
                if matcher is None:
                    return out
        return [*out, ("keep", "boundary.none", None)]

    def decide(self, evidence: int, index: int) -> tuple[Decision, str]:
        """(join or keep, rule) above a row: the first rule whose evidence and pattern hold."""
        if evidence not in self._holding:
            self._holding[evidence] = self._held(evidence)
        for decision, rule, matcher in self._holding[evidence]:
            if matcher is None or index in self._windows.matching(matcher):
                return decision, rule
        raise AssertionError("the last rule that is held has no pattern")


def _heading_above(rows: Sequence[Row], match: str, grammar: Grammar, watch: Watch) -> list[bool]:
    """Whether at each row lines in the shape of headings, one or a few, stand right before a numbered paragraph or item."""
    texts = _Windows((_unlabelled(row, match) for row in rows), watch)
    shapes = [grammar.matcher(rule) for rule in grammar.of(Heading) if rule.makes == "before_paragraph"]
    shaped = set().union(*(texts.matching(shape) for shape in shapes))
    steps = [0] * (len(rows) + 1)  # lines from here to the label, 0 where none follows
    for i in range(len(rows) - 2, -1, -1):
        if i in shaped:
            label = rows[i + 1].label
            if label is not None:
                steps[i] = int(label.element != "division")
            elif steps[i + 1]:
                steps[i] = steps[i + 1] + 1
    return [0 < n <= _HEAD_LINES for n in steps]


def _head(row: Row, match: str) -> str:
    start = row.pieces[0][0] if row.pieces and not row.label else row.start
    return match[start : min(row.end, start + _HEAD)].lstrip()


def _end(row: Row, match: str) -> str:
    end = row.pieces[-1][1] if row.pieces else row.end
    return match[max(row.start, end - _TAIL) : end].rstrip()


def _first_word(head: str) -> int:
    """Columns of the first word: what would have to fit on the line above. A Han character can stand alone."""
    found = _WORD.match(head)
    return (found.end() if found else 0) or 2


def _unlabelled(row: Row, match: str) -> str:
    """The text of a row that may be a heading; nothing where it has a label or is too long."""
    text = match[row.pieces[0][0] : row.end].strip() if row.pieces and not row.label else ""
    return text if len(text) <= _LONGEST else ""


def _evidence(series: Series, rows: Sequence[Row], heads: Sequence[str], heading: Sequence[bool]) -> list[int]:
    """What is known at the break above each row, but for what the block above tells."""
    lines, cover_end = series.sheet.lines, series.sheet.cover_end
    dump = _of_dump(lines)
    out = [0]
    for above, below, head, before_item in zip(rows, rows[1:], heads[1:], heading[1:], strict=False):
        evidence = _of_break(lines, above, below, _first_word(head)) | _of_row(below) | dump[above.line.index]
        if below.line.index < cover_end:
            evidence |= _COVER
        out.append(evidence | _HEADING if before_item else evidence)
    return out


def _bare(group: Group) -> bool:
    """Nothing but the label of a heading."""
    label = group.rows[0].label
    return label is not None and label.element == "division" and not any(row.pieces for row in group.rows)


def reflow(series: Series, found: Sequence[Row], grammar: Grammar, watch: Watch) -> Flow:
    """Rows grouped into blocks, and the decision at each boundary."""
    match = series.sheet.lines.text.match
    heads = [_head(row, match) for row in found]
    evidence = _evidence(series, found, heads, _heading_above(found, match, grammar, watch))
    decider = _Decider(found, heads, match, grammar, watch)
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
            if row.inside:
                decision, rule = "keep", row.label.rule if row.label else "boundary.inside"
            else:
                known = evidence[i] | _of_block(rows, series.promised)
                if known & _DIVISION and groups and _bare(groups[-1]):
                    known |= _set("prev.second_label")
                decision, rule = decider.decide(known, i)
            joins.append(Join(rows[-1].line.index, row.line.index, decision, rule))
            if decision == "keep":
                close(rule)
        rows.append(row)
    close("")
    return Flow(series, tuple(groups), tuple(joins))
