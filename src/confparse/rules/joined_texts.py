"""Many short texts read as one, so that a pattern goes over them in one pass."""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from confparse.rules.patterns import Matcher, TimeBudget


class JoinedTexts:
    """Short texts, each by a number of its own, none with a line feed."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._keys = list(texts)
        self._joined = "\n".join(texts.values())
        self._starts = [0, *accumulate(len(text) + 1 for text in texts.values())]

    def matching(self, matcher: Matcher, budget: TimeBudget) -> set[int]:
        """The numbers of the texts that a pattern matches."""
        found = matcher.scan(self._joined, budget) if self._keys else []
        return {self._keys[bisect_right(self._starts, match.start()) - 1] for match in found}
