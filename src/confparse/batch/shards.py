"""A batch cut into shards: inputs that are written together, whole, and done again together if one of them changes."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from confparse.batch.plan import Job

_SHARD_FILES = 2000  # inputs in a shard, at most, however small
_MEGABYTE = 1_000_000  # bytes
T = TypeVar("T")


class Shard(msgspec.Struct, frozen=True):
    """Some jobs that follow each other, and the name of their shard in the batch."""

    name: str
    jobs: tuple[Job, ...]


def shards_of(jobs: Iterable[Job], megabytes: int, size_of: Callable[[Job], int]) -> list[Shard]:
    """Jobs cut into shards."""
    return [Shard(name, some) for name, some in cut(jobs, megabytes, size_of)]


def cut(inputs: Iterable[T], megabytes: int, size_of: Callable[[T], int]) -> Iterator[tuple[str, tuple[T, ...]]]:
    """Inputs cut into shards of a given size, or of one larger input; and the names of the shards, whose order is
    theirs. It does not depend on who does the work."""
    shard: list[T] = []
    number = shard_bytes = 0
    for one in inputs:
        size = size_of(one)
        if shard and (shard_bytes + size > megabytes * _MEGABYTE or len(shard) == _SHARD_FILES):
            yield f"part-{number:06}", tuple(shard)
            shard, shard_bytes, number = [], 0, number + 1
        shard.append(one)
        shard_bytes += size
    if shard:
        yield f"part-{number:06}", tuple(shard)


def size_of_file(job: Job) -> int:
    """Bytes of an input; 0 if that is not known."""
    try:
        return os.stat(job.source).st_size
    except (OSError, ValueError):
        return 0


def state_of(names: Iterable[str], states: Iterable[str]) -> str:
    """One digest for the names of inputs and what each of them holds."""
    digest = hashlib.sha256()
    for name, state in zip(names, states, strict=True):
        digest.update(f"{name}\0{state}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
