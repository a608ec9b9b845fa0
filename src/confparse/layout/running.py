"""What recurs at the turns of pages: numbers that count up, and the lines beside them.

A running head says anything: the symbol, the body and the day, a title. What makes it page matter is that the same line
recurs beside numbers that count up from page to page, or at the edges of pages, or again and again in the middle of a
sentence. A line is compared by its shape: white space left out and every number written as one sign; what wide gaps set
apart in one order, for left and right pages print it in mirrored ones. A sentence recurs only with its numbers.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from confparse.layout.line_table import Lines

_NUMBER = re.compile(r"\d+")
_NUMBER_SIGN = "#"
_GAP = re.compile(r"\s{3,}")  # what sets the parts of a line apart
_DASH = "[·•–—―─~-]?"  # on both sides of a number, as an ornament
_BESIDE = re.compile(rf"^{_DASH}(\d{{1,4}}){_DASH}\s{{3,}}\S|\S\s{{3,}}{_DASH}(\d{{1,4}}){_DASH}$")  # set apart
_LABELLED = re.compile(r"\d{1,4}\s+\S+(?:\s{1,2}\S+)*$")  # a number and words without a gap
_LONGEST = 200  # characters of a line of page matter
_DIGITS = 4  # of the number of a page
_TWICE = 2  # what recurs is there at least so often
_LETTERS = 2  # letters that a line needs to be more than a number
DEPTH = 4  # lines of page matter above or below a turn of the page
MISSING = 3  # pages whose number may be missing between two that are found
_PAGE = 8  # lines of the shortest page of which a number alone is believed
_RAGGED = 0.15  # of the measure: the longest word that may have gone to the next line
_LEAST = 0.4  # times the median page: no page is shorter but the last
_MOST = 2.5  # times the median page: none is longer, with one number between that was not found
_EVEN = 1.4  # times the shortest page, the longest if all are set alike; what stands under headings differs more


class Numbered(NamedTuple):
    """A line that may be the number of a page: its index, the number, and the shape that it shares with other pages."""

    line: int
    number: int
    shape: str


def shapes(lines: Lines) -> list[str]:
    """The shape of each line; empty for a line too long for page matter."""
    known: dict[str, str] = {}  # lines of one shape share it
    found = (
        _shape(lines.matched(line), line.index in lines.ends.sentence) if line.end - line.start <= _LONGEST else ""
        for line in lines.lines
    )
    return [known.setdefault(shape, shape) for shape in found]


def _shape(text: str, is_sentence: bool) -> str:
    return "".join(text.split()) if is_sentence else _NUMBER.sub(_NUMBER_SIGN, _in_one_order(text))


def _in_one_order(text: str) -> str:
    """A line without white space, the parts that wide gaps set apart sorted, numbers alone last."""
    parts = _GAP.split(text.strip())
    if len(parts) > 1:
        parts.sort(key=lambda part: (part.isdecimal(), _NUMBER.sub(_NUMBER_SIGN, part)))
    return "".join("".join(parts).split())


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers in a line, in the order in which its shape has their signs."""
    return tuple(_NUMBER.findall(_in_one_order(text)))


def number_apart(text: str) -> int | None:
    """The number that is set apart from the words of a line at either end of it; None if there is none."""
    match = _BESIDE.search(text)
    return int(match[1] or match[2]) if match is not None else None


def labelled(lines: Lines, i: int) -> bool:
    """Whether a number opens a line that runs on to the right edge without a gap, as a paragraph does and no head of a
    page.
    """
    return _reaches_right(lines, i) and _LABELLED.match(lines.matched(lines.lines[i])) is not None


def fills_measure(lines: Lines, i: int) -> bool:
    """Whether a line runs from the left edge to the right one without a gap, as those inside a paragraph do: the same
    words may fill a line of two paragraphs that are worded alike.
    """
    line, measure = lines.lines[i], lines.measures[i]
    from_left = line.indent <= measure.left + _RAGGED * (measure.right - measure.left)
    return from_left and _reaches_right(lines, i) and _GAP.search(lines.matched(line).strip()) is None


def _reaches_right(lines: Lines, i: int) -> bool:
    measure = lines.measures[i]
    return measure.wrapped and lines.lines[i].right >= measure.right - _RAGGED * (measure.right - measure.left)


def lettered(shape: str) -> bool:
    """Whether a shape holds words, and not only a number and its ornaments."""
    return sum(map(str.isalpha, shape)) >= _LETTERS


def beside_text(lines: Lines, shaped: Sequence[str], free: Callable[[int], bool]) -> list[Numbered]:
    """Numbers that share their line with words: set apart by blanks, or in a line that recurs but for them and fills no
    measure.
    """
    apart: list[Numbered] = []
    for line, shape in zip(lines.lines, shaped, strict=True):
        if _NUMBER_SIGN in shape and lettered(shape):
            number = number_apart(lines.matched(line))
            apart += [Numbered(line.index, number, "apart")] if number is not None and free(line.index) else []
    found = {item.line for item in apart}
    within = beside_same_words(lines, shaped, lambda i: i not in found and free(i) and not fills_measure(lines, i))
    return sorted([*apart, *within])


