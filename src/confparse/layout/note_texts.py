"""Numbers of footnotes and their texts, which a dump may print apart: each number gets the text that is its own."""

from collections.abc import Callable, Container

import msgspec

from confparse.layout.line_table import Line, Lines
from confparse.layout.types import Note
from confparse.numerals import in_mark

_LONGEST = 8  # lines of a note among the text


def to_sentence_end(lines: Lines, claims: Container[int], first: int) -> tuple[int, ...]:
    """The lines of a note from its first one to the end of a sentence, those that are page matter left out."""
    out: list[int] = []
    for i in range(first, min(first + _LONGEST, len(lines.lines))):
        if i in claims:
            continue
        out.append(i)
        if i in lines.ends.sentence or i in lines.ends.note:
            break
    return tuple(out)


def filled(group: list[Note], lines: Lines, ended: Callable[[Line], bool]) -> list[Note]:
    """Notes whose numbers were printed in a column, their texts after the last: each number gets a text, in order.

    A number that finds no text is left out: it stays where it is as a mark.
    """
    out: list[Note] = []
    waiting: list[Note] = []
    for note in group:
        texts = _texts(note, lines)
        if not texts:
            waiting.append(note)
            continue
        beside = note.num_span is not None and lines.lines[note.lines[0]].end > note.text_start
        owners = [note] if beside else [*waiting, note]  # a text beside its number is that of no other
        shares = _shares(texts, ended, len(owners))
        out += [_with_texts(*pair) for pair in zip(owners[len(owners) - len(shares) :], shares, strict=True)]
        waiting = owners[: len(owners) - len(shares)]
    return _late(out, waiting, lines, ended)


def _late(notes: list[Note], numbers: list[Note], lines: Lines, ended: Callable[[Line], bool]) -> list[Note]:
    """Notes whose numbers were printed below all others, and their texts under those of the numbers before."""
    late = {in_mark(note.num): note for note in numbers}
    out: list[Note] = []
    for note in notes:
        owners = [note]
        while (number := in_mark(owners[-1].num)) is not None and number + 1 in late:
            owners.append(late.pop(number + 1))
        shares = _shares(_texts(note, lines), ended, len(owners)) if len(owners) > 1 else []
        out += [_with_texts(*pair) for pair in zip(owners, shares, strict=False)] or [note]
    return out


def _texts(note: Note, lines: Lines) -> list[Line]:
    """The lines of a note that hold more than its number."""
    return [line for line in (lines.lines[i] for i in note.lines) if line.end > max(note.text_start, line.start)]


def _with_texts(note: Note, texts: list[int]) -> Note:
    """A number with a text that is its own."""
    own = note.lines[:1] if note.num_span else ()
    return msgspec.structs.replace(note, lines=tuple(dict.fromkeys((*own, *texts))))


def _shares(texts: list[Line], ended: Callable[[Line], bool], count: int) -> list[list[int]]:
    """Lines of text cut into `count` notes at most: a note ends where a line ends with a stop."""
    shares: list[list[int]] = [[]]
    for line in texts:
        shares[-1].append(line.index)
        if len(shares) < count and line is not texts[-1] and ended(line):
            shares.append([])
    return shares
