"""What the reader of a file format hands on, and the limits that all readers keep."""

import msgspec

from confparse.text.types import Mark

MOST_CHARACTERS = 20_000_000  # code points of the text of one file: 4,000 pages of close print
PAGE_BREAK = "\f"


class Reading(msgspec.Struct, frozen=True):
    """The text of a file, and what is known about it."""

    text: str
    pages: int | None = None
    encoding: str = "utf-8"  # in which its bytes hold the text, where that can be said
    marks: tuple[Mark, ...] = ()  # what the file says of its lines
    whole_lines: bool = False  # each line is a paragraph
    undecodable: int = 0  # replacement characters that decoding had to put in
