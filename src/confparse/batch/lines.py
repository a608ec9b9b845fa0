"""One file of JSON Lines for a whole batch: written beside its name, and what an earlier run wrote used again."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import BinaryIO

from confparse.batch.journal import Journal, is_unchanged, key, lines_of
from confparse.batch.lock import open_own
from confparse.batch.plan import Job, Options, Outcome
from confparse.batch.workers import run
from confparse.diagnostics import InputError
from confparse.rules.grammar import Grammar

_PAUSE = 1.0  # seconds between two notes in the journal
_HEAD = 1 << 16  # bytes of a line in which the digest of its input is looked for: paths are shorter


class EarlierLines:
    """The lines that an earlier run wrote for inputs that have the same bytes now."""

    def __init__(self, path: Path | None, entries: Sequence[tuple[str, str]]) -> None:
        self.digests: dict[str, str] = {}
        self._places: dict[str, tuple[int, int]] = {}
        self._file: BinaryIO | None = None
        if path is None:
            return
        with suppress(OSError):
            self._file = os.fdopen(open_own(str(path), 0), "rb")
            self._find(self._file, lines_of(entries))

    def _find(self, file: BinaryIO, entries: Iterable[tuple[str, str]]) -> None:
        """Note where each line is, as long as the file holds what the journal says."""
        at = 0
        for digest, name in entries:
            line = file.readline()
            if not line.endswith(b"\n") or f'"sha256":"{digest}"'.encode() not in line[:_HEAD]:
                return
            self.digests[name], self._places[name] = digest, (at, len(line))
            at += len(line)

    def line(self, job: Job) -> bytes:
        """The line of a job that is unchanged."""
        assert self._file is not None
        at, length = self._places[key(job)]
        self._file.seek(at)
        return self._file.read(length)


def into_file(
    work: list[Job], out: Path, options: Options, grammar: Grammar, processes: int, journal: Journal, resume: bool
) -> Iterator[Outcome]:
    """One line for each input, in order, in a file that gets its name when it is whole."""
    partial = out.with_name(f".{out.name}.partial")
    earlier = (
        EarlierLines(partial if partial.is_file() else out, journal.entries()) if resume else EarlierLines(None, ())
    )
    reusable = {id(job) for job in work if key(job) in earlier.digests and is_unchanged(job, earlier.digests)}
    parsed = run([job for job in work if id(job) not in reusable], options, grammar, processes)
    outcomes = _in_order(work, reusable, earlier, parsed)
    begun = partial.with_name(f"{partial.name}.begun") if reusable else partial
    try:
        begun.unlink(missing_ok=True)
        file = os.fdopen(open_own(str(begun), os.O_CREAT | os.O_EXCL), "wb")
    except OSError as error:
        raise InputError("unwritable", name=begun, why=error) from None
    try:
        with file:
            if reusable:
                yield from _overtaking(outcomes, len(reusable), file, begun, partial, journal)
            else:
                journal.start([])
            yield from noted(outcomes, journal, file)
        os.replace(partial, out)
    except OSError as error:
        raise InputError("unwritable", name=out, why=error) from None
    finally:
        if begun != partial:
            begun.unlink(missing_ok=True)


def _overtaking(
    outcomes: Iterator[Outcome], remaining: int, file: BinaryIO, begun: Path, partial: Path, journal: Journal
) -> Iterator[Outcome]:
    """The outcomes up to the last line that is used again; until then the file and the journal of the earlier run stay,
    so that what they hold is not lost if this run is stopped too.
    """
    first_outcomes: list[Outcome] = []
    while remaining:
        outcome = next(outcomes)
        file.write(outcome.line)
        first_outcomes.append(outcome)
        remaining -= outcome.skipped
        yield outcome
    file.flush()
    os.replace(begun, partial)
    journal.start([])
    journal.add(first_outcomes)


def _in_order(
    work: list[Job], reusable: set[int], earlier: EarlierLines, parsed: Iterator[Outcome]
) -> Iterator[Outcome]:
    """The outcomes of all jobs: those whose lines are used again, and those that are parsed."""
    for job in work:
        if id(job) in reusable:
            digest = earlier.digests[key(job)]
            yield Outcome(source=job.source, sha256=digest, line=earlier.line(job), skipped=True)
        else:
            yield next(parsed)
    yield from parsed  # it has none left, but ends its workers


def noted(outcomes: Iterable[Outcome], journal: Journal, file: BinaryIO | None = None) -> Iterator[Outcome]:
    """Outcomes, noted in the journal once what they wrote is whole. Raises OSError if a line cannot be written."""
    waiting: list[Outcome] = []
    since = perf_counter()

    def note() -> None:
        if file is not None:
            file.flush()
        journal.add(waiting)
        waiting.clear()

    try:
        for outcome in outcomes:
            if file is not None:
                file.write(outcome.line)
            waiting.append(outcome)
            if perf_counter() - since > _PAUSE:
                note()
                since = perf_counter()
            yield outcome
    finally:
        note()
