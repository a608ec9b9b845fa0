"""The library: the words of the command line, short forms of a report, and what is refused."""

import copy
from pathlib import Path

import pytest
from conftest import ROOT, walk

import confparse
from confparse import InputError, check, dumps, explain, load_grammar, parse

FILE = ROOT / "samples" / "workshop-zh-double" / "raw.txt"


@pytest.fixture(scope="module")
def report() -> confparse.Report:
    return parse(FILE)


def test_the_words_are_functions_whatever_was_imported_before() -> None:
    import confparse.checks
    import confparse.explanations

    for name in ("parse", "check", "explain", "load_grammar", "dumps"):
        assert callable(getattr(confparse, name))
    assert set(dir(confparse)) == set(confparse.__all__)
    for name in confparse.__all__:
        assert getattr(confparse, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        confparse.nothing  # noqa: B018


def test_explain_and_check_take_what_parse_takes() -> None:
    lines = explain(FILE)
    assert lines == explain(FILE.read_bytes(), name=FILE.as_posix())
    assert lines[0].line == 1
    text = FILE.read_text(encoding="utf-8")
    assert text[slice(*lines[3].span)].split()[0] in lines[3].text
    assert [d.code for d in check("1. See paragraph 99 above.\n")] == ["V005"]
    assert check("1. One.\n", grammar=load_grammar()) == ()


def test_dumps_refuses_what_it_does_not_know(report: confparse.Report) -> None:
    for format in ("toml", "CSV", ""):
        with pytest.raises(ValueError, match="choose from yaml, json, jsonl, md, csv"):
            dumps(report, format)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="choose from outline, footnotes"):
        dumps(report, "csv", records="speeches")


def test_a_name_in_place_of_a_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse("seed.txt").source.characters == 8
    (tmp_path / "seed.txt").write_text("1. One.\n")
    for call in (
        parse,
        check,
        explain,
        lambda name: confparse.compare(name, "1. One."),
        lambda name: confparse.compare("1. One.", name),
    ):
        with pytest.raises(InputError, match=r"use pathlib.Path\('seed.txt'\)"):
            call("seed.txt")
        with pytest.raises(TypeError, match="a report is a str, bytes or a Path, not int"):
            call(3)  # type: ignore[arg-type]
    assert parse(Path("seed.txt")).source.path == "seed.txt"


def test_a_report_walks_and_is_plain_data(report: confparse.Report) -> None:
    assert [n.eid for n in report.walk()] == [n.eid for n in walk(report.outline)]
    assert report.to_dict()["source"]["name"] == "raw.txt"


def test_a_report_is_short_in_a_notebook(report: confparse.Report) -> None:
    assert repr(report).startswith(f"<Report {FILE}: ")
    assert "25 statements" in repr(report)
    assert len(repr(report)) < 400
    html = report._repr_html_()
    assert "<th>statements</th><td>25</td>" in html
    title = copy.replace(report, cover=None) if hasattr(copy, "replace") else None
    assert title is None or title.cover is None
    assert "<script>" not in parse("<script>\n\n1. One.\n", name="<script>")._repr_html_()


def test_statements_make_a_table(report: confparse.Report) -> None:
    import csv
    import io

    rows = list(csv.DictReader(io.StringIO(dumps(report, "csv"))))
    assert len(rows) == len(report.statements)
    assert rows[0]["speaker_name"] == report.statements[0].speaker.name
    assert {(row["report"], row["path"]) for row in rows} == {(report.source.sha256, str(FILE))}
    for records in ("outline", "documents", "panels", "diagnostics", "furniture", "workshops", "conclusions"):
        rows = list(csv.DictReader(io.StringIO(dumps(report, "csv", records=records))))
        count = sum(1 for _ in report.walk()) if records == "outline" else len(getattr(report, records))
        assert len(rows) == count
        assert not any(None in row.values() for row in rows)


def test_several_files_are_one_table(tmp_path: Path) -> None:
    from test_cli import run

    samples = [f"samples/workshop-{name}/raw.txt" for name in ("zh-double", "en-double")]
    done = run(*samples, "-f", "csv", "--records", "meetings", cwd=ROOT)
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("report,path,id,number,date,body_name,body_key,")
    assert [line.split(",")[1] for line in lines[1:]] == [sample for sample in samples for _ in range(2)]


