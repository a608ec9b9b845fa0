"""What is known at each line boundary: the measure, blank lines, labels, headings. A piece of evidence is a bit."""

from array import array
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING, get_args

from confparse.labels.types import Series
from confparse.layout.line_table import Line, Lines
from confparse.layout.lines import WIDEST
from confparse.letters import WORD
from confparse.punctuation import WIDE_BLANK
from confparse.reflow.headings import before_label, first_lines, over_prose, shaped_as_heading
from confparse.reflow.types import Segment
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import PackedTexts
from confparse.rules.line_breaks import Evidence
from confparse.rules.time_budget import TimeBudget

if TYPE_CHECKING:
    import regex

_TAIL = 40  # characters at the end of the line above that a pattern sees
_HEAD = 48  # characters at the start of the line below that it sees
_FULL = 0.97  # share of the measure: a line that reaches it is full
_LOOSE = 0.95  # share of the measure: a line that does not reach it, with the word below, had room for that
_SHORT = 0.80  # the same for a line that is short
_BRIEF = 0.5  # share of the measure: a short line that does not reach it holds no more than a name or a date
_PARAGRAPH_INDENT = 2 * WIDE_BLANK  # two ideographic blanks, by which Chinese typesetting opens a paragraph
_SET_RIGHT = 0.4  # share of the measure beyond which both lines begin that are set at its right
_LONG = 60  # columns: thirty Han characters; a line is seldom wider than that unless it holds a sentence
_BITS: Mapping[Evidence, int] = {name: 1 << i for i, name in enumerate(get_args(Evidence))}


def bits(*names: Evidence) -> int:
    """Pieces of evidence as one number, one bit per piece."""
    return sum(_BITS[name] for name in names)


_FULL_LINE, _LOOSE_LINE, _SHORT_LINE = bits("full"), bits("loose"), bits("short")
_BRIEF_LINE, _LONG_LINE = bits("brief"), bits("long")
_GAP, _WIDE_GAP, _TIGHT_GAP = bits("gap"), bits("wide_gap"), bits("tight_gap")
_GAP_PARTS = bits("parted")
_ATTACHMENT = bits("next.attachment")
_SEAM, _RAISED = bits("seam"), bits("raised")
_IN, _OUT, _FIRST = bits("indent_in"), bits("indent_out"), bits("indent_first")
_IN_NAME, _BLANK_TWICE, _FIRST_ABOVE = bits("in_name"), bits("blank_twice"), bits("first_above")
_SHAPED, _BODY_START = bits("prev.heading"), bits("body_start")
_COVER, _HEADING, _LABEL, _ANCHOR = bits("cover"), bits("next.heading"), bits("next.label"), bits("next.part_start")
DIVISION, _ITEM, _BARE = bits("prev.division"), bits("prev.item"), bits("prev.label")
OF_BLOCK = DIVISION | _ITEM | _BARE | bits("prev.head", "prev.part", "prev.second_label", "prev.title")


def _of_dump(lines: Lines) -> list[int]:
    """What the dump tells at each line: its habits, and those of the page."""
    habits = (bits("blanks_tell") if lines.blanks_tell else 0) | (bits("aligned") if lines.aligned else 0)
    habits |= bits("whole_lines") if lines.text.source.whole_lines else 0
    by_measure = {
        measure: habits | (bits("wrapped") if measure.wrapped else 0) | (bits("indented") if measure.left > 2 else 0)
        for measure in set(lines.measures)
    }
    return [by_measure[measure] for measure in lines.measures]


def _of_break(lines: Lines, above: Segment, below: Segment, first_word: int) -> int:
    """What the two lines around a break tell: measure, blank lines, indents. `first_word` is columns of the line
    below.
    """
    a, b = above.line, below.line
    measure = lines.measures[a.index]
    width = max(1, measure.right - measure.left)
    used = a.right - min(measure.left, a.indent)
    reach = (used + 1 + first_word) / width
    out = _LONG_LINE if a.right - a.indent >= _LONG else 0
    if used / width >= _FULL or reach > 1.0:
        out |= _FULL_LINE
    if reach < _LOOSE:
        out |= _LOOSE_LINE
        if reach < _SHORT:
            out |= _SHORT_LINE
            set_right = min(a.indent, b.indent) - measure.left > _SET_RIGHT * width  # as signatures are
            if (a.right - a.indent if set_right else used) / width < _BRIEF:
                out |= _BRIEF_LINE
    if below.seam:
        out |= _SEAM
    elif lines.parted and b.blanks > 0:
        out |= _GAP | _GAP_PARTS
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
    elif lines.opens_by_indent(b.index):
        out |= _FIRST
    if _blank_twice(lines, b) and not (measure.wrapped and _blank_twice(lines, a)):
        out |= _BLANK_TWICE
    elif out & _OUT and _blank_twice(lines, a):
        out |= _FIRST_ABOVE
    return out


