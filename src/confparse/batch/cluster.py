"""A batch on a Dask cluster: shards to workers, one journal here; a worker that dies costs its shard some time, no
file.

Each shard is one call of `write_shard`. If workers die of it, its inputs are parsed one by one, and those that kill a
worker alone have failed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Any

import msgspec

from confparse.batch.dask_client import asked_workers, client_of
from confparse.batch.journal import Journal, NotedShard
from confparse.batch.plan import Options, Outcome
from confparse.batch.remote import RemoteFolder
from confparse.batch.remote_journal import NAME, RemoteJournal
from confparse.batch.run import OnOutcome, Summary
from confparse.batch.shard_task import ShardTask, file_names, parse_remote, tasks_of, write_outcomes, write_shard
from confparse.batch.shards import state_of
from confparse.diagnostics import InputError
from confparse.discovery import Selection
from confparse.formats.endings import BatchFormat
from confparse.formats.table_package import dataset_card
from confparse.rules.grammar import Grammar

if TYPE_CHECKING:
    from distributed import Client, Future

FORMATS: tuple[BatchFormat, ...] = ("parquet", "csv", "jsonl")  # what is written as shards
_AHEAD = 4  # shards that wait for each worker
_PASSING = ("worker_died", "unreadable", "no_permission", "no_file")  # failures that another try may not meet
_PART = re.compile(r"(\w+/)?part-\d{6,}\.(parquet|csv|jsonl)")


class Cluster(msgspec.Struct, frozen=True):
    """Where the work is done: by the scheduler at an address, or by a number of processes here."""

    scheduler: str | None
    processes: int


def run_cluster(
    names: Sequence[str],
    selection: Selection,
    out: str,
    options: Options,
    grammar: Grammar,
    cluster: Cluster,
    resume: bool,
    on_outcome: OnOutcome,
) -> Summary:
    """Parse all inputs into shards below a folder; `on_outcome` is called with each outcome, shard by shard as they
    end.

    Raises InputError if the outputs cannot be written, if the cluster is lost, or if its workers have another program.
    """
    if options.format not in FORMATS:
        raise InputError("engine_format", format=options.format, formats=", ".join(FORMATS))
    summary, began, folder = Summary(), perf_counter(), RemoteFolder(out)
    tasks, where = tasks_of(names, options, selection), folder.local_path
    total = sum(len(task.inputs) for task in tasks)
    with (
        RemoteJournal(folder, options, grammar) if where is None else Journal(where / NAME, options, grammar) as journal
    ):
        reusable = _reusable_shards(tasks, journal, folder, options, resume)
        for task in tasks:
            if task.name in reusable:
                for outcome in _again(task, reusable[task.name]):
                    summary.add(outcome)
                    on_outcome(outcome, total)
        todo = [task for task in tasks if task.name not in reusable]
        for task, outcomes in _ended_shards(todo, str(where or out), options, grammar, cluster):
            for outcome in outcomes:
                summary.add(outcome)
                on_outcome(outcome, total)
            if not any(outcome.error is not None and outcome.error.key in _PASSING for outcome in outcomes):
                failed = frozenset(str(outcome.source) for outcome in outcomes if outcome.error is not None)
                journal.add_shard(NotedShard(task.name, _state(task), (), failed))
        if options.format == "parquet":
            folder.write("README.md", dataset_card(_holding(folder)))
    summary.seconds, summary.journal_error = perf_counter() - began, journal.error
    return summary


def _reusable_shards(
    tasks: Sequence[ShardTask], journal: Journal | RemoteJournal, folder: RemoteFolder, options: Options, resume: bool
) -> dict[str, NotedShard]:
    """The shards that an earlier run wrote from the same inputs. All others are removed: they must not be read beside
    new ones.
    """
    there = folder.sizes().keys()
    noted = {shard.name: shard for shard in (journal.shards() if resume else ())}
    reusable = {
        task.name: noted[task.name]
        for task in tasks
        if task.name in noted
        and noted[task.name].state == _state(task)
        and there >= set(file_names(task.name, options))
    }
    wanted = {file for name in reusable for file in file_names(name, options)}
    folder.remove(sorted(name for name in there - wanted if _PART.fullmatch(name)))
    journal.start([])
    for shard in reusable.values():
        journal.add_shard(shard)
    return reusable


def _holding(folder: RemoteFolder) -> set[str]:
    """The tables with rows: an empty shard is smaller than any that has some."""
    from confparse.formats.parquet import row_count

    sizes: dict[str, tuple[int, str]] = {}
    for name, size in folder.sizes().items():
        if _PART.fullmatch(name):
            table = name.partition("/")[0]
            sizes[table] = max(sizes.get(table, (0, "")), (size, name))
    return {table for table, (_, name) in sizes.items() if row_count(folder.read(name))}


def _state(task: ShardTask) -> str:
    return state_of((one.shown for one in task.inputs), (f"{one.size} {one.stamp}" for one in task.inputs))


def _again(task: ShardTask, noted: NotedShard) -> Iterator[Outcome]:
    """The outcomes of a shard that is kept."""
    for one in task.inputs:
        failed = one.shown in noted.failed
        error = InputError("failed_before", name=one.shown) if failed else None
        yield Outcome(source=one.shown, skipped=not failed, error=error)


def _ended_shards(
    tasks: Sequence[ShardTask], out: str, options: Options, grammar: Grammar, cluster: Cluster
) -> Iterator[tuple[ShardTask, list[Outcome]]]:
    """The shards and the outcomes of their inputs, as they end."""
    if not tasks:
        return
    with client_of(cluster.scheduler, cluster.processes, options, grammar) as client:
        yield from _through(client, tasks, out, options)


def _through(
    client: "Client", tasks: Sequence[ShardTask], out: str, options: Options
) -> Iterator[tuple[ShardTask, list[Outcome]]]:
    from distributed import KilledWorker, as_completed

    waiting, running = iter(tasks), dict[Any, ShardTask]()
    ended = as_completed()

    def submit(task: ShardTask) -> None:
        future = client.submit(_tried, write_shard, task, out, options, pure=False)
        running[future] = task
        ended.add(future)

    for task in islice(waiting, max(1, asked_workers(client)) * _AHEAD):
        submit(task)
    for future in ended:
        task = running.pop(future)
        try:
            outcomes = _outcomes_of(future.result())
        except KilledWorker:
            outcomes = _one_by_one(client, task, out, options)
        for further in islice(waiting, 1):
            submit(further)
        yield task, outcomes


def _one_by_one(client: "Client", task: ShardTask, out: str, options: Options) -> list[Outcome]:
    """The inputs of a shard that killed its workers, each alone; then the shard without those that do."""
    from distributed import KilledWorker, wait

    futures = [client.submit(parse_remote, one, options, pure=False) for one in task.inputs]
    wait(futures)
    parsed: list[Outcome | Future[Outcome]] = []
    for one, future in zip(task.inputs, futures, strict=True):
        dead = isinstance(future.exception(), KilledWorker)
        parsed.append(Outcome(source=one.shown, error=InputError("worker_died", name=one.shown)) if dead else future)
    return _outcomes_of(client.submit(_tried, write_outcomes, task.name, out, options, parsed, pure=False).result())


def _tried(write: Callable[..., list[Outcome]], *arguments: object) -> list[Outcome] | InputError:
    """What a call gives, or why it failed: a traceback that cannot travel would stop the client of a cluster."""
    try:
        return write(*arguments)
    except InputError as error:
        return error
    except Exception as error:
        return InputError("internal", name=write.__name__, why=f"{type(error).__name__}: {error}")


def _outcomes_of(result: list[Outcome] | InputError) -> list[Outcome]:
    if isinstance(result, InputError):
        raise result
    return result
