"""Which files of a folder are inputs, and the names of their outputs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import TEXT, run

from confparse.discovery import Selection, inputs
from confparse.sources.formats import FORMATS, folder_patterns


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a corpus builder has it: the text beside its sources."""
    (tmp_path / "in").mkdir()
    for name, data in {
        "r1.txt": TEXT,
        "r1.docx": "PK\x03\x04",
        "r1.pdf": "%PDF-1.4",
        "r2.text": TEXT,
        "notes.csv": "a",
    }.items():
        (tmp_path / "in" / name).write_text(data)
    return tmp_path


def made(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name[0] != ".")


def test_a_folder_gives_its_texts(folder: Path) -> None:
    done = run("batch", "in", "-o", "out", "--include", "*.txt", "--include", "*.text", cwd=folder)
    assert (done.returncode, made(folder / "out")) == (0, ["r1.json", "r2.json"])


def test_a_folder_gives_the_files_that_can_be_read(folder: Path) -> None:
    found = [one.path.name for one in inputs([str(folder / "in")], Selection(include=folder_patterns()))]
    read = {suffix for known in FORMATS.values() if known.installed for suffix in known.suffixes}
    assert {Path(name).suffix for name in found} - {".txt", ".text", ".TXT"} <= read
    assert ("r1.pdf" in found) == FORMATS["pdf"].installed


def test_include_and_exclude_choose(folder: Path) -> None:
    for name in ("a.dump", "old/b.dump", "old/c.DUMP"):
        (folder / "in" / name).parent.mkdir(exist_ok=True)
        (folder / "in" / name).write_text(TEXT)
    run("batch", "in", "-o", "out", "--include", "*.dump", "--exclude", "old/b*", cwd=folder)
    assert made(folder / "out") == ["a.dump.json", "old/c.DUMP.json"]
    done = run("check", "in", "--include", "*.dump", "-v", cwd=folder)
    assert done.stderr.decode().count("diagnostics: 0.") == 3
    (folder / "confparse.toml").write_text('include = "*.dump"\n')
    assert b"Files checked: 3;" in run("check", "in", cwd=folder).stderr


def test_outputs_are_never_inputs(folder: Path) -> None:
    for form in ("json", "yaml", "jsonl", "md"):
        run("in/r1.txt", "-o", f"in/record.{form}", cwd=folder)
    done = run("batch", "in", "-o", "out", "--include", "r*.*", "--exclude", "*.docx", "--exclude", "*.pdf", cwd=folder)
    assert (done.returncode, made(folder / "out")) == (0, ["r1.json", "r2.json"])
    done = run("batch", "in/rec*", "in/r2*", "-o", "out2", cwd=folder)
    assert made(folder / "out2") == ["in/r2.json"]


