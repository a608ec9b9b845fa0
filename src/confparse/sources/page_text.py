"""Rows of a page to text: wide gaps become blanks, free space becomes blank lines, columns are read one by one."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from confparse.sources.columns import Columns
from confparse.sources.page_rows import Glyph, Row, base, rows, runs

_COLUMN = 0.5  # sizes that a blank stands for
_WIDE = 1.2  # sizes from which a gap is more than one between words
_WORDS = 0.2  # sizes between two words that the file does not part
_PARTED = 0.02  # sizes between two words that it does part
_LEADING = 1.2  # sizes from line to line
_BLANK_LINES = 3  # blank lines in a row, at most
_MOST_BLANKS = 240  # blanks in a row, at most


ASLANT = -1  # the direction of what runs in no quarter of the circle, such as a stamp across the page
PageGlyphs = dict[int, list[Glyph]]  # by direction: quarters of a circle against the clock, 0 is upright; or ASLANT


def turned_text(page_glyphs: PageGlyphs, columns: Columns) -> str:
    """The text of a page whose characters run in several directions.

    That in which most run is read first, the others after it; heads and feet of a turned page are where they are.
    """
    lines = {turn: glyphs for turn, glyphs in page_glyphs.items() if turn != ASLANT}
    if not lines:
        return _aslant(page_glyphs)
    most = max(lines, key=lambda turn: (len(lines[turn]), turn == 0))
    main = lines.pop(most)
    middle = page_text(main, columns)
    head: list[Glyph] = []
    foot: list[Glyph] = []
    if most != 0 and (upright := lines.pop(0, None)):
        places = [*(_height(g, most) for g in main), *(g.base for g in upright)]
        half = (min(places) + max(places)) / 2
        head = [g for g in upright if g.base >= half]
        foot = [g for g in upright if g.base < half]
    others = [page_text(lines[turn], columns) for turn in sorted(lines)]
    return "".join((page_text(head, columns), middle, page_text(foot, columns), *others, _aslant(page_glyphs)))


def _height(glyph: Glyph, turn: int) -> float:
    """How high on its page a character of a turned page is."""
    return {0: glyph.base, 1: glyph.left, 2: -glyph.base, 3: -glyph.left}[turn]


def _aslant(page_glyphs: PageGlyphs) -> str:
    glyphs = page_glyphs.get(ASLANT, ())
    return "".join(" " * g.spaced + g.char for g in glyphs).strip() + "\n" * bool(glyphs)


def page_text(glyphs: Sequence[Glyph], columns: Columns) -> str:
    """The text of a page from its characters in the order of the file; each line ends with a line feed.

    `columns` is that of the paper, from page to page.
    """
    if not glyphs:
        return ""
    column = _COLUMN * median(glyph.size for glyph in glyphs)
    lines: list[str] = []
    above: float | None = None
    for stretch in columns.stretches(rows(runs(glyphs))):
        left = min(run.left for row in stretch for run in row)
        for row in stretch:
            at = base(row)
            if above is not None:
                room = (above - at) / (_LEADING * max(run.size for run in row))
                lines += [""] * min(_BLANK_LINES, max(0, round(room) - 1))
            lines.append(_line(row, left, column))
            above = at
    return "".join(f"{line}\n" for line in lines)


def _line(row: Row, left: float, column: float) -> str:
    """A row as a line; what is after a wide gap starts in its column, if that is free."""
    glyphs = sorted((glyph for run in row for glyph in run.glyphs), key=lambda glyph: glyph.left)
    line = " " * min(_MOST_BLANKS, round((glyphs[0].left - left) / column)) + glyphs[0].char
    for last, glyph in pairwise(glyphs):
        size = max(last.size, glyph.size)
        gap = glyph.left - last.right
        if glyph.is_again(last):
            continue
        if gap > _WIDE * size:
            line = line.ljust(max(len(line) + 2, min(len(line) + _MOST_BLANKS, round((glyph.left - left) / column))))
        elif gap > _WORDS * size or (glyph.spaced and gap > _PARTED * size):
            line += " "
        line += glyph.char
    return line
