"""Puts paragraphs, rows and page matter together as one text, and notes what the file says about its lines."""

import re

from confparse.sources.types import MOST_CHARACTERS, PAGE_BREAK
from confparse.text.types import Mark, MarkKind

CELLS = "    "  # between the cells of a row: as wide as the gap of a table in print
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("0123456789", RAISED_DIGITS)
_BREAKS = re.compile(r"[\n\v\x1c-\x1e\x85\u2028\u2029]+")


class TooLong(Exception):
    """More text than is read from one file."""


def raised(digits: str) -> str:
    """The mark of a note as word processors print it."""
    return digits.translate(_RAISED)


class Paper:
    """A text in the making: each line is a paragraph, a row, or a line of page matter."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._marks: list[Mark] = []
        self._levels: list[int] = []  # of the marks that are headings
        self._opened = False  # something that is not page matter is above the first heading
        self._notes: dict[str, list[str]] = {}
        self._length = 0
        self.break_next = False  # a page ends before the next line

    def line(self, text: str, kind: MarkKind | None = None) -> None:
        """A paragraph; line breaks inside it divide it."""
        self.lines(_BREAKS.split(text), kind)

    def heading(self, text: str, level: int) -> None:
        """A heading; the levels of deeper ones are larger."""
        before = self._length
        self.line(text, "heading")
        if self._length > before:
            self._levels.append(level)

    def lines(self, texts: list[str], kind: MarkKind | None = None) -> None:
        """Lines that are one thing, such as the rows of a table. Raises TooLong."""
        start = self._length
        for text in texts:
            shown = text.strip().replace(PAGE_BREAK, " ")
            if shown:
                self._put(PAGE_BREAK * (self.break_next and bool(self._lines)) + shown + "\n")
                self.break_next = False
        if kind in (None, "table") and not self._levels and self._length > start:
            self._opened = True
        if kind is not None and self._length > start:
            self._marks.append(Mark(start, self._length, kind))

    def note(self, mark: str, text: str) -> None:
        """The text of a note by its number or sign, or more of it; notes are after everything else."""
        self._notes.setdefault(mark, []).extend(text.split())

    def close(self) -> tuple[str, tuple[Mark, ...]]:
        """The text, and the marks of its lines in order."""
        for mark, words in self._notes.items():
            self._put(f"{raised(mark)} {' '.join(words)}\n")
        self._notes = {}
        title = next((m for m in self._marks if m.kind == "heading"), None) if self._is_titled() else None
        return "".join(self._lines), tuple(mark for mark in self._marks if mark is not title)

    def _is_titled(self) -> bool:
        """Whether the first heading is the title: it opens the text, and all others are deeper."""
        return bool(self._levels) and not self._opened and all(level > self._levels[0] for level in self._levels[1:])

    def _put(self, line: str) -> None:
        self._lines.append(line)
        self._length += len(line)
        if self._length > MOST_CHARACTERS:
            raise TooLong
