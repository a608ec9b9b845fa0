"""What a terminal or a log would obey never reaches it: one function makes text visible, and every path goes through it."""

import ast
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from test_cli import ENV, run

from confparse.visible import escaped_json, visible

SOURCE = Path(__file__).parent.parent / "src" / "confparse"
EVIL = "\x1b[31m\x07\x9b2J\u202e\u2066\u200b\ufdd0\x00"  # escapes, bell, C1, bidi, invisible, a noncharacter
NAME = "evil\x1b[2J\u202etxt\n::error::owned"
GRAMMAR = """name: "ev\\e[31mil"
version: "1"
extends: un-report
rules:
  - id: "furniture.\\e[31m\\u202e"
    kind: furniture
    name: "st\\e[31mamp"
    where: anywhere
    why: "Why \\e[31m\\u202e\\n::error::owned"
    patterns: {en: '^RECEIVED$'}
    examples: [{lang: en, text: "RECEIVED"}, {lang: en, text: "\\e[31m", match: false, why: "\\u202e"}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    evil = f"1. A {EVIL} (red.\nRECEIVED\n2. See paragraph 99 above {EVIL}.\n3. Texts {EVIL} A/CONF.{EVIL}.\n"
    (tmp_path / f"{NAME}.txt").write_text(evil, encoding="utf-8")
    (tmp_path / "zh.txt").write_text(
        f"1. 第8次会议{EVIL}。\n2. 见第7段{EVIL}。\n3. 文件{EVIL}A/2。\n", encoding="utf-8"
    )
    (tmp_path / "evil.yaml").write_text(GRAMMAR, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("ui", ["en", "zh"])
@pytest.mark.parametrize("colour", [{}, {"FORCE_COLOR": "1"}])
def test_no_path_to_a_terminal_lets_it_through(ui: str, colour: dict[str, str], folder: Path) -> None:
    file = f"{NAME}.txt"
    for args in (
        ["check", file],
        ["check", file, "--format", "github"],
        ["check", file, "--statistics"],
        ["check", f"gone{NAME}"],
        ["check", file, "-v"],
        ["explain", file],
        ["explain", f"{file}:1"],
        ["explain", f"{file}:1-3"],
        ["explain", file, "para_1"],
        ["explain", NAME],
        ["show", file],
        [f"missing{NAME}"],
        ["grammar", "show", "evil.yaml"],
        ["grammar", "test", "evil.yaml"],
        ["explain", "furniture.\x1b[31m\u202e", "-g", "evil.yaml"],
        ["explain", file, "-g", "evil.yaml"],
        ["-g", f"no{NAME}", file],
        ["explain", "furniture", "-g", "evil.yaml"],
        ["explain", "--list", "-g", "evil.yaml"],
        [file, "-f", "md"],
        ["batch", file, f"gone{NAME}", "-o", "out", "-v"],
        ["grammar", "new", NAME],
        [file, f"--{NAME}"],
        ["compare", file, "zh.txt"],
        ["compare", file, file],
        ["compare", file, f"gone{NAME}"],
        ["view", f"gone{NAME}"],
    ):
        done = run(*args, "--ui", ui, cwd=folder, **colour)
        shown = (done.stdout + done.stderr).decode()
        for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m", *(f"\x1b[{n}m" for n in range(31, 37) if colour)):
            shown = shown.replace(code, "") if colour else shown
        assert not set(EVIL.replace("[31m", "").replace("2J", "")) & set(shown), args
        assert not any(line.startswith("::error::owned") for line in shown.splitlines()), args
        assert "Traceback" not in shown, args


def test_visible_keeps_columns_and_text() -> None:
    assert len(visible(EVIL)) == len(EVIL)
    assert visible("汉\u3000字\ue000\xa0é") == "汉\u3000字\ue000\xa0é"


def test_only_one_module_writes_to_the_streams() -> None:
    found = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            written = (
                isinstance(node, ast.Attribute) and node.attr in ("write", "writelines") and "std" in ast.unparse(node)
            )
            if called or written:
                found.add(file.relative_to(SOURCE).as_posix())
    assert found == {"cli/output.py"}


def test_colours_obey_the_environment(folder: Path) -> None:
    (folder / "a.txt").write_text("1. See paragraph 99 above.\n")
    assert b"\x1b[33m" in run("check", "a.txt", cwd=folder, FORCE_COLOR="1").stdout
    assert b"\x1b" not in run("check", "a.txt", cwd=folder, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b" not in run("check", "a.txt", cwd=folder).stdout


def test_a_pipe_gets_tab_separated_rows_in_colour_or_not(folder: Path) -> None:
    (folder / "a.txt").write_text("1. One\ttwo.\n")
    assert run("explain", "a.txt", cwd=folder).stdout == run("explain", "a.txt", cwd=folder, FORCE_COLOR="1").stdout
    assert [len(line.split("\t")) for line in run("explain", "a.txt", cwd=folder).stdout.decode().splitlines()] == [
        6,
        6,
    ]


def test_the_environment_of_the_tests_has_no_colours() -> None:
    assert not {"NO_COLOR", "FORCE_COLOR"} & set(os.environ)


def test_json_says_hidden_characters_as_escapes() -> None:
    name = "a\u202eb\x9bc\U000e0001\ufdd0 \u4e2d\ue000"
    written = escaped_json(json.dumps({"file": name}, ensure_ascii=False, indent=1) + "\n")
    assert json.loads(written) == {"file": name}
    assert "\u202e" not in written
    assert "\x9b" not in written
    assert "\U000e0001" not in written
    assert "\u4e2d\ue000" in written
    assert written.endswith("}\n")


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl", "md"])
def test_a_terminal_is_shown_what_a_pipe_gets_as_it_is(form: str, folder: Path) -> None:
    pytest.importorskip("pty")
    shown = bytearray()
    own, other = os.openpty()
    command = [sys.executable, "-m", "confparse", f"{NAME}.txt", "-f", form]
    with subprocess.Popen(command, cwd=folder, stdout=other, stdin=subprocess.DEVNULL, env=ENV):
        os.close(other)
        with suppress(OSError):  # the other end is closed
            while part := os.read(own, 4096):
                shown.extend(part)
    os.close(own)
    text = shown.decode()
    assert "red" in text
    assert not set(EVIL) - set("[31m2J") & set(text)
