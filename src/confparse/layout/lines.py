"""Text to Lines: the habits of the dump, measured before anything is trusted.

Blank lines often carry no information, lines may or may not be cut at a measure, and -layout dumps indent by page.
"""

import itertools
import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from confparse.layout.contents_forms import matchers_of
from confparse.layout.line_ends import line_ends, one_sentence_each
from confparse.layout.line_table import Line, LineEnds, Lines, LineTable, Measure
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget
from confparse.text.types import Text, width

_FEED = re.compile("\f")
_ROW = re.compile(r"[^\n]*(?:\n|\Z)")
_TAB = 8
_WINDOW = 0.92  # full lines end within this share of the measure
_WRAPPED = 0.3  # share of the long lines that end there in a dump cut at a measure
_LONGISH = 0.5  # share of the measure from which on a line is one of those
_OVER = 1.3  # times the measure: a line that runs so far is not cut at it
_MANY_OVER = 0.3  # share of such lines among the long ones that shows another measure
_OWN_MEASURE = 8  # long lines that a page needs for its own measure
_MOSTLY_WRAPPED = 0.5  # share of the pages cut at a measure of their own, if a dump indents each page differently
_MOSTLY_LONG = 0.4  # share of long lines on a short page of prose
_LONG = 30  # columns
WIDEST = 130  # columns: no dump breaks its lines wider than this
_PAGE = 60  # lines
_WIDE_SHARE = 0.9  # share of the lines that are no wider than the measure if lines end unevenly
_MOSTLY_CUT = 0.6  # share of the long lines that end inside a sentence there
_FAR = 0.7  # share of the measure that such lines reach
_MOSTLY_FAR = 0.75  # share of them that do
_FEWEST_OPEN = 2  # full lines that end inside a sentence, at least
_OPEN = 0.3  # share of the full lines that end inside a sentence in a dump cut at a measure
_TIGHT = 0.1  # share of the lines that follow without a blank one, if blank lines mean something
_GOING_ON = 0.4  # share of those whose line above reaches the measure
_PARTED = 0.3  # share of the blank lines below a line that reaches it, at most
_FEW_LONG = 0.2  # share of long lines up to which a text may be set in narrow columns
_MOSTLY_FULL = 0.5  # share of the lines of a text in narrow columns that reach its measure
_MANY_WIDE = 0.2  # share of the long lines that are wider than any page prints if lines are whole paragraphs


def _split(text: Text) -> LineTable:
    feeds = [match.start() for match in _FEED.finditer(text.source.text)]
    lines = LineTable()
    blanks = 0
    for row in _ROW.finditer(text.text):
        raw = row[0]
        body = raw.strip()
        if body:
            lead = len(raw) - len(raw.lstrip())
            indent = width(raw[:lead].expandtabs(_TAB)) if lead else 0
            start = row.start() + lead
            page = bisect_right(feeds, start) if feeds else 0
            lines.add(start, start + len(body), indent, indent + width(body), blanks, page)
            blanks = 0
        else:
            blanks += 1
    return lines


def _crowded(values: list[int]) -> tuple[int, int]:
    """The value under which most values pile up closely, and how many do."""
    values = sorted(values)
    best, low = (0, 0), 0
    for high, value in enumerate(values):
        while values[low] < value * _WINDOW:
            low += 1
        if high - low + 1 > best[0]:
            best = (high - low + 1, value)
    return best[1], best[0]


def _ragged(text: Text, lines: LineTable, grammar: Grammar, budget: TimeBudget) -> set[int]:
    """Lines set in columns, which tell no measure."""
    starts = (at for matcher in matchers_of(grammar, "dots") for at in matcher.extents(text.text, budget).starts)
    return {bisect_right(lines.starts, at) - 1 for at in starts}


def _long(lines: Iterable[Line], ragged: set[int]) -> list[Line]:
    return [line for line in lines if line.right - line.indent > _LONG and line.index not in ragged]


def _measure(lines: Sequence[Line], ends: LineEnds, ragged: set[int], base: Measure | None) -> Measure:
    """The measure of a stretch of lines; that of the whole text if too few of them are long."""
    long = _long(lines, ragged)
    if base is None and len(long) < _FEW_LONG * len(lines) and (narrow := _narrow(lines, ends)):
        return narrow
    if len(long) < _OWN_MEASURE:
        return base or _of_few(long or lines)
    right, near = _crowded([line.right for line in long])
    full = [line for line in long if right * _WINDOW <= line.right <= right]
    left = _usual_indent(full)
    longish = sum(line.right - line.indent > _LONGISH * (right - left) for line in long)
    over = sum(line.right > _OVER * right for line in long)
    if near > _WRAPPED * longish and over < _MANY_OVER * longish:
        full_open = sum(not ends.closed(line.index) for line in full)  # one may be a heading
        return Measure(left, right, full_open >= max(_FEWEST_OPEN, _OPEN * near))
    own = _uneven(long, ends, Measure(left, right, False))
    return own if own.wrapped or base is not None else _widest(long, ends, own)


def _measures(lines: LineTable, ends: LineEnds, ragged: set[int], whole: Measure) -> Iterator[tuple[Measure, int]]:
    """The measure of each stretch, and its lines. If most are cut at their own, so is one of prose that is too short to
    show it.
    """
    by_stretch = [_measure(stretch, ends, ragged, whole) for stretch in _stretches(lines)]
    cut = not whole.wrapped and sum(own.wrapped for own in by_stretch) > _MOSTLY_WRAPPED * len(by_stretch)
    for stretch, own in zip(_stretches(lines), by_stretch, strict=True):
        long = _long(stretch, ragged) if cut and own is whole else []
        prose = long and len(long) > _MOSTLY_LONG * len(stretch)  # the cells of a table are short
        yield _of_few(long) if prose else own if own.wrapped else whole, len(stretch)


