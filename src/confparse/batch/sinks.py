"""Where the tables of a batch go.

A sink takes the shards of a batch in order. It uses again what an earlier run wrote of a shard, if the journal says
where that is, and gives its outputs their names when they are whole.
"""

from collections.abc import Sequence
from typing import Protocol

from confparse.formats.table_rows import Rows

Extent = tuple[
    int, ...
]  # how much of each table a shard is, in the order of the tables; nothing if it has its own files
Places = dict[str, tuple[Extent, Extent]]  # where the shards of an earlier run start and end in each table


class Sink(Protocol):
    """What takes the shards of a batch."""

    def begin(self, names: Sequence[str], noted: Sequence[tuple[str, Extent]], wanted: set[str]) -> set[str]:
        """Start, with the names of all shards. `noted` are those of an earlier run, in the order in which they were
        written, and how much of the outputs each is. Returns those of the `wanted` ones that are there."""

    def keep(self, name: str) -> Extent:
        """Use a shard of the earlier run again."""

    def write(self, name: str, rows: Rows) -> Extent:
        """Write a shard."""

    def finish(self) -> None:
        """All shards are there: give the outputs their names."""

    def close(self) -> None:
        """Close all files."""


def places(start: Extent, parts: Sequence[tuple[str, Extent]], whole: Extent) -> Places:
    """Where shards that were written one after the other are, as long as the outputs hold what the journal says."""
    out: Places = {}
    for name, extent in parts:
        end = tuple(at + length for at, length in zip(start, extent, strict=False))
        if len(extent) != len(start) or any(at > size for at, size in zip(end, whole, strict=True)):
            break
        out[name] = (start, end)
        start = end
    return out
