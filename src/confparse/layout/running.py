"""What recurs at the turns of pages: numbers that count up, and the lines beside them.

A running head says anything: the symbol, the body and the day, a title. What makes it page matter is that the same line
recurs beside numbers that count up from page to page, or at the edges of pages, or again and again in the middle of a
sentence. A line is compared by its shape: white space left out and every number written as one sign; what wide gaps set
apart in one order, for left and right pages print it in mirrored ones. A sentence recurs only with its numbers.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, pairwise
from statistics import median
from typing import NamedTuple

from confparse.layout.types import Lines

_NUMBER = re.compile(r"\d+")
_NUMBER_SIGN = "#"
_GAP = re.compile(r"\s{3,}")  # what sets the parts of a line apart
_BESIDE = re.compile(r"^(\d{1,4})\s{3,}\S|\S\s{3,}(\d{1,4})$")  # a number set apart at either end of a line
_LONGEST = 200  # characters of a line of page matter
_LETTERS = 2  # letters that a line needs to be more than a number
_DEPTH = 4  # lines of page matter above or below a turn of the page
MISSING = 3  # pages whose number may be missing between two that are found
_PAGE = 8  # lines of the shortest page of which a number alone is believed
_LEAST, _MOST = 0.4, 2.5  # a page against the median page: the first and the last are short, none is twice as long

Interrupts = Callable[[int, int], bool]  # whether the lines from the first to the last stand inside a sentence


class Numbered(NamedTuple):
    """A line that may be the number of a page: its index, the number, and the shape that it shares with other pages."""

    line: int
    number: int
    shape: str


def shapes(lines: Lines) -> list[str]:
    """The shape of each line; empty for a line too long for page matter."""
    return [
        _shape(lines.matched(line), line.index in lines.ends.sentence) if line.end - line.start <= _LONGEST else ""
        for line in lines.lines
    ]


def _shape(text: str, is_sentence: bool) -> str:
    return "".join(text.split()) if is_sentence else _NUMBER.sub(_NUMBER_SIGN, _in_one_order(text))


def _in_one_order(text: str) -> str:
    """A line without white space, the parts that wide gaps set apart sorted, numbers alone last."""
    parts = _GAP.split(text.strip())
    if len(parts) > 1:
        parts.sort(key=lambda part: (part.isdecimal(), _NUMBER.sub(_NUMBER_SIGN, part)))
    return "".join("".join(parts).split())


def numbered_apart(text: str) -> bool:
    """Whether a number is set apart from the words of a line."""
    return _BESIDE.search(text) is not None


def lettered(shape: str) -> bool:
    """Whether a shape holds words, and not only a number and its ornaments."""
    return sum(map(str.isalpha, shape)) >= _LETTERS


def beside_text(lines: Lines, shaped: Sequence[str], free: Callable[[int], bool]) -> list[Numbered]:
    """Numbers that share their line with words: set apart by blanks, or in a line that recurs but for them."""
    often = Counter(shaped)
    out: list[Numbered] = []
    for line, shape in zip(lines.lines, shaped, strict=True):
        if _NUMBER_SIGN not in shape or not lettered(shape):
            continue
        text = lines.matched(line)
        apart = _BESIDE.search(text)
        if (apart is None and often[shape] < 2) or not free(line.index):
            continue
        if apart is not None:
            out.append(Numbered(line.index, int(apart[1] or apart[2]), "apart"))
        else:
            numbers = _NUMBER.findall(_in_one_order(text))  # as the shape has them
            out += [Numbered(line.index, int(n), f"{shape} {k}") for k, n in enumerate(numbers) if len(n) <= 4]
    return out


def longest_count(found: Iterable[Numbered]) -> list[Numbered]:
    """The longest run of numbers, in the order of the text, in which each goes on from the one before."""
    best: dict[int, list[tuple[int, Numbered, int]]] = {}  # by number: (length, the line, its place among all)
    trail: list[tuple[Numbered, int]] = []
    top = (0, -1)
    for item in sorted(found):
        earlier = [
            entry
            for back in range(1, MISSING + 1)
            for entry in best.get(item.number - back, ())[-MISSING:]
            if entry[1].line < item.line
        ]
        length, _, place = max(earlier, key=lambda e: (e[0], e[1].line), default=(0, item, -1))
        trail.append((item, place))
        best.setdefault(item.number, []).append((length + 1, item, len(trail) - 1))
        top = max(top, (length + 1, len(trail) - 1), key=lambda t: t[0])
    out: list[Numbered] = []
    place = top[1]
    while place >= 0:
        item, place = trail[place]
        out.append(item)
    return out[::-1]


def regular(count: Sequence[Numbered]) -> bool:
    """Whether numbers follow each other at the distance of pages: three at least, none much nearer or farther. Of more, the
    last may be nearer: the last page ends where the text does.
    """
    steps = [(b.line - a.line) / (b.number - a.number) for a, b in pairwise(count)]
    if len(steps) < 2:
        return False
    usual = median(steps)
    whole = steps[:-1] if len(steps) > 2 else steps
    return usual >= _PAGE and min(whole) >= _LEAST * usual and max(steps) <= _MOST * usual


class Turns:
    """The turns of the pages of a text without form feeds: where the numbers of its pages stand."""

    def __init__(self, lines: Lines, shaped: Sequence[str], free: Callable[[int], bool]) -> None:
        self._lines, self._shapes, self._free = lines, shaped, free

    def around(self, at: int) -> list[int]:
        """The free lines within reach of page matter above and below a line, nearest first."""
        near = [i for step in range(1, _DEPTH + 1) for i in (at - step, at + step)]
        return [i for i in near if 0 <= i < len(self._shapes) and self._free(i)]

    def recurring(self, places: Sequence[int]) -> set[str]:
        """The shapes of words that stand near two of some lines at least, the top of the text being as good as one."""
        seen: dict[str, set[int]] = {}
        top = [i for i in range(min(_DEPTH, len(self._shapes))) if self._free(i)]
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
        for i in range(start + step, start + step * (_DEPTH + 1), step):
            if not 0 <= i < len(self._shapes) or not holds(i):
                break
            out.append(i)
        return out


def interrupting(lines: Lines, shaped: Sequence[str], free: Callable[[int], bool], interrupts: Interrupts) -> set[int]:
    """Lines of words that recur with the same blank lines around, as often as not in the middle of a sentence."""
    places: dict[str, list[int]] = {}
    for i, shape in enumerate(shaped):
        if lettered(shape) and free(i) and lines.measures[i].wrapped:
            places.setdefault(shape, []).append(i)
    recurring = {i for found in places.values() if len(found) > 1 for i in found}
    setting: dict[int, tuple[int, int]] = {}
    inside: dict[str, Counter[tuple[int, int]]] = {}
    for first, last in _blocks(sorted(recurring)):
        around = (lines.lines[first].blanks, lines.lines[last + 1].blanks if last + 1 < len(lines.lines) else -1)
        for i in range(first, last + 1):
            setting[i] = around
            if first > 0 and interrupts(first, last):
                inside.setdefault(shaped[i], Counter())[around] += 1
    end = len(lines.lines) - 1
    alike = Counter((shaped[i], around) for i, around in setting.items())
    return {
        i
        for i, (above, below) in setting.items()
        for known, count in inside.get(shaped[i], {}).items()
        if 2 * count >= alike[shaped[i], known]
        and ((above, below) == known or (below == -1 and above == known[0] and end - i < _DEPTH))
    }


def _blocks(indexes: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Runs of indexes without a gap, as first and last."""
    first = 0
    for place, (a, b) in enumerate(pairwise([*indexes, -1])):
        if b != a + 1:
            yield indexes[first], a
            first = place + 1


