"""A shard of inputs to whole files: the function that a cluster calls, in any process, any number of times.

What is written depends on the inputs, the options and the name of the shard alone: a second call writes the same bytes.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import msgspec

from confparse.batch.jobs import parse_input
from confparse.batch.plan import Options, Outcome
from confparse.batch.remote import RemoteFolder, RemoteInput, read_remote, remote_inputs
from confparse.batch.shards import cut
from confparse.discovery import Selection
from confparse.formats.endings import as_tables
from confparse.formats.table_cells import csv_head, csv_rows
from confparse.formats.table_rows import merged
from confparse.formats.table_schema import tables
from confparse.rules.grammar import Grammar

_OBJECTS = 200_000  # new objects between two searches for cycles: records hold none


class ShardTask(msgspec.Struct, frozen=True):
    """A shard: its name, `part-000000` …, and what it is made of."""

    name: str
    inputs: tuple[RemoteInput, ...]


def tasks_of(names: Sequence[str], options: Options, selection: Selection | None = None) -> list[ShardTask]:
    """The shards of all inputs that are named, that are in a folder that is named, or that a pattern matches."""
    inputs = remote_inputs(names, selection or Selection())
    return [ShardTask(name, some) for name, some in cut(inputs, options.shard_size, lambda one: one.size)]


def write_shard(task: ShardTask, out: str, options: Options) -> list[Outcome]:
    """Parse the inputs of a shard and write its files below `out`, each whole. What became of each input.

    Raises InputError if a file cannot be written, or what the format needs is not installed.
    """
    return write_outcomes(task.name, out, options, [parse_remote(one, options) for one in task.inputs])


def parse_remote(one: RemoteInput, options: Options) -> Outcome:
    """Parse one input: its rows or its line, its counts, or its error."""
    if one.error is not None:
        return Outcome(source=one.shown, error=one.error)
    with _few_searches():
        return parse_input(one.shown, lambda: read_remote(one.url), grammar_of(options.grammar), options)


def write_outcomes(name: str, out: str, options: Options, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Write what inputs gave, as the files of a shard; the outcomes without it."""
    folder = RemoteFolder(out)
    for below, data in _files(name, options, [outcome.line for outcome in outcomes]):
        folder.write(below, data)
    return [msgspec.structs.replace(outcome, line=b"") for outcome in outcomes]


def file_names(name: str, options: Options) -> list[str]:
    """The files of a shard, below the output folder."""
    if as_tables(options.format) is None:
        return [f"{name}.{options.format}"]
    return [f"{table.name}/{name}.{options.format}" for table in tables()]


def _files(name: str, options: Options, lines: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    names = file_names(name, options)
    if as_tables(options.format) is None:
        yield names[0], b"".join(lines)
        return
    rows = merged(lines)
    for table, below in zip(tables(), names, strict=True):
        if options.format == "csv":
            yield below, csv_head(table) + csv_rows(table, rows[table.name])
        else:
            from confparse.formats.parquet import parquet

            yield below, parquet(table, rows[table.name])


@cache
def grammar_of(name: str) -> Grammar:
    """A grammar, loaded once in a process."""
    from confparse.rules.load import load_grammar

    return load_grammar(name)


@contextmanager
def _few_searches() -> Iterator[None]:
    """Search less often for cycles of objects, as the command line does."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
