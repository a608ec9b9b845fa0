"""Text to Lines: the habits of the dump, measured before anything is trusted.

Blank lines often carry no information, lines may or may not be cut at a measure, and -layout dumps indent by page.
"""

import itertools
import re
from bisect import bisect_right
from collections import Counter

from confparse.layout.types import Line, Lines, Measure
from confparse.text.types import Text, width

_FEED = re.compile("\f")
_LEADERS = [re.compile(shape) for shape in (r"\.{5}", r"…{2}", r"(?:\. ){4}")]  # what leads to a column of numbers
_TAB = 8
_WINDOW = 0.92  # full lines end within this share of the measure
_WRAPPED = 0.3  # share of the long lines that end there in a dump cut at a measure
_OWN_MEASURE = 8  # long lines that a page needs for a measure of its own
_LONG = 30  # columns
_WIDEST = 130  # columns
_PAGE = 60  # lines
_TIGHT = 0.1  # share of the lines that follow without a blank one, where blank lines mean something
_GOING_ON = 0.4  # share of those whose line above reaches the measure
_PARTED = 0.3  # share of the blank lines below a line that reaches it, at most


def _split(text: Text) -> list[Line]:
    feeds = [match.start() for match in _FEED.finditer(text.source.text)]
    lines: list[Line] = []
    offset = blanks = 0
    for raw in text.text.split("\n"):
        body = raw.strip()
        if body:
            lead = len(raw) - len(raw.lstrip())
            indent = width(raw[:lead].expandtabs(_TAB)) if lead else 0
            start = offset + lead
            page = bisect_right(feeds, start) if feeds else 0
            lines.append(Line(len(lines), start, start + len(body), indent, indent + width(body), blanks, page))
            blanks = 0
        else:
            blanks += 1
        offset += len(raw) + 1
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


def _ragged(text: Text, lines: list[Line]) -> set[int]:
    """Lines set in columns, which tell no measure."""
    starts = [line.start for line in lines]
    return {bisect_right(starts, m.start()) - 1 for leader in _LEADERS for m in leader.finditer(text.text)}


def _measure(lines: list[Line], ragged: set[int], base: Measure | None) -> Measure:
    """The measure of a stretch of lines; that of the whole text where too few of them are long."""
    long = [line for line in lines if line.right - line.indent > _LONG and line.index not in ragged]
    if base is not None and len(long) < _OWN_MEASURE:
        return base
    right, near = _crowded([line.right for line in long]) if long else (0, 0)
    full = [line.indent for line in long if right * _WINDOW <= line.right <= right]
    left = Counter(full).most_common(1)[0][0] if full else 0
    longish = sum(line.right - line.indent > 0.5 * (right - left) for line in long)
    over = sum(line.right > 1.3 * right for line in long)
    if len(long) < _OWN_MEASURE:  # too few to tell by: no dump is cut at more columns than this
        return Measure(left, right, right <= _WIDEST)
    return Measure(left, right, near > _WRAPPED * longish and over < 0.3 * longish)


def _stretches(lines: list[Line]) -> list[list[Line]]:
    """The lines of each page; where a dump has no pages, stretches as long as one."""
    if lines and lines[-1].page == 0:
        return [lines[i : i + _PAGE] for i in range(0, len(lines), _PAGE)]
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return list(pages.values())


def _gaps(lines: list[Line], measures: list[Measure]) -> tuple[int, bool]:
    """The blank lines between two lines of one paragraph, and whether more than that mean something.

    They do if lines that reach the measure, and so go on, mostly have none below them, and lines above blank ones are short.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a.page == b.page]
    usual = Counter(b.blanks for _, b in pairs).most_common(1)
    if not usual:
        return 0, False
    tight, apart = [a for a, b in pairs if b.blanks == 0], [a for a, b in pairs if b.blanks > 0]
    if len(tight) >= _TIGHT * len(pairs) and apart:
        wrapped = sum(_reaches(line, measures[line.index]) for line in tight) >= _GOING_ON * len(tight)
        ended = sum(_reaches(line, measures[line.index]) for line in apart) <= _PARTED * len(apart)
        if wrapped and ended:
            return 0, True
    return usual[0][0], usual[0][0] == 0 and bool(apart)


def _reaches(line: Line, measure: Measure) -> bool:
    """Whether a line runs to the measure."""
    return measure.wrapped and line.right - measure.left >= _WINDOW * (measure.right - measure.left)


def measure(text: Text) -> Lines:
    """Split a text into lines and measure them: columns of full lines by page, and what blank lines are worth."""
    lines = _split(text)
    ragged = _ragged(text, lines)
    whole = _measure(lines, ragged, None)
    measures: list[Measure] = []
    for stretch in _stretches(lines):
        own = _measure(stretch, ragged, whole)
        measures += [own if own.wrapped else whole] * len(stretch)
    usual, tell = _gaps(lines, measures)
    starts = tuple(line.start for line in lines)
    paged = bool(lines) and lines[-1].page > lines[0].page
    return Lines(text, tuple(lines), tuple(measures), tell, usual, starts, paged)
