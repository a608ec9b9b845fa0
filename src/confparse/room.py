"""Whether a text fits into memory, asked before it is too late: who runs out of memory is killed without a word."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from confparse.diagnostics import InputError

# About what parsing takes, measured over texts of many shapes (benchmarks/memory.py).
_OF_CHARACTER, _OF_LINE = 25, 90  # bytes
_OF_BYTE = 3  # of a file, while it is read and decoded
_SMALL = 4 << 20  # bytes of need that are not asked about
_PROC, _CGROUP = Path("/proc"), Path("/sys/fs/cgroup")
_MEGABYTE = 1_000_000


def free_memory() -> int | None:
    """The bytes that this process may still take, None if the system does not tell: of the machine, of its group, of
    its limit.
    """
    return min(_limits(), default=None)


def _limits() -> Iterator[int]:
    with contextlib.suppress(OSError, ValueError, IndexError):
        line = next(row for row in (_PROC / "meminfo").read_text().splitlines() if row.startswith("MemAvailable:"))
        yield int(line.split()[1]) * 1024
    with contextlib.suppress(OSError, ValueError):
        yield int((_CGROUP / "memory.max").read_text()) - int((_CGROUP / "memory.current").read_text())
    with contextlib.suppress(ImportError, OSError, ValueError, IndexError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[0]
        if most != resource.RLIM_INFINITY:
            used = int((_PROC / "self" / "statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
            yield max(0, most - used)


def require_for_file(name: str, size: int) -> None:
    """Raises InputError if a file of this number of bytes cannot even be read."""
    _require(name, size, _OF_BYTE * size)


def require_for_text(name: str, text: str) -> None:
    """Raises InputError if a text with this many characters and lines cannot be parsed."""
    _require(name, len(text), _OF_CHARACTER * len(text) + _OF_LINE * text.count("\n"))


def too_large(name: str, size: int) -> InputError:
    """The error for a text that used up all memory."""
    return InputError("no_memory", name=name, size=size / _MEGABYTE)


def _require(name: str, size: int, need: int) -> None:
    free = free_memory() if need > _SMALL else None
    if free is not None and need > free:
        blanks = {"size": size / _MEGABYTE, "need": need / _MEGABYTE, "free": free / _MEGABYTE}
        raise InputError("no_room", name=name, **blanks)
