"""What recurs at the turns of pages: numbers that count up, and the lines beside them.

A running head says anything: the symbol, the body and the day, a title. What makes it page matter is that the same line
recurs beside numbers that count up from page to page, or at the edges of pages, or again and again in the middle of a
sentence. A line is compared by its shape: white space left out and every number written as one sign; what wide gaps set
apart in one order, for left and right pages print it in mirrored ones. A sentence recurs only with its numbers.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import pairwise

from confparse.layout.line_table import Lines
from confparse.layout.number_counts import Numbered
from confparse.letters import HAN
from confparse.punctuation import BARS

_NUMBER = re.compile(r"\d+")
_NUMBER_SIGN = "#"
_GAP = re.compile(r"\s{3,}")  # what sets the parts of a line apart
_LEFT, _RIGHT = r"(?:[·•–—―─~-]\s?)?", r"(?:\s?[·•–—―─~-])?"  # on both sides of a number, as ornaments
_BAR = rf"\s*[{BARS}]\s*"  # between a number and words, instead of a gap
_BESIDE = re.compile(  # set apart
    rf"^{_LEFT}[A-Z]?(\d{{1,4}}){_RIGHT}(?:\s{{3,}}|{_BAR})\S|\S(?:\s{{2,}}|{_BAR}){_LEFT}[A-Z]?(\d{{1,4}}){_RIGHT}$"
)
_LABELLED = re.compile(r"\d{1,4}\s+\S+(?:\s{1,2}\S+)*$")  # a number and words without a gap
_LONGEST = 200  # characters of a line of page matter
_DIGITS = 4  # of the number of a page
_TOP = 20  # lines at the top of a text among which its titles are
_TWICE = 2  # what recurs is there at least so often
_LETTERS = 2  # letters that a line needs to be more than a number
DEPTH = 4  # lines of page matter above or below a turn of the page
_WORD = re.compile(r"[^\W\d_]+")
_COVER_WORDS = 3  # words of a running head that is known by those of the cover, at least
_OF_COVER = 0.8  # share of its words that are on the cover
_RAGGED = 0.15  # of the measure: the longest word that may have gone to the next line


def shapes(lines: Lines) -> list[str]:
    """The shape of each line; empty for a line too long for page matter."""
    shared: dict[str, str] = {}  # lines of one shape share it
    line_shapes = (
        _shape(lines.matched(line), line.index in lines.ends.sentence) if line.end - line.start <= _LONGEST else ""
        for line in lines.lines
    )
    return [shared.setdefault(shape, shape) for shape in line_shapes]


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
    """Whether a number opens a line that reaches the right edge without a gap, as a paragraph does and no head of a
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
    """Numbers that share their line with words: set apart by blanks, or in a line that recurs except for them and fills
    no measure.
    """
    apart: list[Numbered] = []
    for line, shape in zip(lines.lines, shaped, strict=True):
        if _NUMBER_SIGN in shape and lettered(shape):
            number = number_apart(lines.matched(line))
            apart += [Numbered(line.index, number, "apart")] if number is not None and free(line.index) else []
    apart_lines = {item.line for item in apart}
    within = beside_same_words(
        lines, shaped, lambda i: i not in apart_lines and free(i) and not fills_measure(lines, i)
    )
    return sorted([*apart, *within])


def beside_same_words(lines: Lines, shaped: Sequence[str], free: Callable[[int], bool]) -> list[Numbered]:
    """The numbers in lines that recur except for them; words of a title count as one more occurrence. A
    number that is the same in all of them, as those of a day are, is left out.
    """
    often = Counter(shaped)
    often.update(beside_titles(shaped))
    by_place: dict[str, list[Numbered]] = {}
    for line, shape in zip(lines.lines, shaped, strict=True):
        if _NUMBER_SIGN in shape and lettered(shape) and often[shape] >= _TWICE and free(line.index):
            numbers = enumerate(numbers_in(lines.matched(line)))
            for place, n in ((f"{shape} {k}", int(n)) for k, n in numbers if len(n) <= _DIGITS):
                own = by_place.setdefault(place, [])
                own.append(Numbered(line.index, n, own[0].shape if own else place))
    return [item for own in by_place.values() if len(own) == 1 or len({i.number for i in own}) > 1 for item in own]


