"""A sentence and its mentions to a text of one character for each: what no pattern needs to see is left out."""

from collections.abc import Sequence

from confparse.letters import FIRST_HAN
from confparse.mentions.types import Encoded, Mention
from confparse.punctuation import FULL_COMMA
from confparse.rules.alphabet import Classes
from confparse.rules.grammar import Grammar

_FULL_WIDTH = {ord(char): chr(ord(char) + 0xFEE0) for char in "();:?!"}
_COMMA = ","


def fold(text: str) -> str:
    """A text with Han characters, its half-width punctuation as full-width: one character for one."""
    text = text.translate(_FULL_WIDTH)
    if _COMMA not in text:
        return text
    before = f" {text}"
    return "".join(
        FULL_COMMA if char == _COMMA and (before[i] >= FIRST_HAN or text[i + 1 : i + 2] >= FIRST_HAN) else char
        for i, char in enumerate(text)
    )


class Encoder:
    """Makes encoded texts of pieces of one text."""

    def __init__(self, text: str, language: str, grammar: Grammar) -> None:
        text = grammar.alphabet.shown(text)
        self._text = fold(text) if language == "zh" else text
        self._dropped = frozenset(name for name, entry in grammar.lexicon.items() if entry.drop)
        self._pieces: list[str] = []
        self._at: list[int | Mention] = []

    def add(self, start: int, end: int, mentions: Sequence[Mention]) -> None:
        """Encode the stretch [start, end) with its mentions, as a separate line."""
        for mention in mentions:
            self._plain(start, mention.start)
            start = mention.end
            if self._is_dropped(mention.classes):
                if self._text[start : start + 1] == " ":
                    start += 1
                continue
            self._pieces.append(mention.char)
            self._at.append(mention)
        self._plain(start, end)
        self._pieces.append("\n")
        self._at.append(end)

    def _is_dropped(self, classes: Classes) -> bool:
        return classes <= self._dropped

    def _plain(self, start: int, end: int) -> None:
        if start < end:
            self._pieces.append(self._text[start:end])
            self._at.extend(range(start, end))

    def encoded(self) -> Encoded:
        """All that was added."""
        return Encoded("".join(self._pieces), self._at)
