"""HTML to text: main text with headings, lists with their numbers, tables and notes; menus and footers apart."""

import re
from collections.abc import Sequence
from itertools import groupby

import msgspec

from confparse.diagnostics import InputError
from confparse.sources.html_lines import PageLine, PageLines
from confparse.sources.html_tables import without_own_number
from confparse.sources.paper import Paper, TooLong
from confparse.sources.types import MOST_CHARACTERS, SourceReading
from confparse.text.decode import decode

_MOST_BYTES = 64 << 20
_DEEPEST = 1_000  # elements inside each other: what is deeper makes parsers slow
_HEAD = 2048  # bytes in which a page names its encoding
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.I)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5-hkscs": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
}
_WESTERN = ("cp1252", "windows-1252")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_PRIVATE_SHARE = 0.05  # share of private-use characters from which a text is in another encoding
_FOREIGN = re.compile(rb"[\x80-\xff]{4}")  # letters beyond ASCII in a row, as no word of western Europe has them
_FOREIGN_WORDS = 3  # such words that show that an editor named its own encoding and not that of the text
_NESTING = re.compile(
    r"<(/?)(?:div|ul|ol|dl|section|article|blockquote|center|form|main|nav|aside|header|footer|fieldset|table|details|figure|pre|dir|menu|address|search)\b",
    re.I,
)
_LINKS_IN_A_ROW = 3  # lines of links that are a menu
_CUT = 0.5  # share of the text in lines that were broken by hand, from which it is a dump of print


def read_html(data: bytes, name: str, encoding: str | None) -> SourceReading:
    """The text of a web page, one line per paragraph, item and row.

    Raises InputError for an unknown encoding, and for a page that is larger or deeper than is read.
    """
    if len(data) > _MOST_BYTES:
        raise InputError("too_long", name=name, characters=MOST_CHARACTERS)
    source = decode(data, name, encoding or _named_encoding(data))
    if _depth(source.text) > _DEEPEST:
        raise InputError("html_too_deep", name=name, most=_DEEPEST)
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(source.text.replace("\0", "\ufffd")).root
    lines = _with_menus(PageLines(root).lines if root is not None else [])
    try:
        return _reading(lines, source.encoding, source.undecodable)
    except TooLong:
        raise InputError("too_long", name=name, characters=MOST_CHARACTERS) from None


def _named_encoding(data: bytes) -> str | None:
    """The encoding that a page names, if its bytes can be read in it; old pages name a part of what they use."""
    match = _CHARSET.search(data[:_HEAD])
    if match is None or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return None
    named = match[1].decode("ascii").lower()
    wider = _WIDER.get(named, named)
    if wider in _WESTERN and len(_FOREIGN.findall(data)) >= _FOREIGN_WORDS:
        return None
    try:
        text = data.decode(wider)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if len(_PRIVATE.findall(text)) > _PRIVATE_SHARE * len(_NOT_ASCII.findall(text)) else wider


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _NESTING.finditer(text):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _with_menus(lines: Sequence[PageLine]) -> list[PageLine]:
    """Runs of links, and what is outside the main text if there is one, as navigation."""
    size = sum(len(line.text) for line in lines)
    framed = sum(len(line.text) for line in lines if line.main) > _CUT * size
    out: list[PageLine] = []
    for links, group in groupby(lines, key=lambda line: line.links):
        own = list(group)
        menu = links and len(own) >= _LINKS_IN_A_ROW
        out += [
            msgspec.structs.replace(line, navigation=line.navigation or menu or (framed and not line.main))
            for line in own
        ]
    return out


def _reading(lines: Sequence[PageLine], encoding: str, undecodable: int) -> SourceReading:
    paper = Paper()
    for line in lines:
        if line.navigation:
            paper.lines(list(line.rows) or [line.text], "navigation")
        elif line.rows:
            paper.lines(list(line.rows), "table")
        elif line.note:
            paper.note(line.note, without_own_number(line.text, line.note))
        elif line.heading:
            paper.heading(line.text, line.heading)
        else:
            paper.line(line.text)
    text, marks = paper.close()
    cut = sum(len(line.text) for line in lines if line.cut)
    whole = cut <= _CUT * sum(len(line.text) for line in lines)
    return SourceReading(text, encoding=encoding, marks=marks, whole_lines=whole, undecodable=undecodable)