def test_two_inputs_with_one_stem_give_two_outputs(tmp_path: Path) -> None:
    for name in ("r.txt", "r.text", "s.txt", "report.v1", "report.v2"):
        (tmp_path / name).write_text(TEXT)
    done = run("batch", "r.txt", "r.text", "s.txt", "report.v1", "report.v2", "r.txt", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert made(tmp_path / "out") == ["r.text.json", "r.txt.json", "report.v1.json", "report.v2.json", "s.json"]


def test_several_folders_keep_their_names(tmp_path: Path) -> None:
    for name in ("zh/01.txt", "en/01.txt", "en/02.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    run("batch", "zh", "en", "-o", "out", cwd=tmp_path)
    assert made(tmp_path / "out") == ["en/01.json", "en/02.json", "zh/01.json"]
    run("batch", "en", "-o", "one", cwd=tmp_path)
    assert made(tmp_path / "one") == ["01.json", "02.json"]


def test_links_that_lead_out_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "b.txt").write_text(TEXT)
    (tmp_path / "in" / "inside.txt").symlink_to("b.txt")
    (tmp_path / "in" / "file.txt").symlink_to("../secret/a.txt")
    (tmp_path / "in" / "folder").symlink_to("../secret")
    (tmp_path / "in" / "circle").symlink_to(".")
    done = run("batch", "in", "-o", "out", cwd=tmp_path)
    assert (done.returncode, made(tmp_path / "out")) == (1, ["b.json", "inside.json"])
    assert done.stderr.decode().count("points outside the folder") == 2
    done = run("batch", "in", "-o", "out2", "--follow-links", cwd=tmp_path)
    assert done.returncode == 0
    assert made(tmp_path / "out2") == ["b.json", "file.json", "folder/a.json", "inside.json"]
    done = run("batch", "in/*.txt", "in/*/*.txt", "-o", "out3", cwd=tmp_path)
    assert (done.returncode, made(tmp_path / "out3")) == (
        1,
        ["in/b.json", "in/circle/b.json", "in/circle/inside.json", "in/inside.json"],
    )
    assert done.stderr.decode().count("points outside the folder") == 3


def test_what_is_no_file_is_named_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    for name in ("b.txt", "c.yaml"):
        os.mkfifo(tmp_path / "in" / name)
    done = run("batch", "in", "-o", "out", cwd=tmp_path)
    assert (done.returncode, made(tmp_path / "out")) == (1, ["a.json"])
    assert "in/b.txt: not a regular file" in done.stderr.decode()


@pytest.mark.parametrize(
    "args",
    [
        ["check", ""],
        ["check", "a.txt", ""],
        ["batch", "", "-o", "out"],
        ["batch", "a.txt", "", "-o", "out"],
        ["batch", "a.txt", "-o", ""],
        ["batch", "a.txt", "-o", "out", "--files-from", ""],
        ["batch", "a.txt", "-o", "out", "--scheduler="],
        [""],
        ["", "a.txt"],
        ["explain", ""],
        ["show", ""],
        ["view", "a.txt", "-o", ""],
        ["compare", "", "a.txt"],
        ["-g", "", "a.txt"],
        ["a.txt", "-o", ""],
        ["a.txt", "--encoding", ""],
        ["check", "a.txt", "--config="],
        ["grammar", "new", ""],
        ["grammar", "new", "x", "-o", ""],
    ],
)
def test_an_empty_name_is_a_usage_error(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    done = run(*args, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.startswith(b"confparse: ")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt"]


def test_a_folder_without_texts_is_named(tmp_path: Path) -> None:
    for args in (["batch", ".", "-o", "out"], ["check", "."]):
        done = run(*args, cwd=tmp_path)
        assert b"no input files found; folders are searched for *.txt, *.text" in done.stderr
        assert done.returncode in (1, 2)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "in" / "locked").mkdir(mode=0)
    done = run("batch", "in", "-o", "out", cwd=folder)
    (folder / "in" / "locked").chmod(0o700)
    assert (done.returncode, made(folder / "out")) == (1, ["r1.json", "r2.json"])
    assert b"in/locked: cannot be read: no permission;" in done.stderr


def test_the_selection_reads_names_in_any_case() -> None:
    assert Selection().takes(Path("a/B.TXT"))
    assert not Selection(exclude=("a/*",)).takes(Path("a/b.txt"))


def test_names_that_no_system_takes_are_inputs_that_fail(tmp_path: Path) -> None:
    found = list(inputs(["x" * 5000, "a\0b", "n/" * 3000]))
    assert [one.error for one in found] == [None, None, None]
    done = run("batch", "--files-from", "-", "-o", "out", stdin=f"{'x' * 5000}\ngood.txt\n", cwd=tmp_path)
    assert b": the name is too long" in done.stderr or b"cannot be read: the name is too long;" in done.stderr
    (tmp_path / "good.txt").write_text(TEXT)
    done = run("batch", "--files-from", "-", "-o", "out", stdin=f"{'x' * 5000}\ngood.txt\n", cwd=tmp_path)
    assert (done.returncode, made(tmp_path / "out")) == (1, ["good.json"])


def test_the_ending_of_an_output_chooses_the_format(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text(TEXT)
    run("s.txt", "-o", "s.json", cwd=tmp_path)
    assert json.loads((tmp_path / "s.json").read_text())["source"] == {
        **json.loads(run("s.txt", "-f", "json", cwd=tmp_path).stdout)["source"]
    }
    run("batch", "s.txt", "-o", "x.jsonl", cwd=tmp_path)
    assert (tmp_path / "x.jsonl").read_text().count("\n") == 1
    for args in (
        ["s.txt", "-o", "t.json", "-f", "yaml"],
        ["batch", "s.txt", "-o", "t.jsonl", "-f", "json"],
        ["batch", "s.txt", "-o", "t.json", "-f", "jsonl"],
        ["batch", "s.txt", "-o", "t.yaml"],
    ):
        done = run(*args, cwd=tmp_path)
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1), args
        assert made(tmp_path) == ["s.json", "s.txt", "x.jsonl"]


def test_the_source_has_the_path_that_was_given(tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "a" / "r.txt").write_text(TEXT)

    def source(*args: str, stdin: str = "") -> dict[str, object]:
        value = json.loads(run(*args, stdin=stdin, cwd=tmp_path).stdout)["source"]
        return {key: value[key] for key in ("path", "name") if key in value}

    assert source("in/a/r.txt", "-f", "json") == {"path": "in/a/r.txt", "name": "r.txt"}
    assert source("-", "-f", "json", stdin=TEXT) == {"name": "-"}
    assert source("-", "-f", "json", "--stdin-name", "z/x.txt", stdin=TEXT) == {"path": "z/x.txt", "name": "x.txt"}
    run("batch", "in", "-o", "all.jsonl", cwd=tmp_path)
    assert json.loads((tmp_path / "all.jsonl").read_text())["source"]["path"] == "in/a/r.txt"


def test_a_link_to_a_folder_beside_it_hides_no_file(tmp_path: Path) -> None:
    for name in ("a", "z"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "q.txt").write_text(TEXT)
    (tmp_path / "in" / "b").symlink_to("z")
    (tmp_path / "in" / "y").symlink_to("a")
    for options in ((), ("--follow-links",)):
        run("batch", "in", "-o", "out", *options, cwd=tmp_path)
        assert made(tmp_path / "out") == ["a/q.json", "z/q.json"]


def test_a_deleted_current_folder_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "gone").mkdir()
    command = f"cd {tmp_path / 'gone'} && rmdir ../gone && {sys.executable} -m confparse check {tmp_path / 'a.txt'}"
    assert subprocess.run(["sh", "-c", command], capture_output=True, text=True).stderr.startswith("Files checked: 1;")
