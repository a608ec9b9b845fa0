"""What a batch has done, kept beside its outputs, so that `--resume` can go on where it was stopped, by whatever.

The first line says with what the outputs are made: program, grammar, options. Each further line names an input, by the
digest of its bytes, whose output is whole, or which failed; it is written after the output. A line that was cut off
is not counted.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from confparse import __version__
from confparse.batch.plan import Job, Options, Outcome
from confparse.diagnostics import InputError
from confparse.files import read_input
from confparse.rules.grammar import Grammar

FAILED = "!"  # before the digest of an input that gave no output


class Journal:
    """The journal of one output folder or file."""

    def __init__(self, path: Path, options: Options, grammar: Grammar) -> None:
        self.path = path
        made_with = f"{__version__}\n{grammar.digest}\n{options}".encode()
        self._head = hashlib.sha256(made_with).hexdigest()

    def entries(self) -> list[tuple[str, str]]:
        """(digest, input) of all that is done; none where it was done with something else."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="surrogateescape").split("\n")[:-1]
        except OSError:
            return []
        if not lines or lines[0] != self._head:
            return []
        return [(digest, name) for digest, _, name in (line.partition(" ") for line in lines[1:])]

    def start(self, entries: list[tuple[str, str]]) -> None:
        """Begin anew, with what was done before. Raises InputError where it cannot be written."""
        lines = [self._head, *(f"{digest} {name}" for digest, name in entries)]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise InputError("unwritable", name=self.path, why=error.strerror or error) from None

    def add(self, outcomes: list[Outcome]) -> None:
        """Note outcomes whose outputs are whole."""
        lines = "".join(
            f"{FAILED * (outcome.error is not None)}{outcome.sha256} {_name(outcome.source)}\n" for outcome in outcomes
        )
        with self.path.open("ab") as file:
            file.write(lines.encode("utf-8", "surrogateescape"))


def _name(source: Path) -> str:
    return str(source).replace("\n", "\ufffd")


def _digest(source: Path) -> str:
    """The digest of an input's bytes; nothing where it cannot be read."""
    try:
        return hashlib.sha256(read_input(source)).hexdigest()
    except InputError:
        return ""


def is_done(job: Job, done: dict[str, str]) -> bool:
    """Whether the output of a job is there, and was made from the bytes that its input has now."""
    digest = done.get(_name(job.source), FAILED)
    there = job.target is not None and not digest.startswith(FAILED) and job.target.is_file()
    return there and _digest(job.source) == digest


def done_in_order(work: Sequence[Job], entries: Sequence[tuple[str, str]]) -> int:
    """How many of the first jobs are done and unchanged: into one file for all, no line can be put between others."""
    for i, (job, (digest, name)) in enumerate(zip(work, entries, strict=False)):
        if name != _name(job.source) or digest.removeprefix(FAILED) != _digest(job.source):
            return i
    return min(len(work), len(entries))
