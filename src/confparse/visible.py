"""Text of files and grammars as a terminal or a log may show it."""

import json

import regex

# controls, bidi and other format characters, noncharacters
_HIDDEN = regex.compile(r"[\p{C}\p{Zl}\p{Zp}--\p{Co}]", regex.V1)
_IN_JSON = regex.compile(r"[[\p{C}\p{Zl}\p{Zp}--\p{Co}]--[\n]]", regex.V1)
_NOT_MARKUP = regex.compile(r"[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]--[\t\n\r]]", regex.V1)


def escaped_json(text: str) -> str:
    """A JSON text whose strings say such characters as escapes: the same values, and nothing that a terminal would
    obey.
    """
    return str(_IN_JSON.sub(lambda match: json.dumps(match[0])[1:-1], text))


def in_markup(text: str) -> str:
    """A text without the characters that XML and HTML have no place for, each replaced by U+FFFD; not yet escaped."""
    return str(_NOT_MARKUP.sub("\ufffd", text))


def visible(text: str) -> str:
    """One line of text without the characters that a terminal or a log would obey, each replaced by U+FFFD.

    A tab becomes a blank, so that columns keep their count.
    """
    return str(_HIDDEN.sub("\ufffd", text.replace("\t", " ")))
