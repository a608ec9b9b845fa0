"""The matches of rules: those that fit their rule, found within a time limit."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

import regex

from confparse.letters import IDEOGRAPHS
from confparse.rules.extents import Extents, Fits
from confparse.rules.finder import Finder
from confparse.rules.time_budget import TimeBudget
from confparse.rules.vocabulary import NOTHING

_FIRST_MATCHES = 4096  # matches of a pattern that are kept, at most, if they are read one by one
_HAN = re.compile(f"[{IDEOGRAPHS}]")


class Matcher:
    """The compiled patterns of one rule. Compiled when first used; `^` and `$` are line ends.

    `fits` tells whether a match holds what the rule reads from it; one that does not is not a match.
    """

    def __init__(self, rule: str, source: str, fits: Fits | None = None) -> None:
        self.rule, self.source, self.fits = rule, source, fits
        self._finder = Finder(source)

    @property
    def pattern(self) -> "regex.Pattern[str]":
        return self._finder.plain

    def match_at(self, text: str, at: int) -> "regex.Match[str] | None":
        """The match that starts at an offset of a text."""
        return self._finder.match_at(text, at)

    def scan(self, text: str, budget: TimeBudget) -> "list[regex.Match[str]]":
        """All matches in a text; a pattern that takes too long is stopped and reported, what it found stays.

        A list, not a generator: the limit must not count what the caller does between two matches.
        """
        matches: list[regex.Match[str]] = []
        try:
            if self.rule not in budget.stopped:
                self._finder.find(text, matches, budget, budget.most(self.rule, text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, matches[-1].end() if matches else 0, text)
        return matches if self.fits is None else [match for match in matches if self.fits(match)]

    def extents(self, text: str, budget: TimeBudget) -> "Extents":
        """Where scan() finds its matches, which are not kept: they would take many times the memory of a text of small
        words.
        """
        extents = Extents(self.fits)
        try:
            if self.rule not in budget.stopped:
                self._finder.find(text, extents, budget, budget.most(self.rule, text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, extents.ends[-1] if len(extents) else 0, text)
        return extents

    def each(self, text: str, budget: TimeBudget) -> "Iterator[regex.Match[str]]":
        """The matches of scan(), only the first thousands kept: found by their places, and made again one by
        one.
        """
        first_matches = _FirstMatches()
        try:
            if self.rule not in budget.stopped:
                self._finder.find(text, first_matches, budget, budget.most(self.rule, text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, first_matches.ends[-1] if len(first_matches) else 0, text)
        again = (
            self.match_at(text, first_matches.starts[i]) for i in range(len(first_matches.matches), len(first_matches))
        )
        for match in chain(first_matches.matches, again):
            if match is not None and (self.fits is None or self.fits(match)):
                yield match

    def search(self, text: str, budget: TimeBudget) -> "regex.Match[str] | None":
        """The first match in a text."""
        try:
            idle = self.rule in budget.stopped
            match = None if idle else self.pattern.search(text, timeout=budget.limit(text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, 0, text)
            return None
        if match is None or self.fits is None or self.fits(match):
            return match
        return next(iter(self.scan(text, budget)), None)

    def sub(self, put: str, text: str, budget: TimeBudget) -> str:
        """The text with every match replaced; unchanged if the pattern takes too long."""
        try:
            idle = self.rule in budget.stopped or self.source == NOTHING
            replaced: str = text if idle else self.pattern.sub(put, text, timeout=budget.limit(text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, 0, text)
            return text
        return replaced


class _FirstMatches(Extents):
    """Where matches are, and the first thousands themselves."""

    def __init__(self) -> None:
        super().__init__(None)
        self.matches: list[regex.Match[str]] = []

    def extend(self, matches: "Iterable[regex.Match[str]]") -> None:
        for match in matches:
            if len(self.matches) < _FIRST_MATCHES:
                self.matches.append(match)
            self.starts.append(match.start())
            self.ends.append(match.end())

    def clear(self) -> None:
        super().clear()
        self.matches.clear()


class ScriptMatcher(Matcher):
    """The patterns of a rule that reads by script: of texts with Han characters the Chinese ones, of others the
    rest.
    """

    def __init__(self, rule: str, latin: str, han: str, fits: Fits | None = None) -> None:
        super().__init__(rule, f"{latin}|{han}", fits)
        self._latin, self._han = Matcher(rule, latin, fits), Matcher(rule, han, fits)

    def _of(self, text: str) -> Matcher:
        return self._han if _has_han(text) else self._latin

    def scan(self, text: str, budget: TimeBudget) -> "list[regex.Match[str]]":
        """All matches in a text."""
        return self._of(text).scan(text, budget)

    def each(self, text: str, budget: TimeBudget) -> "Iterator[regex.Match[str]]":
        """The matches of scan(), one by one."""
        return self._of(text).each(text, budget)

    def extents(self, text: str, budget: TimeBudget) -> Extents:
        """Where scan() finds its matches."""
        return self._of(text).extents(text, budget)

    def search(self, text: str, budget: TimeBudget) -> "regex.Match[str] | None":
        """The first match in a text."""
        return self._of(text).search(text, budget)

    def sub(self, put: str, text: str, budget: TimeBudget) -> str:
        """The text with every match replaced."""
        return self._of(text).sub(put, text, budget)


@lru_cache(maxsize=1)  # many rules read one text, one after the other
def _has_han(text: str) -> bool:
    return not text.isascii() and _HAN.search(text) is not None
