"""A batch cut into shards: inputs that are written together, whole, and done again together if one of them changes."""

import hashlib
import os
from collections.abc import Callable, Iterable

import msgspec

from confparse.batch.journal import key
from confparse.batch.plan import Job

_SHARD_FILES = 2000  # inputs in a shard, at most, however small
_MEGABYTE = 1_000_000  # bytes


class Shard(msgspec.Struct, frozen=True):
    """Some jobs that follow each other, and the place of the shard in the batch, from 0."""

    number: int
    jobs: tuple[Job, ...]

    @property
    def name(self) -> str:
        """What its files are called, and its line in the journal: the order of names is that of numbers."""
        return f"part-{self.number:06}"


def shards_of(jobs: Iterable[Job], megabytes: int, size_of: Callable[[Job], int]) -> list[Shard]:
    """Jobs cut into shards of so many megabytes of inputs, or of one larger input. It does not depend on who does them."""
    shards: list[Shard] = []
    taken: list[Job] = []
    bytes_taken = 0
    for job in jobs:
        size = size_of(job)
        if taken and (bytes_taken + size > megabytes * _MEGABYTE or len(taken) == _SHARD_FILES):
            shards.append(Shard(len(shards), tuple(taken)))
            taken, bytes_taken = [], 0
        taken.append(job)
        bytes_taken += size
    return [*shards, Shard(len(shards), tuple(taken))] if taken else shards


def size_of_file(job: Job) -> int:
    """Bytes of an input; 0 if that is not known."""
    try:
        return os.stat(job.source).st_size
    except (OSError, ValueError):
        return 0


def state_of(jobs: Iterable[Job], states: Iterable[str]) -> str:
    """One digest for the names of inputs and what each of them holds."""
    digest = hashlib.sha256()
    for job, state in zip(jobs, states, strict=True):
        digest.update(f"{key(job)}\0{state}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