def _blank_twice(lines: Lines, line: Line) -> bool:
    """Whether a line is indented by two ideographic blanks."""
    before = lines.text.source.text[max(0, line.start - len(_PARAGRAPH_INDENT)) : line.start]
    return before == _PARAGRAPH_INDENT


def _of_segment(segment: Segment) -> int:
    """What the segment below tells by itself."""
    out = (_LABEL if segment.label else 0) | (_RAISED if segment.raised else 0)
    if segment.part_start:
        out |= _ANCHOR | (_ATTACHMENT if segment.part_start.element == "attachment" else 0)
    return out


def of_block(first: Segment, last: int, bare: bool, promised: Mapping[int, int]) -> int:
    """What the block above tells by its first segment and its last line: whether it is a heading or an item, and
    whether it is whole. `bare`: it has no text but its label.
    """
    out = 0
    if first.part_start:
        out |= bits("prev.part" if last < first.part_start.last else "prev.head")
    if first.label:
        out |= DIVISION if first.label.element == "division" else _ITEM
        if first.label.element == "division" and first.line.index in promised:
            out |= bits("prev.part" if last < promised[first.line.index] else "prev.head")
        if bare:
            out |= _BARE
    return out


def windows(segments: Sequence[Segment], match: str) -> PackedTexts:
    """The end of the segment above and the start of each segment, the break between them written ⏎; nothing above the
    first.
    """
    pairs = pairwise(segments)
    return PackedTexts(chain([""], (f"{_end(above, match)}⏎{_head(below, match)}" for above, below in pairs)))


def _head(segment: Segment, match: str) -> str:
    start = segment.pieces[0][0] if segment.pieces and not segment.label else segment.start
    return match[start : min(segment.end, start + _HEAD)].lstrip()


def _end(segment: Segment, match: str) -> str:
    end = segment.pieces[-1][1] if segment.pieces else segment.end
    return match[max(segment.start, end - _TAIL) : end].rstrip()


def _first_word(head: str) -> int:
    """Columns of the first word: what would have to fit on the line above; of Han text one character."""
    match = WORD.match(head)
    return (match.end() if match else 0) or 2


def _in_name(end: str, head: str, names: "regex.Pattern[str]") -> bool:
    """Whether one of some names goes over the break between the end of one line and the start of the next."""
    return any(m.start() < len(end) < m.end() for m in names.finditer(f"{end} {head}"))


def _between_capitals(end: str, head: str) -> bool:
    """Whether the words on both sides of a break have capitals, as those of a name do."""
    return head[:1].isupper() and end.rpartition(" ")[2][:1].isupper() and end[-1:].isalpha()


def at_breaks(series: Series, segments: Sequence[Segment], grammar: Grammar, budget: TimeBudget) -> Sequence[int]:
    """What is known at the break above each segment, without what the block above tells."""
    lines, cover_end = series.layout.lines, series.layout.cover_end
    shaped = shaped_as_heading(segments, lines, grammar, budget)
    headings, prose_headings = before_label(segments, shaped), over_prose(series, segments, shaped)
    wrapped = first_lines(series, segments, prose_headings)
    dump = _of_dump(lines)
    uncut = max((line.right for line in lines.lines), default=0) > WIDEST  # some line is wider than any dump cuts them
    out = array("Q", [0] if segments else [])
    for i, (above, below) in enumerate(pairwise(segments)):
        head = _head(below, lines.text.match)
        evidence = _of_break(lines, above, below, _first_word(head)) | _of_segment(below) | dump[above.line.index]
        if uncut:
            evidence &= ~_LONG_LINE
        if below.line.index < cover_end:
            evidence |= _COVER
            if _in_name(_end(above, lines.text.match), head, grammar.named("bodies")[0]):
                evidence |= _IN_NAME
        elif above.line.index < cover_end:
            evidence |= _BODY_START
        elif evidence & _SHORT_LINE and _between_capitals(end := _end(above, lines.text.match), head):
            evidence |= _IN_NAME if _in_name(end, head, grammar.named("states")[0]) else 0
        evidence |= _HEADING if i + 1 in headings or i + 1 in prose_headings or i + 1 in wrapped else 0
        evidence |= _SHAPED if i in prose_headings else 0
        out.append(evidence)
    return out
