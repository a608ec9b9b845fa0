"""Sequences of very many small values: those of a normal report are plain objects, what goes beyond takes little
memory.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar, overload

import msgspec

_PAGE = 4096  # values that are packed together; a normal report has fewer of any kind than are kept as objects
_FAST = 1  # the level of zlib
LARGEST = 2**62  # whole numbers in columns are told apart up to here
T = TypeVar("T")


class Lazy(Sequence[T]):
    """What sequences share whose values are made when asked for."""

    def at(self, at: int) -> T:
        """The value at a place that is there."""
        raise NotImplementedError

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        size = len(self)
        if isinstance(at, slice):
            return [self.at(i) for i in range(*at.indices(size))]
        if not -size <= at < size:
            raise IndexError(at)
        return self.at(at if at >= 0 else size + at)

    def __iter__(self) -> Iterator[T]:
        return map(self.at, range(len(self)))


def pack(values: Sequence[Any]) -> bytes:
    """Structs as few bytes."""
    return zlib.compress(msgspec.msgpack.encode(values, enc_hook=tuple), _FAST)


def unpack(data: bytes, kind: type[T]) -> list[T]:
    """The structs of a type that were packed."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=list[kind])  # type: ignore[valid-type]


class Packed(Lazy[T]):
    """Structs of one type in the order in which they were put in: the last thousands as they are, those before them
    packed.

    Packed values are returned as copies, so a value must not be changed after thousands were put in behind it.
    """

    def __init__(self, kind: type[T], values: Iterable[T] = ()) -> None:
        self._kind = kind
        self._pages: list[bytes] = []
        self._tail: list[T] = []
        self._open: tuple[int, list[T]] = (-1, [])  # the page that was read last, and its number
        self.extend(values)

    def append(self, value: T) -> None:
        """Put a value after the last one."""
        self._tail.append(value)
        if len(self._tail) == 2 * _PAGE:
            self._pages.append(pack(self._tail[:_PAGE]))
            del self._tail[:_PAGE]

    @property
    def packed(self) -> bool:
        """Whether some values are packed, because there are very many."""
        return bool(self._pages)

    def extend(self, values: Iterable[T]) -> None:
        """Put values after the last one."""
        for value in values:
            self.append(value)

    def _page(self, number: int) -> list[T]:
        return unpack(self._pages[number], self._kind)

    def at(self, at: int) -> T:
        number, place = divmod(at, _PAGE)
        if number >= len(self._pages):
            return self._tail[at - len(self._pages) * _PAGE]
        if self._open[0] != number:
            self._open = (number, self._page(number))
        return self._open[1][place]

    def __iter__(self) -> Iterator[T]:
        return chain(chain.from_iterable(self._page(number) for number in range(len(self._pages))), self._tail)

    def __len__(self) -> int:
        return len(self._pages) * _PAGE + len(self._tail)


class CachedValues(Lazy[T]):
    """Values that a function makes of their places; the last thousands that were made are kept."""

    def __init__(self, make: Callable[[int], T], size: int) -> None:
        self._make, self._size = make, size
        self._cache: dict[int, T] = {}

    def at(self, at: int) -> T:
        value = self._cache.get(at)
        if value is None:
            if len(self._cache) >= 2 * _PAGE:
                self._cache.clear()
            value = self._cache[at] = self._make(at)
        return value

    def __len__(self) -> int:
        return self._size
