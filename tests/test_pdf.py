"""PDF in: pages printed here in several layouts give the record of their text, and bad files one clear line."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from file_report import CHINESE, CHINESE_NOTES, ENGLISH, ENGLISH_NOTES, node, text_of, units
from test_cli import run

from confparse import InputError, explain, parse
from confparse.sources.formats import folder_patterns
from confparse.sources.page_rows import Glyph
from confparse.sources.read import read

pytest.importorskip("pypdfium2", reason="confparse[pdf] is not installed")
canvas_module = pytest.importorskip(
    "reportlab.pdfgen.canvas", reason="reportlab, which prints the PDFs, is not installed"
)

WIDTH, HEIGHT, SIZE, LEADING = 595, 842, 10, 13
MARGIN, TOP, FOOT = 60, 760, 120


class Printer:
    """Pages with a running head and a number, one or two columns, notes at the foot."""

    def __init__(self, language: str, columns: int, **options: object) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont

        self.out = io.BytesIO()
        self.font = "Times-Roman" if language == "en" else "STSong-Light"
        if language == "zh":
            pdfmetrics.registerFont(UnicodeCIDFont(self.font))
        self.width_of = lambda text, size: pdfmetrics.stringWidth(text, self.font, size)
        self.canvas = canvas_module.Canvas(self.out, pagesize=(WIDTH, HEIGHT), **options)
        gap = 24
        self.measure = (WIDTH - 2 * MARGIN - gap * (columns - 1)) / columns
        self.lefts = [MARGIN + i * (self.measure + gap) for i in range(columns)]
        self.page, self.column, self.y = 1, 0, TOP
        self.waiting: list[str] = []
        self.counted = 0
        self.joiner = " " if language == "en" else ""

    def lines(self, text: str, room: float) -> Iterator[str]:
        own = ""
        for word in text.split(" ") if self.joiner else text:
            longer = f"{own}{self.joiner}{word}" if own else word
            if self.width_of(longer.replace("{1}", "1").replace("{2}", "2"), SIZE) > room and own:
                yield own
                own = word
            else:
                own = longer
        yield own

    def write(self, blocks: Sequence[tuple[str, str]], notes: Sequence[str], depth: int) -> bytes:
        """`depth`: points of a page that are printed on, so that it turns where a test wants it."""
        self.foot = TOP - depth
        for kind, text in blocks:
            self.y -= LEADING / 2
            for i, line in enumerate(self.lines(text, self.measure - 20 * (kind == "item"))):
                if self.y < self.foot:
                    self.turn()
                shift = 20 if kind == "item" else 60 if kind == "head" and len(self.lefts) == 1 else 0
                self.line(self.lefts[self.column] + shift * (kind == "head" or i == 0 or kind == "item"), line, notes)
                self.y -= LEADING
        self.close()
        self.canvas.save()
        return self.out.getvalue()

    def line(self, x: float, text: str, notes: Sequence[str]) -> None:
        for part in text.replace("{", "\0{").replace("}", "}\0").split("\0"):
            raised = part.startswith("{")
            shown, size = (part.strip("{}"), SIZE * 0.6) if raised else (part, SIZE)
            self.canvas.setFont(self.font, size)
            self.canvas.drawString(x, self.y + SIZE * 0.35 * raised, shown)
            x += self.width_of(shown, size)
            if raised:
                self.waiting.append(notes[int(shown) - 1])

    def turn(self) -> None:
        self.column, self.y = self.column + 1, TOP
        if self.column == len(self.lefts):
            self.close()
            self.page, self.column = self.page + 1, 0

    def close(self) -> None:
        y = FOOT - 30
        for text in self.waiting:
            self.counted += 1
            self.canvas.setFont(self.font, 5)
            self.canvas.drawString(MARGIN, y + 3, str(self.counted))
            self.canvas.setFont(self.font, 8)
            self.canvas.drawString(MARGIN + 8, y, text)
            y -= 11
        self.waiting = []
        self.canvas.setFont(self.font, 9)
        self.canvas.drawString(MARGIN, 800, "RF/4/9")
        self.canvas.drawString(WIDTH / 2, 30, str(self.page))
        self.canvas.showPage()


def printed(language: str, columns: int = 1, depth: int = 300, **options: object) -> bytes:
    blocks, notes = (ENGLISH, ENGLISH_NOTES) if language == "en" else (CHINESE, CHINESE_NOTES)
    return Printer(language, columns, **options).write(blocks, notes, depth)


@pytest.mark.parametrize("depth", [600, 220, 150])
@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_printed_report_gives_the_record_of_its_text(language: str, columns: int, depth: int) -> None:
    report, wanted = parse(printed(language, columns, depth)), parse(text_of(language))
    assert units(report) == units(wanted)
    assert report.coverage.unclaimed == 0
    assert node(report, "para_3__subpara_b").content
    assert [note.refs for note in report.footnotes] == [("para_2",), ("para_4",)]


@pytest.mark.parametrize("rows", [3, 4, 5])
@pytest.mark.parametrize("columns", [2, 3])
def test_columns_of_few_rows_are_read_one_after_the_other(columns: int, rows: int) -> None:
    widths = WIDTH / columns
    text = [[f"the ferries and harbours of the river {chr(97 + c)}{r}" for r in range(rows)] for c in range(columns)]
    placed = [(40 + widths * c, 700 - 13 * r, 8, text[c][r]) for c in range(columns) for r in range(rows)]
    assert lines(drawn([*placed, (40, 800, 8, "RF/4/9")])) == ["RF/4/9", *(line for column in text for line in column)]


@pytest.mark.parametrize("size", [6, 10])
def test_notes_of_two_columns_are_read_below_both_and_the_number_of_the_page_last(size: int) -> None:
    text = [[f"the ferries and harbours of the river {chr(97 + c)}{r}" for r in range(9)] for c in range(2)]
    placed = [(40 + 290 * c, 700 - 13 * r, 10, text[c][r]) for c in range(2) for r in range(9)]
    notes = [(40.0, 560.0, 8, "1 See the rules."), (330.0, 570.0, 8, "2 See the annex to"), (330.0, 560.0, 8, "them.")]
    found = lines(drawn([*placed, *notes, (300, 530, size, "7")]))
    below = ["1 See the rules.", "2 See the annex to", "them.", "7"]
    assert [line for line in found if line.strip()] == [*text[0], *text[1], *below]


def test_few_rows_of_narrow_cells_are_a_table() -> None:
    placed = [(60 + 90 * c, 700 - 13 * r, 10, f"{c + 3} May 20{r}1") for c in range(4) for r in range(4)]
    assert [line.split()[0] for line in lines(drawn(placed))] == ["3"] * 4


def vertical(sideways: bool) -> bytes:
    """The Chinese report in columns from right to left, digits and Latin letters upright or on their side."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    font, size, step, column, top, length = "STSong-Light", 12, 14, 20, 760, 40
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    out = io.BytesIO()
    canvas = canvas_module.Canvas(out, pagesize=(WIDTH, HEIGHT))
    x = 520
    for _, text in CHINESE:
        shown = text.replace("{1}", "").replace("{2}", "")
        for start in range(0, len(shown), length):
            canvas.setFont(font, size)
            for place, char in enumerate(shown[start : start + length]):
                canvas.saveState()
                canvas.translate(x, top - step * place)
                if sideways and char.isascii():
                    canvas.translate(size * 0.12, size * 0.88)
                    canvas.rotate(-90)
                canvas.drawString(0, 0, char)
                canvas.restoreState()
            x -= column
        x -= column / 2
        if x < MARGIN + column * 3:
            canvas.drawString(WIDTH / 2, 30, str(canvas.getPageNumber()))
            canvas.showPage()
            x = 520
    canvas.drawString(WIDTH / 2, 30, str(canvas.getPageNumber()))
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("sideways", [False, True])
def test_vertical_columns_are_read_from_right_to_left(sideways: bool) -> None:
    report = parse(vertical(sideways))
    body = "\n\n".join(text.replace("{1}", "").replace("{2}", "") for _, text in CHINESE)
    assert units(report) == units(parse(body))
    assert report.coverage.unclaimed == 0


