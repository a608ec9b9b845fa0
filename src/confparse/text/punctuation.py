"""Punctuation marks by what Unicode says of them, whatever their width."""

import regex

COMMAS = "\N{COMMA}\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}"
_AROUND = regex.compile(r"^[\s\p{Terminal_Punctuation}]+|[\s\p{Terminal_Punctuation}]+$")


def trimmed(text: str) -> str:
    """A text without the white space, stops, commas and colons around it."""
    bare: str = _AROUND.sub("", text)
    return bare
