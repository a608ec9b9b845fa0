"""Two writers, planted links, disks that are full or read-only: a batch continues or says why not."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from test_batch import begun
from test_cli import ENV, TEXT, run

SAMPLE = ROOT / "samples" / "session-en-layout" / "raw.txt"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Enough inputs for a batch that is still at work when the next one starts."""
    (tmp_path / "in").mkdir()
    for i in range(60):
        (tmp_path / "in" / f"{i:02}.txt").write_bytes(SAMPLE.read_bytes() * 3)
    return tmp_path


@pytest.mark.parametrize("target", ["out", "out.jsonl"])
@pytest.mark.parametrize("second", [[], ["--resume"]])
def test_a_second_writer_is_refused(target: str, second: list[str], many: Path) -> None:
    command = [sys.executable, "-m", "confparse", "batch", "in", "-o", target, "-j", "1"]
    first = subprocess.Popen(command, cwd=many, env=ENV, stderr=subprocess.PIPE)
    begun(many, "out/*.json" if target == "out" else ".out.jsonl.partial")
    done = run("batch", "in", "-o", target, *second, cwd=many)
    _, said = first.communicate()
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"another batch is writing there" in done.stderr
    assert (first.returncode, b"Files parsed: 60, failed: 0" in said) == (0, True)
    if target == "out":
        assert len(list((many / "out").glob("*.json"))) == 60
    else:
        assert [json.loads(line)["source"]["name"] for line in (many / target).read_text().splitlines()] == [
            f"{i:02}.txt" for i in range(60)
        ]


@pytest.mark.parametrize(("first", "second"), [("out", "out/deep"), ("out/deep", "out"), ("out/deep/er", "out")])
def test_folders_inside_one_another_have_one_writer(first: str, second: str, many: Path) -> None:
    (many / "in" / "deep").mkdir()
    (many / "in" / "deep" / "00.txt").write_text("1. The Committee met.\n")
    command = [sys.executable, "-m", "confparse", "batch", "in", "-j", "1", "-o"]
    running = subprocess.Popen([*command, first], cwd=many, env=ENV, stderr=subprocess.PIPE)
    begun(many, f"{first}/*.json")
    done = run("batch", "in", "-o", second, cwd=many)
    _, said = running.communicate()
    if first == "out/deep/er":  # nothing of the second batch goes there
        assert (done.returncode, running.returncode) == (0, 0)
    else:
        assert (done.returncode, running.returncode) == (2, 0), said
        assert b"another batch is writing there" in done.stderr
    assert run("batch", "in", "-o", second, "--resume", cwd=many).returncode == 0


@pytest.mark.parametrize("target", ["out", "out.jsonl"])
def test_a_lock_ends_with_its_batch(target: str, many: Path) -> None:
    command = [sys.executable, "-m", "confparse", "batch", "in", "-o", target, "-j", "2"]
    first = subprocess.Popen(command, cwd=many, env=ENV, stderr=subprocess.DEVNULL)
    begun(many, "out/*.json" if target == "out" else ".out.jsonl.partial")
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = run("batch", "in", "-o", target, "--resume", cwd=many)
    assert (done.returncode, b"another batch" in done.stderr) == (0, False)


@pytest.mark.parametrize(
    "name", [".out.jsonl.confparse-batch", ".out.jsonl.partial", "out/.confparse-batch", "out/a.json"]
)
def test_nothing_is_written_through_a_planted_link(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to(victim)
    for args in (["-o", "out.jsonl"], ["-o", "out"], ["-o", "out.jsonl", "--resume"], ["-o", "out", "--resume"]):
        run("batch", "a.txt", *args, cwd=tmp_path)
        assert victim.read_text() == "mine"


def test_a_hard_link_or_a_pipe_is_no_journal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "out").mkdir()
    os.link(tmp_path / "victim", tmp_path / "out" / ".confparse-batch")
    done = run("batch", "a.txt", "-o", "out", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "victim").read_text()) == (2, "mine")
    (tmp_path / "out" / ".confparse-batch").unlink()
    os.mkfifo(tmp_path / "out" / ".confparse-batch")
    done = run("batch", "a.txt", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


def test_a_folder_of_the_output_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "b.txt").write_text(TEXT)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sub").symlink_to("../elsewhere")
    done = run("batch", "in", "-o", "out", cwd=tmp_path)
    assert (done.returncode, list((tmp_path / "elsewhere").iterdir())) == (1, [])
    assert (tmp_path / "out" / "b.json").exists()
    assert b"points outside the output folder" in done.stderr


