"""Text cut into lines for a screen: Latin words stay whole, Chinese text breaks between any two characters."""

import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

_CLOSING = ("Pe", "Pf", "Po")  # categories of punctuation that does not start a line
_OPENING = ("Ps", "Pi")  # and of that which does not end one
_OF_WORDS = "*#@&"  # signs of the first category that start words, such as *.txt


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; a word that is longer is cut. At least one line."""
    lines, current, used = [], "", 0
    for piece in _pieces(text):
        size = cell_len(piece)
        if current and used + size > width and not piece.isspace():
            lines.append(current.rstrip())
            current, used = "", 0
        while size > width:
            head = _head(piece, width)
            lines.append(head)
            piece = piece[len(head) :]
            size = cell_len(piece)
        if current or not piece.isspace() or not lines:
            current, used = current + piece, used + size
    return [*lines, current.rstrip()] if current.strip() or not lines else lines


def _head(text: str, width: int) -> str:
    """The start of a text that fits, one character at least."""
    end = next((i for i in range(1, len(text) + 1) if cell_len(text[:i]) > width), len(text) + 1) - 1
    return text[: max(1, end)]


def _pieces(text: str) -> Iterator[str]:
    """What may not be cut: words with the punctuation after them, single wide characters, blanks."""
    piece = ""
    for character in text:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if before == " " or after == " ":
        return before != after
    closing = unicodedata.category(after) in _CLOSING and after not in _OF_WORDS
    if closing or unicodedata.category(before) in _OPENING:
        return False
    return _wide(before) or _wide(after)


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