def _narrow(lines: Sequence[Line], ends: LineEnds) -> Measure | None:
    """The measure of a text in columns so narrow that few of its lines are long: most lines reach it, and end inside
    sentences there.
    """
    right, near = _crowded([line.right for line in lines])
    full = array("I", (line.index for line in lines if right * _WINDOW <= line.right <= right))
    cut = sum(not ends.closed(i) for i in full)
    narrow = near >= max(_OWN_MEASURE, _MOSTLY_FULL * len(lines)) and cut >= _MOSTLY_CUT * near
    return Measure(_usual_indent(map(lines.__getitem__, full)), right, True) if narrow else None


def _of_few(lines: Sequence[Line]) -> Measure:
    """The measure of lines too few to tell by: the widest reaches it, and no dump is cut at more columns than some."""
    right = max((line.right for line in lines), default=0)
    return Measure(_usual_indent(line for line in lines if right * _WINDOW <= line.right), right, right <= WIDEST)


def _usual_indent(lines: Iterable[Line]) -> int:
    usual = Counter(line.indent for line in lines).most_common(1)
    return usual[0][0] if usual else 0


def _widest(long: list[Line], ends: LineEnds, measure: Measure) -> Measure:
    """The measure of a text of short paragraphs: its widest lines reach it, if they end inside sentences."""
    right = max(line.right for line in long)
    widest = [line for line in long if line.right >= _WINDOW * right]
    cut = sum(not ends.closed(line.index) for line in widest)
    wrapped = right <= WIDEST and cut >= max(_FEWEST_OPEN, _MOSTLY_CUT * len(widest))
    return Measure(measure.left, right, True) if wrapped else measure


def _uneven(long: list[Line], ends: LineEnds, measure: Measure) -> Measure:
    """The measure of lines that end unevenly, as those of Han and Latin characters do, if they are cut inside
    sentences.
    """
    rights = sorted(line.right for line in long)
    right = rights[int(len(rights) * _WIDE_SHARE)]
    prose = [line for line in long if line.index not in ends.clause]
    cut = [line for line in prose if not ends.closed(line.index)]
    far = sum(line.right - line.indent >= _FAR * right for line in cut)
    wrapped = len(cut) >= _MOSTLY_CUT * len(prose) and far >= _MOSTLY_FAR * len(cut)
    return Measure(measure.left, right, True) if wrapped else measure


def _stretches(lines: LineTable) -> Iterator[list[Line]]:
    """The lines of each page; if a dump has no pages, stretches as long as one."""
    if lines and lines[-1].page == 0:
        yield from (lines[i : i + _PAGE] for i in range(0, len(lines), _PAGE))
        return
    yield from (list(page) for _, page in itertools.groupby(lines, key=lambda line: line.page))


def _gaps(lines: LineTable, measures: list[Measure]) -> tuple[int, bool]:
    """The blank lines between two lines of one paragraph, and whether more than that mean something.

    They do if lines that reach the measure, and so continue, mostly have none below them, and lines above blank ones
    are short.
    """
    blanks, reaching = Counter[int](), Counter[bool]()  # by blank lines below; by whether there are any
    for above, below in itertools.pairwise(lines):
        if above.page == below.page:
            blanks[below.blanks] += 1
            reaching[below.blanks > 0] += _reaches(above, measures[above.index])
    usual = blanks.most_common(1)
    if not usual:
        return 0, False
    tight = blanks[0]
    apart = blanks.total() - tight
    if tight >= _TIGHT * blanks.total() and apart:
        wrapped = reaching[False] >= _GOING_ON * tight
        ended = reaching[True] <= _PARTED * apart
        if wrapped and ended:
            return 0, True
    return usual[0][0], usual[0][0] == 0 and bool(apart)


def _whole_paragraphs(lines: LineTable, measure: Measure) -> bool:
    """Whether the lines of a text are cut at no measure, and many are longer than a page is wide."""
    long = wide = 0
    for line in lines:
        long += line.right - line.indent > _LONG
        wide += line.right - line.indent > WIDEST
    return not measure.wrapped and wide > _MANY_WIDE * long


def _reaches(line: Line, measure: Measure) -> bool:
    """Whether a line runs to the measure."""
    return measure.wrapped and line.right - measure.left >= _WINDOW * (measure.right - measure.left)


def measure(text: Text, grammar: Grammar, budget: TimeBudget) -> Lines:
    """Split a text into lines and measure them: columns of full lines by page, and what blank lines are worth."""
    lines = _split(text)
    ends = line_ends(text, lines, grammar, budget)
    ragged = _ragged(text, lines, grammar, budget)
    whole = _measure(lines, ends, ragged, None)
    measures = [own for own, size in _measures(lines, ends, ragged, whole) for _ in range(size)]
    usual, tell = _gaps(lines, measures)
    paged = bool(lines) and lines[-1].page > lines[0].page
    aligned = not whole.wrapped and one_sentence_each(text, lines, ends, grammar, budget)
    return Lines(text, lines, ends, tuple(measures), tell, usual, _whole_paragraphs(lines, whole), paged, aligned)
