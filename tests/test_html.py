"""HTML in: pages made here give the record of their text; lists, tables, notes, menus, encodings; bad pages one line."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from file_report import CHINESE, CHINESE_NOTES, ENGLISH, ENGLISH_NOTES, text_of, units
from test_cli import run

from confparse import InputError, parse
from confparse.sources.read import read

pytest.importorskip("selectolax", reason="confparse[html] is not installed")


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<!DOCTYPE html><html><head>{head}<title>x</title></head><body>{body}</body></html>".encode()


def lines(body: str) -> list[str]:
    return read(page(body), "a.html").text.splitlines()


def modern(language: str) -> str:
    """The report in the elements of today: one list of paragraphs through the page, notes as linked items."""
    blocks, notes = (ENGLISH, ENGLISH_NOTES) if language == "en" else (CHINESE, CHINESE_NOTES)
    out, number = "<nav><ul><li><a href='/'>Home</a><li><a href='/all'>All papers</a></ul></nav><main><p>RF/4/9</p>", 0
    for kind, text in blocks:
        for i in (1, 2):
            text = text.replace(f"{{{i}}}", f'<sup><a href="#n{i}">{i}</a></sup>')
        if kind == "head":
            out += f"<h2>{text}</h2>"
        elif kind == "text" and language == "en":
            number += 1
            out += f'<ol start="{number}"><li>{text.split(". ", 1)[1]}</li></ol>'
        else:
            out += f"<p>{text}</p>"
    items = "".join(
        f'<li id="n{i}"><p>{note} <a href="#r{i}" class="footnote-back">↩</a></p></li>'
        for i, note in enumerate(notes, 1)
    )
    return (
        f"{out}<section role='doc-endnotes'><hr><ol>{items}</ol></section></main><footer>Printed on grey paper</footer>"
    )


def old(language: str) -> str:
    """The report as old pages have it: a table for the layout, breaks for paragraphs, links in a row."""
    blocks, notes = (ENGLISH, ENGLISH_NOTES) if language == "en" else (CHINESE, CHINESE_NOTES)
    menu = "".join(f'<td><a href="p{i}.htm">Menu {i}</a></td>' for i in range(5))
    text = "<br>\n&nbsp;&nbsp;".join(text for _, text in [("", "RF/4/9"), *blocks])
    for i in (1, 2):
        text = text.replace(f"{{{i}}}", f"<sup>{i}</sup>")
    ends = "".join(f"<br><sup>{i}</sup> {note}" for i, note in enumerate(notes, 1))
    return f'<table><tr>{menu}</tr></table><table><tr><td width=90></td><td><font size="3">{text}<hr>{ends}</font></td></tr></table>'


@pytest.mark.parametrize("make", [modern, old])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_gives_the_record_of_its_text(language: str, make: Callable[[str], str]) -> None:
    report = parse(page(make(language)))
    assert units(report) == units(parse(text_of(language)))
    assert (report.source.format, report.source.pages) == ("html", None)
    assert {f.kind for f in report.furniture} >= {"navigation"}
    assert report.coverage.unclaimed == 0


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "big5", "utf-16", "utf-8"])
@pytest.mark.parametrize("named", [True, False])
def test_old_encodings_are_read(encoding: str, named: bool) -> None:
    text = (
        "理事会通过了议程，并感谢秘书处和各代表团。"
        if encoding != "big5"
        else "理事會通過了議程，並感謝秘書處和各代表團。"
    )
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">' if named else ""
    data = page(f"<p>1．{text}</p>" * 3, head).decode().encode(encoding)
    source = read(data, "a.html")
    assert source.text.splitlines()[0] == f"1．{text}"
    assert source.undecodable == 0


def test_a_page_that_names_the_encoding_of_its_editor_is_read_as_it_is_written() -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
    chinese = page("<p>1．理事会通过了议程，并感谢秘书处和各代表团。</p>" * 3, head).decode()
    western = page("<p>1. The Conseil d’État adopted the café’s déjà-vu agenda.</p>" * 3, head).decode()
    assert read(chinese.encode("gbk"), "a.html").text.startswith("1．理事会通过了议程")
    assert "café’s déjà-vu" in read(western.encode("cp1252"), "a.html").text


def test_a_raised_number_inside_a_link_marks_a_note() -> None:
    body = "<p>1. The Board met.<a href='#n1'><sup>1</sup></a></p><p id='n1'>1. See A/1.</p>"
    assert [(note.content, note.refs) for note in parse(page(body)).footnotes] == [("See A/1.", ("para_1",))]


def test_the_characters_of_hong_kong_are_read_in_big5() -> None:
    data = "1. 深水埗區議會在啟德𨋢機大堂舉行會議。".encode("big5hkscs")
    assert read(data, "a.txt").undecodable == 0
    assert "𨋢" in read(page("<p>{}</p>", '<meta charset="big5">').replace(b"{}", data), "a.html").text


def test_lists_are_numbered_as_browsers_do() -> None:
    body = (
        '<ol type="a" start="3"><li>x<ol type="I"><li>y<li>y</ol><li value="9">x</ol>'
        '<ol reversed><li>z<li>z</ol><ol style="list-style-type: cjk-ideographic"><li>w<ul><li>v</ul></ol>'
        '<ol style="list-style:none"><li>1) u</ol>'
    )
    assert lines(body) == ["c. x", "I. y", "II. y", "i. x", "2. z", "1. z", "一、 w", "• v", "1) u"]


def test_what_is_not_shown_is_left_out() -> None:
    body = '<script>a</script><p hidden>b</p><p style="display: none">c</p><template><p>d</p></template><p>Shown<!-- e --></p>'
    assert lines(body) == ["Shown"]


def test_tables_headings_and_print_inside_a_page() -> None:
    rows = "<tr><th>State<th>Votes<tr><td>Norway<td>12<tr><td>Oman<td><p>9</p>"
    report = parse(page(f"<h1>A report</h1><p>1. One.</p><h2>Other matters</h2><p>2. Two.</p><table>{rows}</table>"))
    assert [n.content for n in report.walk() if n.element == "table"] == ["State Votes\nNorway 12\nOman 9"]
    assert [n.heading for n in report.walk() if n.element == "division"] == ["Other matters"]
    printed = "<pre>1. The Board met in the harbour\nand went on by ferry to the other\nside of the river.\n</pre>"
    assert next(parse(page(printed)).walk()).content == (
        "The Board met in the harbour and went on by ferry to the other side of the river."
    )


def test_the_caption_of_a_table_stands_above_it() -> None:
    rows = "<tr><th>State<th>Votes<tr><td>Norway<td>12"
    report = parse(
        page(f"<h1>A report</h1><p>1. One.</p><table><caption>Votes by <b>State</b></caption>{rows}</table>")
    )
    assert [n.content for n in report.walk() if n.element in ("p", "table")] == [
        "Votes by State",
        "State Votes\nNorway 12",
    ]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<sup><a href="#fn1">1</a></sup>', '<p id="fn1"><sup>1</sup> See the map.</p>'),
        ('<sup><a href="#fn1">[1]</a></sup>', '<div id="fn1"><a href="#r1">[1]</a> See the map.</div>'),
        ('<a href="#fn1" role="doc-noteref">1</a>', '<aside id="fn1" role="doc-footnote">See the map.</aside>'),
        ('<sup><a href="#fn1">1</a></sup>', '<ol><li id="fn1">See the map.</li></ol>'),
    ],
)
def test_the_number_of_a_note_is_given_once(mark: str, note: str) -> None:
    report = parse(page(f"<h1>A report</h1><p>1. Kenya spoke.{mark}</p><p>2. It closed.</p>{note}"))
    assert [(n.num, n.content, n.refs) for n in report.footnotes] == [("¹", "See the map.", ("para_1",))]


def test_a_named_menu_with_most_of_the_text_is_text() -> None:
    report = parse(page(f'<div class="main-menu">{modern("en")}</div>'))
    assert [n.num for n in report.walk() if n.element == "paragraph"] == ["1.", "2.", "3.", "4.", "5."]


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 50_000,
        "<ul><li>" * 50_000,
        "<b><p>" * 20_000,
        "<table><tr><td>" * 20_000,
        "&" * 500_000,
        "<a " * 200_000,
    ],
)
def test_hostile_pages_end(body: str, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_bytes(page(body + "x"))
    done = run("bad.html", cwd=tmp_path)
    assert done.returncode in (0, 2)
    assert done.stderr.decode().count("\n") == (done.returncode == 2)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("confparse.sources.formats.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install selectolax"):
        parse(page("x"))


def test_the_package_is_imported_when_a_file_needs_it() -> None:
    code = "import sys, confparse; confparse.parse('1. A.'); print('selectolax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"False"


@pytest.mark.parametrize(
    ("style", "label"),
    [
        ("list-style: inside upper-roman", "I."),
        ("list-style: url(x.png) outside lower-greek", "α."),
        ("list-style: simp-chinese-informal inside", "一、"),
        ("list-style-type: what-is-this", "1."),
    ],
)
def test_the_style_of_a_list_may_be_anywhere_in_its_shorthand(style: str, label: str) -> None:
    assert lines(f'<ol style="{style}"><li>x</ol>') == [f"{label} x"]


def test_an_item_that_is_nothing_but_a_list_keeps_its_number() -> None:
    assert lines("<ol><li><ol type=a><li>x<li>y</ol><li>z</ol>") == ["1. a. x", "b. y", "2. z"]


@pytest.mark.parametrize(
    "mark", ['<sup><a href="#n">*</a></sup>', '<a href="#n" style="color: blue; vertical-align: super">*</a>']
)
def test_a_star_may_link_to_a_note(mark: str) -> None:
    report = parse(
        page(f'<h1>Report</h1><p>1. The Board met.{mark} It rose.</p><p>2. All left.</p><p id="n">* A day late.</p>')
    )
    assert [(note.num, note.content, note.refs) for note in report.footnotes] == [("*", "A day late.", ("para_1",))]


def test_traditional_bytes_under_the_name_of_a_mainland_encoding_are_read() -> None:
    text = "1. 理事會於2030年5月3日舉行會議，主席宣佈會議開幕，各代表團發言。"
    data = page(f"<p>{text}</p>", "<meta charset=gb2312>").decode().encode("big5")
    assert read(data, "a.html").text.splitlines() == [text]
