"""Characters of a page to rows: what is on one baseline, with what is raised above it.

Coordinates are those of PDF: points, y upwards. A row is read from left to right; a number that is smaller and raised
comes out as raised digits, which the rules of notes know.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from confparse.punctuation import COMMAS

_AGAIN = 0.1  # sizes by which a character is off that is printed twice to look bold
_SAME = 0.1  # share of its size by which the characters of a run may differ in size and place
_RUN_GAP = 1.5  # sizes between two characters of one run
_ROW = 0.4  # sizes by which the runs of one row may be higher or lower
_ROWS_BACK = 8  # rows above that a run may still belong to
_SMALLER = 1.15  # times the size of a raised number is at most that of its row; of browsers, 1.2
_LOWEST, _HIGHEST = 0.1, 0.75  # sizes of the row by which a raised number is raised
_BEFORE, _BEHIND = 2.5, 1.0  # sizes of the row between a raised number and the text after or before it
_RAISED_LENGTH = 6  # characters raised together
_HOSTS = 200  # runs of a page that are tried as the row of a raised number
_DIGITS, _PARTING = frozenset("0123456789"), frozenset(COMMAS)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹") | dict.fromkeys(map(ord, COMMAS), " ")


class Glyph(NamedTuple):
    """A character and its box: the left and right end of its advance, its baseline, its size, all in points; and its
    place among the characters of the page, as the file gives them.
    """

    char: str
    left: float
    right: float
    base: float
    size: float
    spaced: bool = False  # the file has a blank before it
    place: int = 0

    def is_again(self, last: "Glyph") -> bool:
        """Whether it is the character to its left, printed once more to look bold, and no part of the same ligature."""
        ligature = self.place == last.place + 1 and (self.left, self.right) == (last.left, last.right)
        return self.char == last.char and self.left - last.left < _AGAIN * max(last.size, self.size) and not ligature


class TextRun(NamedTuple):
    """Characters that were set one after the other."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    base: float
    size: float


Row = list[TextRun]


def runs(glyphs: Sequence[Glyph]) -> list[TextRun]:
    """Characters in the order of the file as runs of one size on one baseline."""
    out: list[TextRun] = []
    own: list[Glyph] = []
    for glyph in glyphs:
        if own and not _goes_on(own[-1], glyph, own[0].size):
            out.append(_run(own))
            own = []
        own.append(glyph)
    return [*out, _run(own)] if own else out


def _goes_on(last: Glyph, glyph: Glyph, size: float) -> bool:
    return (
        abs(glyph.base - last.base) < _SAME * size
        and abs(glyph.size - size) < _SAME * size
        and -size < glyph.left - last.right < _RUN_GAP * size
    )


def _run(glyphs: Sequence[Glyph]) -> TextRun:
    left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
    return TextRun(tuple(glyphs), left, right, glyphs[0].base, glyphs[0].size)


def rows(runs: Sequence[TextRun]) -> list[Row]:
    """The rows of a page from its top to its foot, each from left to right."""
    hosts = _hosts(runs)
    plain = sorted((i for i in range(len(runs)) if i not in hosts), key=lambda i: -runs[i].base)
    out: list[Row] = []
    of: dict[int, Row] = {}
    for i in plain:
        run = runs[i]
        for row in reversed(out[-_ROWS_BACK:]):
            if abs(row[0].base - run.base) < _ROW * max(row[0].size, run.size):
                break
        else:
            out.append(row := [])
        row.append(run)
        of[i] = row
    for i, host in hosts.items():
        of[host].append(_raised(runs[i]))
    return [sorted(row, key=lambda run: run.left) for row in out]


def base(row: Row) -> float:
    """The baseline of a row: that of its longest run."""
    return max(row, key=lambda run: run.size * len(run.glyphs)).base


def _hosts(runs: Sequence[TextRun]) -> dict[int, int]:
    """The runs that are raised, each with a run of its row, which is not a raised one."""
    order = sorted(range(len(runs)), key=lambda i: runs[i].base)
    bases = [runs[i].base for i in order]
    tallest = max((run.size for run in runs), default=0.0)
    out: dict[int, int] = {}
    for i, run in enumerate(runs):
        if len(run.glyphs) > _RAISED_LENGTH:
            continue
        low, high = (bisect_left(bases, run.base - share * tallest) for share in (_HIGHEST, 0.0))
        near = (order[k] for k in range(high - 1, max(low, high - _HOSTS) - 1, -1))
        host = next((k for k in near if _is_host(runs[k], run)), None)
        if host is not None:
            out[i] = host
    return {i: host for i, host in out.items() if host not in out}


def _is_host(row: TextRun, run: TextRun) -> bool:
    return (
        row.size > _SMALLER * run.size
        and _LOWEST * row.size < run.base - row.base < _HIGHEST * row.size
        and row.left - _BEFORE * row.size <= run.right
        and run.left <= row.right + _BEHIND * row.size
    )


def _raised(run: TextRun) -> TextRun:
    """Raised numbers as raised digits, with blanks where commas separate them; anything else as it is."""
    chars = {glyph.char for glyph in run.glyphs}
    if not chars & _DIGITS or chars - _DIGITS - _PARTING:
        return run
    return run._replace(glyphs=tuple(g._replace(char=g.char.translate(_RAISED)) for g in run.glyphs))
