"""Vertical print: characters that are upright below each other, in columns from right to left.

A column is a row of a page that was turned by a quarter with the clock, so it is returned as one.
"""

from bisect import bisect_left
from itertools import pairwise

from confparse.sources.page_rows import Glyph
from confparse.sources.page_text import PageGlyphs

_ASIDE = 0.35  # sizes by which the middle of a character may be beside that above it
_NEXT, _FARTHEST = 0.6, 2.0  # sizes from one character down to the next
_MOST_OF = 0.5  # share of the steps of a page from which it is printed in columns
_LEAST = 8  # steps down that prove columns
_OVER, _UNDER = 0.88, 0.12  # sizes of a character above and below its baseline
_MIDDLE = (_OVER - _UNDER) / 2  # sizes of its middle above its baseline
_DOWN = 3  # quarters of a circle against the clock


def with_columns(page_glyphs: PageGlyphs) -> PageGlyphs:
    """The characters of a page; those that are in vertical columns among the ones that run down the page."""
    upright = page_glyphs.get(0, [])
    steps = [_is_below(a, b) for a, b in pairwise(upright)]
    if sum(steps) < max(_LEAST, _MOST_OF * len(steps)):
        return page_glyphs
    inside = [one or two for one, two in zip([False, *steps], [*steps, False], strict=True)]
    proved = [glyph for glyph, own in zip(upright, inside, strict=True) if own]
    sideways = page_glyphs.get(_DOWN, [])
    middles = sorted([*map(_middle, proved), *(glyph.base + _MIDDLE * glyph.size for glyph in sideways)])
    low, high = min(glyph.base for glyph in proved), max(glyph.base for glyph in proved)

    def stands(glyph: Glyph) -> bool:
        """Whether a character alone, between words that lie on their side, is in one of the columns."""
        at = bisect_left(middles, _middle(glyph) - _ASIDE * glyph.size)
        near = at < len(middles) and middles[at] < _middle(glyph) + _ASIDE * glyph.size
        return near and low <= glyph.base <= high

    columns = [own or stands(glyph) for glyph, own in zip(upright, inside, strict=True)]
    rows = [glyph for glyph, own in zip(upright, columns, strict=True) if not own]
    turned = [_turned(glyph) for glyph, own in zip(upright, columns, strict=True) if own]
    return {**page_glyphs, 0: rows, _DOWN: [*turned, *sideways]}


def _middle(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2


def _is_below(above: Glyph, glyph: Glyph) -> bool:
    size = max(above.size, glyph.size)
    aside = abs(_middle(above) - _middle(glyph)) < _ASIDE * size
    return aside and _NEXT * size < above.base - glyph.base < _FARTHEST * size


def _turned(glyph: Glyph) -> Glyph:
    """A character as it would lie on a page that was turned: its place down the page is that in its row.

    Its baseline is that of words on their side, which are in the middle of the column.
    """
    top, foot = glyph.base + _OVER * glyph.size, glyph.base - _UNDER * glyph.size
    return Glyph(glyph.char, -top, -foot, _middle(glyph) - _MIDDLE * glyph.size, glyph.size, glyph.spaced)
