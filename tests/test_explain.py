"""`explain` and `show`: lines, ranges, records, names, kinds; and the screens at 80 and 120 columns."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES
from rich.cells import cell_len
from test_cli import ENV, run

from confparse.diagnostics import catalogue
from confparse.kind_reference import kinds
from confparse.pipeline import parse
from confparse.rules.grammar import Grammar
from confparse.rules.line_breaks import Boundary

SAMPLE = "samples/session-en-layout/raw.txt"
ZH = "samples/session-zh-pages/raw.txt"


def on_terminal(*args: str, columns: int, ui: str) -> list[str]:
    """The lines of a screen on a terminal of so many columns."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    env = {**ENV, "COLUMNS": str(columns), "NO_COLOR": "1", "TERM": "xterm"}
    command = [sys.executable, "-m", "confparse", *args, "--ui", ui]
    process = subprocess.Popen(command, stdout=slave, stderr=subprocess.DEVNULL, env=env, cwd=ROOT)
    os.close(slave)
    out = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        out += chunk
    os.close(master)
    assert process.wait() == 0
    return out.decode().replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("ui", ["en", "zh"])
@pytest.mark.parametrize("sample", [SAMPLE, ZH])
def test_the_table_of_lines_fits_and_cuts_nothing(sample: str, ui: str, columns: int) -> None:
    screen = on_terminal("explain", sample, columns=columns, ui=ui)
    assert max(map(cell_len, screen)) <= columns
    assert ("与上一行" if ui == "zh" else "break above") in screen[0]
    assert "╎" in screen[-1] or "╎" in screen[-2]
    rows = run("explain", sample, cwd=ROOT).stdout.decode().splitlines()[1:]
    letters = Counter("".join("".join(row.split("\t")[5] for row in rows).split()))
    assert letters - Counter("".join(screen[1:])) == Counter()
    assert "…" not in "".join(screen).replace("…", "", letters["…"])


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("ui", ["en", "zh"])
@pytest.mark.parametrize(
    "args",
    [
        ["show", SAMPLE],
        ["show", ZH],
        ["explain", "O001"],
        ["explain", "label"],
        ["explain", f"{ZH}:20"],
        ["explain", "--list"],
        ["grammar", "show", "un-report"],
        ["show", "samples/workshop-en-double/raw.txt"],
    ],
)
def test_screens_fit_and_break_between_words(args: list[str], ui: str, columns: int) -> None:
    screen = on_terminal(*args, columns=columns, ui=ui)
    long = [line for line in screen if cell_len(line) > columns and not re.match(r"\s+(en|zh|any): ", line)]
    assert long == []


def test_a_line_names_the_records_that_it_gave() -> None:
    said = run("explain", "samples/workshop-zh-double/raw.txt:34", cwd=ROOT).stdout.decode()
    assert re.search(r"Record statement_\d+: 玻利维亚（多民族国） \[BOL\] \(state\), by rule \S+\.", said)


def test_a_range_a_node_and_a_record() -> None:
    rows = run("explain", f"{SAMPLE}:40-44", cwd=ROOT).stdout.decode().splitlines()[1:]
    assert {int(row.split("\t")[0]) for row in rows} <= set(range(40, 45))
    assert len(rows) > 2
    node = run("explain", SAMPLE, "para_3", cwd=ROOT).stdout.decode()
    assert node.startswith("para_3 3.\n")
    assert "Made by rule label.arabic." in node
    record = run("explain", SAMPLE, "meeting_52", cwd=ROOT).stdout.decode()
    assert record.startswith("meeting_52 52\n")
    assert "\t" in record
    done = run("explain", SAMPLE, "para_3x", cwd=ROOT)
    assert (done.returncode, b"did you mean para_3" in done.stderr) == (2, True)
    assert run("explain", f"{SAMPLE}:44-40", cwd=ROOT).returncode == 2


