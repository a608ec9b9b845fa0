"""Footnote marks inside running text: found by shape, believed by their notes or by their series.

Marks count up through a paper, and one may be repeated; so a number without a note is a mark if it continues from the
highest so far, or repeats one, and nothing that is counted follows it.
"""

from collections.abc import Iterable, Sequence

from confparse.labels.types import PartStart, Removal, SeriesLabel
from confparse.layout.types import Note, NoteMark, PageLayout
from confparse.numerals import in_mark
from confparse.rules.joined_texts import IndexSet

_SKIP = 2  # marks that may have been lost between two
_FIRST = 9  # an excerpt may start with any of the first marks


def note_refs(
    layout: PageLayout, labels: Iterable[SeriesLabel], part_starts: Iterable[PartStart]
) -> tuple[Removal, ...]:
    """The marks in running text, in order, each with the place of its note among all notes if it was found. The numbers
    of labels and of parts are none.
    """
    lines = layout.lines.lines
    labelled = IndexSet(label.start for label in labels) if layout.marks else IndexSet()
    for part in part_starts:
        if part.num:
            labelled.add(lines[part.line].start)
    by_number: dict[str, list[int]] = {}
    for place, footnote in enumerate(layout.notes):
        by_number.setdefault(_key(footnote.num), []).append(place)
    out: list[Removal] = []
    highest = 0
    for mark in layout.marks:
        if mark.line in layout.claims or mark.start in labelled or (mark.line < layout.cover_end and not mark.known):
            continue
        page = layout.page_of(mark.line)
        places = by_number.get(_key(mark.num), ())
        note = _note(mark, page, places, layout.notes)
        if note is None and not (mark.known and mark.num.isdecimal()):  # a bare number may be an amount
            note = _only(mark, places, layout.notes)
        n = in_mark(mark.num)
        counts = n is not None and 1 <= n <= (highest + 1 + _SKIP if highest else _FIRST)
        if not (note is not None if mark.known else counts):
            continue
        if out and mark.start < out[-1].end:
            continue
        highest = max(highest, n or 0)
        out.append(Removal("footnote_mark", mark.start, mark.end, mark.rule, note))
    return tuple(out)


def _key(num: str | None) -> str:
    """What a mark and the number of its note share, whatever form each has: the number, else the stars."""
    number = in_mark(num)
    return str(number) if number is not None else num or ""


def _only(mark: NoteMark, places: Sequence[int], notes: Sequence[Note]) -> int | None:
    """The place of the one note of that number below a mark, in a paper that has all its notes on one later page."""
    pages = {note.pages for note in notes}
    below = [p for p in places if notes[p].lines and notes[p].lines[0] > mark.line]
    return below[0] if len(pages) == len(places) == len(below) == 1 else None


def _note(mark: NoteMark, page: int, places: Sequence[int], notes: Sequence[Note]) -> int | None:
    """The place of the note that a mark on a page points to: one whose marks may be there, below it if there is
    one.
    """
    fitting = [p for p in places if notes[p].pages[0] <= page <= notes[p].pages[1] and mark.line not in notes[p].lines]
    below = [p for p in fitting if notes[p].lines and notes[p].lines[0] > mark.line]
    return next(iter([*below, *fitting]), None)
