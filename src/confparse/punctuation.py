"""Punctuation marks by what Unicode says about them, whatever their width."""

import regex

COMMAS = "\N{COMMA}\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}"
COLONS = ("\N{COLON}", "\N{FULLWIDTH COLON}")  # what a paragraph above a list ends with
SEMICOLONS = ("; ", "\N{FULLWIDTH SEMICOLON}")  # with the blank that follows in Latin text
PARTING = ";\N{FULLWIDTH SEMICOLON}"  # of a class: what separates the items of a list that have commas inside
OPENING = "(\N{FULLWIDTH LEFT PARENTHESIS}"  # of a class, as the next ones
CLOSING = ")\N{FULLWIDTH RIGHT PARENTHESIS}"
QUOTES = (
    '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
    "\N{LEFT DOUBLE ANGLE BRACKET}\N{RIGHT DOUBLE ANGLE BRACKET}"
    "\N{LEFT CORNER BRACKET}\N{RIGHT CORNER BRACKET}\N{LEFT WHITE CORNER BRACKET}\N{RIGHT WHITE CORNER BRACKET}"
)
BARS = "|\N{FULLWIDTH VERTICAL LINE}\N{MIDDLE DOT}\N{BULLET}"  # between the number of a page and words
FULL_COMMA = "\N{FULLWIDTH COMMA}"
FULL_STOP = "\N{FULLWIDTH FULL STOP}"
LIST_COMMA = "\N{IDEOGRAPHIC COMMA}"  # behind the numerals of Chinese lists
WIDE_BLANK = "\N{IDEOGRAPHIC SPACE}"
_STOP = regex.compile(rf"[\p{{Terminal_Punctuation}}--[{COMMAS}]][\p{{Pe}}\p{{Pf}}]*\s*$", regex.V1)
_AROUND = regex.compile(r"^[\s\p{Terminal_Punctuation}]+|[\s\p{Terminal_Punctuation}]+$")


def trimmed(text: str) -> str:
    """A text without the white space, stops, commas and colons around it."""
    bare: str = _AROUND.sub("", text)
    return bare


def stopped(text: str) -> bool:
    """Whether a text ends with a stop, a colon or a semicolon, in brackets or quotes perhaps."""
    return _STOP.search(text) is not None
