"""What `confparse batch` does: the plan of the user handed to worker processes or to a cluster."""

import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from confparse.cli.commands import ParseOptions
from confparse.cli.output import note
from confparse.diagnostics import InputError, messages
from confparse.discovery import Selection, inputs
from confparse.files import read_input
from confparse.formats.endings import BatchFormat, Engine
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar

if TYPE_CHECKING:
    from confparse.batch.plan import Options
    from confparse.batch.run import OnOutcome, Summary


class BatchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch is to do."""

    paths: Sequence[str]
    files_from: str | None
    output: str
    format: BatchFormat
    selection: Selection
    jobs: int | None
    resume: bool
    anchors: bool
    shard_size: int
    engine: Engine
    scheduler: str | None
    quiet: bool
    verbose: bool


def batch(request: BatchRequest, how: ParseOptions) -> int:
    """Parse many files. 1 if one failed."""
    from confparse.batch.plan import Options
    from confparse.cli.progress import Progress, batch_summary

    rules, ui = load_grammar(how.grammar), how.ui
    options = Options(
        grammar=how.grammar,
        format=request.format,
        encoding=how.encoding,
        script=how.script,
        spacing=how.spacing,
        anchors=request.anchors,
        shard_size=request.shard_size,
    )
    names = [*request.paths, *(_names(request.files_from) if request.files_from is not None else ())]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a batch that is asked to end leaves whole files too
    with Progress(ui, request.quiet, request.verbose) as progress:
        try:
            summary = _engine(request)(request, names, options, rules, progress.advance)
        except KeyboardInterrupt:
            for number in (signal.SIGINT, signal.SIGTERM):  # once is enough
                signal.signal(number, signal.SIG_IGN)
            note(f"confparse: {messages()['interrupted'].said(ui)}")
            return 130
    if not request.quiet:
        batch_summary(summary, ui)
    rules.store.save()
    return 1 if summary.failed else 0


def _engine(request: BatchRequest) -> "Callable[[BatchRequest, Sequence[str], Options, Grammar, OnOutcome], Summary]":
    return _on_cluster if request.engine == "dask" or request.scheduler is not None else _here


def _here(
    request: BatchRequest, names: Sequence[str], options: "Options", rules: Grammar, on_outcome: "OnOutcome"
) -> "Summary":
    from confparse.batch.run import run_batch

    for name in (*names, request.output):
        if "://" in name:
            raise InputError("remote_needs_engine", name=name)
    all_inputs = list(inputs(names, request.selection))
    return run_batch(
        all_inputs, Path(request.output), options, rules, request.jobs or cores(), request.resume, on_outcome
    )


def _on_cluster(
    request: BatchRequest, names: Sequence[str], options: "Options", rules: Grammar, on_outcome: "OnOutcome"
) -> "Summary":
    from confparse.batch.cluster import Cluster, run_cluster

    cluster = Cluster(request.scheduler, request.jobs or cores())
    return run_cluster(names, request.selection, request.output, options, rules, cluster, request.resume, on_outcome)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _names(files_from: str) -> list[str]:
    """Names of inputs, one per line."""
    return [name for name in os.fsdecode(read_input(Path(files_from))).replace("\r\n", "\n").split("\n") if name]
