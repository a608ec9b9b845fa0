"""The journal of a folder that is not a folder of this machine: rewritten as a whole from time to time, and at the end.

Nothing locks such a folder: one batch at a time is up to those who start them.
"""

from time import monotonic
from types import TracebackType

from confparse.batch.journal import NotedShard, lines_of_shard, made_with, shards_in
from confparse.batch.plan import Options
from confparse.batch.remote import RemoteFolder
from confparse.diagnostics import InputError
from confparse.rules.grammar import Grammar

NAME = ".confparse-batch"
_PAUSE = 5.0  # seconds between two writings


class RemoteJournal:
    """The shards of one output folder that are whole, as a context."""

    def __init__(self, folder: RemoteFolder, options: Options, grammar: Grammar) -> None:
        self._folder, self._head = folder, made_with(options, grammar)
        self.error: InputError | None = None

    def __enter__(self) -> "RemoteJournal":
        self._lines: list[str] = []
        self._written = monotonic()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._lines:
            self._write()

    def shards(self) -> list[NotedShard]:
        """The shards that are whole; none if they were made with something else."""
        head, *lines = self._folder.read(NAME).decode("utf-8", "surrogateescape").split("\n")[:-1] or [""]
        entries = ((digest, name) for digest, _, name in (line.partition(" ") for line in lines))
        return shards_in(entries) if head == self._head else []

    def start(self, entries: list[tuple[str, str]]) -> None:
        """Start the journal again."""
        self._lines = [self._head, *(f"{digest} {name}" for digest, name in entries)]
        self._write()

    def add_shard(self, shard: NotedShard) -> None:
        """Note a shard that is whole."""
        self._lines += lines_of_shard(shard)
        if monotonic() - self._written > _PAUSE:
            self._write()

    def _write(self) -> None:
        self._folder.write(NAME, "".join(f"{line}\n" for line in self._lines).encode("utf-8", "surrogateescape"))
        self._written = monotonic()