def test_lines_that_go_on_at_the_top_of_a_column_are_no_head() -> None:
    line = "the ferries of the lower river and its harbours {}"
    heights = [*range(700, 674, -13), *range(640, 500, -13)]
    left = [(60, 700 - 13 * i, 10, line.format(f"l{i}")) for i in range(14)]
    right = [(320, y, 10, line.format(f"r{i}")) for i, y in enumerate(heights)]
    wanted = [f"l{i}" for i in range(14)] + [f"r{i}" for i in range(len(heights))]
    assert [found.split()[-1] for found in lines(drawn([*left, *right]))] == wanted


def test_the_room_between_paragraphs_of_a_column_parts_no_page_matter() -> None:
    line = "the ferries of the lower river and its harbours {}"
    heights = [y - 28 * k for k in range(5) for y in (700 - 39 * k, 687 - 39 * k, 674 - 39 * k)][:13]
    left = [(60, y, 10, line.format(f"l{i}")) for i, y in enumerate(heights)]
    right = [(320, 700 - 13 * i, 10, line.format(f"r{i}")) for i in range(13)]
    wanted = [f"{side}{i}" for side in "lr" for i in range(13)]
    assert [found.split()[-1] for found in lines(drawn([*left, *right]))] == wanted


def test_a_short_paragraph_at_the_foot_of_a_column_is_no_page_matter() -> None:
    line = "the ferries of the lower river and its harbours {}"
    left = [(60, y, 10, line.format(f"l{i}")) for i, y in enumerate([*range(700, 570, -13), 540, 527])]
    right = [(320, 700 - 13 * i, 10, line.format(f"r{i}")) for i in range(16)]
    wanted = [f"l{i}" for i in range(len(left))] + [f"r{i}" for i in range(16)] + ["3"]
    page_number = [(300, 440, 10, "3")]
    assert [found.split()[-1] for found in lines(drawn([*left, *right, *page_number]))] == wanted


