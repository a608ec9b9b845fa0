"""Worker processes that parse many files: outcomes in order, and no file that can take others down with it."""

import _thread
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from time import monotonic, sleep

from confparse.batch.jobs import parse_job
from confparse.batch.plan import Job, Options, Outcome
from confparse.diagnostics import InputError
from confparse.rules.grammar import Grammar

_CHUNK = 64  # files that a worker takes at once, at most
_SHARES = 8  # times that a worker comes back for more, at least
_AHEAD = 4  # chunks that wait for each worker
_STOPS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 5.0  # seconds for a worker to break off its file: one that waits for its input never does


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
                    queue = deque((later, _usable(pending, later) or _submit(pool, later)) for later, pending in queue)
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                outcomes = [_alone(job, options) for job in chunk]
                pool = _pool(options, processes)
                queue = deque((later, _submit(pool, later)) for later, _ in queue)
            yield from outcomes
    except BaseException:  # interrupted, or the rest is not wanted
        for worker in multiprocessing.active_children():
            worker.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown(wait=True)  # else its thread may still wake when the interpreter has closed what it reads


def _usable(future: Future[list[Outcome]], chunk: Sequence[Job]) -> Future[list[Outcome]] | None:
    """A future that waits, or has an outcome of every job of its chunk; None if the chunk is to be handed over
    again.
    """
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
    """A worker whose parent was killed has no more work: it breaks off its file, and leaves nothing of it."""
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
    """A job in a separate process: it may die without harm."""
    died = Outcome(source=job.source, error=InputError("worker_died", name=job.source))
    with _pool(options, 1) as pool:
        try:
            return next(iter(_submit(pool, [job]).result()), died)
        except BrokenProcessPool:
            return died
