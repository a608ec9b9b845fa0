"""Punctuation marks by what Unicode says about them, whatever their width."""

import regex

COMMAS = "\N{COMMA}\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}"
COLONS = ("\N{COLON}", "\N{FULLWIDTH COLON}")  # what a paragraph above a list ends with
SEMICOLONS = ("; ", "\N{FULLWIDTH SEMICOLON}")  # with the blank that follows in Latin text
_STOP = regex.compile(rf"[\p{{Terminal_Punctuation}}--[{COMMAS}]][\p{{Pe}}\p{{Pf}}]*\s*$", regex.V1)
_AROUND = regex.compile(r"^[\s\p{Terminal_Punctuation}]+|[\s\p{Terminal_Punctuation}]+$")


def trimmed(text: str) -> str:
    """A text without the white space, stops, commas and colons around it."""
    bare: str = _AROUND.sub("", text)
    return bare


def stopped(text: str) -> bool:
    """Whether a text ends with a stop, a colon or a semicolon, in brackets or quotes perhaps."""
    return _STOP.search(text) is not None
