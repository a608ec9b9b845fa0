"""Several rules as one pattern, so that a text is read once."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from confparse.rules.patterns import Finder, Matcher, TimeBudget

if TYPE_CHECKING:
    import regex


class Choice:
    """Several rules as one pattern, so that a text is read once: at each place the first of them that matches."""

    def __init__(self, matchers: Sequence[Matcher]) -> None:
        self._matchers = matchers

    @cached_property
    def _finder(self) -> Finder:
        return Finder("|".join(f"(?:{matcher.source})" for matcher in self._matchers))

    def scan(self, text: str, budget: TimeBudget) -> "list[tuple[int, regex.Match[str]]]":
        """All matches in order, each with the place of its rule.

        Each rule is tried alone where one is slow, or where the whole finds what does not fit its first rule.
        """
        if not self._matchers:
            return []
        if not any(matcher.rule in budget.stopped for matcher in self._matchers):
            found: list[regex.Match[str]] = []
            try:
                self._finder.find(text, found, budget, self._most(text, budget))
                chosen = [(self._rule(match), match) for match in found]
                if all(self._fits(which, match) for which, match in chosen):
                    return chosen
            except (TimeoutError, MemoryError):
                pass
        alone = [(i, m) for i, matcher in enumerate(self._matchers) for m in matcher.scan(text, budget)]
        return sorted(alone, key=lambda item: (item[1].start(), item[0]))

    def _rule(self, match: "regex.Match[str]") -> int:
        """The first rule that matches where the whole did, -1 if none does: naming groups for it would slow the whole fivefold."""
        at = match.start()
        return next((i for i, m in enumerate(self._matchers) if m.starts_at(match.string, at)), -1)

    def _most(self, text: str, budget: TimeBudget) -> int | None:
        limits = (budget.most(matcher.rule, text) for matcher in self._matchers)
        return max((limit for limit in limits if limit is not None), default=None)

    def _fits(self, which: int, match: "regex.Match[str]") -> bool:
        fits = self._matchers[which].fits
        return which >= 0 and (fits is None or fits(match))