def beside_titles(shaped: Sequence[str]) -> set[str]:
    """The shapes that are the words of a title at the top of the text and a number."""
    titles = set(shaped[:_TOP]) - {""}
    return {shape for shape in set(shaped) if _NUMBER_SIGN in shape and shape.replace(_NUMBER_SIGN, "") in titles}


def opening(shaped: Sequence[str], heads: Container[str], free: Callable[[int], bool]) -> list[int]:
    """The free lines at the top of a text that are heads of later pages, up to one that says what is above it again."""
    own: dict[str, int] = {}
    for i in filter(free, range(len(shaped))):
        if shaped[i] not in heads or own.setdefault(shaped[i], i) != i:
            break
    return list(own.values())


def _words(text: str) -> Iterator[str]:
    """The Latin words of a text in small letters, and each pair of neighbouring Han characters."""
    for word in _WORD.findall(text.casefold()):
        yield from ((a + b for a, b in pairwise(word)) if HAN.search(word) else (word,))


class Turns:
    """The turns of the pages of a text without form feeds: where the numbers of its pages are."""

    def __init__(
        self,
        lines: Lines,
        shaped: Sequence[str],
        free: Callable[[int], bool],
        unlabelled: Callable[[int], bool],
    ) -> None:
        self._lines, self._shapes, self._free, self._unlabelled = lines, shaped, free, unlabelled

    def around(self, at: int) -> list[int]:
        """The free lines within reach of page matter above and below a line, nearest first."""
        near = [i for step in range(1, DEPTH + 1) for i in (at - step, at + step)]
        return [i for i in near if 0 <= i < len(self._shapes) and self._free(i)]

    def recurring(self, places: Sequence[int]) -> set[str]:
        """The shapes of words that are near two of some lines at least, the top of the text counting as one. What
        has a label is text: a heading may be at the turn of a page twice, once in the agenda.
        """
        lines_of_shape: dict[str, set[int]] = {}
        top = [i for i in range(min(DEPTH, len(self._shapes))) if self._free(i)]
        for near in (top, *map(self.around, places)):
            for i in near:
                if lettered(self._shapes[i]) and self._unlabelled(i):
                    lines_of_shape.setdefault(self._shapes[i], set()).add(i)
        return {shape for shape, lines in lines_of_shape.items() if len(lines) > 1}

    def beside(self, places: Sequence[int]) -> set[int]:
        """The lines of recurring shape that only page matter separates from one of some lines."""
        recurring = self.recurring(places)
        return {
            i
            for place in places
            for step in (-1, 1)
            for i in self._run(place, step, lambda j: not self._free(j) or self._shapes[j] in recurring)
            if self._free(i)
        }

    def of_cover(self, places: Sequence[int], cover_end: int) -> set[int]:
        """The lines next to one of some lines, set apart, that are not a sentence and hold little but words of the
        cover: a paper of two pages prints its running head once.
        """
        lines = self._lines.lines
        cover = set(_words(" ".join(self._lines.matched(line) for line in lines[:cover_end])))
        nearest = (
            next((i for i in self.around(place) if (i - place) * step > 0), None)
            for place in places
            for step in (-1, 1)
        )
        out: set[int] = set()
        for i in nearest:
            if i is None or i < cover_end or i in self._lines.ends.sentence or not self._unlabelled(i):
                continue
            own = set(_words(self._lines.matched(lines[i])))
            apart = lines[i].blanks and (i + 1 == len(lines) or lines[i + 1].blanks)
            if len(own) >= _COVER_WORDS and len(own & cover) >= _OF_COVER * len(own) and apart:
                out.add(i)
        return out

    def _run(self, start: int, step: int, holds: Callable[[int], bool]) -> list[int]:
        """The lines from a start, up or down, for as long as a condition holds, at most as deep as page matter is."""
        out: list[int] = []
        for i in range(start + step, start + step * (DEPTH + 1), step):
            if not 0 <= i < len(self._shapes) or not holds(i):
                break
            out.append(i)
        return out
