"""Where the matches of a pattern are, without the matches: these take many times the memory of a text of small
words.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

Fits = Callable[["regex.Match[str]"], bool]


class Extents:
    """Where the matches of a pattern are, in columns."""

    def __init__(self, fits: Fits | None) -> None:
        self.starts, self.ends = array("I"), array("I")
        self._fits, self._unfit = fits, set[int]()

    def extend(self, matches: "Iterable[regex.Match[str]]") -> None:
        """Put matches after the last one."""
        for match in matches:
            if self._fits is not None and not self._fits(match):
                self._unfit.add(len(self.starts))
            self.starts.append(match.start())
            self.ends.append(match.end())

    def clear(self) -> None:
        """Start again."""
        del self.starts[:], self.ends[:]
        self._unfit.clear()

    def __len__(self) -> int:
        return len(self.starts)

    def fitting(self) -> Iterator[tuple[int, int]]:
        """The extents [start, end) of the matches that hold what their rule reads."""
        return ((self.starts[i], self.ends[i]) for i in range(len(self)) if i not in self._unfit)
