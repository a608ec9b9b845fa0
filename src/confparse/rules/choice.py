"""Several rules as one pattern, so that a text is read once."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import merge
from typing import TYPE_CHECKING

from confparse.rules.extents import Extents
from confparse.rules.finder import Finder
from confparse.rules.patterns import Matcher
from confparse.rules.time_budget import TimeBudget

if TYPE_CHECKING:
    import regex


class Choice:
    """Several rules as one pattern, so that a text is read once: at each place the first of them that matches."""

    def __init__(self, matchers: Sequence[Matcher]) -> None:
        self._matchers = matchers

    @cached_property
    def _finder(self) -> Finder:
        return Finder("|".join(f"(?:{matcher.source})" for matcher in self._matchers))

    def scan(self, text: str, budget: TimeBudget) -> "Iterable[tuple[int, regex.Match[str]]]":
        """All matches in order, each with the place of its rule; they are made again each time they are asked for.

        Each rule is tried alone if one is slow, or if the whole finds what does not fit its first rule.
        """
        if not self._matchers:
            return []
        if not any(matcher.rule in budget.stopped for matcher in self._matchers):
            extents = Extents(None)
            try:
                self._finder.find(text, extents, budget, self._most(text, budget))
                if (rules := self._rules(text, extents.starts)) is not None:
                    return _ChoiceMatches(self._matchers, text, rules, extents.starts)
            except (TimeoutError, MemoryError):
                pass
        rules, starts = array("H"), array("I")
        alone = (_placed(i, matcher.extents(text, budget)) for i, matcher in enumerate(self._matchers))
        for start, which in merge(*alone):
            rules.append(which)
            starts.append(start)
        return _ChoiceMatches(self._matchers, text, rules, starts)

    def _rules(self, text: str, starts: Iterable[int]) -> "array[int] | None":
        """The place of the first rule that matches where the whole did, for each of some starts, None if it does not
        fit one: naming groups for it would slow the whole fivefold.
        """
        out = array("H")
        for at in starts:
            tried = ((i, matcher.fits, matcher.match_at(text, at)) for i, matcher in enumerate(self._matchers))
            which, fits, match = next((item for item in tried if item[2] is not None), (0, None, None))
            if match is None or not (fits is None or fits(match)):
                return None
            out.append(which)
        return out

    def _most(self, text: str, budget: TimeBudget) -> int | None:
        limits = (budget.most(matcher.rule, text) for matcher in self._matchers)
        return max((limit for limit in limits if limit is not None), default=None)


def _placed(which: int, extents: Extents) -> Iterator[tuple[int, int]]:
    """Where the matches of a rule start, each with the place of the rule."""
    return ((start, which) for start, _ in extents.fitting())


class _ChoiceMatches:
    """The matches of several rules by their places, in columns: many matches of short labels would take much memory."""

    def __init__(self, matchers: Sequence[Matcher], text: str, rules: "array[int]", starts: "array[int]") -> None:
        self._matchers, self._text, self._rules, self._starts = matchers, text, rules, starts

    def __iter__(self) -> "Iterator[tuple[int, regex.Match[str]]]":
        for which, at in zip(self._rules, self._starts, strict=True):
            match = self._matchers[which].match_at(self._text, at)
            if match is not None:
                yield which, match
