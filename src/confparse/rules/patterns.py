"""The only place that compiles patterns: fragments and word lists in, matchers with a time limit out."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import regex

from confparse.rules.kinds import Fragment, Pattern, Patterns, WordList

SECONDS = 1.0  # a pattern may take this long over a text, and this much more for every million characters
_NAME = regex.compile(r"\$\{(\w+)\}")

Overrun = Callable[[str, int], None]  # told the rule and the offset where a pattern was stopped


class UnknownName(Exception):
    """A pattern takes a fragment that the grammar does not have."""


class Vocabulary:
    """The fragments and word lists of a grammar, expanded on demand."""

    def __init__(self, fragments: Mapping[str, Fragment], words: Mapping[str, WordList]) -> None:
        self._fragments, self._words = fragments, words

    def expand(self, pattern: str, language: str, seen: tuple[str, ...] = ()) -> str:
        """The pattern with every `${name}` replaced. Raises UnknownName, also for a fragment that takes itself."""

        def named(match: "regex.Match[str]") -> str:
            name = match[1]
            if name in seen:
                raise UnknownName(name)
            return self.expand(self._lookup(name, language), language, (*seen, name))

        return _NAME.sub(named, pattern) if "${" in pattern else pattern

    def _lookup(self, name: str, language: str) -> str:
        if name in self._words:
            words = self._words[name]
            chosen = words.en + words.zh if language == "any" else getattr(words, language)
            return (
                "(?:"
                + "|".join(regex.escape(w, special_only=True) for w in sorted(chosen, key=len, reverse=True))
                + ")"
            )
        if name not in self._fragments:
            raise UnknownName(name)
        fragment = self._fragments[name]
        own = [fragment.en, fragment.zh] if language == "any" else [getattr(fragment, language)]
        return "(?:" + "|".join(p for p in [fragment.any, *own] if p is not None) + ")"

    def union(self, patterns: Patterns) -> str:
        """One pattern that matches what any language of the rule matches."""
        return "|".join(f"(?:{self.expand(p, language)})" for language, p in patterns.items())


class Matcher:
    """The compiled patterns of one rule. Compiled when first used; `^` and `$` are line ends."""

    def __init__(self, rule: str, source: str) -> None:
        self.rule, self.source = rule, source

    @cached_property
    def pattern(self) -> "regex.Pattern[str]":
        return regex.compile(self.source, regex.VERSION1 | regex.MULTILINE)

    def scan(self, text: str, overrun: Overrun) -> "Iterator[regex.Match[str]]":
        """All matches in a text; a pattern that takes too long is stopped and reported, what it found stays."""
        at = 0
        try:
            for match in self.pattern.finditer(text, timeout=SECONDS * (1 + len(text) / 1_000_000)):
                at = match.end()
                yield match
        except TimeoutError:
            overrun(self.rule, at)

    def search(self, text: str, overrun: Overrun) -> "regex.Match[str] | None":
        """The first match in a short text."""
        try:
            return self.pattern.search(text, timeout=SECONDS)
        except TimeoutError:
            overrun(self.rule, 0)
            return None

    def sub(self, put: str, text: str, overrun: Overrun) -> str:
        """The text with every match replaced; unchanged where the pattern takes too long."""
        try:
            replaced: str = self.pattern.sub(put, text, timeout=SECONDS * (1 + len(text) / 1_000_000))
        except TimeoutError:
            overrun(self.rule, 0)
            return text
        return replaced


def matcher(rule: Pattern, vocabulary: Vocabulary) -> Matcher:
    return Matcher(rule.id, vocabulary.union(rule.patterns))
