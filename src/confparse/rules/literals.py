"""Literals of a pattern that reads mentions: one that is a word of a list can never match, for its mention is one
character.
"""

from collections.abc import Collection, Iterator

import regex

_SYNTAX = regex.compile(
    r"\\p\{[^}]*\}|\\.|\(\?P?<[a-z_]+>|\(\?[a-z]*:|\{\d*,?\d*\}|\[\^?(?:\\.|[^\]\\])*\]|<[A-Z_|]+>|\$\{\w+\}"
)
_LITERAL = regex.compile(r"[A-Za-z][A-Za-z’-]+|\p{Han}{2,}")
_OPTIONAL = regex.compile(r"^[?*]|^\{0")


def hidden_words(pattern: str, words: Collection[str]) -> Iterator[str]:
    """The literals of a pattern that no encoded text can hold, because they are words of a list."""
    bare = _SYNTAX.sub(lambda match: "\n" * len(match[0]), pattern)
    for match in _LITERAL.finditer(bare):
        literal, after = match[0], bare[match.end() :]
        whole = not _OPTIONAL.match(after)
        if whole and literal in words:
            yield literal
