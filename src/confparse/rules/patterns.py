"""The only place that compiles patterns: fragments and word lists in, matchers with a time limit out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import regex

from confparse.rules.base import Patterns
from confparse.rules.cache import Store
from confparse.rules.kinds import Fragment, WordList
from confparse.rules.optimize import from_line_feed

SECONDS = 1.0  # a pattern may take this long over a text, and this much more for every million characters
NOTHING = "(?!)"  # a pattern that matches nothing
_HAN = re.compile("[\u3400-\u9fff]")
_NAME = regex.compile(r"\$\{(\w+)\}")


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of some words, the longest first; nothing where there are none."""
    ordered = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(w if w.replace(' ', '').isalnum() else regex.escape(w, special_only=True) for w in ordered) or NOTHING})"


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
            return alternatives(chosen)
        if name not in self._fragments:
            raise UnknownName(name)
        fragment = self._fragments[name]
        own = [fragment.en, fragment.zh] if language == "any" else [getattr(fragment, language)]
        return "(?:" + "|".join(p for p in [fragment.any, *own] if p is not None) + ")"

    def union(self, patterns: Patterns) -> str:
        """One pattern that matches what any language of the rule matches; nothing where there is none."""
        return "|".join(f"(?:{self.expand(p, language)})" for language, p in patterns.items()) or NOTHING


class TimeBudget:
    """The time limit of one run: which rules were stopped, and where. A rule that was stopped matches nothing after."""

    def __init__(self) -> None:
        self.stopped: dict[str, int] = {}

    def stop(self, rule: str, at: int) -> None:
        """Note that a rule took too long at an offset."""
        self.stopped.setdefault(rule, at)


class _Finder:
    """Finds all matches of a source in a text; what is bound to line starts, from the line feeds before them."""

    def __init__(self, source: str, store: Store) -> None:
        self._source, self._store = source, store

    @cached_property
    def plain(self) -> "regex.Pattern[str]":
        return self._store.compile(self._source)

    @cached_property
    def _led(self) -> "regex.Pattern[str] | None":
        led = self._store.lead(self._source, from_line_feed)
        return self._store.compile(led) if led else None

    def find(self, text: str, found: "list[regex.Match[str]]") -> None:
        """Add the matches to a list, in order. Raises TimeoutError, with those before it added."""
        if self._source == NOTHING:
            return
        if self._led is None:
            found.extend(self.plain.finditer(text, timeout=_limit(text)))
            return
        first = self.plain.match(text, timeout=_limit(text))
        if first is not None:
            found.append(first)
        found.extend(self._led.finditer(text, first.end() if first else 0, timeout=_limit(text)))
        if any(match.end() and text[match.end() - 1] == "\n" for match in found):  # it hid the line after it
            found[:] = self.plain.finditer(text, timeout=_limit(text))


class Matcher:
    """The compiled patterns of one rule. Compiled when first used; `^` and `$` are line ends."""

    def __init__(self, rule: str, source: str, store: Store) -> None:
        self.rule, self.source = rule, source
        self._finder = _Finder(source, store)

    @property
    def pattern(self) -> "regex.Pattern[str]":
        return self._finder.plain

    def scan(self, text: str, budget: TimeBudget) -> "list[regex.Match[str]]":
        """All matches in a text; a pattern that takes too long is stopped and reported, what it found stays.

        A list, not a generator: the limit must not count what the caller does between two matches.
        """
        found: list[regex.Match[str]] = []
        try:
            if self.rule not in budget.stopped:
                self._finder.find(text, found)
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, found[-1].end() if found else 0)
        return found

    def search(self, text: str, budget: TimeBudget) -> "regex.Match[str] | None":
        """The first match in a text."""
        try:
            return None if self.rule in budget.stopped else self.pattern.search(text, timeout=_limit(text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, 0)
            return None

    def sub(self, put: str, text: str, budget: TimeBudget) -> str:
        """The text with every match replaced; unchanged where the pattern takes too long."""
        try:
            idle = self.rule in budget.stopped or self.source == NOTHING
            replaced: str = text if idle else self.pattern.sub(put, text, timeout=_limit(text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, 0)
            return text
        return replaced


class ScriptMatcher(Matcher):
    """The patterns of a rule that reads by script: of texts with Han characters the Chinese ones, of others the rest."""

    def __init__(self, rule: str, latin: str, han: str, store: Store) -> None:
        super().__init__(rule, f"{latin}|{han}", store)
        self._latin, self._han = Matcher(rule, latin, store), Matcher(rule, han, store)

    def _of(self, text: str) -> Matcher:
        return self._han if _has_han(text) else self._latin

    def scan(self, text: str, budget: TimeBudget) -> "list[regex.Match[str]]":
        """All matches in a text."""
        return self._of(text).scan(text, budget)

    def search(self, text: str, budget: TimeBudget) -> "regex.Match[str] | None":
        """The first match in a text."""
        return self._of(text).search(text, budget)

    def sub(self, put: str, text: str, budget: TimeBudget) -> str:
        """The text with every match replaced."""
        return self._of(text).sub(put, text, budget)


class Choice:
    """Several rules as one pattern, so that a text is read once: at each place the first of them that matches."""

    def __init__(self, matchers: Sequence[Matcher], store: Store) -> None:
        self._matchers, self._store = matchers, store

    @cached_property
    def _finder(self) -> _Finder:
        return _Finder("|".join(f"(?:{matcher.source})" for matcher in self._matchers), self._store)

    def scan(self, text: str, budget: TimeBudget) -> "list[tuple[int, regex.Match[str]]]":
        """All matches in order, each with the place of its rule. Where one rule is slow, each is tried alone."""
        if not self._matchers:
            return []
        if not any(matcher.rule in budget.stopped for matcher in self._matchers):
            found: list[regex.Match[str]] = []
            try:
                self._finder.find(text, found)
                return [(self._rule(m), m) for m in found]
            except (TimeoutError, MemoryError):
                pass
        alone = [(i, m) for i, matcher in enumerate(self._matchers) for m in matcher.scan(text, budget)]
        return sorted(alone, key=lambda item: (item[1].start(), item[0]))

    def _rule(self, match: "regex.Match[str]") -> int:
        """The first rule that matches where the whole did: naming groups for it would slow the whole fivefold."""
        at = match.start()
        return next(i for i, m in enumerate(self._matchers) if m.pattern.match(match.string, at) is not None)


@lru_cache(maxsize=1)  # many rules read one text, one after the other
def _has_han(text: str) -> bool:
    return not text.isascii() and _HAN.search(text) is not None


def _limit(text: str) -> float:
    return SECONDS * (1 + len(text) / 1_000_000)