def beside_same_words(lines: Lines, shaped: Sequence[str], free: Callable[[int], bool]) -> list[Numbered]:
    """The numbers in lines that recur but for them."""
    often = Counter(shaped)
    known: dict[str, str] = {}
    out: list[Numbered] = []
    for line, shape in zip(lines.lines, shaped, strict=True):
        if _NUMBER_SIGN in shape and lettered(shape) and often[shape] >= _TWICE and free(line.index):
            numbers = enumerate(numbers_in(lines.matched(line)))
            places = ((int(n), f"{shape} {k}") for k, n in numbers if len(n) <= _DIGITS)
            out += [Numbered(line.index, n, known.setdefault(place, place)) for n, place in places]
    return out


def longest_count(found: Iterable[Numbered]) -> list[Numbered]:
    """The longest run of numbers, in the order of the text, in which each follows the one before."""
    best: dict[int, list[tuple[int, Numbered, int]]] = {}  # by number: (length, the line, its place among all)
    ordered, trail = (
        sorted(found),
        array("i"),
    )  # by the place of each: that of the one before it in its run, -1 for none
    top = (0, -1)
    for own, item in enumerate(ordered):
        earlier = [
            entry
            for back in range(1, MISSING + 1)
            for entry in best.get(item.number - back, ())
            if entry[1].line < item.line
        ]
        length, _, place = max(earlier, key=lambda e: (e[0], e[1].line), default=(0, item, -1))
        trail.append(place)
        lately = best.setdefault(item.number, [])
        lately.append((length + 1, item, own))
        del lately[:-MISSING]
        top = max(top, (length + 1, own), key=lambda t: t[0])
    out: list[Numbered] = []
    place = top[1]
    while place >= 0:
        out.append(ordered[place])
        place = trail[place]
    return out[::-1]


def regular(count: Sequence[Numbered]) -> bool:
    """Whether numbers follow each other at the distance of pages: three at least, none much nearer or farther. Of more,
    the last may be nearer: the last page ends where the text does.
    """
    steps = [(b.line - a.line) / (b.number - a.number) for a, b in pairwise(count)]
    if len(steps) < 2:
        return False
    usual = median(steps)
    whole = steps[:-1] if len(steps) > 2 else steps
    return usual >= _PAGE and min(whole) >= _LEAST * usual and max(steps) <= _MOST * usual


def longest_even_count(found: Iterable[Numbered]) -> list[Numbered]:
    """The longest run of numbers beside the same words that follow each other at the same distance, as nothing but
    pages does: numbered headings of one wording have texts of any length below them.
    """
    by_shape: dict[str, list[Numbered]] = {}
    for item in found:
        by_shape.setdefault(item.shape, []).append(item)
    return max((count for own in by_shape.values() if _even(count := longest_count(own))), key=len, default=[])


def _even(count: Sequence[Numbered]) -> bool:
    steps = [(b.line - a.line) / (b.number - a.number) for a, b in pairwise(count)]
    whole = steps[:-1] if len(steps) > 2 else steps
    return regular(count) and max(whole) <= _EVEN * min(whole)


class Turns:
    """The turns of the pages of a text without form feeds: where the numbers of its pages are."""

    def __init__(self, lines: Lines, shaped: Sequence[str], free: Callable[[int], bool]) -> None:
        self._lines, self._shapes, self._free = lines, shaped, free

    def around(self, at: int) -> list[int]:
        """The free lines within reach of page matter above and below a line, nearest first."""
        near = [i for step in range(1, DEPTH + 1) for i in (at - step, at + step)]
        return [i for i in near if 0 <= i < len(self._shapes) and self._free(i)]

    def recurring(self, places: Sequence[int]) -> set[str]:
        """The shapes of words that are near two of some lines at least, the top of the text being as good as one."""
        seen: dict[str, set[int]] = {}
        top = [i for i in range(min(DEPTH, len(self._shapes))) if self._free(i)]
        for near in (top, *map(self.around, places)):
            for i in near:
                if lettered(self._shapes[i]):
                    seen.setdefault(self._shapes[i], set()).add(i)
        return {shape for shape, found in seen.items() if len(found) > 1}

    def beside(self, places: Sequence[int]) -> set[int]:
        """The lines of recurring shape that nothing but page matter parts from one of some lines."""
        recurring = self.recurring(places)
        return {
            i
            for place in places
            for step in (-1, 1)
            for i in self._run(place, step, lambda j: not self._free(j) or self._shapes[j] in recurring)
            if self._free(i)
        }

    def _run(self, start: int, step: int, holds: Callable[[int], bool]) -> list[int]:
        """The lines from a start, up or down, for as long as a condition holds, at most as deep as page matter is."""
        out: list[int] = []
        for i in range(start + step, start + step * (DEPTH + 1), step):
            if not 0 <= i < len(self._shapes) or not holds(i):
                break
            out.append(i)
        return out
