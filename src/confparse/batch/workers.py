"""Worker processes that parse many files: outcomes in order, and no file that can take others down with it."""

import _thread
import hashlib
import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from time import monotonic, sleep

from confparse.batch.plan import Job, Options, Outcome
from confparse.diagnostics import InputError
from confparse.files import read_input, shown_path, write_whole
from confparse.formats.endings import FORMATS, as_tables
from confparse.formats.outline_places import pages_of
from confparse.formats.record import parts
from confparse.formats.table_rows import packed
from confparse.model import Report
from confparse.room import too_large
from confparse.rules.grammar import Grammar
from confparse.text.types import Source

_CHUNK = 64  # files that a worker takes at once, at most
_SHARES = 8  # a worker comes back for more so many times at least
_AHEAD = 4  # chunks that wait for each worker
_STOPS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 5.0  # seconds for a worker to break off its file: one that waits for its input never does
_RECORDS = ("workshops", "meetings", "panels", "statements", "documents", "conclusions", "decisions")


def parse_job(job: Job, grammar: Grammar, options: Options) -> Outcome:
    """Parse one input, and write its output if it has a file of its own."""
    if job.error is not None:
        return Outcome(source=job.source, error=job.error)
    return parse_input(job.source, lambda: read_input(job.source), grammar, options, job.target)


def parse_input(
    name: Path | str, read: Callable[[], bytes], grammar: Grammar, options: Options, target: Path | None = None
) -> Outcome:
    """Parse what is read, which is called by this name; write it to a target, or hand over what it gives to an output
    of all."""
    from confparse.pipeline import parse_source
    from confparse.sources.read import read as read_text

    data = b""
    try:
        data = read()
        source = read_text(data, shown_path(name) if isinstance(name, Path) else name, options.encoding)
        report = parse_source(source, grammar, options.script, options.spacing).report
        if target is None:
            return _outcome(name, report, len(data), _line(report, source, options))
        write_whole(target, _parts(report, source, options))
        return _outcome(name, report, len(data), b"")
    except InputError as error:
        return _failed(name, data, error)
    except MemoryError:
        return _failed(name, data, too_large(str(name), len(data)))
    except Exception as error:  # a bug: it fails its file, and no other
        return _failed(name, data, InputError("internal", name=name, why=f"{type(error).__name__}: {error}"))


def _line(report: Report, source: Source, options: Options) -> bytes:
    """What a report gives to the one output of all."""
    return packed(report, source.text) if as_tables(options.format) else b"".join(_parts(report, source, options))


def _parts(report: Report, source: Source, options: Options) -> Iterator[bytes]:
    assert options.format in FORMATS
    pages = pages_of(source.text) if options.anchors else None
    return parts(report, options.format, anchors=options.anchors, pages=pages)


def _failed(name: Path | str, data: bytes, error: InputError) -> Outcome:
    return Outcome(source=name, sha256=hashlib.sha256(data).hexdigest() if data else "", error=error)


def _outcome(name: Path | str, report: Report, size: int, line: bytes) -> Outcome:
    paragraphs = sum(node.element == "paragraph" for node in report.walk())
    records = sum(len(getattr(report, kind)) for kind in _RECORDS)
    codes = Counter(diagnostic.code for diagnostic in report.diagnostics)
    return Outcome(
        source=name,
        sha256=report.source.sha256,
        line=line,
        size=size,
        paragraphs=paragraphs,
        records=records,
        codes=dict(codes),
    )


def run(work: Sequence[Job], options: Options, grammar: Grammar, processes: int) -> Iterator[Outcome]:
    """The outcome of every job, in order. A process that dies fails the file alone that killed it."""
    if processes == 1:
        yield from (parse_job(job, grammar, options) for job in work)
        return
    ahead, size = iter(work), max(1, min(_CHUNK, len(work) // (processes * _SHARES)))
    pool = _pool(options, processes)
    queue: deque[tuple[list[Job], Future[list[Outcome]]]] = deque()
    try:
        while True:
            while len(queue) < processes * _AHEAD and (chunk := list(islice(ahead, size))):
                queue.append((chunk, _submit(pool, chunk)))
            if not queue:
                break
            chunk, future = queue.popleft()
            try:
                outcomes = future.result()
                if rest := chunk[len(outcomes) :]:
                    # Its worker was asked to end: it would take all that waits, and give nothing back.
                    pool.shutdown(wait=True, cancel_futures=True)
                    pool = _pool(options, processes)
                    queue.appendleft((rest, _submit(pool, rest)))
                    queue = deque((later, _kept(done, later) or _submit(pool, later)) for later, done in queue)
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                outcomes = [_alone(job, options) for job in chunk]
                pool = _pool(options, processes)
                queue = deque((later, _submit(pool, later)) for later, _ in queue)
            yield from outcomes
    except BaseException:  # interrupted, or nobody wants the rest
        for worker in multiprocessing.active_children():
            worker.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown(wait=True)  # else its thread may still wake when the interpreter has closed what it reads


def _kept(future: Future[list[Outcome]], chunk: Sequence[Job]) -> Future[list[Outcome]] | None:
    """A future that waits, or has an outcome of every job of its chunk; None if the chunk is to be handed over again."""
    if not future.done():
        return future
    whole = not future.cancelled() and future.exception() is None and len(future.result()) == len(chunk)
    return future if whole else None


class _Loaded:
    """What a worker process holds: the grammar is loaded once."""

    grammar: Grammar
    options: Options
    busy = False
    stopped = False


def _start(options: Options) -> None:
    from confparse.rules.load import load_grammar

    for number in _STOPS:
        signal.signal(number, _stop)
    _mask("SIG_UNBLOCK")
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _Loaded.grammar, _Loaded.options = load_grammar(options.grammar), options


def _stop(*_: object) -> None:
    """Break off the file at hand, once, and take no other."""
    again, _Loaded.stopped = _Loaded.stopped, True
    if _Loaded.busy and not again:
        raise KeyboardInterrupt


def _leave_with_parent() -> None:
    """A worker whose parent was killed has nobody to work for: it breaks off its file, and leaves nothing of it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        _thread.interrupt_main(signal.SIGTERM)
        patience = monotonic() + _PATIENCE
        while _Loaded.busy and monotonic() < patience:
            sleep(0.01)
        os._exit(1)


def _parse_chunk(chunk: Sequence[Job]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    _Loaded.busy = True
    try:
        for job in chunk:
            if not _Loaded.stopped:
                outcomes.append(parse_job(job, _Loaded.grammar, _Loaded.options))
    except KeyboardInterrupt:
        pass
    finally:
        _Loaded.busy = False
    return outcomes


def _submit(pool: ProcessPoolExecutor, chunk: Sequence[Job]) -> Future[list[Outcome]]:
    """Hand over a chunk. It may start a worker, which no signal reaches before the worker knows what to do with it."""
    _mask("SIG_BLOCK")
    try:
        return pool.submit(_parse_chunk, chunk)
    finally:
        _mask("SIG_UNBLOCK")


def _mask(how: str) -> None:
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(getattr(signal, how), _STOPS)


def _pool(options: Options, processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, initializer=_start, initargs=(options,))


def _alone(job: Job, options: Options) -> Outcome:
    """A job in a process of its own: it may die without harm."""
    died = Outcome(source=job.source, error=InputError("worker_died", name=job.source))
    with _pool(options, 1) as pool:
        try:
            return next(iter(_submit(pool, [job]).result()), died)
        except BrokenProcessPool:
            return died
