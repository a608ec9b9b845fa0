"""Memory: texts of many short lines take little, and what cannot fit is refused with its size."""

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from test_cli import ENV, run

from confparse import room
from confparse.diagnostics import InputError
from confparse.layout.claims import Claims
from confparse.layout.types import LineClaim
from confparse.pipeline import parse
from confparse.rules.load import load_grammar

LINES = 30_000
BYTES_OF_A_LINE = 260  # with the parts that are held at once, which weigh little in longer texts; it was 960


@pytest.mark.parametrize("line", ["a\n", "-\n"], ids=["letters", "hyphens"])
def test_short_lines_take_little_memory(line: str) -> None:
    parse("1. a\n2. b\n")  # what is loaded once
    tracemalloc.start()
    try:
        parse(line * LINES)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most / LINES < BYTES_OF_A_LINE


def test_a_text_that_cannot_fit_is_refused_with_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: 5_000_000)
    parse("1. The Committee met.\n")
    with pytest.raises(InputError, match=r"^-: too large for the available memory: 0\.1 MB need at least"):
        parse("a\n" * 60_000)


def test_a_grammar_of_a_user_is_not_to_blame(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text("name: g\nversion: '1'\nextends: un-report\n")
    monkeypatch.setattr(room, "free_memory", lambda: 5_000_000)
    with pytest.raises(InputError, match="too large"):
        parse("- a\n" * 60_000, grammar=load_grammar(str(tmp_path / "g.yaml")))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell what a process takes")
def test_a_limit_of_the_process_counts(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("a\n" * 6_000_000)
    (tmp_path / "small.txt").write_text("1. The Committee met.\n")
    command = f"ulimit -v 600000; exec {sys.executable} -m confparse"
    for ui, says in (
        ("en", "large.txt: too large for the available memory: 12.0 MB"),
        ("zh", "large.txt：文件过大"),
    ):
        done = subprocess.run(
            ["bash", "-c", f"{command} --ui {ui} large.txt"], cwd=tmp_path, env=ENV, capture_output=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
        assert says in done.stderr.decode()
    done = subprocess.run(
        ["bash", "-c", f"{command} batch . -o out -j 1"], cwd=tmp_path, env=ENV, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"Files parsed: 1, failed: 1" in done.stderr
    assert run("small.txt", cwd=tmp_path).returncode == 0


def test_a_system_that_tells_nothing_refuses_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(room, "_PROC", tmp_path)
    monkeypatch.setattr(room, "_CGROUP", tmp_path)
    assert room.free_memory() is None
    (tmp_path / "memory.max").write_text("max\n")
    assert room.free_memory() is None
    (tmp_path / "memory.max").write_text("1000\n")
    (tmp_path / "memory.current").write_text("400\n")
    assert room.free_memory() == 600


def test_claims_in_columns_are_those_that_were_put_in() -> None:
    head, table = LineClaim("furniture", "running_head", "a"), LineClaim("table", "table_3", "b")
    claims = Claims({7: head, 2: table})
    claims.put(7, table)
    claims.update({0: head})
    assert dict(claims) == {0: head, 2: table, 7: table}
    assert (len(claims), list(claims)) == (3, [0, 2, 7])
    assert claims.get(1) is None
    assert not {-1, 1, 8} & set(claims)
    with pytest.raises(KeyError):
        claims[1]
