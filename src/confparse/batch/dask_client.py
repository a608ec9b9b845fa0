"""The client of a Dask cluster: that of an address, or of processes of this machine; what it says in one line."""

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING

from confparse.batch.journal import made_with
from confparse.batch.plan import Options
from confparse.batch.shard_task import grammar_of
from confparse.diagnostics import InputError
from confparse.extras import PACKAGES
from confparse.rules.grammar import Grammar

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 20  # seconds for a scheduler to answer
_DEATHS = 2  # workers that a shard may take down before its inputs are parsed one by one
_QUIET = logging.CRITICAL  # what a worker's death is, is said in one line of ours


@contextmanager
def client_of(scheduler: str | None, processes: int, options: Options, grammar: Grammar) -> "Iterator[Client]":
    """A client, and the cluster of this machine that it may need. Raises InputError if the cluster cannot be reached or
    is lost, if its workers have another program or grammar, or if Dask is not installed.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("needs_packages", what="--engine dask", packages=PACKAGES["cluster"]) from None
    before = logging.root.manager.disable
    logging.disable(_QUIET)
    settings = {"distributed.scheduler.allowed-failures": _DEATHS, "distributed.comm.timeouts.connect": _PATIENCE}
    try:
        with dask.config.set(settings):
            if scheduler is not None:
                with Client(scheduler, timeout=_PATIENCE) as client:
                    yield _checked(client, options, grammar)
                return
            try:
                local = LocalCluster(
                    n_workers=processes, threads_per_worker=1, dashboard_address=None, silence_logs=_QUIET
                )
            except RuntimeError as error:  # a worker that does not start
                raise InputError("cluster_lost", name="-", why=str(error).rstrip(".")) from None
            with local, Client(local) as client:
                yield client
    except (CancelledError, OSError) as error:
        why = str(error).split("\n")[0].split(". ")[0].rstrip(".") or type(error).__name__
        raise InputError("cluster_lost", name=scheduler or "-", why=why) from None
    finally:
        logging.disable(before)


def asked_workers(client: "Client") -> int:
    """How many threads the workers of a cluster have now."""
    return sum(client.nthreads().values())


def _checked(client: "Client", options: Options, grammar: Grammar) -> "Client":
    """A client whose workers have the program and the grammar that are here."""
    expected = made_with(options, grammar)
    for address, reply in client.run(_made_with, options, on_error="return").items():
        if reply != expected:
            raise InputError("worker_differs", name=address)
    return client


def _made_with(options: Options) -> str:
    return made_with(options, grammar_of(options.grammar))
