"""PDF to characters with their places, by pypdfium2. This module runs in a process of its own: see pdf.py."""

import ctypes
import math
from typing import Any

import msgspec

from confparse.sources.columns import Columns
from confparse.sources.page_rows import Glyph
from confparse.sources.page_text import ASLANT, PageGlyphs, turned_text
from confparse.sources.types import MOST_CHARACTERS, PAGE_BREAK

MOST_PAGES = 5_000
_PAGE_CHARACTERS = 400_000  # of one page: a page of a newspaper has 60,000
_NO_UNICODE = 0.3  # share of characters without a meaning from which a text is none
_FEW = 50  # characters that can tell nothing of a font
_NO_CHARACTERS = (0x0, 0xFFFE, 0xFFFF)
_LEANING = 0.1  # quarters of a circle by which a line may lean
_HYPHEN = 0x2  # pdfium's sign of a hyphen at the end of a line
_PASSWORD, _SECURITY = 4, 5  # error codes of FPDF_GetLastError
_PRIVATE = range(0xE000, 0xF900)
_NOT_A_CHARACTER = "\ufffd"


class PdfText(msgspec.Struct, frozen=True):
    """The text of a PDF, page breaks as form feeds; or the key of the message that says why there is none."""

    text: str = ""
    pages: int = 0
    fault: str | None = None
    page: int = 0  # 1-based, of the fault


class _Fault(Exception):
    def __init__(self, key: str, page: int = 0, pages: int = 0) -> None:
        super().__init__(key)
        self.key, self.page, self.pages = key, page, pages


def read(data: bytes) -> PdfText:
    """The text of a PDF. Raises nothing for what a file holds, but may be killed for what it asks."""
    try:
        return _read(data)
    except _Fault as fault:
        return PdfText(fault=fault.key, page=fault.page, pages=fault.pages)


def _read(data: bytes) -> PdfText:
    document = _opened(data)
    pages = len(document)
    if pages > MOST_PAGES:
        raise _Fault("pdf_pages", pages=pages)
    texts, columns = list[str](), Columns()
    length = seen = unread = 0
    for number in range(1, pages + 1):
        found = _page(document, number)
        for glyphs in found.values():
            seen += len(glyphs)
            unread += sum(glyph.char == _NOT_A_CHARACTER or ord(glyph.char) in _PRIVATE for glyph in glyphs)
        texts.append(turned_text(found, columns))
        length += len(texts[-1])
        if length > MOST_CHARACTERS:
            raise _Fault("too_long", number, pages)
    if not seen:
        raise _Fault("no_text", pages=pages)
    if unread > max(_FEW, _NO_UNICODE * seen):
        raise _Fault("pdf_no_unicode", pages=pages)
    return PdfText(PAGE_BREAK.join(texts), pages)


def _opened(data: bytes) -> Any:
    import pypdfium2
    from pypdfium2 import raw

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None) or raw.FPDF_GetLastError()
        raise _Fault("locked" if code in (_PASSWORD, _SECURITY) else "damaged") from None


def _page(document: Any, number: int) -> PageGlyphs:
    """The characters of a page, 1-based."""
    import pypdfium2

    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise _Fault("pdf_page", number, len(document)) from None
    try:
        if text.count_chars() > _PAGE_CHARACTERS:
            raise _Fault("too_long", number, len(document))
        return _characters(text)
    finally:
        text.close()
        page.close()


def _characters(text: Any) -> PageGlyphs:
    """The characters of a text page of pypdfium2, by the direction in which they run."""
    from pypdfium2 import raw

    handle, box, matrix = text.raw, raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    to_box, to_matrix, to_x, to_y = map(ctypes.byref, (box, matrix, x, y))
    found: PageGlyphs = {}
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
            glyph = Glyph(char, box.left, box.right, y.value, size, spaced)
        elif turn == 1:
            glyph = Glyph(char, box.bottom, box.top, -x.value, size, spaced)
        elif turn == 2:
            glyph = Glyph(char, -box.right, -box.left, -y.value, size, spaced)
        else:
            glyph = Glyph(char, -box.top, -box.bottom, x.value, size, spaced)
        if all(map(math.isfinite, glyph[1:5])):
            found.setdefault(turn, []).append(glyph)
        spaced = False
    return found


def _turn(a: float, b: float) -> int:
    """The direction of a text matrix in quarters of a circle against the clock, or ASLANT."""
    quarters = math.atan2(b, a) / (math.pi / 2)
    turn = round(quarters)
    return turn % 4 if abs(quarters - turn) < _LEANING else ASLANT
