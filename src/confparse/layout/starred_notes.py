"""Notes with stars or letters among the numbered notes of a page: above them, or after one of them."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from confparse.layout.line_table import Lines
from confparse.layout.note_openings import FOOT_LINES, Opening
from confparse.layout.note_texts import to_sentence_end
from confparse.layout.types import LineClaim, Note
from confparse.numerals import in_mark


def above_numbered(
    page: range, starts: Mapping[int, Opening], claims: Mapping[int, LineClaim], number: int
) -> list[Note]:
    """The notes with stars or letters right above the numbered notes of a page, from the first such note on."""
    numbered = next((i for i in page if i in claims and claims[i].zone == "note"), page.stop)
    opening = [i for i in range(max(page.start, numbered - FOOT_LINES), numbered) if i in starts and i not in claims]
    firsts = [i for i in opening if starts[i].num is not None and in_mark(starts[i].num) is None]
    bounds = pairwise([*firsts, numbered])
    return [
        Note(num, tuple(j for j in range(i, end) if j not in claims), text_start, span, rule, (number, number))
        for i, end in bounds
        for _, num, text_start, span, rule in [starts[i]]
    ]


def starred_at_end(lines: Lines, starts: Mapping[int, Opening], claims: Mapping[int, LineClaim]) -> list[Note]:
    """The notes with stars or letters that end a paper, each up to the end of a sentence."""
    starred = [i for i, start in starts.items() if start.num is not None and in_mark(start.num) is None]
    for first in sorted(starred):
        notes: list[Note] = []
        line: int | None = first
        while line in starred and line is not None:
            _, num, text_start, span, rule = starts[line]
            own = to_sentence_end(lines, claims, line)
            notes.append(Note(num, own, text_start, span, rule, (0, 0)))
            line = next((i for i in range(own[-1] + 1, len(lines.lines)) if i not in claims), None)
        if line is None:
            return notes
    return []


def starred_apart(notes: Sequence[Note], starts: Mapping[int, Opening]) -> list[Note]:
    """The notes, a note with a star or a letter below another one no longer part of it."""
    starred = {i: start for i, start in starts.items() if start.num is not None and in_mark(start.num) is None}
    out: list[Note] = []
    for note in notes:
        cuts = [place for place, i in enumerate(note.lines) if place and i in starred]
        out.append(msgspec.structs.replace(note, lines=note.lines[: cuts[0]]) if cuts else note)
        for low, high in pairwise([*cuts, len(note.lines)]):
            _, num, text_start, span, rule = starred[note.lines[low]]
            out.append(Note(num, note.lines[low:high], text_start, span, rule, note.pages))
    return out
