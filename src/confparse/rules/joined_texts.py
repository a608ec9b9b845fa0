"""Many short texts read as one, so that a pattern goes over them in one pass, and sets of their numbers."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, MutableSet
from itertools import accumulate

from confparse.rules.patterns import Matcher
from confparse.rules.time_budget import TimeBudget

_PART = 200_000  # characters that a pattern goes over at once: what it finds takes many times the memory of short texts


class IndexSet(MutableSet[int]):
    """A set of small numbers, one byte each, whether they are in it or not."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._flags = bytearray()
        for number in numbers:
            self.add(number)

    def add(self, value: int) -> None:
        """Put a number in."""
        if value >= len(self._flags):
            self._flags.extend(bytes(value + 1 - len(self._flags)))
        self._flags[value] = 1

    def discard(self, value: int) -> None:
        """Take a number out."""
        if value in self:
            self._flags[value] = 0

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int) and 0 <= value < len(self._flags) and bool(self._flags[value])

    def __iter__(self) -> Iterator[int]:
        at = self._flags.find(1)
        while at >= 0:
            yield at
            at = self._flags.find(1, at + 1)

    def __len__(self) -> int:
        return self._flags.count(1)


class _Part:
    """Some of the texts, joined by line feeds, with their numbers."""

    def __init__(self, keys: "array[int]", texts: list[str]) -> None:
        self.keys, self.joined = keys, "\n".join(texts)
        self._starts = array("I", accumulate((len(text) + 1 for text in texts), initial=0))

    def key_at(self, offset: int) -> int:
        """The number of the text that holds an offset."""
        return self.keys[bisect_right(self._starts, offset) - 1]


class JoinedTexts:
    """Short texts, each with its own number, none with a line feed."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self._parts: list[_Part] = []
        keys, own, size = array("I"), list[str](), 0
        for key, text in texts:
            keys.append(key)
            own.append(text)
            size += len(text) + 1
            if size >= _PART:
                self._parts.append(_Part(keys, own))
                keys, own, size = array("I"), [], 0
        if own:
            self._parts.append(_Part(keys, own))

    def matching(self, matcher: Matcher, budget: TimeBudget, into: IndexSet | None = None) -> IndexSet:
        """The numbers of the texts that a pattern matches, put into a set."""
        keys = IndexSet() if into is None else into
        for part in self._parts:
            for start, _ in matcher.extents(part.joined, budget).fitting():
                keys.add(part.key_at(start))
        return keys


class PackedTexts:
    """Short texts by their places, none with a line feed, kept as a few long ones."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._parts: list[str] = []
        self._ends = array("I")  # of each text in its part
        self._first = array("I")  # the number of the first text of each part
        own, size = list[str](), 0
        for text in texts:
            if not own:
                self._first.append(len(self._ends))
            own.append(text)
            size += len(text)
            self._ends.append(size)
            if size >= _PART:
                self._parts.append("".join(own))
                own, size = [], 0
        if own:
            self._parts.append("".join(own))

    def __getitem__(self, at: int) -> str:
        part = bisect_right(self._first, at) - 1
        start = self._ends[at - 1] if at > self._first[part] else 0
        return self._parts[part][start : self._ends[at]]

    def __len__(self) -> int:
        return len(self._ends)