def test_an_output_that_cannot_be_written_fails_its_file_alone(tmp_path: Path) -> None:
    """A file in place of a folder stands for a folder that may not be written: root may write everywhere."""
    for name in ("a/1.txt", "b/2.txt", "c/3.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True)
        (tmp_path / "in" / name).write_text(TEXT)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "b").write_text("")
    for processes in ("1", "2"):
        done = run("batch", "in", "-o", "out", "-j", processes, cwd=tmp_path)
        assert done.returncode == 1
        assert b"out/b" in done.stderr
        assert sorted(p.name for p in (tmp_path / "out").rglob("*.json")) == ["1.json", "3.json"]


def _small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


def test_a_full_disk_names_the_file_and_the_batch_goes_on(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("1. One.\n")
    (tmp_path / "in" / "b.txt").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "in" / "c.txt").write_text("1. One.\n")
    command = [sys.executable, "-m", "confparse", "batch", "in", "-j", "1", "-o"]
    env = {**ENV, "CONFPARSE_CACHE": ""}
    done = subprocess.run(
        [*command, "out"], cwd=tmp_path, env=env, capture_output=True, check=False, preexec_fn=_small_files
    )
    assert (done.returncode, sorted(p.name for p in (tmp_path / "out").glob("*.json"))) == (1, ["a.json", "c.json"])
    assert b"b.json: cannot be written: the file is too large;" in done.stderr
    done = subprocess.run(
        [*command, "x.jsonl"], cwd=tmp_path, env=env, capture_output=True, check=False, preexec_fn=_small_files
    )
    assert (done.returncode, (tmp_path / "x.jsonl").exists()) == (2, False)
    assert b"x.jsonl: cannot be written: the file is too large;" in done.stderr
    assert b"Traceback" not in done.stderr


def test_resume_of_whole_lines_parses_nothing_again(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("b", "c", "d"):
        (tmp_path / "in" / f"{name}.txt").write_text(f"{name}\n\n{TEXT}")
    (tmp_path / "in" / "x.txt").write_bytes(b"%PDF-1.4")
    run("batch", "in", "-o", "all.jsonl", cwd=tmp_path)
    done = run("batch", "in", "-o", "all.jsonl", "--resume", cwd=tmp_path)
    assert b"Files parsed: 0, failed: 1, skipped: 3." in done.stderr
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "c.txt").write_text(TEXT)
    (tmp_path / "in" / "d.txt").unlink()
    done = run("batch", "in", "-o", "all.jsonl", "--resume", cwd=tmp_path)
    assert b"Files parsed: 2, failed: 1, skipped: 1." in done.stderr
    run("batch", "in", "-o", "fresh.jsonl", cwd=tmp_path)
    assert (tmp_path / "all.jsonl").read_bytes() == (tmp_path / "fresh.jsonl").read_bytes()
    (tmp_path / "all.jsonl").write_text("{}\n" * 3)
    run("batch", "in", "-o", "all.jsonl", "--resume", cwd=tmp_path)
    assert (tmp_path / "all.jsonl").read_bytes() == (tmp_path / "fresh.jsonl").read_bytes()


def test_batch_takes_script_and_spacing(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("1. 委員會於 2031 年舉行了會議。\n", encoding="utf-8")
    run("batch", "zh.txt", "-o", "out", "--script", "hans", "--spacing", "keep", cwd=tmp_path)
    (node,) = json.loads((tmp_path / "out" / "zh.json").read_text(encoding="utf-8"))["outline"]
    assert node["content"] == "委员会于 2031 年举行了会议。"


def test_a_batch_ends_without_a_word_of_its_threads(tmp_path: Path) -> None:
    for i in range(6):
        (tmp_path / f"{i}.txt").write_text(TEXT)
    until = time.monotonic() + 30
    for _ in range(25):
        done = run("batch", str(tmp_path), "-o", str(tmp_path / "out"), "-j", "2", "-q")
        assert (done.returncode, done.stderr) == (0, b"")
        if time.monotonic() > until:
            break


def test_quiet_and_verbose(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("batch", "a.txt", "-o", "out", "-q", cwd=tmp_path).stderr == b""
    done = run("batch", "a.txt", "-o", "out", "-v", "--resume", cwd=tmp_path)
    assert b"a.txt: skipped, nothing changed.\n" in done.stderr
    done = run("batch", "a.txt", "-o", "out", "-v", cwd=tmp_path)
    assert b"a.txt: 2 paragraphs, 0 records.\n" in done.stderr
