"""A batch on a Dask cluster: the same shards as here, through killed workers, killed schedulers and inputs that kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_batch import SAMPLE, begun
from test_cli import ENV, TEXT, run

from confparse.batch.plan import Options
from confparse.batch.remote import RemoteFolder, RemoteInput, remote_inputs
from confparse.batch.shard_task import ShardTask, file_names, write_shard
from confparse.discovery import Selection

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")
KILLER = "kills.txt"
PRELOAD = f"""import os
from confparse.batch import shard_task
from confparse.batch.jobs import parse_input as parse
shard_task.parse_input = lambda name, *rest: os._exit(1) if str(name).endswith("{KILLER}") else parse(name, *rest)
"""
QUIET = ENV | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "DASK_LOGGING__DISTRIBUTED": "critical"}
SMALL = "import sys, confparse.batch.shards as s; s._SHARD_FILES = 3; from confparse.cli.main import main; main()"


def start(folder: Path) -> tuple[str, list["subprocess.Popen[bytes]"]]:
    """A scheduler and two workers, and its address."""
    (folder / "preload.py").write_text(PRELOAD)
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", "--nworkers", "2"]
    processes = [
        subprocess.Popen(
            [*command, *common], env=QUIET, cwd=folder, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        for command in (scheduler, [*worker, "--preload", str(folder / "preload.py"), "--death-timeout", "20"])
    ]
    until = time.monotonic() + 60
    while not file.exists() or b"address" not in file.read_bytes():
        assert time.monotonic() < until, "the scheduler did not start"
        time.sleep(0.05)
    import json

    return str(json.loads(file.read_text())["address"]), processes


def stop(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in reversed(processes):
        process.terminate()
    for process in reversed(processes):
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    found, processes = start(tmp_path_factory.mktemp("cluster"))
    yield found
    stop(processes)


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    """Ten dumps that differ, and one that fails."""
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(10):
        (folder / f"{i}.txt").write_bytes(SAMPLE.read_bytes() + f"\n99. Copy {i}.\n".encode())
    (folder / "bad.txt").write_bytes(b"\x89PNG not text")
    return folder


def shards(folder: Path) -> dict[str, bytes]:
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name[0] != ".")
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def batch(where: Path, out: str, *more: str, names: tuple[str, ...] = ("in",)) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-c", SMALL, "batch", *names, "-o", out, *more]
    return subprocess.run(command, cwd=where, env=QUIET, capture_output=True, check=False, timeout=120)


def test_a_cluster_writes_the_shards_that_are_written_here(dumps: Path, address: str, tmp_path: Path) -> None:
    here = batch(tmp_path, "here", "-f", "parquet", "-j", "1")
    there = batch(tmp_path, "there", "-f", "parquet", "--scheduler", address)
    assert (here.returncode, there.returncode) == (1, 1), there.stderr.decode()
    for done in (here, there):
        assert b"in/bad.txt: a binary file" in done.stderr
        assert b"Files parsed: 10, failed: 1, skipped: 0." in done.stderr
    assert shards(tmp_path / "here") == shards(tmp_path / "there")
    assert len(list((tmp_path / "there" / "reports").iterdir())) == 4
    again = batch(tmp_path, "there", "-f", "parquet", "--scheduler", address, "--resume")
    assert b"in/bad.txt: failed in an earlier run" in again.stderr
    assert b"Files parsed: 0, failed: 1, skipped: 10." in again.stderr
    (dumps / "9.txt").write_text(TEXT)
    again = batch(tmp_path, "there", "-f", "parquet", "--scheduler", address, "--resume")
    assert b"Files parsed: 1, failed: 1, skipped: 9." in again.stderr


def test_inputs_and_outputs_have_names_with_protocols(dumps: Path, address: str, tmp_path: Path) -> None:
    for name in (f"file://{dumps}", f"file://{dumps}/*.txt"):
        done = batch(tmp_path, f"file://{tmp_path}/out", "-f", "jsonl", "--scheduler", address, names=(name,))
        assert b"Files parsed: 10, failed: 1" in done.stderr
        lines = b"".join(shards(tmp_path / "out").values()).splitlines()
        assert [f'"path":"file://{dumps}/{i}.txt"'.encode() in line for i, line in enumerate(lines)] == [True] * 10
    done = batch(tmp_path, f"file://{tmp_path}/out", "-f", "jsonl", names=("file:///no/such",))
    assert (done.returncode, b"--engine dask" in done.stderr) == (2, True)


def test_an_input_that_kills_workers_fails_alone(dumps: Path, address: str, tmp_path: Path) -> None:
    (dumps / KILLER).write_text(TEXT)
    done = batch(tmp_path, "out", "-f", "csv", "--scheduler", address)
    assert b"Files parsed: 10, failed: 2" in done.stderr
    assert f"in/{KILLER}: the process that parsed it died".encode() in done.stderr
    (dumps / KILLER).unlink()
    batch(tmp_path, "fresh", "-f", "csv", "--scheduler", address)
    rows = [b"".join(shards(tmp_path / out).values()).count(b"in/") for out in ("out", "fresh")]
    assert rows[0] == rows[1] > 0


def test_a_killed_worker_costs_no_file(address: str, dumps: Path, tmp_path: Path) -> None:
    from distributed import Client

    command = [sys.executable, "-c", SMALL, "batch", "in", "-o", "out", "-f", "parquet", "--scheduler", address]
    process = subprocess.Popen(command, cwd=tmp_path, env=QUIET, stderr=subprocess.PIPE)
    begun(tmp_path, "out/.confparse-batch")
    with Client(address) as client:
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
    _, said = process.communicate(timeout=120)
    assert b"Files parsed: 10, failed: 1" in said
    batch(tmp_path, "fresh", "-f", "parquet", "-j", "1")
    assert shards(tmp_path / "out") == shards(tmp_path / "fresh")


def test_a_killed_scheduler_is_one_line_and_resume_gives_the_same_shards(dumps: Path, tmp_path: Path) -> None:
    for i in range(10, 40):
        (dumps / f"{i}.txt").write_bytes(SAMPLE.read_bytes() + f"\n99. Copy {i}.\n".encode())
    (tmp_path / "cluster").mkdir()
    address, processes = start(tmp_path / "cluster")
    command = [sys.executable, "-c", SMALL, "batch", "in", "-o", "out", "-f", "parquet", "--scheduler", address]
    batches = subprocess.Popen(command, cwd=tmp_path, env=QUIET, stderr=subprocess.PIPE)
    begun(tmp_path, "out/reports/part-000001.parquet")
    processes[0].kill()
    _, said = batches.communicate(timeout=120)
    stop(processes)
    assert batches.returncode == 2, said.decode()
    assert b"--resume continues from here" in said
    assert b"Traceback" not in said
    done = batch(tmp_path, "out", "-f", "parquet", "--engine", "dask", "-j", "2", "--resume")
    assert b"Traceback" not in done.stderr
    batch(tmp_path, "fresh", "-f", "parquet", "-j", "1")
    assert shards(tmp_path / "out") == shards(tmp_path / "fresh")


def test_one_line_says_what_a_cluster_cannot_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    done = run("batch", "a.txt", "-o", "out", "-f", "sqlite", "--engine", "dask", cwd=tmp_path)
    assert (done.returncode, b"a cluster writes shards" in done.stderr) == (2, True)
    call = "import sys; sys.modules['distributed'] = None; from confparse.cli.main import main; main()"
    command = [sys.executable, "-c", call, "batch", "a.txt", "-o", "out", "-f", "csv", "--engine", "dask"]
    bare = subprocess.run(command, cwd=tmp_path, env=ENV, capture_output=True, check=False)
    assert (bare.returncode, b"pip install 'dask[distributed]' fsspec pyarrow" in bare.stderr) == (2, True)


def test_a_shard_is_a_pure_function_of_its_inputs() -> None:
    """On a file system that only this process has."""
    files = RemoteFolder("memory://dumps")
    files.write("a.txt", TEXT.encode())
    files.write("b/c.txt", TEXT.encode())
    files.write("b/skipped.log", b"")
    found = list(remote_inputs(["memory://dumps"], Selection()))
    assert [one.shown for one in found] == ["memory:///dumps/a.txt", "memory:///dumps/b/c.txt"]
    assert all(one.size == len(TEXT.encode()) and one.stamp for one in found)
    task, options = ShardTask("part-000007", tuple(found)), Options(grammar="un-report", format="parquet")
    outs = []
    for out in ("memory://one", "memory://two"):
        assert [outcome.error for outcome in write_shard(task, out, options)] == [None, None]
        folder = RemoteFolder(out)
        assert set(folder.sizes()) == set(file_names("part-000007", options))
        outs.append([folder.read(name) for name in sorted(folder.sizes())])
    assert outs[0] == outs[1]
    lost = ShardTask("part-000000", (RemoteInput("x", "memory://dumps/none.txt"),))
    (outcome,) = write_shard(lost, "memory://three", options)
    assert outcome.error is not None
    assert outcome.error.key == "no_file"


def test_a_journal_in_a_remote_folder_is_read_again() -> None:
    from confparse.batch.journal import NotedShard
    from confparse.batch.remote_journal import RemoteJournal
    from confparse.rules.load import load_grammar

    options, grammar = Options(grammar="un-report", format="parquet"), load_grammar()
    noted = [NotedShard("part-000000", "1" * 64, (), frozenset({"a b.txt"})), NotedShard("part-000001", "2" * 64)]
    with RemoteJournal(RemoteFolder("memory://journal"), options, grammar) as journal:
        assert journal.shards() == []
        journal.start([])
        for shard in noted:
            journal.add_shard(shard)
    with RemoteJournal(RemoteFolder("memory://journal"), options, grammar) as journal:
        assert journal.shards() == noted
    other = Options(grammar="un-report", format="csv")
    with RemoteJournal(RemoteFolder("memory://journal"), other, grammar) as journal:
        assert journal.shards() == []