@pytest.mark.parametrize("name", ["O001", "o001", "number-gap", "label.arabic", "boundary"])
def test_names_have_pages(name: str) -> None:
    done = run("explain", name, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_kind_has_a_page_with_its_fields() -> None:
    for name, cls in kinds().items():
        page = run("explain", name).stdout.decode() if name in ("label", "field", "character") else ""
        assert all(f"  {field}  " in page for field in cls.__struct_fields__) or not page


def test_the_list_names_everything() -> None:
    names = [line.split("\t")[0] for line in run("explain", "--list").stdout.decode().splitlines()]
    assert {"O001", "heading", "label.arabic"} <= set(names)
    assert len(set(names)) > 300


def test_a_class_of_mentions_has_a_page() -> None:
    shown = run("explain", "PROPOSAL").stdout.decode()
    assert shown.startswith("PROPOSAL (class of mentions)\n")
    assert "Words (zh): 提议, 动议" in shown
    assert "said.proposal" in shown


def test_a_label_that_fits_into_no_series_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("1. The Board met.\n\n2. The Board rose.\n\n9. Something else stands here.\n\nThe end.\n")
    assert "The rule label.arabic reads a label here" in run("explain", f"{file}:5").stdout.decode()
    assert "reads a label" not in run("explain", f"{file}:3").stdout.decode()


def test_a_near_name_is_offered() -> None:
    assert b"did you mean number-gap?" in run("explain", "numbr-gap").stderr
    assert b"did you mean label.arabic?" in run("explain", "label.arabik").stderr


def test_no_internal_character_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1. The Com\u00admittee met.\n")
    for args in (["explain", "a.txt"], ["explain", "a.txt:1"], ["explain", "a.txt", "para_1"]):
        assert "\ufdd0" not in run(*args, cwd=tmp_path).stdout.decode()


def test_show_is_one_screen() -> None:
    said = run("show", "samples/workshop-zh-double/raw.txt", cwd=ROOT).stdout.decode()
    assert "Meetings (2)" in said
    assert "Workshops (1)\n  3  " in said
    assert "埃塞俄比亚 [ETH] (2)" in said
    assert "A/CONF.377/PM.2" in said


def test_texts_stand_in_a_column_beside_their_names(tmp_path: Path) -> None:
    words = "to examine the proposals contained in the working papers of the regional preparatory meetings held in May "
    dump = tmp_path / "a.txt"
    dump.write_text(f"Conclusions\n\n1. The Conference should continue {words * 3}soon.\n\n3. It should rest (now.\n")
    screen = on_terminal("show", str(dump), columns=60, ui="en")
    first = next(i for i, line in enumerate(screen) if line.startswith("  1.  The Conference should"))
    assert [line[:5] for line in screen[first + 1 : first + 3]] == ["     ", "     "]
    said = run("show", str(dump)).stdout.decode().splitlines()
    cut = next(line for line in said if line.startswith("  1.  The Conference"))
    assert cut.endswith("…")
    assert cut[5:-1].split() == f"The Conference should continue {words * 3}".split()[: len(cut[5:-1].split())]
    assert any(re.match("  5  warning O001 number-gap: ", line) for line in screen)


def test_a_file_name_pattern_starts_a_line_of_chinese_help() -> None:
    screen = on_terminal("batch", "--help", columns=80, ui="zh")
    assert any(re.search(r"[，、]\*\.\w+、\*\.", line) for line in screen)


@pytest.mark.parametrize("ui", ["en", "zh"])
def test_the_page_of_a_code_shows_the_blanks_of_its_message(ui: str) -> None:
    assert "`organizations: [{key: " in run("explain", "X001", "--ui", ui).stdout.decode()
    shown = run("explain", "G006", "--ui", ui).stdout.decode()
    assert "<id>" in shown
    assert "${name}" in shown
    for code, known in catalogue().items():
        shown = known.message.template(ui) + known.page.said(ui)
        assert not re.search(r"\{\{|\}\}", shown), code
        assert "{" not in re.sub(r"`[^`]*`|\$\{[<\w>]+\}", "", shown), code


@pytest.mark.parametrize(("asked", "first", "last"), [("3-4", 3, 4), ("3-9999", 3, 6), ("6-9999", 6, 6), ("4-4", 4, 4)])
def test_a_range_of_lines_ends_with_the_file(asked: str, first: int, last: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("".join(f"{n}. Text of a paragraph.\n" for n in range(1, 7)))
    rows = run("explain", f"a.txt:{asked}", cwd=tmp_path).stdout.decode().splitlines()[1:]
    assert [int(row.split("\t")[0]) for row in rows] == list(range(first, last + 1))


@pytest.mark.parametrize(
    ("asked", "en", "zh"),
    [
        ("7-9999", "a.txt: no line 7; the file has 6 lines.", "a.txt：没有第 7 行，该文件共有 6 行。"),
        ("0-2", "a.txt: no line 0; the file has 6 lines.", "a.txt：没有第 0 行，该文件共有 6 行。"),
        ("9", "a.txt: no line 9; the file has 6 lines.", "a.txt：没有第 9 行，该文件共有 6 行。"),
        ("5-2", "a.txt: the range 5-2 ends before it begins; write 2-5.", "请写作 2-5。"),
    ],
)
def test_a_range_of_lines_that_starts_past_the_end_is_an_error(asked: str, en: str, zh: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("".join(f"{n}. Text of a paragraph.\n" for n in range(1, 7)))
    for ui, says in (("en", en), ("zh", zh)):
        done = run("explain", f"a.txt:{asked}", "--ui", ui, cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
        assert says in done.stderr.decode()


@pytest.mark.parametrize("file", SAMPLES, ids=lambda p: p.parent.name)
def test_every_rule_that_a_record_names_is_a_rule_that_explain_finds(file: Path, grammar: Grammar) -> None:
    report = parse(file)
    nodes = list(report.walk())
    named = {*nodes, *report.footnotes, *report.furniture, *report.meetings, *report.panels, *report.statements}
    named |= {*report.workshops, *report.documents, *report.conclusions, *report.decisions}
    assert {item.rule for item in named} <= grammar.rules.keys()
    assert [node.eid for node in nodes if isinstance(grammar.rules[node.rule], Boundary)] == []


def test_titles_and_text_without_label_name_what_made_them() -> None:
    text = "REPORT OF THE HARBOUR BOARD\n\nI. INTRODUCTION\n\nThe Board met in the harbour office in the spring.\n"
    title, heading = parse(text).outline
    assert (title.element, title.rule) == ("title", "title.before_body")
    assert [(node.element, node.rule) for node in heading.children] == [("p", "p.without_label")]
