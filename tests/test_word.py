"""Word in: files made here give the record of their text; numbers, notes, changes, boxes; bad files have one line."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from file_report import CHINESE, CHINESE_NOTES, ENGLISH, ENGLISH_NOTES, node, text_of, units
from hostile_files import packed
from test_cli import run

from confparse import InputError, parse
from confparse.sources import list_labels
from confparse.sources.read import read
from confparse.sources.word import _WordReader

docx = pytest.importorskip("docx", reason="confparse[docx] is not installed")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def level(number: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def definition(own: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{own}">{"".join(levels)}</w:abstractNum>'


def used(own: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{own}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def paragraph(text: str, numbered: tuple[int, int] | None = None, style: str = "", more: str = "") -> str:
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered is not None:
        own += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{own}{more}</w:pPr>{text if text.startswith('<') else words(text)}</w:p>"


def words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def written(body: str, numbering: str = "", notes: Sequence[str] = (), kind: str = "footnote") -> bytes:
    """A Word file with this body: what python-docx makes, its parts replaced or added."""
    out = io.BytesIO()
    docx.Document().save(out)
    parts = {name: zipfile.ZipFile(out).read(name) for name in zipfile.ZipFile(out).namelist()}
    parts["word/document.xml"] = f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>".encode()
    parts["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>".encode()
    if notes:
        texts = "".join(f'<w:{kind} w:id="{i}">{paragraph(text)}</w:{kind}>' for i, text in enumerate(notes, 1))
        apart = f'<w:{kind} w:type="separator" w:id="0">{paragraph("apart")}</w:{kind}>'
        parts[f"word/{kind}s.xml"] = f"<w:{kind}s {W}>{apart}{texts}</w:{kind}s>".encode()
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        relation = f'<Relationship Id="rId99" Type="{office}/{kind}s" Target="{kind}s.xml"/></Relationships>'
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", relation.encode())
        form = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
        override = f'<Override PartName="/word/{kind}s.xml" ContentType="{form}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    return packed(parts)


def lines(data: bytes) -> list[str]:
    return read(data, "a.docx").text.splitlines()


CHINESE_LIST = definition(
    1,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "decimal", "%2．", '<w:lvlRestart w:val="0"/>'),
    level(2, "lowerLetter", "(%3)"),
)
ENGLISH_LIST = definition(
    1,
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'),
    level(2, "lowerLetter", "(%3)"),
)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_with_automatic_numbers_gives_the_record_of_its_text(language: str, kind: str) -> None:
    blocks, notes = (ENGLISH, ENGLISH_NOTES) if language == "en" else (CHINESE, CHINESE_NOTES)
    body = paragraph("RF/4/9")
    for what, text in blocks:
        bare = text.split(
            "、"
            if language == "zh" and what == "head"
            else "．"
            if language == "zh" and what == "text"
            else ")"
            if what == "item"
            else ". ",
            1,
        )[1].strip()
        for i in (1, 2):
            bare = bare.replace(f"{{{i}}}", f'</w:t></w:r><w:r><w:{kind}Reference w:id="{i}"/></w:r><w:r><w:t>')
        body += paragraph(
            words(bare), (1, {"head": 0, "text": 1, "item": 2}[what]), "Heading1" if what == "head" else ""
        )
    data = written(body, (CHINESE_LIST if language == "zh" else ENGLISH_LIST) + used(1, 1), notes, kind)
    report = parse(data)
    assert units(report) == units(parse(text_of(language)))
    assert (report.source.format, report.source.pages) == ("docx", None)
    assert [note.refs for note in report.footnotes] == [("para_2",), ("para_4",)]


def test_lists_start_again_as_their_definitions_say() -> None:
    numbering = definition(
        1,
        level(0, "decimal", "%1."),
        level(1, "decimal", "%1.%2"),
        level(2, "lowerRoman", "(%3)"),
        level(3, "upperRoman", "%1.%4", "<w:isLgl/>"),
    ) + definition(
        2,
        level(0, "chineseLegalSimplified", "第%1条"),
        level(1, "decimalEnclosedCircle", "%2"),
        level(2, "ideographTraditional", "%3、"),
    )
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    own = f'<w:lvlOverride w:ilvl="1">{level(1, "upperLetter", "%2)")}</w:lvlOverride>'
    numbering += used(1, 1) + used(2, 1, again) + used(3, 2) + used(4, 1, own)
    order = [
        (1, 0),
        (1, 1),
        (1, 1),
        (1, 2),
        (1, 0),
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 0),
        (1, 0),
        (4, 1),
        (3, 0),
        (3, 1),
        (3, 1),
        (3, 2),
        (3, 0),
        (3, 1),
        (0, 0),
    ]
    data = written("".join(paragraph(f"x{i}", place) for i, place in enumerate(order)), numbering)
    labels = [line.rpartition(" ")[0] for line in lines(data)]
    assert labels == [
        "1.",
        "1.1",
        "1.2",
        "(i)",
        "2.",
        "2.1",
        "(i)",
        "2.1",
        "7.",
        "8.",
        "A)",
        "第壹条",
        "①",
        "②",
        "甲、",
        "第贰条",
        "①",
        "",
    ]


def test_styles_number_and_head() -> None:
    document = docx.Document()
    document.add_heading("A report on ferries", 0)
    document.add_heading("Opening", 1)
    document.add_paragraph("The Board met.", style="List Number")
    document.add_heading("Statement by the host", 1)
    document.add_paragraph("The host thanked all.", style="List Number")
    document.sections[0].header.paragraphs[0].text = "RF/4/9"
    document.sections[0].footer.paragraphs[0].text = "Printed on grey paper"
    out = io.BytesIO()
    document.save(out)
    report = parse(out.getvalue())
    assert [(n.heading, n.rule) for n in report.walk() if n.element == "division"] == [
        ("Opening", node(report, "dvs_1").rule),
        ("Statement by the host", "marked.heading"),
    ]
    assert [n.num for n in report.walk() if n.element == "paragraph"] == ["1.", "2."]
    assert [(f.kind, f.text) for f in report.furniture] == [
        ("running_head", "RF/4/9"),
        ("running_head", "Printed on grey paper"),
    ]
    assert report.cover.symbol == "RF/4/9"
    assert report.cover.title == "A report on ferries"


def test_changes_are_accepted() -> None:
    body = paragraph(
        words("The Board ")
        + f'<w:del w:id="1">{words("refused").replace("w:t", "w:delText")}</w:del><w:ins w:id="2">{words("adopted")}</w:ins>'
        + words(" the plan")
        + f'<w:moveFrom w:id="3">{words(" today")}</w:moveFrom>',
        more='<w:rPr><w:del w:id="4"/></w:rPr>',
    )
    body += paragraph(words(".") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>")
    assert lines(written(body)) == ["The Board adopted the plan."]


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (("1. The Forum took note of the report of", "its Secretary."), 1),
        (("1. The Forum took note of the report of the", "Secretary and closed."), 1),
        (("1. 论坛注意到秘书处的报", "告，并结束了辩论。"), 1),
        (("Report of the Forum", "Harbour City"), 2),
        (("1. The Forum closed.", "2. It thanked Peru."), 2),
    ],
)
def test_a_break_inside_a_sentence_parts_nothing(parts: Sequence[str], lines: int) -> None:
    runs = "<w:r><w:br/></w:r>".join(words(part) for part in parts)
    assert len(read(written(f"<w:p>{runs}</w:p>"), "a.docx").text.splitlines()) == lines


def test_the_marks_of_two_notes_at_one_place_stay_apart() -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = f"<w:p>{words('1. The Forum closed.')}{mark.format(1)}{mark.format(2)}</w:p>"
    report = parse(written(body, notes=["See A/1.", "See A/2."]))
    assert [note.refs for note in report.footnotes] == [("para_1",), ("para_1",)]


def test_equations_and_readings_are_not_lost() -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    equation = f"<m:oMath {math}><m:r><m:t>x+y</m:t></m:r><m:r><m:t>=42</m:t></m:r></m:oMath>"
    ruby = f"<w:r><w:ruby><w:rt>{words('kan')}</w:rt><w:rubyBase>{words('漢')}</w:rubyBase></w:ruby></w:r>"
    assert lines(written(paragraph(words("It is ") + equation + words(", read ") + ruby))) == [
        "It is x+y=42, read 漢(kan)"
    ]


def test_vertical_pages_are_read_in_their_order() -> None:
    section = '<w:sectPr><w:textDirection w:val="tbRl"/></w:sectPr>'
    assert lines(written(paragraph("1. 理事会举行了会议。") + paragraph("2. 会议闭幕。") + section)) == [
        "1. 理事会举行了会议。",
        "2. 会议闭幕。",
    ]


def test_boxes_and_tables_are_not_lost() -> None:
    box = f"<w:pict><w:txbxContent>{paragraph('In a box')}</w:txbxContent></w:pict>"
    drawn = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Norway", "12"))
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    frame = f"<w:tbl><w:tr><w:tc>{paragraph('Left')}{table}</w:tc></w:tr></w:tbl>"
    report = parse(written(paragraph(words("Above") + drawn) + table + frame + paragraph("Below")))
    shown = [(n.element, n.content) for n in report.walk()]
    assert [text for _, text in shown] == [
        "Above",
        "In a box",
        "Norway 12\nNorway 12",
        "Left",
        "Norway 12\nNorway 12",
        "Below",
    ]
    assert [element for element, _ in shown].count("table") == 2
    assert report.coverage.unclaimed == 0


def replaced(name: str, data: bytes) -> bytes:
    package = zipfile.ZipFile(io.BytesIO(written(paragraph("x"))))
    return packed({part: package.read(part) for part in package.namelist()} | {name: data})


def entities() -> bytes:
    names = [f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "x" * 10}">' for i in range(12)]
    head = f'<!DOCTYPE x [{"".join(names)}<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    body = f"<w:document {W}><w:body>{paragraph(words('One &a11;&b; two'))}</w:body></w:document>"
    return replaced("word/document.xml", (head + body).encode())


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: written(paragraph("x"))[:900], "a damaged Word file; it cannot be read; open and save it anew"),
        (
            lambda: replaced("word/document.xml", b"<w:document"),
            "a damaged Word file; it cannot be read; open and save it anew",
        ),
        (lambda: replaced("word/document.xml", b" " * (65 << 20)), "unpacks to more than is read"),
        (lambda: replaced("word/document.xml", b"<a>" * 1_000_000), "a damaged Word file"),
        (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") * 2, "encrypted"),
    ],
    ids=["cut", "xml", "bomb", "deep", "encrypted"],
)
def test_a_bad_file_has_one_line(make: Callable[[], bytes], said: str, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(make())
    done = run("bad.docx", cwd=tmp_path)
    complaint = done.stderr.decode()
    assert (done.returncode, complaint.count("\n")) == (2, 1)
    assert complaint.startswith("confparse: bad.docx: ")
    assert said in complaint


def test_entities_are_not_expanded() -> None:
    try:
        text = read(entities(), "a.docx").text
    except InputError as error:
        text = str(error)
    assert len(text) < 1_000
    assert "root:" not in text


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("confparse.sources.formats.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install python-docx"):
        parse(written(paragraph("x")))


def test_the_package_is_imported_when_a_file_needs_it() -> None:
    code = "import sys, confparse; confparse.parse('1. A.'); print('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"False"


def test_endnotes_count_on_from_the_footnotes_that_are_shown() -> None:
    deleted = '<w:del><w:r><w:footnoteReference w:id="3"/></w:r></w:del>'
    shown = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = paragraph(words("1. The Board met.") + shown + deleted + '<w:r><w:endnoteReference w:id="9"/></w:r>')
    reader = _WordReader(docx.Document(io.BytesIO(written(body, notes=["See A/1.", "See A/2.", "See A/3."]))).part)
    assert reader.read().text.split("\n") == ["1. The Board met.¹ ²", "¹ See A/1.", "² ", ""]


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("ordinal", "1st 2nd 3rd 4th 11th 12th 13th 21st 111th 122nd"),
        ("cardinalText", "One Two Three Four Eleven Twelve Thirteen Twenty-one 111 122"),
        ("ordinalText", "First Second Third Fourth Eleventh Twelfth Thirteenth Twenty-first 111 122"),
        ("ideographZodiacTraditional", "甲子 乙丑 丙寅 丁卯 甲戌 乙亥 丙子 甲申 甲寅 乙丑"),
        ("russianLower", "а б в г л м н х шшшш еееее"),
        ("chicago", "* † ‡ § ‡‡‡ §§§ **** ****** 111 122"),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, labels: str) -> None:
    shown = [list_labels.written(number, form) for number in (1, 2, 3, 4, 11, 12, 13, 21, 111, 122)]
    assert " ".join(shown) == labels


def test_the_number_in_dashes_and_tens_in_words() -> None:
    assert list_labels.written(7, "numberInDash") == "- 7 -"
    assert [list_labels.written(n, "ordinalText") for n in (19, 20, 90, 99)] == [
        "Nineteenth",
        "Twentieth",
        "Ninetieth",
        "Ninety-ninth",
    ]


def test_a_cell_that_a_tracked_change_deleted_is_left_out() -> None:
    gone = "<w:tcPr><w:cellDel/></w:tcPr>"
    cells = f"<w:tc>{paragraph('a')}</w:tc><w:tc>{gone}{paragraph('b')}</w:tc><w:tc>{paragraph('c')}</w:tc>"
    assert lines(written(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")) == ["a    c"]
