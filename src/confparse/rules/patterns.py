"""The only place that compiles a grammar's patterns and hands matches out: those that fit their rule, within a time limit."""

import re
from collections.abc import Container, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain, islice
from time import process_time

import regex

from confparse.rules.compiled import PATTERNS
from confparse.rules.extents import Extents, Fits
from confparse.rules.optimize import from_line_feed
from confparse.rules.vocabulary import NOTHING

SECONDS = 1.0  # a pattern may take this long over a text, and this much more for every million characters
DOCUMENT_SECONDS = 10.0  # processor time after which the patterns of a user's grammar are stopped in a document
DOCUMENT_RATE = 30.0  # and this much more for every million characters
_KEPT = 4096  # matches of a pattern that are kept, at most, where they are read one by one
_MILLION = 1_000_000
_FEW, _SHARE = 10_000, 4  # matches of a user's rule in a text: so many, and one for so many characters
_LEAST = 0.001  # seconds that each pattern still gets when those of the document are used up
_HAN = re.compile("[\u3400-\u9fff]")


def compiled(source: str) -> "regex.Pattern[str]":
    """A source as a pattern. Raises regex.error."""
    return PATTERNS.get(source)


class TimeBudget:
    """The limits of one run: which rules were stopped, and where. A rule that was stopped matches nothing after.

    `characters` of a document limit the time of all its patterns together; without it each has a limit of its own only.
    `own`: the rules of a user, whose matches are counted too, for each takes memory.
    """

    def __init__(self, characters: int | None = None, own: Container[str] = ()) -> None:
        self.stopped: dict[str, int] = {}
        self._own = own
        self.used_up = False  # whether the time of the whole document was
        allowed = DOCUMENT_SECONDS + DOCUMENT_RATE * (characters or 0) / _MILLION
        self._ends = None if characters is None else process_time() + allowed

    def stop(self, rule: str, at: int) -> None:
        """Note that a rule took too long at an offset."""
        self.stopped.setdefault(rule, at)

    def most(self, rule: str, text: str) -> int | None:
        """The matches that a rule may have in a text; None if any number."""
        return _FEW + len(text) // _SHARE if rule in self._own else None

    def limit(self, text: str) -> float:
        """The seconds that a pattern may take over a text."""
        own = SECONDS * (1 + len(text) / _MILLION)
        if self._ends is None:
            return own
        left = self._ends - process_time()
        self.used_up = self.used_up or left <= 0
        return max(_LEAST, min(own, left))


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
        return from_line_feed(self._source)

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

    def find(self, text: str, found: "list[regex.Match[str]] | Extents", budget: TimeBudget, most: int | None) -> None:
        """Add the matches to a list, in order. Raises TimeoutError, with those before it added, also if there are too many."""
        if self._source != NOTHING:
            self._find(text, found, budget, most)
        if most is not None and len(found) >= most:
            raise TimeoutError

    def _find(self, text: str, found: "list[regex.Match[str]] | Extents", budget: TimeBudget, most: int | None) -> None:
        led = self._led if "\n" in text else None
        if self._lead is None or ("\n" in text and led is None):
            found.extend(islice(self.plain.finditer(text, timeout=budget.limit(text)), most))
            return
        first = self._first(text, led, budget)
        found.extend([first] if first is not None else [])
        if led is None:
            return
        start = first.end() if first else 0
        found.extend(islice(led.finditer(text, start, timeout=budget.limit(text)), most))
        ends = found.ends if isinstance(found, Extents) else (match.end() for match in found)
        if any(end and text[end - 1] == "\n" for end in ends):  # it hid the line after it
            found.clear()
            found.extend(islice(self.plain.finditer(text, timeout=budget.limit(text)), most))

    def _first(self, text: str, led: "regex.Pattern[str] | None", budget: TimeBudget) -> "regex.Match[str] | None":
        """The match at the start of a text. If one pattern tells that there is none, the other need not be compiled."""
        if led is not None and led.match(f"\n{text}", timeout=budget.limit(text)) is None:
            return None
        return self.plain.match(text, timeout=budget.limit(text))


class Matcher:
    """The compiled patterns of one rule. Compiled when first used; `^` and `$` are line ends.

    `fits` tells whether a match holds what the rule reads from it; one that does not is no match.
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
        found: list[regex.Match[str]] = []
        try:
            if self.rule not in budget.stopped:
                self._finder.find(text, found, budget, budget.most(self.rule, text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, found[-1].end() if found else 0)
        return found if self.fits is None else [match for match in found if self.fits(match)]

    def extents(self, text: str, budget: TimeBudget) -> "Extents":
        """Where scan() finds its matches, which are let go: they would take many times the memory of a text of small words."""
        found = Extents(self.fits)
        try:
            if self.rule not in budget.stopped:
                self._finder.find(text, found, budget, budget.most(self.rule, text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, found.ends[-1] if len(found) else 0)
        return found

    def each(self, text: str, budget: TimeBudget) -> "Iterator[regex.Match[str]]":
        """The matches of scan(), but for the first thousands not kept: found by their places, and made anew one by one."""
        found = _FirstMatches()
        try:
            if self.rule not in budget.stopped:
                self._finder.find(text, found, budget, budget.most(self.rule, text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, found.ends[-1] if len(found) else 0)
        again = (self.match_at(text, found.starts[i]) for i in range(len(found.matches), len(found)))
        for match in chain(found.matches, again):
            if match is not None and (self.fits is None or self.fits(match)):
                yield match

    def search(self, text: str, budget: TimeBudget) -> "regex.Match[str] | None":
        """The first match in a text."""
        try:
            idle = self.rule in budget.stopped
            found = None if idle else self.pattern.search(text, timeout=budget.limit(text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, 0)
            return None
        if found is None or self.fits is None or self.fits(found):
            return found
        return next(iter(self.scan(text, budget)), None)

    def sub(self, put: str, text: str, budget: TimeBudget) -> str:
        """The text with every match replaced; unchanged where the pattern takes too long."""
        try:
            idle = self.rule in budget.stopped or self.source == NOTHING
            replaced: str = text if idle else self.pattern.sub(put, text, timeout=budget.limit(text))
        except (TimeoutError, MemoryError):
            budget.stop(self.rule, 0)
            return text
        return replaced


class _FirstMatches(Extents):
    """Where matches stand, and the first thousands themselves."""

    def __init__(self) -> None:
        super().__init__(None)
        self.matches: list[regex.Match[str]] = []

    def extend(self, matches: "Iterable[regex.Match[str]]") -> None:
        for match in matches:
            if len(self.matches) < _KEPT:
                self.matches.append(match)
            self.starts.append(match.start())
            self.ends.append(match.end())

    def clear(self) -> None:
        super().clear()
        self.matches.clear()


class ScriptMatcher(Matcher):
    """The patterns of a rule that reads by script: of texts with Han characters the Chinese ones, of others the rest."""

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
