"""Compiles the patterns of a grammar that are tried on documents, and finds what they match."""

from functools import cached_property
from itertools import islice

import regex

from confparse.rules.compiled import PATTERNS
from confparse.rules.extents import Extents
from confparse.rules.time_budget import TimeBudget
from confparse.rules.vocabulary import NOTHING


def compiled(source: str) -> "regex.Pattern[str]":
    """A source as a pattern. Raises regex.error."""
    return PATTERNS.get(source)


class Finder:
    """Finds all matches of a source in a text; what is bound to line starts, from the line feeds before them."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def plain(self) -> "regex.Pattern[str]":
        return compiled(self._source)

    @cached_property
    def _lead(self) -> str | None:
        """The source rewritten to start from a line feed; None if it is not bound to line starts."""
        return PATTERNS.lead(self._source)

    @cached_property
    def _led(self) -> "regex.Pattern[str] | None":
        try:
            return compiled(self._lead) if self._lead is not None else None
        except regex.error:  # a source that is stranger than the rewriting knows
            return None

    def match_at(self, text: str, at: int) -> "regex.Match[str] | None":
        """The match that starts at an offset."""
        if at and text[at - 1] == "\n" and self._led is not None:
            return self._led.match(text, at - 1)
        return self.plain.match(text, at)

    def find(
        self, text: str, matches: "list[regex.Match[str]] | Extents", budget: TimeBudget, most: int | None
    ) -> None:
        """Add the matches to a list, in order. Raises TimeoutError, with those before it added, also if there are too
        many.
        """
        if self._source != NOTHING:
            self._find(text, matches, budget, most)
        if most is not None and len(matches) >= most:
            raise TimeoutError

    def _find(
        self, text: str, matches: "list[regex.Match[str]] | Extents", budget: TimeBudget, most: int | None
    ) -> None:
        led = self._led if "\n" in text else None
        if self._lead is None or ("\n" in text and led is None):
            matches.extend(islice(self.plain.finditer(text, timeout=budget.limit(text)), most))
            return
        first = self._first(text, led, budget)
        matches.extend([first] if first is not None else [])
        if led is None:
            return
        start = first.end() if first else 0
        matches.extend(islice(led.finditer(text, start, timeout=budget.limit(text)), most))
        ends = matches.ends if isinstance(matches, Extents) else (match.end() for match in matches)
        if any(end and text[end - 1] == "\n" for end in ends):  # it hid the line after it
            matches.clear()
            matches.extend(islice(self.plain.finditer(text, timeout=budget.limit(text)), most))

    def _first(self, text: str, led: "regex.Pattern[str] | None", budget: TimeBudget) -> "regex.Match[str] | None":
        """The match at the start of a text. If one pattern tells that there is none, the other need not be compiled."""
        if led is not None and led.match(f"\n{text}", timeout=budget.limit(text)) is None:
            return None
        return self.plain.match(text, timeout=budget.limit(text))
