"""A batch from its inputs to its outputs: one file each, or one line each in one file; with a journal to resume by."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import BinaryIO

import msgspec

from confparse.batch.journal import FAILED, Journal, done_in_order, is_done
from confparse.batch.plan import Job, Options, Outcome, jobs
from confparse.batch.workers import parse_job, run
from confparse.diagnostics import InputError
from confparse.files import drop_partials
from confparse.rules.grammar import Grammar

_PAUSE = 1.0  # seconds between two notes in the journal


class Summary(msgspec.Struct):
    """What a batch did. Sizes are bytes, times seconds."""

    done: int = 0
    failed: int = 0
    skipped: int = 0
    paragraphs: int = 0
    records: int = 0
    size: int = 0
    seconds: float = 0.0
    codes: Counter[str] = msgspec.field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.failed += outcome.error is not None
        self.skipped += outcome.skipped
        self.done += outcome.error is None and not outcome.skipped
        self.paragraphs += outcome.paragraphs
        self.records += outcome.records
        self.size += outcome.size
        self.codes.update(outcome.codes)


Seen = Callable[[Outcome, int], None]  # an outcome, and how many jobs there are


def run_batch(
    paths: Sequence[str], out: Path, options: Options, grammar: Grammar, processes: int, resume: bool, seen: Seen
) -> Summary:  # fmt: skip
    """Parse all inputs into a folder, or into one file of JSON Lines; `seen` is told of each outcome, in order.

    Raises InputError where the outputs cannot be written.
    """
    summary, began = Summary(), perf_counter()
    work = list(jobs(paths, out, options.format))
    into = _into_file if options.format == "jsonl" else _into_folder
    for outcome in into(work, out, options, grammar, processes, resume):
        summary.add(outcome)
        seen(outcome, len(work))
    summary.seconds = perf_counter() - began
    return summary


def _into_folder(
    work: list[Job], out: Path, options: Options, grammar: Grammar, processes: int, resume: bool
) -> Iterator[Outcome]:  # fmt: skip
    """One file for each input; the journal is kept for the next time."""
    journal = Journal(out / ".confparse-batch", options, grammar)
    entries = journal.entries() if resume else []
    journal.start(entries)
    if resume:
        drop_partials(job.target for job in work if job.target is not None)
    done = {name: digest for digest, name in entries}
    todo = [job for job in work if not is_done(job, done)]
    if len(todo) < len(work):
        left = {id(job) for job in todo}
        yield from (Outcome(source=job.source, skipped=True) for job in work if id(job) not in left)
    yield from _noted(run(todo, options, grammar, processes), journal)


def _into_file(
    work: list[Job], out: Path, options: Options, grammar: Grammar, processes: int, resume: bool
) -> Iterator[Outcome]:  # fmt: skip
    """One line for each input, in order, in a file that gets its name when it is whole; then the journal goes."""
    out = out.resolve()
    if out.exists() and not out.is_file():
        raise InputError("no_regular_file", name=out)
    partial = out.with_name(f".{out.name}.partial")
    journal = Journal(out.with_name(f".{out.name}.confparse-batch"), options, grammar)
    entries = journal.entries() if resume and partial.is_file() else []
    entries = entries[: done_in_order(work, entries)]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("r+b" if entries else "wb") as file:
            for digest, _ in entries:
                if not digest.startswith(FAILED):
                    file.readline()
            file.truncate()
            journal.start(entries)
            for job, (digest, _) in zip(work, entries, strict=False):
                failed = digest.startswith(FAILED)  # it fails again, and says so
                yield parse_job(job, grammar, options) if failed else Outcome(source=job.source, skipped=True)
            yield from _noted(run(work[len(entries) :], options, grammar, processes), journal, file)
        os.replace(partial, out)
        journal.path.unlink()
    except OSError as error:
        raise InputError("unwritable", name=out, why=error.strerror or error) from None


def _noted(outcomes: Iterable[Outcome], journal: Journal, file: BinaryIO | None = None) -> Iterator[Outcome]:
    """Outcomes, noted in the journal once what they wrote is whole."""
    waiting: list[Outcome] = []
    noted = perf_counter()

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
            if perf_counter() - noted > _PAUSE:
                note()
                noted = perf_counter()
            yield outcome
    finally:
        note()