def test_markdown_holds_every_letter(report: confparse.Report) -> None:
    text = dumps(report, "md")
    assert text.startswith('---\nschema: confparse/1\nsource: "')
    body = "".join(text.split("---\n", 2)[2].replace("\\", "").split())
    for node in report.walk():
        assert "".join((node.heading or node.content or "").split()) in body, node.eid
    assert "\n## 会议纪要\n" in text
    assert "\n1\\. 第二委员会利用" in text


def test_anchors_of_markdown_lead_back_to_the_lines() -> None:
    from html import unescape
    from html.parser import HTMLParser

    from confparse.formats.outline_places import pages_of
    from confparse.formats.record import parts

    file = ROOT / "samples" / "session-zh-pages" / "raw.txt"
    source = file.read_text(encoding="utf-8").replace("1. ", "1. <b>", 1) + '\f\n21. "Last" & <least>.\n'
    report = parse(source)
    text = b"".join(parts(report, "md", anchors=True, pages=pages_of(source))).decode()
    found: dict[str, dict[str, str]] = {}

    class Anchors(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values = {name: value or "" for name, value in attrs}
            assert values["id"] not in found
            found[values["id"]] = values

    Anchors().feed(text.replace("\\<", ""))
    nodes = {node.eid: node for node in report.walk()}
    assert set(found) == set(nodes) | {note.eid for note in report.footnotes}
    for eid, node in nodes.items():
        assert found[eid]["data-lines"] == f"{node.lines[0]}-{node.lines[1]}"
        assert found[eid]["data-page"] == str(source.count("\f", 0, node.span[0]) + 1)
    inside = [node for node in report.walk() if node.element == "division" and node.heading]
    assert any(unescape(values.get("data-headings", "")).endswith(inside[0].heading or "") for values in found.values())
    assert f"sha256: {report.source.sha256}" in text.split("---")[1]
    assert dumps(report, "md", anchors=True).count("<a id=") == text.count("<a id=")
    assert "<a id=" not in dumps(report, "md")


def test_anchors_are_for_markdown_only(tmp_path: Path) -> None:
    from test_cli import run

    (tmp_path / "a.txt").write_text("1. One.\n")
    done = run("batch", "a.txt", "-o", "out", "-f", "md", "--anchors", cwd=tmp_path)
    assert done.returncode == 0
    assert '<a id="para_1" data-lines="1-1"></a>1\\. One.' in (tmp_path / "out" / "a.md").read_text()
    assert run("a.txt", "-f", "md", "--anchors", cwd=tmp_path).stdout == (tmp_path / "out" / "a.md").read_bytes()
    for args in (("a.txt", "--anchors"), ("batch", "a.txt", "-o", "out", "--anchors")):
        done = run(*args, cwd=tmp_path)
        assert (done.returncode, b"--anchors are for -f md" in done.stderr) == (2, True)


def test_items_in_markdown_are_lists() -> None:
    text = dumps(parse("1. One:\n\n(a) Item a:\n\n(i) Item i;\n\n(b) Item b.\n\n2. Two.\n"), "md")
    assert "\n\n- (a) Item a:\n\n  - (i) Item i;\n\n- (b) Item b.\n\n2\\. Two." in text


def test_markdown_has_footnotes_and_escapes() -> None:
    text = dumps(parse(ROOT / "samples" / "session-en-layout" / "raw.txt"), "md")
    assert "[^fn_1]" in text
    assert "\n[^fn_1]: " in text
    assert "\\*starred\\* \\# and \\[x\\]" in dumps(parse("1. A *starred* # and [x].\n"), "md").replace(" # ", " \\# ")


def test_a_grammar_may_be_named(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text('name: own\nversion: "1"\nextends: un-report\n')
    assert parse("1. One.\n", grammar="un-report") == parse("1. One.\n")
    assert parse("1. One.\n", grammar=file).grammar.name == "own"
    assert repr(load_grammar(str(file))).startswith("<Grammar own 1: ")
    with pytest.raises(confparse.GrammarError, match="G009"):
        parse("1. One.\n", grammar="un-reprot")


def test_an_unknown_script_is_refused() -> None:
    with pytest.raises(ValueError, match="'Hans' is none of keep, hans, hant"):
        parse("1. One.\n", script="Hans")  # type: ignore[arg-type]
