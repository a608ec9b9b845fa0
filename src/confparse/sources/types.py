"""What the reader of a file format returns, and the limits that all readers keep."""

import msgspec

from confparse.text.types import Mark

MOST_CHARACTERS = 20_000_000  # code points of the text of one file: 4,000 pages of close print
PAGE_BREAK = "\f"
NO_TEXT = "N003"  # of the catalogue


class SourceReading(msgspec.Struct, frozen=True):
    """The text of a file, and what is known about it."""

    text: str
    pages: int | None = None
    encoding: str = "utf-8"  # in which its bytes hold the text, if that can be said
    marks: tuple[Mark, ...] = ()  # what the file says about its lines
    whole_lines: bool = False  # each line is a paragraph
    undecodable: int = 0  # replacement characters that decoding had to put in


class SourceOutcome(msgspec.Struct, frozen=True):
    """What a process that reads one file tells: what it read, or the key of the message that says why not and its
    blanks.
    """

    reading: SourceReading | None = None
    fault: str = ""
    values: dict[str, object] = {}
