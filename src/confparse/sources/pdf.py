"""PDF to characters with their places, by pypdfium2. It runs in a separate process: see apart.py."""

import ctypes
import math
from typing import Any

from confparse.diagnostics import InputError
from confparse.sources.box_font import use_box_font
from confparse.sources.columns import Columns
from confparse.sources.page_rows import Glyph
from confparse.sources.page_text import ASLANT, PageGlyphs, turned_text
from confparse.sources.types import MOST_CHARACTERS, NO_TEXT, PAGE_BREAK, SourceReading
from confparse.sources.vertical import with_columns

MOST_PAGES = 5_000
_PAGE_CHARACTERS = 400_000  # of one page: a page of a newspaper has 60,000
_NO_UNICODE = 0.3  # share of characters without a meaning from which on a PDF counts as one without text
_FEW = 50  # characters that can tell nothing of a font
_NO_CHARACTERS = (0x0, 0xFFFE, 0xFFFF)
_LEANING = 0.1  # quarters of a circle by which a line may lean
_HYPHEN = 0x2  # pdfium's sign of a hyphen at the end of a line
_PASSWORD, _SECURITY = 4, 5  # error codes of FPDF_GetLastError
_PRIVATE, _CONTROLS = range(0xE000, 0xF900), range(0x20)
_NOT_A_CHARACTER = "\ufffd"


def read_pdf(data: bytes, name: str) -> SourceReading:
    """The text of a PDF, page breaks as form feeds.

    Raises InputError for a file that is locked, damaged, too long, or has no text; may be killed for what a file asks.
    """
    document = _opened(data, name)
    pages = len(document)
    if pages > MOST_PAGES:
        raise InputError("pdf_pages", name=name, pages=pages, most_pages=MOST_PAGES)
    texts, columns = list[str](), Columns()
    length = glyph_count = unread = 0
    for number in range(1, pages + 1):
        characters, unmapped = _page(document, number, name)
        page_glyphs, meaningless = with_columns(characters), 0
        for glyphs in page_glyphs.values():
            glyph_count += len(glyphs)
            meaningless += sum(map(_is_meaningless, (glyph.char for glyph in glyphs)))
        unread += max(unmapped, meaningless)  # many are both
        texts.append(turned_text(page_glyphs, columns))
        length += len(texts[-1])
        if length > MOST_CHARACTERS:
            raise InputError("too_long", name=name, characters=MOST_CHARACTERS)
    if not glyph_count:
        raise InputError("no_text", name=name, code=NO_TEXT, pages=pages)
    if unread > max(_FEW, _NO_UNICODE * glyph_count):
        raise InputError("pdf_no_unicode", name=name, code=NO_TEXT)
    return SourceReading(PAGE_BREAK.join(texts), pages)


def _is_meaningless(char: str) -> bool:
    return char == _NOT_A_CHARACTER or ord(char) in _PRIVATE or ord(char) in _CONTROLS


def _opened(data: bytes, name: str) -> Any:
    import pypdfium2
    from pypdfium2 import raw

    use_box_font()
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None) or raw.FPDF_GetLastError()
        raise InputError("locked" if code in (_PASSWORD, _SECURITY) else "damaged", name=name, called="PDF") from None


def _page(document: Any, number: int, name: str) -> tuple[PageGlyphs, int]:
    """The characters of a page, 1-based, and how many of them the page gives no meaning: pdfium guesses these."""
    import pypdfium2

    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise InputError("pdf_page", name=name, page=number, pages=len(document)) from None
    try:
        if text.count_chars() > _PAGE_CHARACTERS:
            raise InputError("too_long", name=name, characters=MOST_CHARACTERS)
        return _characters(text), _unmapped(text)
    finally:
        text.close()
        page.close()


def _unmapped(text: Any) -> int:
    from pypdfium2 import raw

    return sum(raw.FPDFText_HasUnicodeMapError(text.raw, i) == 1 for i in range(text.count_chars()))


def _characters(text: Any) -> PageGlyphs:
    """The characters of a text page of pypdfium2, by the direction in which they run."""
    from pypdfium2 import raw

    handle, box, matrix = text.raw, raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    to_box, to_matrix, to_x, to_y = map(ctypes.byref, (box, matrix, x, y))
    page_glyphs: PageGlyphs = {}
    spaced, high = False, 0
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else ord(_NOT_A_CHARACTER)
        high = 0
        char = "-" if code == _HYPHEN else chr(code)
        if char.isspace() or code in _NO_CHARACTERS:
            spaced = True
            continue
        raw.FPDFText_GetLooseCharBox(handle, i, to_box)
        raw.FPDFText_GetCharOrigin(handle, i, to_x, to_y)
        raw.FPDFText_GetMatrix(handle, i, to_matrix)
        size = raw.FPDFText_GetFontSize(handle, i) * math.hypot(matrix.c, matrix.d) or 1.0
        turn = _turn(matrix.a, matrix.b)
        if turn in (0, ASLANT):
            glyph = Glyph(char, box.left, box.right, y.value, size, spaced, i)
        elif turn == 1:
            glyph = Glyph(char, box.bottom, box.top, -x.value, size, spaced, i)
        elif turn == 2:
            glyph = Glyph(char, -box.right, -box.left, -y.value, size, spaced, i)
        else:
            glyph = Glyph(char, -box.top, -box.bottom, x.value, size, spaced, i)
        if all(map(math.isfinite, glyph[1:5])):
            page_glyphs.setdefault(turn, []).append(glyph)
        spaced = False
    return page_glyphs


def _turn(a: float, b: float) -> int:
    """The direction of a text matrix in quarters of a circle against the clock, or ASLANT."""
    quarters = math.atan2(b, a) / (math.pi / 2)
    turn = round(quarters)
    return turn % 4 if abs(quarters - turn) < _LEANING else ASLANT
