"""What a batch has done, kept beside its outputs, so that `--resume` can continue after any kind of stop.

The first line says with what the outputs are made: program, grammar, options. Each further line names an input, by the
digest of its bytes, whose output is whole, or which failed; or a shard of tables, by the digest of what its inputs
held. It is written after the output. A line that was cut off is not counted. The batch that writes a journal holds its
lock.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from confparse import __version__
from confparse.batch.lock import lock, open_own
from confparse.batch.plan import Job, Options, Outcome
from confparse.diagnostics import InputError
from confparse.files import read_input
from confparse.rules.grammar import Grammar

FOLDER_JOURNAL = ".confparse-batch"  # in a folder of outputs
FAILED = "!"  # before the digest of an input that gave no output


def made_with(options: Options, grammar: Grammar) -> str:
    """One digest for the program, the grammar and the options that outputs are made with."""
    return hashlib.sha256(f"{__version__}\n{grammar.digest}\n{options}".encode()).hexdigest()


class NotedShard(msgspec.Struct, frozen=True):
    """A shard as a journal knows it: its name, what its inputs held, how much of each output it is, what failed."""

    name: str
    state: str
    extent: tuple[int, ...] = ()
    failed: frozenset[str] = frozenset()


def lines_of_shard(shard: NotedShard) -> list[str]:
    """A shard as lines of a journal: its inputs that failed, then the shard."""
    extent = "".join(f" {length}" for length in shard.extent)
    return [*(f"{FAILED} {name}" for name in sorted(shard.failed)), f"{shard.state} {shard.name}{extent}"]


def shards_in(entries: Iterable[tuple[str, str]]) -> list[NotedShard]:
    """The shards in the lines of a journal."""
    shards: list[NotedShard] = []
    failed: set[str] = set()
    for digest, name in entries:
        if digest == FAILED:
            failed.add(name)
        else:
            shard, *extent = name.split(" ")
            shards.append(NotedShard(shard, digest, tuple(map(int, extent)), frozenset(failed)))
            failed = set()
    return shards


def _is_held(path: Path) -> bool:
    """Whether another process holds the journal of a folder."""
    try:
        descriptor = open_own(str(path), 0)
    except OSError:  # there is none
        return False
    try:
        return not lock(descriptor)
    finally:
        os.close(descriptor)


class Journal:
    """The journal of one output folder or file, as a context: locked while it is open.

    Raises InputError on entry if it cannot be written, or if another batch holds it.
    """

    def __init__(self, path: Path, options: Options, grammar: Grammar, folders: Iterable[Path] = ()) -> None:
        """`folders` are those that the outputs go to, if they are many: another batch may have the journal of one of
        them.
        """
        self.path = path
        below = {way for folder in folders for way in (folder, *folder.parents) if path.parent in way.parents}
        self._folders = sorted(below)
        self.error: InputError | None = None  # why it was given up: the outputs are written all the same
        self._head = made_with(options, grammar)

    def __enter__(self) -> "Journal":
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = open_own(str(self.path), os.O_CREAT)
        except OSError as error:
            raise InputError("unwritable", name=self.path, why=error) from None
        self._file = os.fdopen(descriptor, "r+b", buffering=0)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            self._file.close()
            raise InputError("journal_is_link", name=self.path)
        if not lock(descriptor):
            self._file.close()
            raise InputError("batch_busy", name=self.path.parent)
        busy = next((folder for folder in self._around() if _is_held(folder / self.path.name)), None)
        if busy is not None:
            self._file.close()
            raise InputError("batch_busy", name=busy)
        return self

    def _around(self) -> Iterator[Path]:
        """The folders above and below whose journals others may hold; this one is held already, so that of two one sees
        it.
        """
        if self.path.name == FOLDER_JOURNAL:
            yield from (*self.path.parent.parents, *self._folders)

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._file.close()

    def entries(self) -> list[tuple[str, str]]:
        """(digest, input) of all that is done; nothing if it was done with something else."""
        self._file.seek(0)
        lines = self._file.readall().decode("utf-8", "surrogateescape").split("\n")[:-1]
        if not lines or lines[0] != self._head:
            return []
        return [(digest, name) for digest, _, name in (line.partition(" ") for line in lines[1:])]

    def start(self, entries: list[tuple[str, str]]) -> None:
        """Start the journal again, with what was done before."""
        self._file.seek(0)
        self._file.truncate()
        self._write([self._head, *(f"{digest} {name}" for digest, name in entries)])

    def add(self, outcomes: list[Outcome]) -> None:
        """Note outcomes whose outputs are whole."""
        self._write([f"{FAILED * (o.error is not None)}{o.sha256} {_name(o.source)}" for o in outcomes])

    def add_shard(self, shard: NotedShard) -> None:
        """Note a shard that is whole."""
        self._write(lines_of_shard(shard))

    def shards(self) -> list[NotedShard]:
        """The shards that are whole, in the order in which they were written."""
        return shards_in(self.entries())

    def _write(self, lines: list[str]) -> None:
        if self.error is not None:
            return
        data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
        try:
            if self._file.write(data) != len(data):
                self.error = InputError("journal_lost", name=self.path, why="-")
        except OSError as error:
            self.error = InputError("journal_lost", name=self.path, why=error)


def _name(source: Path | str) -> str:
    return str(source).replace("\n", "\ufffd")


def digest_of(source: Path) -> str:
    """The digest of an input's bytes; nothing if it cannot be read."""
    try:
        return hashlib.sha256(read_input(source)).hexdigest()
    except InputError:
        return ""


def is_done(job: Job, digests: dict[str, str]) -> bool:
    """Whether the output of a job is there, and was made from the bytes that its input has now."""
    there = job.target is not None and os.path.isfile(job.target)
    return there and is_unchanged(job, digests)


def is_unchanged(job: Job, digests: dict[str, str]) -> bool:
    """Whether a job did not fail when it was done, and its input has the same bytes now."""
    digest = digests.get(_name(job.source), FAILED)
    return job.error is None and not digest.startswith(FAILED) and digest_of(job.source) == digest


def lines_of(entries: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(digest, input) of the lines in one file for all, in order: inputs that failed have none."""
    return [(digest, name) for digest, name in entries if not digest.startswith(FAILED)]


def key(job: Job) -> str:
    """The name of a job's input in the journal."""
    return _name(job.source)
