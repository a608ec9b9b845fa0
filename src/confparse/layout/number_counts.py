"""Numbers that count up through a text as those of its pages do: runs of them, and how far apart they are."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from confparse.packing import LARGEST, Lazy

MISSING = 3  # pages whose number may be missing between two that are found
_PAGE = 8  # lines of the shortest page of which a number alone is believed
_LEAST = 0.4  # times the median page: no page is shorter but the last
_MOST = 2.5  # times the median page: none is longer, with one number between that was not found
_EVEN = 1.4  # times the shortest page, the longest if all are set alike; what is under headings differs more


class Numbered(NamedTuple):
    """A line that may be the number of a page: its index, the number, and the shape that it shares with other pages."""

    line: int
    number: int
    shape: str


class Numbers(Lazy[Numbered]):
    """Numbers of one shape in columns: a text may have one on each of its lines."""

    def __init__(self, shape: str, numbers: Iterable[Numbered] = ()) -> None:
        self._shape, self._lines, self._numbers = shape, array("I"), array("q")
        for item in numbers:
            self.add(item.line, item.number)

    def add(self, line: int, number: int) -> None:
        """Put a number after the last one."""
        self._lines.append(line)
        self._numbers.append(min(number, LARGEST))

    def at(self, at: int) -> Numbered:
        return Numbered(self._lines[at], self._numbers[at], self._shape)

    def __len__(self) -> int:
        return len(self._lines)


def longest_count(numbers: Sequence[Numbered]) -> list[Numbered]:
    """The longest run of numbers, which are given in the order of the text, in which each follows the one before."""
    best: dict[int, list[tuple[int, Numbered, int]]] = {}  # by number: (length, the line, its place among all)
    trail = array("i")  # by the place of each: that of the one before it in its run, -1 for none
    top = (0, -1)
    for own, item in enumerate(numbers):
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
        out.append(numbers[place])
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


def longest_even_count(numbers: Sequence[Numbered]) -> list[Numbered]:
    """The longest run of numbers beside the same words that follow each other at the same distance, as nothing but
    pages does: numbered headings of one wording have texts of any length below them. Left and right pages may have
    different words.
    """
    by_shape: dict[str, list[Numbered]] = {}
    ordered = sorted(numbers)
    for item in ordered:
        by_shape.setdefault(item.shape, []).append(item)
    counts = [*map(longest_count, by_shape.values()), longest_count(ordered)]
    return max(filter(_even, counts), key=len, default=[])


def _even(count: Sequence[Numbered]) -> bool:
    steps = [(b.line - a.line) / (b.number - a.number) for a, b in pairwise(count)]
    whole = steps[:-1] if len(steps) > 2 else steps
    return regular(count) and max(whole) <= _EVEN * min(whole)
