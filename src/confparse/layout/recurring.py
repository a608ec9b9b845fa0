"""Lines of words that recur: again and again in the middle of a sentence, or at the edges of pages."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import chain, islice, pairwise
from typing import NamedTuple

from confparse.layout.line_table import Lines
from confparse.layout.running import DEPTH, beside_titles, lettered, number_apart, numbers_in
from confparse.letters import letters
from confparse.packing import CachedValues

_OUTER = 2  # lines from the edge of a page among which its number is
_NEXT = 2  # pages on: the next one, or the next of the same side
_TWICE = 2  # what recurs is there at least so often
_WORDS = 6  # letters by which the words above a line are known again
Interrupts = Callable[[int, int], bool]  # whether the lines from the first to the last are inside a sentence


def interrupting(
    lines: Lines,
    shaped: Sequence[str],
    unclaimed: Callable[[int], bool],
    free: Callable[[int], bool],
    interrupts: Interrupts,
) -> set[int]:
    """Lines of words that recur with the same blank lines around, as often as not in the middle of a sentence. Of the
    `unclaimed` lines, `free` ones open, announce and end nothing.
    """
    places: dict[tuple[str, ...], list[int]] = {}  # by the words and the numbers, which must be the same too
    for i, shape in enumerate(shaped):
        if lettered(shape) and free(i) and lines.measures[i].wrapped:
            places.setdefault((shape, *numbers_in(lines.matched(lines.lines[i]))), []).append(i)
    recurring = {i for same in places.values() if len(same) >= _TWICE for i in same}
    setting: dict[int, tuple[int, int]] = {}
    inside: dict[str, Counter[tuple[int, int]]] = {}
    for first, last in _unlike(list(_blocks(sorted(recurring))), lines, shaped, unclaimed):
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
        for around, count in inside.get(shaped[i], {}).items()
        if 2 * count >= alike[shaped[i], around]
        and ((above, below) == around or (below == -1 and above == around[0] and end - i < DEPTH))
    }


def _unlike(
    blocks: Sequence[tuple[int, int]], lines: Lines, shaped: Sequence[str], unclaimed: Callable[[int], bool]
) -> list[tuple[int, int]]:
    """The blocks of lines without those that follow the same words most times: paragraphs that are worded alike may
    break at the same places.
    """
    words: list[str] = []
    above: dict[str, Counter[str]] = {}  # by the shape of the first line of a block
    for first, _ in blocks:
        before = next((i for i in range(first - 1, max(first - 1 - DEPTH, -1), -1) if unclaimed(i)), None)
        words.append(letters(lines.matched(lines.lines[before]))[-_WORDS:] if before is not None else "")
        above.setdefault(shaped[first], Counter())[words[-1]] += 1
    return [
        block
        for block, tail in zip(blocks, words, strict=True)
        if not tail or above[shaped[block[0]]][tail] < max(_TWICE, above[shaped[block[0]]].total() / 2)
    ]


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
        """Whether a line of the same shape on a later page is the same one: with the same numbers, or, where they are
        set apart from the words, with one that counts the pages.
        """
        differing = [(a, b) for a, b in zip(self.numbers, below.numbers, strict=True) if a != b]
        counts = len(differing) == 1 and int(differing[0][1]) - int(differing[0][0]) == below.page - self.page
        return 0 < below.page - self.page <= _NEXT and (not differing or (apart and counts))


class PageEdges(NamedTuple):
    """The first and last lines of the pages of a text, from each edge inwards.

    `unclaimed` lines are counted from the edge; of these, `free` ones open nothing. `share` is the share of all pages
    that must have a line: the text itself, or the rows of tables, may recur on a few.
    """

    lines: Lines
    pages: Sequence[range]
    shaped: Sequence[str]
    unclaimed: Callable[[int], bool]
    free: Callable[[int], bool]

    def recurring(self, share: float) -> set[int]:
        """Lines of words that are at the same edge of pages that follow each other, or of every second page."""
        out: set[int] = set()
        often = Counter(self.shaped)
        for step in (1, -1):
            runs: dict[str, list[list[_Edge]]] = {}
            for number, page in enumerate(self.pages):
                for i in self._outermost(page, step, DEPTH):
                    shape = self.shaped[i]
                    if often[shape] < _TWICE or not lettered(shape) or not self.free(i):
                        continue
                    text = self.lines.matched(self.lines.lines[i])
                    edge = _Edge(number, i, numbers_in(text))
                    shape_runs = runs.setdefault(shape, [])
                    apart = number_apart(text) is not None
                    run = next((run for run in shape_runs if run[-1].repeated_by(edge, apart)), None)
                    if run is None:
                        shape_runs.append([edge])
                    else:
                        run.append(edge)
            least = _least(share, self.pages)
            out |= {
                edge.line for shape_runs in runs.values() for run in shape_runs if len(run) >= least for edge in run
            }
        return out

    def counting(self, share: float, alone: Mapping[int, int]) -> set[int]:
        """Lines whose numbers, set apart from any words, also those of a chapter, beside those of a title, or `alone`,
        count as the pages do; on the last page, the line of the same words that continues the count, wherever it is:
        notes to the paper may be below it.
        """
        titles = beside_titles(self.shaped)
        counts: dict[int, dict[int, int]] = {}  # by the number that page 0 would have: the line of each page
        for page, own in enumerate(self.pages):
            for step in (1, -1):
                for i in self._outermost(own, step, _OUTER):
                    number = self._number(i, titles, alone)
                    if number is None or number <= 0 or i in self.lines.ends:
                        continue
                    if self.free(i) or i in alone or number_apart(self.lines.matched(self.lines.lines[i])) is not None:
                        counts.setdefault(number - page, {}).setdefault(page, i)
        first = max(counts, key=lambda number: len(counts[number]), default=0)
        longest = counts.get(first, {})
        if len(longest) < _least(share, self.pages):
            return set()
        last = len(self.pages) - 1
        if last in longest:
            return set(longest.values())
        same = {self.shaped[i] for i in longest.values()}
        spare = (i for i in self.pages[last] if self.shaped[i] in same and self.unclaimed(i) and self.free(i))
        return {*longest.values(), *(i for i in spare if self._number(i, titles, alone) == first + last)}

    def _outermost(self, page: range, step: int, depth: int) -> Iterable[int]:
        """The unclaimed lines nearest to an edge of a page: to the first line for step 1, to the last for -1."""
        return islice(filter(self.unclaimed, page[::step]), depth)

    def _number(self, i: int, titles: Set[str], alone: Mapping[int, int]) -> int | None:
        """The number in a line of page matter; `titles` are the shapes of titles with a number beside them."""
        text = self.lines.matched(self.lines.lines[i])
        numbers = numbers_in(text) if self.shaped[i] in titles else ()
        return int(numbers[0]) if len(numbers) == 1 else alone.get(i, number_apart(text))


def _least(share: float, pages: Sequence[range]) -> int:
    """The least number of pages that a running head is on."""
    return max(_TWICE, round(share * len(pages)))


def page_ranges(starts: Sequence[int], count: int) -> Sequence[range]:
    """Pages as ranges of lines, from the first lines of all but the first."""
    cuts = array("I", chain([0], starts, [count]))
    return CachedValues(lambda i: range(cuts[i], cuts[i + 1]), len(cuts) - 1)
