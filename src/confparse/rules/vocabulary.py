"""The fragments and word lists of a grammar, filled into its patterns, and how long a pattern may become by it."""

from collections.abc import Iterable, Mapping

import regex

from confparse.rules.base import Patterns
from confparse.rules.kinds import Fragment, WordList

NOTHING = "(?!)"  # a pattern that matches nothing
LONGEST = 200_000  # characters of a pattern with all its fragments: the longest of the shipped grammar has 12,000
_NAME = regex.compile(r"\$\{(\w+)\}")


class UnknownName(Exception):
    """A pattern takes a fragment that the grammar does not have."""


class PatternTooLong(ValueError):
    """A pattern and its fragments are longer than any that is needed."""

    def __init__(self) -> None:
        super().__init__(f"longer than {LONGEST:,} characters with its fragments and word lists")


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of some words, the longest first; nothing if there are none."""
    ordered = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(w if w.replace(' ', '').isalnum() else regex.escape(w, special_only=True) for w in ordered) or NOTHING})"


class Vocabulary:
    """The fragments and word lists of a grammar, expanded on demand, each once."""

    def __init__(self, fragments: Mapping[str, Fragment], words: Mapping[str, WordList]) -> None:
        self._fragments, self._words = fragments, words
        self._expanded: dict[tuple[str, str], str] = {}
        self._open: set[str] = set()  # fragments that are being expanded

    def expand(self, pattern: str, language: str) -> str:
        """The pattern with every `${name}` replaced.

        Raises UnknownName, also for a fragment that takes itself, and PatternTooLong.
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
                raise UnknownName(name)
            self._open.add(name)
            try:
                self._expanded[key] = self.expand(self._lookup(name, language), language)
            finally:
                self._open.discard(name)
        return self._expanded[key]

    def _lookup(self, name: str, language: str) -> str:
        if name in self._words:
            words = self._words[name]
            chosen = words.en + words.zh if language == "any" else getattr(words, language)
            return alternatives(chosen)
        if name not in self._fragments:
            raise UnknownName(name)
        fragment = self._fragments[name]
        own = [fragment.en, fragment.zh] if language == "any" else [getattr(fragment, language)]
        return "(?:" + "|".join(p for p in [fragment.any, *own] if p is not None) + ")"

    def union(self, patterns: Patterns) -> str:
        """One pattern that matches what any language of the rule matches; nothing if there is none."""
        return "|".join(f"(?:{self.expand(p, language)})" for language, p in patterns.items()) or NOTHING