def test_columns_above_a_heading_across_the_page_are_read_too() -> None:
    line = "the ferries of the lower river and its harbours {}"
    placed = [
        (60 + 260 * c, top - 13 * r, 10, line.format(f"{part}{'lr'[c]}{r}"))
        for part, top, rows in (("a", 760, 8), ("b", 600, 12))
        for c in range(2)
        for r in range(rows)
    ]
    heading = (120.0, 630.0, 14, "II. The state of the ferries and of all the harbours below")
    wanted = [f"a{side}{r}" for side in "lr" for r in range(8)]
    wanted += ["below", *(f"b{side}{r}" for side in "lr" for r in range(12))]
    assert [found.split()[-1] for found in lines(drawn([*placed, heading]))] == wanted


def test_notes_that_are_more_than_the_text_of_their_column_are_read_last() -> None:
    line = "the ferries of the lower river and its harbours {}"
    text = [(60 + 260 * c, 700 - 13 * r, 10, line.format(f"{'lr'[c]}{r}")) for c in range(2) for r in range(5)]
    notes = [(60.0, 620 - 10 * n, 7, f"{n} See the rules of the river n{n}") for n in range(1, 8)]
    wanted = [f"{side}{r}" for side in "lr" for r in range(5)] + [f"n{n}" for n in range(1, 8)]
    assert [found.split()[-1] for found in lines(drawn([*text, *notes]))] == wanted


def test_a_head_over_two_columns_is_one_line() -> None:
    line = "the ferries of the lower river and its harbours {}"
    text = [(60 + 260 * c, 700 - 13 * r, 10, line.format(f"{'lr'[c]}{r}")) for c in range(2) for r in range(12)]
    head = [(60.0, 760.0, 10, "RF/4/9"), (470.0, 760.0, 10, "River Forum")]
    assert lines(drawn([*text, *head]))[0].split() == ["RF/4/9", "River", "Forum"]


def test_marks_as_small_as_those_of_browsers_are_raised() -> None:
    pieces = [(60, 700, 12, "the agenda."), (112.4, 704, 10, "1"), (124, 700, 12, "Norway spoke.")]
    assert lines(drawn(pieces)) == ["the agenda.¹ Norway spoke."]


