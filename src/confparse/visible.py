"""Text of files and grammars as a terminal or a log may show it."""

import regex

_HIDDEN = regex.compile(
    r"[\p{C}\p{Zl}\p{Zp}--\p{Co}]", regex.V1
)  # controls, bidi and other format characters, noncharacters


def visible(text: str) -> str:
    """One line of text without the characters that a terminal or a log would obey, each replaced by U+FFFD.

    A tab becomes a blank, so that columns keep their count.
    """
    return str(_HIDDEN.sub("\ufffd", text.replace("\t", " ")))