class _Edge(NamedTuple):
    """A line at an edge of a page: the page, the line, and the numbers in it."""

    page: int
    line: int
    numbers: tuple[str, ...]

    def repeated_by(self, below: "_Edge", apart: bool) -> bool:
        """Whether a line of the same shape on a later page is the same one: with the same numbers, or, where they are set
        apart from the words, with one that counts the pages.
        """
        differing = [(a, b) for a, b in zip(self.numbers, below.numbers, strict=True) if a != b]
        counts = len(differing) == 1 and int(differing[0][1]) - int(differing[0][0]) == below.page - self.page
        return 0 < below.page - self.page <= 2 and (not differing or (apart and counts))


def recurring_at_edges(
    lines: Lines,
    pages: Sequence[range],
    shaped: Sequence[str],
    unclaimed: Callable[[int], bool],
    free: Callable[[int], bool],
    share: float,
) -> set[int]:
    """Lines of words that stand at the same edge of pages that follow each other, or of every second page.

    `unclaimed` lines are counted from the edge; of these, `free` ones open nothing. `share` is the share of all pages that must have them: what stands there on a few may be the text itself.
    """
    out: set[int] = set()
    often = Counter(shaped)
    for step in (1, -1):
        runs: dict[str, list[list[_Edge]]] = {}
        for number, page in enumerate(pages):
            for i in islice((j for j in page[::step] if unclaimed(j)), _DEPTH):
                if often[shaped[i]] < 2 or not lettered(shaped[i]) or not free(i):
                    continue
                text = lines.matched(lines.lines[i])
                edge = _Edge(number, i, tuple(_NUMBER.findall(_in_one_order(text))))  # as the shape has them
                known = runs.setdefault(shaped[i], [])
                apart = numbered_apart(text)
                run = next((run for run in known if run[-1].repeated_by(edge, apart)), None)
                if run is None:
                    known.append([edge])
                else:
                    run.append(edge)
        least = max(2, round(share * len(pages)))
        out |= {edge.line for known in runs.values() for run in known if len(run) >= least for edge in run}
    return out


def page_ranges(starts: Sequence[int], count: int) -> list[range]:
    """Pages as ranges of lines, from the first lines of all but the first."""
    cuts = [0, *starts, count]
    return [range(a, b) for a, b in pairwise(cuts)]