def test_the_source_says_what_was_read(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(printed("en", depth=150))
    report = parse(file)
    assert (report.source.format, report.source.pages, report.source.encoding) == ("pdf", 2, "utf-8")
    assert report.source.path == file.as_posix()
    last = node(report, "para_5")
    assert last.content is not None
    found = [e for e in explain(file) if last.span[0] <= e.span[0] < last.span[1]]
    assert {e.page for e in found} == {2}
    shown = run("explain", f"{file}:{last.lines[0]}").stdout.decode()
    assert "Page 2" in shown
    page = tmp_path / "page.html"
    assert run("view", str(file), "-o", str(page)).returncode == 0
    assert page.read_text(encoding="utf-8").count('<div class="page">') == 2


def drawn(pieces: Sequence[tuple[float, float, float, str]], width: int = WIDTH) -> bytes:
    """One page with texts at places: points from the left and from the foot, and their size."""
    out = io.BytesIO()
    canvas = canvas_module.Canvas(out, pagesize=(width, HEIGHT))
    for x, y, size, text in pieces:
        canvas.setFont("Times-Roman", size)
        canvas.drawString(x, y, text)
    canvas.save()
    return out.getvalue()


def lines(data: bytes) -> list[str]:
    return [line for line in read(data, "a.pdf").text.splitlines() if line.strip()]


def test_cells_of_a_wide_page_keep_their_columns() -> None:
    found = lines(drawn([(60, 700, 10, "Ferries"), (60, 680, 10, "x"), (700, 700, 10, "1"), (700, 660, 10, "2")], 842))
    assert [line.index(sign) for line, sign in zip(found[::2], "12", strict=True)] == [128, 128]


def test_the_letters_of_a_ligature_are_kept_and_those_printed_twice_are_not() -> None:
    ligature = [Glyph(char, 10, 20, 0, 10, place=place) for place, char in enumerate("ff")]
    bold = [Glyph("f", left, left + 5, 0, 10, place=place) for place, left in ((0, 10.0), (40, 10.3))]
    assert [ligature[1].is_again(ligature[0]), bold[1].is_again(bold[0])] == [False, True]


def test_cells_that_stand_somewhat_higher_belong_to_their_row() -> None:
    found = lines(
        drawn([(60, 700, 10, "Ferries"), (300, 696.8, 10, "12"), (60, 688, 10, "Bridges"), (300, 688, 10, "9")])
    )
    assert [line.split() for line in found] == [["Ferries", "12"], ["Bridges", "9"]]


def test_a_note_may_take_most_of_a_page() -> None:
    texts = [
        (60, 780, 10, "1. The Board adopted the rules for ferries"),
        (228, 783, 6, "1"),
        (236, 780, 10, "and closed."),
    ]
    note = [
        (66, 700 - 11 * i, 9, f"rule {i} for the ferries of the lower river and of its harbours,") for i in range(25)
    ]
    report = parse(drawn([*texts, (60, 714, 5, "1"), (66, 711, 9, "The rules are these:"), *note]))
    assert [(fn.num, fn.refs) for fn in report.footnotes] == [("¹", ("para_1",))]
    assert "rule 24" in report.footnotes[0].content


def blank(pages: int, mark: str = "") -> bytes:
    out = io.BytesIO()
    canvas = canvas_module.Canvas(out, pagesize=(WIDTH, HEIGHT))
    for _ in range(pages):
        canvas.rect(100, 100, 200, 200, fill=1)
        if mark:
            canvas.drawString(100, 400, mark)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def bomb() -> bytes:
    """A page whose content is 300 MB of drawing, packed."""
    import zlib

    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b"0 0 m 1 1 l S\n" * 100_000) for _ in range(220)) + packer.flush()
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(content) + content + b"\nendstream",
    )


def objects(*parts: bytes) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table
    return out + head + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(out))


def unmapped() -> bytes:
    """A page whose font does not say which letters its signs are."""
    line = b"<" + b"".join(b"%04X" % (40 + i) for i in range(30)) + b"> Tj 0 -14 Td "
    content = b"BT /F 10 Tf 60 700 Td " + line * 9 + b"ET"
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/DW 500/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Type/FontDescriptor/FontName/Own/Flags 4/FontBBox[0 0 500 700]/Ascent 700/Descent 0/CapHeight 700"
        b"/ItalicAngle 0/StemV 80>>",
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: printed("en", encrypt="secret"), "bad.pdf: encrypted; save a copy without a password first."),
        (lambda: printed("en")[:700], "bad.pdf: a damaged PDF file; it cannot be read; open and save it anew"),
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "bad.pdf: a damaged PDF file"),
        (unmapped, "bad.pdf: N003 no-text: its fonts do not say which characters its glyphs are"),
        (lambda: blank(3), "bad.pdf: N003 no-text: none of its 3 pages holds text"),
        (lambda: blank(5_001), "bad.pdf: 5001 pages, more than the 5000 that are read"),
    ],
    ids=["encrypted", "cut", "noise", "unmapped", "scan", "pages"],
)
def test_a_bad_file_has_one_line(make: Callable[[], bytes], said: str, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(make())
    (tmp_path / "good.pdf").write_bytes(printed("en"))
    done = run("bad.pdf", cwd=tmp_path)
    complaint = done.stderr.decode()
    assert (done.returncode, complaint.count("\n")) == (2, 1)
    assert said in complaint
    batch = run("batch", ".", "-o", "out.jsonl", cwd=tmp_path)
    assert batch.returncode == 1
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 1


def test_a_bomb_ends_within_its_limits() -> None:
    with pytest.raises(InputError) as caught:
        parse(bomb(), name="bomb.pdf")
    assert caught.value.key == "gave_up"


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(printed("en"))
    monkeypatch.setattr("confparse.sources.formats.find_spec", lambda name: None)
    with pytest.raises(InputError) as caught:
        parse(file)
    assert str(caught.value) == f"{file}: PDF files need one more package: pip install pypdfium2."
    assert "*.pdf" not in folder_patterns()


def test_the_package_is_imported_when_a_file_needs_it() -> None:
    code = "import sys, confparse; confparse.parse('1. A.'); print('pypdfium2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"False"
