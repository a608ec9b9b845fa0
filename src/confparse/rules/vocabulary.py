"""The fragments, word lists and lists of names of a grammar, filled into its patterns, and how long a pattern may
become by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby
from os.path import commonprefix
from typing import Any

import regex

from confparse.rules.base import Patterns
from confparse.rules.faults import PatternFault
from confparse.rules.kinds import Fragment, Name, WordList

NOTHING = "(?!)"  # a pattern that matches nothing
LONGEST = 200_000  # characters of a pattern with all its fragments: the longest of the shipped grammar has 12,000
_DEEPEST = 12  # beginnings inside one another that words share
_NAME = regex.compile(r"\$\{(\w+)\}")


class UnknownName(Exception):
    """A pattern takes a fragment or a list that the grammar does not have."""


class PatternTooLong(PatternFault):
    """A pattern and its fragments are longer than any that is needed."""

    def __init__(self) -> None:
        super().__init__("pattern_long", most=f"{LONGEST:,}")


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of some words, the longest first; nothing if there are none.

    Words that begin alike share their beginning, so that it is compiled and tried once.
    """
    return _branches(sorted(set(words)), _DEEPEST) or f"(?:{NOTHING})"


def _branches(words: Sequence[str], deepest: int) -> str:
    """Sorted words as one group, by their first characters; the empty word, which ends a shorter one, comes last."""
    if not words:
        return ""
    if not deepest:
        return f"(?:{'|'.join(map(_escaped, sorted(words, key=len, reverse=True)))})"
    out = []
    for _, group in groupby((word for word in words if word), key=lambda word: word[0]):
        alike = list(group)
        shared = commonprefix((alike[0], alike[-1]))  # noqa: RUF071  (of strings, not of paths)
        rest = [word[len(shared) :] for word in alike]
        out.append(_escaped(shared) + (_branches(rest, deepest - 1) if len(rest) > 1 else ""))
    return f"(?:{'|'.join(out)}{'' if words[0] else '|'})"


def _escaped(word: str) -> str:
    return word if word.replace(" ", "").isalnum() else str(regex.escape(word, special_only=True))


def _of_language(entry: WordList | Name, language: str) -> list[str]:
    """The words of an entry in a language, or in any."""
    words: list[str] = [*entry.en, *entry.zh] if language == "any" else getattr(entry, language)
    return words


class Vocabulary:
    """The fragments, word lists and lists of names of a grammar, expanded on demand, each once; the first of a name
    counts.
    """

    def __init__(
        self, fragments: Mapping[str, Fragment], words: Mapping[str, WordList], names: Mapping[Any, Sequence[Name]]
    ) -> None:
        self._fragments, self._words, self._names = fragments, words, names
        self._expanded: dict[tuple[str, str], str] = {}
        self._open: set[str] = set()  # fragments that are being expanded
        self._places: dict[str, dict[str, int]] = {}

    def expand(self, pattern: str, language: str) -> str:
        """The pattern with every `${name}` replaced.

        Raises UnknownName, PatternTooLong, and PatternFault for a fragment that takes itself.
        """
        length = len(pattern)

        def named(match: "regex.Match[str]") -> str:
            nonlocal length
            piece = self._named(match[1], language)
            length += len(piece)
            if length > LONGEST:
                raise PatternTooLong
            return piece

        if length > LONGEST:
            raise PatternTooLong
        return _NAME.sub(named, pattern) if "${" in pattern else pattern

    def _named(self, name: str, language: str) -> str:
        key = name, language
        if key not in self._expanded:
            if name in self._open:
                raise PatternFault("fragment_in_itself", name=name)
            self._open.add(name)
            try:
                self._expanded[key] = self.expand(self._lookup(name, language), language)
            finally:
                self._open.discard(name)
        return self._expanded[key]

    def _lookup(self, name: str, language: str) -> str:
        if name in self._words:
            return alternatives(_of_language(self._words[name], language))
        if name in self._names and name not in self._fragments:
            return alternatives(chain.from_iterable(_of_language(entry, language) for entry in self._names[name]))
        if name not in self._fragments:
            raise UnknownName(name)
        fragment = self._fragments[name]
        own = [fragment.en, fragment.zh] if language == "any" else [getattr(fragment, language)]
        return "(?:" + "|".join(p for p in [fragment.any, *own] if p is not None) + ")"

    def union(self, patterns: Patterns) -> str:
        """One pattern that matches what any language of the rule matches; nothing if there is none."""
        return "|".join(f"(?:{self.expand(p, language)})" for language, p in patterns.items()) or NOTHING

    def place(self, name: str, printed: str) -> int | None:
        """The place, 1-based, of a printed word in a word list, in either language; None if it is not there."""
        if name not in self._words:
            return None
        if name not in self._places:
            lists = self._words[name].en, self._words[name].zh
            pairs = [(entry.casefold(), place) for words in lists for place, entry in enumerate(words, 1)]
            self._places[name] = dict(reversed(pairs))  # the first of equal ones counts
        return self._places[name].get(printed.casefold())
