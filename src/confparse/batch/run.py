"""A batch from its inputs to its outputs: one file each, one line each in one file, or tables; with a journal to resume
by.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

import msgspec

from confparse.batch.journal import FOLDER_JOURNAL, Journal, is_done
from confparse.batch.lines import into_file, noted
from confparse.batch.plan import (
    Job,
    Options,
    Outcome,
    files_of_tables,
    jobs_for_files,
    jobs_for_lines,
    jobs_for_tables,
    table_output,
)
from confparse.batch.tables import into_tables
from confparse.batch.workers import run
from confparse.diagnostics import InputError
from confparse.discovery import Input
from confparse.files import drop_partials
from confparse.formats.endings import as_tables
from confparse.rules.grammar import Grammar


class Summary(msgspec.Struct):
    """What a batch did. Sizes are bytes, times seconds."""

    parsed: int = 0
    failed: int = 0
    skipped: int = 0
    paragraphs: int = 0
    records: int = 0
    size: int = 0
    seconds: float = 0.0
    codes: Counter[str] = msgspec.field(default_factory=Counter)
    journal_error: InputError | None = None

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.failed += outcome.error is not None
        self.skipped += outcome.skipped
        self.parsed += outcome.error is None and not outcome.skipped
        self.paragraphs += outcome.paragraphs
        self.records += outcome.records
        self.size += outcome.size
        self.codes.update(outcome.codes)


OnOutcome = Callable[[Outcome, int], None]  # an outcome, and how many jobs there are


def run_batch(
    inputs: Sequence[Input],
    out: Path,
    options: Options,
    grammar: Grammar,
    processes: int,
    resume: bool,
    on_outcome: OnOutcome,
) -> Summary:
    """Parse all inputs into a folder, into one file of JSON Lines, or into tables; `on_outcome` is called with each
    outcome, in order.

    Raises InputError if the outputs cannot be written, or if another batch is writing there.
    """
    summary, began = Summary(), perf_counter()
    form, tables = options.format, as_tables(options.format)
    if tables is not None:
        out = table_output(out, tables)
        work = jobs_for_tables(inputs, files_of_tables(out, tables))
    else:
        work = jobs_for_lines(inputs, out) if form == "jsonl" else jobs_for_files(inputs, out, form)
    out, one_file = out.resolve(), form in ("jsonl", "sqlite")
    if one_file and out.exists() and not out.is_file():
        raise InputError("no_regular_file", name=out)
    place = out.with_name(f".{out.name}.confparse-batch") if one_file else out / FOLDER_JOURNAL
    into = into_tables if tables is not None else into_file if one_file else _into_folder
    folders = {Path(os.path.realpath(job.target.parent)) for job in work if job.target is not None}
    with Journal(place, options, grammar, folders) as journal:
        for outcome in into(work, out, options, grammar, processes, journal, resume):
            summary.add(outcome)
            on_outcome(outcome, len(work))
    summary.seconds, summary.journal_error = perf_counter() - began, journal.error
    return summary


def _into_folder(
    work: list[Job], out: Path, options: Options, grammar: Grammar, processes: int, journal: Journal, resume: bool
) -> Iterator[Outcome]:
    """One file for each input; the journal is kept for the next time."""
    entries = journal.entries() if resume else []
    journal.start(entries)
    if resume:
        drop_partials(job.target for job in work if job.target is not None)
    digests = {name: digest for digest, name in entries}
    todo = [job for job in work if not is_done(job, digests)]
    if len(todo) < len(work):
        left = {id(job) for job in todo}
        yield from (Outcome(source=job.source, skipped=True) for job in work if id(job) not in left)
    yield from noted(run(todo, options, grammar, processes), journal)
