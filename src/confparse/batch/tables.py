"""The tables of a batch: its shards parsed, or used again, and handed to a sink in order."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from confparse.batch.journal import Journal, NotedShard, digest_of, key
from confparse.batch.plan import Job, Options, Outcome
from confparse.batch.shards import Shard, shards_of, size_of_file, state_of
from confparse.batch.sinks import Sink
from confparse.batch.workers import run
from confparse.diagnostics import InputError
from confparse.formats.table_rows import merged
from confparse.rules.grammar import Grammar


def into_tables(
    work: list[Job], out: Path, options: Options, grammar: Grammar, processes: int, journal: Journal, resume: bool
) -> Iterator[Outcome]:
    """The outcomes of all jobs, in order; the tables have their names when the last one came."""
    sink = open_sink(out, options)
    try:
        yield from _through(work, sink, options, grammar, processes, journal, resume)
        sink.finish()
    except (OSError, sqlite3.Error) as error:
        raise InputError("unwritable", name=out, why=error) from None
    finally:
        sink.close()


def open_sink(out: Path, options: Options) -> Sink:
    """The sink of a format. Raises InputError if what it needs is not installed."""
    if options.format == "parquet":
        from confparse.batch.parquet_sink import ParquetFolder

        return ParquetFolder(out)
    if options.format == "csv":
        from confparse.batch.csv_sink import CsvFolder

        return CsvFolder(out)
    from confparse.batch.sqlite_sink import Database

    return Database(out)


class _Todo(msgspec.Struct, frozen=True):
    """What is to do for a shard: all its jobs, or, if it is there, those that failed before."""

    shard: Shard
    jobs: tuple[Job, ...]
    there: bool


def _through(
    work: list[Job], sink: Sink, options: Options, grammar: Grammar, processes: int, journal: Journal, resume: bool
) -> Iterator[Outcome]:
    """Parse what is new, keep the rest. An input that failed before is tried again: if it is read now, its shard is
    new.
    """
    noted = journal.shards() if resume else []
    todo = _todo(shards_of(work, options.shard_size, size_of_file), noted, sink)
    journal.start([])
    parsed = run([job for one in todo for job in one.jobs], options, grammar, processes)
    for one in todo:
        outcomes: Iterable[Outcome] = islice(parsed, len(one.jobs))
        if one.there:
            outcomes = list(outcomes)
            if all(outcome.error is not None for outcome in outcomes):
                yield from _again(one.shard, outcomes, sink, journal)
                continue
            outcomes = run(one.shard.jobs, options, grammar, processes)
        yield from _new(one.shard, outcomes, sink, journal)
    yield from parsed  # it has none left, but ends its workers


def _todo(shards: list[Shard], noted: list[NotedShard], sink: Sink) -> list[_Todo]:
    """What is to do for each shard, and the sink ready for it."""
    earlier = {one.name: one for one in noted}
    unchanged = {s.name for s in shards if s.name in earlier and earlier[s.name].state == _state(s)}
    wanted = [(one.name, one.extent) for one in noted] if unchanged else []
    there = sink.begin([shard.name for shard in shards], wanted, unchanged)
    return [
        _Todo(s, tuple(job for job in s.jobs if key(job) in earlier[s.name].failed), True)
        if s.name in there
        else _Todo(s, s.jobs, False)
        for s in shards
    ]


def _state(shard: Shard) -> str:
    return state_of(
        map(key, shard.jobs), ("" if job.error is not None else digest_of(job.source) for job in shard.jobs)
    )


def _new(shard: Shard, outcomes: Iterable[Outcome], sink: Sink, journal: Journal) -> Iterator[Outcome]:
    """Write and note a shard once all its outcomes are there."""
    bare_outcomes, packs = [], []
    for outcome in outcomes:
        packs.append(outcome.line)
        bare_outcomes.append(msgspec.structs.replace(outcome, line=b""))
        yield bare_outcomes[-1]
    extent = sink.write(shard.name, merged(packs))
    state = state_of(map(key, shard.jobs), (outcome.sha256 for outcome in bare_outcomes))
    failed = frozenset(key(job) for job, o in zip(shard.jobs, bare_outcomes, strict=True) if o.error is not None)
    journal.add_shard(NotedShard(shard.name, state, extent, failed))


def _again(shard: Shard, failures: Iterable[Outcome], sink: Sink, journal: Journal) -> Iterator[Outcome]:
    """Use a shard again; its inputs that failed have failed again."""
    failed = {outcome.source: outcome for outcome in failures}
    yield from (failed.get(job.source) or Outcome(source=job.source, skipped=True) for job in shard.jobs)
    extent = sink.keep(shard.name)
    names = frozenset(key(job) for job in shard.jobs if job.source in failed)
    journal.add_shard(NotedShard(shard.name, _state(shard), extent, names))
