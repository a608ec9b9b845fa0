"""Classes of mentions as characters: a pattern that reads mentions, made into one over private-use characters.

A word may be in several classes, so a character denotes a set of them, and `<STATE>` in a pattern is every character
whose set holds STATE.
"""

from collections.abc import Iterable, Mapping
from typing import get_args

import regex

from confparse.rules.mention_classes import MentionClass
from confparse.rules.mentions import Lexicon

FIRST = 0xE000  # the private-use area of the first plane
LAST = 0xF8FF
CLASSES = frozenset(get_args(MentionClass))
_CLASS = regex.compile(r"<([A-Z][A-Z_]*(?:\|[A-Z_]+)*)>")
_OWN = regex.compile("[\ue000-\uf8ff]")
_CAPITALS = 4  # letters of a word that is found in capitals, at least: shorter ones are short forms
Classes = frozenset[str]


class UnknownClass(Exception):
    """A pattern names a class that does not exist."""


def classes_of_words(lexicon: Mapping[str, Lexicon], names: Mapping[str, Iterable[str]]) -> dict[str, Classes]:
    """Every word of the lexicon with its classes; an English word in small letters also with a capital, and one of a
    class that is printed so in capitals.
    """
    classes_by_word: dict[str, set[str]] = {}
    for name, entry in lexicon.items():
        listed = [word for key in entry.names for word in names.get(key, ())]
        capital = (word[0].upper() + word[1:] for word in entry.en if word[:1].islower())
        capitals = (word.upper() for word in (*entry.en, *listed) if entry.capitals and len(word) >= _CAPITALS)
        classes = (name, entry.within) if entry.within else (name,)
        for word in (*entry.en, *entry.zh, *listed, *capital, *capitals):
            classes_by_word.setdefault(word, set()).update(classes)
    return {word: frozenset(classes) for word, classes in classes_by_word.items()}


def names_in(pattern: str) -> frozenset[str]:
    """The classes that a pattern names."""
    return frozenset(name for match in _CLASS.finditer(pattern) for name in match[1].split("|"))


class Alphabet:
    """One character for every set of classes that a word, a shape or a phrase may have."""

    def __init__(self, sets: Iterable[Classes]) -> None:
        single = (frozenset({name}) for name in sorted(CLASSES))
        ordered = dict.fromkeys((*single, *sorted(set(sets), key=sorted)))
        self._chars = {classes: chr(FIRST + i) for i, classes in enumerate(ordered)}
        self._hide = dict.fromkeys(range(FIRST, LAST + 1), " ")

    def shown(self, text: str) -> str:
        """A text without such characters of its own, its straight apostrophes as curved ones."""
        text = text.replace("'", "\u2019")
        return text.translate(self._hide) if _OWN.search(text) else text

    def char(self, classes: Classes) -> str:
        """The character of a set of classes."""
        return self._chars[classes]

    def spelt(self, text: str) -> str:
        """A text with every such character as patterns name it, `<STATE>` or `<STATE|GROUP>`."""
        names = {char: f"<{'|'.join(sorted(classes))}>" for classes, char in self._chars.items()}
        return str(_OWN.sub(lambda match: names.get(match[0], " "), text))

    def members(self, names: Iterable[str]) -> str:
        """The characters of all sets that hold one of some classes. Raises UnknownClass."""
        wanted = set(names)
        if unknown := sorted(wanted - CLASSES):
            raise UnknownClass(", ".join(unknown))
        return "".join(char for classes, char in self._chars.items() if classes & wanted)

    def expand(self, pattern: str) -> str:
        """The pattern with every `<CLASS>` replaced. Raises UnknownClass."""
        out, end, depth = [], 0, 0
        for match in _CLASS.finditer(pattern):
            between = pattern[end : match.start()]
            out.append(between)
            depth = _inside_brackets(between, depth)
            chars = self.members(match[1].split("|"))
            out.append(chars if depth else f"[{chars}]")
            end = match.end()
        out.append(pattern[end:])
        return "".join(out)


def _inside_brackets(piece: str, depth: int) -> int:
    """Whether a class in brackets is still open after a piece of a pattern."""
    bare: str = regex.sub(r"\\.", "", piece)
    return max(0, depth + bare.count("[") - bare.count("]"))
