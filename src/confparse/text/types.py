"""A text whose every character is still at the offset it had in the source.

Repairs replace one code point by one code point, so an offset into the repaired text is an offset into the decoded
source: nothing has to be mapped back. What must go (a soft hyphen, a zero-width space) becomes `VOID`, and is left out
only when the contents of a node are put together.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal, overload

import msgspec
import regex

from confparse.vocabularies import FileFormat, FurnitureName

Script = Literal["keep", "hans", "hant"]  # the Chinese script of the output
Spacing = Literal["tight", "keep"]  # blanks beside Han characters
VOID = "\ufdd0"  # a noncharacter: no text may hold it
_BEFORE_MARK = regex.compile(rf"{VOID}+(?=\p{{M}})")


MarkKind = Literal["heading", "table", "running_head", "navigation"]


class Mark(msgspec.Struct, frozen=True):
    """Lines [start, end) of which the file itself says what they are."""

    start: int
    end: int
    kind: MarkKind


class Source(msgspec.Struct, frozen=True):
    """A decoded input: `text` as decoded (byte order mark aside), and how it was read."""

    name: str
    sha256: str
    encoding: str
    text: str
    undecodable: int = 0  # replacement characters that decoding had to put in
    first_undecodable: int = 0  # offset of the first, in code points
    format: FileFormat | None = None  # of the file, if it was not plain text
    pages: int | None = None  # of a file that has pages
    marks: tuple[Mark, ...] = ()  # in the order of the text
    whole_lines: bool = False  # each line is a paragraph of the file


class Repair(msgspec.Struct, frozen=True):
    """What one rule did: how many characters, the first offset, the characters that went, and as what the record keeps
    them.
    """

    rule: str
    count: int
    first: int
    removed: str = ""
    kind: FurnitureName = "invisible"


class Stretches(Sequence[tuple[int, int]]):
    """Stretches [start, end) of a text in order, as one column: a block of many short lines has as many."""

    __slots__ = ("_bounds",)

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        self._bounds = array("i", chain.from_iterable(stretches))  # a distance to the source may be negative

    def append(self, start: int, end: int) -> None:
        """Put a stretch after the last one."""
        self._bounds.extend((start, end))

    @overload
    def __getitem__(self, at: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[int, int]]: ...
    def __getitem__(self, at: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        i = 2 * (at if at >= 0 else len(self) + at)
        return self._bounds[i], self._bounds[i + 1]

    def __len__(self) -> int:
        return len(self._bounds) // 2

    def __iter__(self) -> Iterator[tuple[int, int]]:
        bounds = iter(self._bounds)
        return zip(bounds, bounds, strict=True)


class Text(msgspec.Struct, frozen=True):
    """The repaired text and the view of it that patterns match, both as long as the source."""

    source: Source
    text: str  # one separator, the line feed; white space folded to blanks
    match: str  # the same in the script and with the punctuation that grammars are written in
    language: str  # en | zh
    script: str  # of the source: en | zh-Hans | zh-Hant
    shown_script: str  # of `text`, another one if asked for
    repairs: tuple[Repair, ...]
    marks: tuple[Mark, ...]  # what the file or its signs say about lines, in the order of the text
    starts: Sequence[int]  # where each source line starts, in code points: a column, for texts of many lines

    def line_at(self, offset: int) -> int:
        """The number, 1-based, of the source line that holds an offset."""
        return bisect_right(self.starts, offset)

    def lines_of(self, start: int, end: int) -> tuple[int, int]:
        """First and last source line, 1-based, of the span [start, end)."""
        return self.line_at(start), self.line_at(max(start, end - 1))


def without_void(text: str) -> str:
    """A text without what repairs removed; a combining mark that followed it does not join another letter."""
    return text.replace(VOID, "") if VOID not in text else _BEFORE_MARK.sub(" ", text).replace(VOID, "")


def width(text: str) -> int:
    """Columns that a text takes: two for a Han character and full-width punctuation. GB18030 counts alike, in C."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace")) - 2 * text.count("\ufffd")
