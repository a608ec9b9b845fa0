"""A font that pdfium takes for Chinese, Japanese and Korean fonts that a PDF names and does not hold.

pdfium drops a piece of text whose glyphs have no width. If a machine has no such font, that is every character that
is printed alone, as in columns and in spaced lines. With this font, whose only glyph is a box, all of them stay, and
what a PDF says does not depend on the fonts of a machine.
"""

import ctypes
import struct
from functools import cache
from typing import Any

_EM = 1000  # units of the square of a character
_LEFT, _BOTTOM, _RIGHT, _TOP = _CORNERS = 100, -100, 900, 800  # of the box, in these units
_CHARACTERS = (0x20, 0x10FFFF)  # all have the one glyph
_EAST_ASIAN = (128, 129, 130, 134, 136)  # character sets of fonts in FPDF_SYSFONTINFO: Shift_JIS to Big5
_BOX = 1  # the number of the glyph: 0 means that a font has none
_HANDLE = 1  # the handle by which pdfium knows our font; 0 means none


@cache
def use_box_font() -> Any:
    """Have pdfium use the box for East Asian fonts and its own fonts for all others. What it calls is returned, and
    kept as long as the program runs.
    """
    from pypdfium2 import raw

    font = _font()

    def map_font(_this: object, _weight: int, _italic: int, charset: int, *_more: object) -> int | None:
        return _HANDLE if charset in _EAST_ASIAN else None

    def font_data(_this: object, _font: object, table: int, buffer: int | None, room: int) -> int:
        if table:  # one table alone: pdfium asks for them to see a font's coverage, which it does not need here
            return 0
        if buffer and room >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    calls = {
        "MapFont": map_font,
        "GetFontData": font_data,
        "Release": lambda _this: None,
        "EnumFonts": lambda _this, _mapper: None,
        "GetFont": lambda _this, _face: None,
        "GetFaceName": lambda _this, _font, _buffer, _room: 0,
        "GetFontCharset": lambda _this, _font: 0,
        "DeleteFont": lambda _this, _font: None,
    }
    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    info = raw.FPDF_SYSFONTINFO(version=1, **{name: kinds[name](call) for name, call in calls.items()})
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))
    return info


def _font() -> bytes:
    """The font as TrueType, by the tables that FreeType asks for (OpenType specification 1.9, "Font tables")."""
    width, height = _RIGHT - _LEFT, _TOP - _BOTTOM
    across, upward = (_LEFT, 0, width, 0), (_BOTTOM, height, 0, -height)  # steps from corner to corner
    outline = struct.pack(">h4h HH 4B 8h", 1, *_CORNERS, 3, 0, 1, 1, 1, 1, *across, *upward)
    first, last = _CHARACTERS
    many_to_one = struct.pack(">HHIII III", 13, 0, 28, 0, 1, first, last, _BOX)
    tables = {
        b"cmap": struct.pack(">HH HHI", 0, 1, 3, 10, 12) + many_to_one,
        b"glyf": outline,
        b"head": struct.pack(
            ">II II HH qq 4h HH hhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_CORNERS, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">I hhh H 11h H", 0x10000, _TOP, _BOTTOM, 0, _EM, *(0,) * 11, 1),
        b"hmtx": struct.pack(">Hhh", _EM, 0, _LEFT),
        b"loca": struct.pack(">III", 0, 0, len(outline)),
        b"maxp": struct.pack(">I 14H", 0x10000, _BOX + 1, 4, 1, 0, 0, 1, *(0,) * 8),
    }
    head, body = struct.pack(">I 4H", 0x10000, len(tables), 64, 2, 48), b""
    start = len(head) + 16 * len(tables)
    for name, table in tables.items():
        head += struct.pack(">4s III", name, 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body
