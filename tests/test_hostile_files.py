"""Files made to harm, damaged, locked or endless: one line each that says what to do, in bounded memory, and batch goes on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_files import FILES
from test_cli import ENV, run

for package in ("pypdfium2", "docx", "selectolax", "reportlab"):
    pytest.importorskip(package, reason="confparse[pdf,docx,html] or reportlab is not installed")

MEMORY = 3 << 30  # bytes that reading may take, whatever the file
SECONDS = 300
SLOW = "many-elements.html"  # takes the memory that it may take


def limited() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.skipif(sys.platform == "win32", reason="memory cannot be limited here")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_or_has_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name].make())
    command = [sys.executable, "-m", "confparse", name, "-f", "json"]
    done = subprocess.run(
        command, cwd=tmp_path, env=ENV, capture_output=True, timeout=SECONDS, preexec_fn=limited, check=False
    )
    complaint, said = done.stderr.decode(), FILES[name].said
    assert b"root:" not in done.stdout
    if said is None:
        assert (done.returncode, complaint) == (0, "")
        report = json.loads(done.stdout)
        assert report["outline"]
        assert report["coverage"]["unclaimed"] == 0
    else:
        assert (done.returncode, done.stdout, complaint.count("\n")) == (2, b"", 1)
        assert complaint.startswith(f"confparse: {name}: ")
        assert said in complaint


def test_a_batch_goes_on_past_all_of_them(tmp_path: Path) -> None:
    names = sorted(name for name in FILES if not name.endswith(".doc") and name != SLOW)
    for name in names:
        (tmp_path / name).write_bytes(FILES[name].make())
    done = run("batch", ".", "-o", "out.jsonl", "-j", "2", cwd=tmp_path)
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 1
    read = {json.loads(line)["source"]["name"] for line in (tmp_path / "out.jsonl").read_bytes().splitlines()}
    assert read == {name for name in names if FILES[name].said is None}
    for name in names:
        own = [line for line in lines if f" {name}: " in line]
        assert [str(FILES[name].said) in line for line in own] == [True] * (name not in read)
