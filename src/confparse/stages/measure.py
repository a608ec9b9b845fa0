"""Text to Lines: the habits of the dump, measured before anything is trusted.

Blank lines often carry no information, lines may or may not be cut at a measure, and -layout dumps indent by page.
"""

from bisect import bisect_right
from collections import Counter

from confparse.hops import Line, Lines, Measure
from confparse.text import Text

_TAB = 8
_WINDOW = 0.92  # full lines end within this share of the measure
_WRAPPED = 0.3  # share of the long lines that end there in a dump cut at a measure
_OWN_MEASURE = 8  # lines that a page needs for a measure of its own


def _width(text: str) -> int:
    """Columns that a text takes: two for a Han character and full-width punctuation. GB18030 counts alike, in C."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace")) - 2 * text.count("\ufffd")


def _split(text: Text) -> list[Line]:
    feeds = [i for i, c in enumerate(text.source.text) if c == "\f"] if "\f" in text.source.text else []
    lines: list[Line] = []
    offset = blanks = 0
    for raw in text.text.split("\n"):
        body = raw.strip()
        if body:
            lead = len(raw) - len(raw.lstrip())
            indent = _width(raw[:lead].expandtabs(_TAB)) if lead else 0
            start = offset + lead
            page = bisect_right(feeds, start) if feeds else 0
            lines.append(Line(len(lines), start, start + len(body), indent, indent + _width(body), blanks, page))
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


def _measure(lines: list[Line], base: Measure | None) -> Measure:
    long = [line for line in lines if line.right - line.indent > 30]
    if base is not None and len(long) < _OWN_MEASURE:
        return base
    right = _crowded([line.right for line in long])[0] if long else 0
    full = [line.indent for line in long if line.right > right * _WINDOW]
    left = Counter(full).most_common(1)[0][0] if full else 0
    return Measure(left, right)


def measure(text: Text) -> Lines:
    """Split a text into lines and measure them: columns of full lines by page, and what blank lines are worth."""
    lines = _split(text)
    whole = _measure(lines, None)
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    count = max(pages, default=-1) + 1
    indented = sum(line.indent > 2 for line in lines) > len(lines) / 3
    measures = tuple(_measure(pages.get(p, []), whole) if indented else whole for p in range(count))
    long = [line for line in lines if line.right - line.indent > 0.5 * whole.right]
    full = [line for line in long if whole.right * _WINDOW <= line.right <= whole.right]
    over = [line for line in long if line.right > 1.3 * whole.right]
    wrapped = indented or (len(full) > _WRAPPED * len(long) and len(over) < 0.3 * len(long) and len(full) > 2)
    gaps = Counter(b.blanks for a, b in zip(lines, lines[1:], strict=False) if a.page == b.page)
    usual = gaps.most_common(1)[0][0] if gaps else 0
    return Lines(text, tuple(lines), measures, wrapped, sum(gaps.values()) > 0 and usual == 0, usual)
