"""Batches: folders, patterns, lists of names, one file of lines; what fails, what is resumed, and that all is whole."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path, PurePath

import pytest
from conftest import ROOT
from test_cli import ENV, TEXT, run

from confparse.batch.plan import Options, Outcome
from confparse.batch.run import run_batch
from confparse.discovery import Input
from confparse.rules.load import load_grammar

SAMPLE = ROOT / "samples" / "session-en-layout" / "raw.txt"


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    """A folder with good files in folders, and one that fails."""
    folder = tmp_path / "in"
    for name in ("a/one.txt", "a/two.txt", "b/one.txt", "three.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"Report on {name}\n\n{TEXT}", encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x89PNG not text")
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*.json"))}


def test_workers_give_the_same_bytes_as_one_process(dumps: Path, tmp_path: Path) -> None:
    for processes in ("1", "2"):
        done = run("batch", str(dumps), "-o", str(tmp_path / processes), "-j", processes)
        assert done.returncode == 1
        assert done.stderr.decode().startswith(f"confparse: {dumps / 'bad.txt'}: a binary file")
    assert outputs(tmp_path / "1") == outputs(tmp_path / "2")
    assert list(outputs(tmp_path / "1")) == ["a/one.json", "a/two.json", "b/one.json", "three.json"]


def test_patterns_and_lists_of_names_keep_folders(dumps: Path, tmp_path: Path) -> None:
    run("batch", "in/**/one.txt", "-o", "out", cwd=tmp_path)
    assert list(outputs(tmp_path / "out")) == ["in/a/one.json", "in/b/one.json"]
    done = run("batch", "--files-from", "-", "-o", "listed", stdin="in/a/two.txt\nin/three.txt\n", cwd=tmp_path)
    assert done.returncode == 0
    assert list(outputs(tmp_path / "listed")) == ["in/a/two.json", "in/three.json"]


def test_names_that_climb_out_stay_inside_the_output(dumps: Path, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    done = run("batch", "../in/three.txt", str(dumps / "a" / "one.txt"), "-o", "out", cwd=tmp_path / "deep")
    assert done.returncode == 0
    assert list(outputs(tmp_path)) == ["deep/out/one.json", "deep/out/three.json"]


def test_one_file_of_lines_in_input_order(dumps: Path, tmp_path: Path) -> None:
    done = run("batch", str(dumps), "-o", str(tmp_path / "all.jsonl"), "-f", "jsonl", "-j", "2")
    assert done.returncode == 1
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert [row["outline"][0]["content"] for row in rows] == [
        "Report on a/one.txt",
        "Report on a/two.txt",
        "Report on b/one.txt",
        "Report on three.txt",
    ]
    assert hidden(tmp_path) == [".all.jsonl.confparse-batch"]


def begun(folder: Path, pattern: str) -> None:
    """Wait for the first output, so that what comes next meets a batch at work."""
    until = time.monotonic() + 60
    while not any(p.stat().st_size for p in folder.glob(pattern)):
        assert time.monotonic() < until, "nothing was written"
        time.sleep(0.02)


def hidden(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name[0] == "."]


def test_resume_does_only_what_changed(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("batch", str(dumps), "-o", str(out))
    before = {name: (out / name).stat().st_mtime_ns for name in outputs(out)}
    (dumps / "three.txt").write_text(TEXT + "3. It met again.\n")
    (out / "b" / "one.json").unlink()
    done = run("batch", str(dumps), "-o", str(out), "--resume")
    assert "Files parsed: 2, failed: 1, skipped: 2." in done.stderr.decode()
    after = {name: (out / name).stat().st_mtime_ns for name in outputs(out)}
    assert [name for name in after if after[name] == before[name]] == ["a/one.json", "a/two.json"]
    run("batch", str(dumps), "-o", str(tmp_path / "fresh"))
    assert outputs(out) == outputs(tmp_path / "fresh")


def test_resume_with_another_grammar_does_all_again(dumps: Path, tmp_path: Path) -> None:
    grammar = tmp_path / "mine.yaml"
    grammar.write_text('name: mine\nversion: "1"\nextends: un-report\n')
    run("batch", str(dumps), "-o", str(tmp_path / "out"))
    done = run("batch", str(dumps), "-o", str(tmp_path / "out"), "--resume", "-g", str(grammar))
    assert "Files parsed: 4, failed: 1, skipped: 0." in done.stderr.decode()


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_killed_batch_resumes_to_the_same_bytes(form: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for i in range(60):
        (tmp_path / "in" / f"{i:02}.txt").write_bytes(SAMPLE.read_bytes() + f"\n99. Copy {i}.\n".encode())
        if i % 20 == 7:
            (tmp_path / "in" / f"{i:02}x.txt").write_bytes(b"\x89PNG")
    target = tmp_path / ("out" if form == "json" else "out.jsonl")
    command = [sys.executable, "-m", "confparse", "batch", str(tmp_path / "in"), "-f", form, "-j", "2", "-o"]
    process = subprocess.Popen([*command, str(target)], env=ENV, stderr=subprocess.DEVNULL, start_new_session=True)
    begun(tmp_path, "out/*.json" if form == "json" else ".out.jsonl.partial")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    resumed = subprocess.run([*command, str(target), "--resume"], env=ENV, capture_output=True, check=False)
    assert resumed.returncode == 1
    fresh = target.with_name(f"fresh-{target.name}")
    subprocess.run([*command, str(fresh)], env=ENV, capture_output=True, check=False)
    if form == "json":
        assert outputs(target) == outputs(fresh)
        assert len(outputs(target)) == 60
    else:
        assert target.read_bytes() == fresh.read_bytes()
        assert target.read_bytes().count(b"\n") == 60


def test_a_resumed_batch_that_is_stopped_too_keeps_what_the_first_did(tmp_path: Path) -> None:
    names = [tmp_path / f"{i}.txt" for i in range(5)]
    found = [Input(name, PurePath(name.name)) for name in names]
    for i, name in enumerate(names):
        name.write_text(f"{i}. The Board met in spring.\n")
    out, grammar = tmp_path / "all.jsonl", load_grammar("un-report")
    options = Options(grammar="un-report", format="jsonl")
    run_batch(found, out, options, grammar, 1, False, lambda *_: None)
    names[0].write_text("7. The Board met in autumn.\n")

    def stop(outcome: Outcome, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(found, out, options, grammar, 1, True, stop)
    skipped: list[bool] = []
    run_batch(found, out, options, grammar, 1, True, lambda outcome, of: skipped.append(outcome.skipped))
    assert skipped == [False, True, True, True, True]
    assert hidden(tmp_path) == [".all.jsonl.confparse-batch"]


def test_a_stopped_batch_leaves_only_whole_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for i in range(200):
        (tmp_path / "in" / f"{i:03}.txt").write_bytes(SAMPLE.read_bytes())
    command = [sys.executable, "-m", "confparse", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-j", "2"]
    process = subprocess.Popen(command, env=ENV, stderr=subprocess.PIPE, start_new_session=True)
    begun(tmp_path, "out/*.json")
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"--resume continues" in said
    assert b"Traceback" not in said
    for data in outputs(tmp_path / "out").values():
        assert json.loads(data)["coverage"]["unclaimed"] == 0
    assert hidden(tmp_path / "out") == [".confparse-batch"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_folder_that_cannot_be_written_is_one_line(dumps: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    done = run("batch", str(dumps), "-o", str(tmp_path / "locked" / "out"))
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_an_output_that_is_a_file_is_one_line(dumps: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    done = run("batch", str(dumps), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_no_input_is_ever_overwritten(tmp_path: Path) -> None:
    dump = tmp_path / "a.txt"
    dump.write_text(TEXT, encoding="utf-8")
    for link in ("a.json", "a.jsonl"):
        (tmp_path / link).symlink_to("a.txt")
    for args in (
        ["batch", "a.txt", "-o", "a.txt", "-f", "jsonl"],
        ["batch", "a.txt", "-o", str(dump), "-f", "jsonl"],
        ["batch", "a.txt", "-o", "a.jsonl"],
        ["batch", "a.txt", "-o", "."],
        ["a.txt", "-o", "./a.txt", "-f", "yaml"],
    ):
        done = run(*args, cwd=tmp_path)
        assert done.returncode in (1, 2), args
        assert b"would replace it" in done.stderr
        assert dump.read_text(encoding="utf-8") == TEXT


def test_a_batch_writes_lines_into_no_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = run("batch", "a.txt", "-o", "pipe", "-f", "jsonl", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "pipe").is_fifo()) == (2, True)
    assert b"not a regular file" in done.stderr


@pytest.mark.parametrize("name", ["-", "none*.txt", "links"])
def test_what_gives_no_input_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "lost.txt").symlink_to("nowhere")
    (tmp_path / "links" / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    done = run("batch", name, "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert b"Files parsed: 0, failed: 1" in done.stderr


def test_outputs_among_the_inputs_are_no_inputs(dumps: Path) -> None:
    lines = dumps / "all.jsonl"
    for _ in range(2):
        run("batch", str(dumps), "-o", str(lines), "-f", "jsonl")
        run("batch", str(dumps), "-o", str(dumps))
        names = [json.loads(line)["source"]["name"] for line in lines.read_text(encoding="utf-8").splitlines()]
        assert [name for name in names if name.endswith(".txt")] == ["one.txt", "two.txt", "one.txt", "three.txt"]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals of process groups are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_parent(number: int, tmp_path: Path) -> None:
    for i in range(12):
        (tmp_path / f"{i}.txt").write_text(SAMPLE.read_text(encoding="utf-8") * 20, encoding="utf-8")
    command = [sys.executable, "-m", "confparse", "batch", str(tmp_path), "-o", str(tmp_path / "out"), "-j", "2"]
    batch = subprocess.Popen(command, stderr=subprocess.PIPE, env=ENV)
    begun(tmp_path, "out/*.json")
    batch.send_signal(number)
    assert batch.stderr is not None
    batch.stderr.read()  # ends when no process holds it any more
    assert batch.wait() == (-number if number == signal.SIGKILL else 130)
    assert hidden(tmp_path / "out") == [".confparse-batch"]


def test_a_worker_told_to_end_loses_no_file(tmp_path: Path) -> None:
    for i in range(24):
        (tmp_path / f"{i:02}.txt").write_text(SAMPLE.read_text(encoding="utf-8") * 8, encoding="utf-8")
    command = [sys.executable, "-m", "confparse", "batch", str(tmp_path), "-o", str(tmp_path / "out"), "-j", "2"]
    batch = subprocess.Popen(command, stderr=subprocess.PIPE, env=ENV)
    children = Path(f"/proc/{batch.pid}/task/{batch.pid}/children")
    if not children.exists():
        batch.kill()
        pytest.skip("this system does not tell the children of a process")
    begun(tmp_path, "out/*.json")
    os.kill(int(children.read_text().split()[0]), signal.SIGTERM)
    _, said = batch.communicate(timeout=120)
    assert (batch.returncode, len(list((tmp_path / "out").glob("*.json")))) == (0, 24), said


def test_resume_clears_what_a_killed_worker_left(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("batch", str(dumps), "-o", str(out))
    (out / ".three.json.0a1b2c3d.part").write_bytes(b"{")
    (out / ".mine.part").write_bytes(b"")
    run("batch", str(dumps), "-o", str(out), "--resume")
    assert sorted(hidden(out)) == [".confparse-batch", ".mine.part"]
