"""Files that are damaged, locked, endless or made to harm, written here: each with the line that people must see."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

W_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TRANSITIONAL = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTSIDE = "file:///etc/passwd"
TEXT = "1. The Board of the River Forum met in Harbour City. 2. It closed its session."


class Hostile(NamedTuple):
    """A file: how it is made, and a part of the line that it gets; None if it must be read."""

    make: Callable[[], bytes]
    said: str | None


# -- PDF -----------------------------------------------------------------------------------------------------------
def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of objects, numbered from 1."""
    out, places = b"%PDF-1.5\n", []
    for number, own in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + own + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return out + head + b"trailer<<%s/Size %d>>\nstartxref\n%d\n%%%%EOF" % (trailer, len(objects) + 1, len(out))


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n" % (more, len(packed)) + packed + b"\nendstream"


def page_of(
    content: bytes, font: bytes = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", catalog: bytes = b""
) -> list[bytes]:
    """A paper of one page."""
    return [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        stream(content),
        font,
    ]


def written_page() -> bytes:
    return pdf(page_of(b"BT /F 11 Tf 60 700 Td (%s) Tj ET" % TEXT.encode()))


def repeated(part: bytes, times: int) -> bytes:
    """A page whose content is endless when it is unpacked."""
    packer = zlib.compressobj(9)
    block = part * 10_000
    content = b"".join(packer.compress(block) for _ in range(times)) + packer.flush()
    own = page_of(b"")
    own[3] = b"<</Filter/FlateDecode/Length %d>>stream\n" % len(content) + content + b"\nendstream"
    return pdf(own)


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(count))
    own = page_of(b"BT /F 11 Tf 60 700 Td (x) Tj ET")
    own[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf(own)


def no_unicode() -> bytes:
    """Letters of a font that does not say which they are, as some printers make them."""
    program = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <e000> endbfrange endcmap end end"
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/AAAAAA+X/FirstChar 0/LastChar 255/Widths[%s]/ToUnicode 6 0 R>>" % (
        b"500 " * 256
    )
    lines = b"".join(b"(%s) Tj 0 -14 Td " % TEXT.encode() for _ in range(20))
    return pdf([*page_of(b"BT /F 11 Tf 60 700 Td %s ET" % lines, font), stream(program)])


def locked(user: str, owner: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(user, owner))
    canvas.drawString(60, 700, TEXT)
    canvas.save()
    return out.getvalue()


def looped_pages() -> bytes:
    own = page_of(b"BT ET")
    own[1] = b"<</Type/Pages/Kids[2 0 R]/Count 1>>"
    return pdf(own)


def looped_table() -> bytes:
    whole = written_page()
    at = whole.rindex(b"xref\n0", 0, whole.rindex(b"startxref"))
    return whole.replace(b"/Size 6>>", b"/Size 6/Prev %d>>" % at)


def acting() -> bytes:
    """A paper that asks to run a program, a script and a link when it opens."""
    actions = b"/OpenAction<</S/Launch/F(/bin/sh)/Next<</S/JavaScript/JS(app.alert\\(1\\))/Next<</S/URI/URI(http://127.0.0.1:9/)>>>>>>"
    return pdf(page_of(b"BT /F 11 Tf 60 700 Td (%s) Tj ET" % TEXT.encode(), catalog=actions))


PDFS: Mapping[str, Hostile] = {
    "empty.pdf": Hostile(lambda: b"", "an empty file"),
    "cut-head.pdf": Hostile(lambda: written_page()[:300], "a damaged PDF file"),
    "cut-half.pdf": Hostile(lambda: written_page()[: len(written_page()) // 2], "a damaged PDF file"),
    "cut-table.pdf": Hostile(lambda: written_page()[:-60], "a damaged PDF file"),
    "cut-tail.pdf": Hostile(lambda: written_page()[:-8], None),
    "head-lost.pdf": Hostile(lambda: written_page()[9:], "not a PDF file, despite its extension"),
    "noise.pdf": Hostile(lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, "a damaged PDF file"),
    "locked.pdf": Hostile(lambda: locked("secret", "owner"), "encrypted; save a copy without a password first."),
    "owner.pdf": Hostile(lambda: locked("", "owner"), None),
    "drawing-bomb.pdf": Hostile(lambda: repeated(b"0 0 m 1 1 l S\n", 2_500), "more memory or time than is allowed"),
    "text-bomb.pdf": Hostile(
        lambda: repeated(b"BT /F 9 Tf 1 0 0 1 0 0 Tm (abcdefghij) Tj (abcdefghij) Tj ET\n" + b"1 0 0 1 9 9 cm\n", 8),
        "more text than is read",
    ),
    "ten-thousand.pdf": Hostile(lambda: many_pages(10_000), "10000 pages, more than the 5000 that are read"),
    "no-letters.pdf": Hostile(no_unicode, "N003 no-text: its fonts do not say"),
    "scan.pdf": Hostile(lambda: pdf(page_of(b"100 100 200 200 re f")), "N003 no-text"),
    "page-loop.pdf": Hostile(looped_pages, "PDF"),
    "table-loop.pdf": Hostile(looped_table, None),
    "deep.pdf": Hostile(lambda: pdf([b"[" * 2_000_000, *page_of(b"")[1:]]), "a damaged PDF file"),
    "no-root.pdf": Hostile(lambda: pdf(page_of(b""), b"/Root 99 0 R"), "a damaged PDF file"),
    "acting.pdf": Hostile(acting, None),
    "packed.pdf": Hostile(lambda: b"\x1f\x8b\x08" + written_page(), None),
}


# -- Word ----------------------------------------------------------------------------------------------------------
def word(
    body: str, parts: Mapping[str, str | bytes] | None = None, related: str = "", sections: str = ""
) -> dict[str, bytes]:
    """The parts of a Word file."""
    kind = {"document": "document.main"}
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind.get(name, name)}+xml"/>'
        for name in ("document", "numbering", "styles", "header1")
        if name == "document" or f"word/{name}.xml" in (parts or {})
    )
    text = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        + kinds
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W_NAMES}><w:body>{body}{sections}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>',
    } | dict(parts or {})
    return {name: part.encode() if isinstance(part, str) else part for name, part in text.items()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def relation(own: str, kind: str, target: str, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{own}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def plain_word() -> bytes:
    return packed(word(paragraph(TEXT)))


def flipped(package: bytes) -> bytes:
    """A package whose packed parts no longer unpack, behind heads that are whole."""
    out = bytearray(package)
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        for part in whole.infolist():
            head = part.header_offset
            names = struct.unpack("<HH", package[head + 26 : head + 30])
            start = head + 30 + sum(names)
            for at in range(start, min(start + 8, start + part.compress_size)):
                out[at] ^= 0xFF
    return bytes(out)


def document(xml: bytes) -> bytes:
    return packed(word("") | {"word/document.xml": xml})


def entities(last: str) -> bytes:
    names = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    head = f'<!DOCTYPE x [{names}<!ENTITY out SYSTEM "{_OUTSIDE}">]>'
    return document(
        f"{head}<w:document {W_NAMES}><w:body>{paragraph(f'One &{last}; two')}</w:body></w:document>".encode()
    )


def circular() -> bytes:
    """Lists, styles and links that lead to each other in a circle."""
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="999999999"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    numbering = (
        f'<w:numbering {W_NAMES}><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="A"/><w:numStyleLink w:val="A"/>{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )
    styles = (
        f"<w:styles {W_NAMES}>"
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
            for a, b in ("AB", "BA")
        )
        + "</w:styles>"
    )
    body = paragraph("One.", '<w:pStyle w:val="A"/>') + paragraph("Two.", '<w:numPr><w:numId w:val="2"/></w:numPr>')
    related = relation("r2", "numbering", "numbering.xml") + relation("r3", "styles", "styles.xml")
    return packed(word(body, {"word/numbering.xml": numbering, "word/styles.xml": styles}, related))


def long_label() -> bytes:
    """A list whose number is a page long, before each of many paragraphs."""
    level = f'<w:lvl w:ilvl="0"><w:start w:val="8888"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="{"%1" * 1_000_000}"/></w:lvl>'
    numbering = f'<w:numbering {W_NAMES}><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    body = paragraph("One.", '<w:numPr><w:numId w:val="1"/></w:numPr>') * 200
    return packed(word(body, {"word/numbering.xml": numbering}, relation("r2", "numbering", "numbering.xml")))


def same_head() -> bytes:
    """A section for each of many paragraphs, all with the same large head."""
    head = f"<w:hdr {W_NAMES}>{paragraph('Head of the page')}{paragraph('') * 20_000}</w:hdr>"
    section = paragraph("x", '<w:sectPr><w:headerReference r:id="r2"/></w:sectPr>')
    return packed(word(section * 3_000, {"word/header1.xml": head}, relation("r2", "header", "header1.xml")))


def strict() -> bytes:
    """The strict form of the format, whose names are others."""
    parts = word(paragraph(TEXT))
    for name, part in parts.items():
        for usual, own in _TRANSITIONAL.items():
            part = part.replace(usual.encode(), own.encode())
        parts[name] = part
    return packed(parts)


def lying() -> bytes:
    """A package that says of a part of 200 MB that it is small."""
    data = bytearray(packed(word("") | {"word/document.xml": b" " * (200 << 20)}))
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            if struct.unpack_from("<I", data, at + place)[0] > 1 << 20:
                struct.pack_into("<I", data, at + place, 1_000)
    return bytes(data)


def reaching_out() -> bytes:
    """Macros, a template elsewhere, and a picture elsewhere."""
    related = relation("r7", "attachedTemplate", "http://127.0.0.1:9/t.dotm", True) + relation(
        "r8", "image", _OUTSIDE, True
    )
    parts = {"word/vbaProject.bin": _OLD + b"Shell" * 200}
    return packed(word(paragraph(TEXT), parts, related))


def old_file(text: str) -> bytes:
    """The head of a file of the format before .docx."""
    return _OLD + bytes(504) + text.encode("utf-16-le") + bytes(4_000)


WORDS: Mapping[str, Hostile] = {
    "empty.docx": Hostile(lambda: b"", "an empty file"),
    "cut-head.docx": Hostile(lambda: plain_word()[:200], "a damaged Word file"),
    "cut-half.docx": Hostile(lambda: plain_word()[: len(plain_word()) // 2], "a damaged Word file"),
    "cut-tail.docx": Hostile(lambda: plain_word()[:-30], "a damaged Word file"),
    "flipped-bits.docx": Hostile(lambda: flipped(plain_word()), "a damaged Word file"),
    "no-document.docx": Hostile(
        lambda: packed({k: v for k, v in word("").items() if k != "word/document.xml"}), "a damaged Word file"
    ),
    "no-body.docx": Hostile(lambda: document(f"<w:document {W_NAMES}/>".encode()), "N003 no-text"),
    "not-xml.docx": Hostile(lambda: document(b"<w:document"), "a damaged Word file"),
    "bomb.docx": Hostile(lambda: document(b" " * (65 << 20)), "unpacks to more than is read"),
    "lying-bomb.docx": Hostile(lying, "a damaged Word file"),
    "many-parts.docx": Hostile(
        lambda: packed(word("") | {f"word/{n}": b"" for n in range(11_000)}), "unpacks to more than is read"
    ),
    "laughs.docx": Hostile(lambda: entities("a11"), "a damaged Word file"),
    "outside.docx": Hostile(lambda: entities("out"), None),
    "deep.docx": Hostile(lambda: document(b"<a>" * 1_000_000), "a damaged Word file"),
    "circular.docx": Hostile(circular, None),
    "long-label.docx": Hostile(long_label, None),
    "same-head.docx": Hostile(same_head, None),
    "strict.docx": Hostile(strict, None),
    "old.docx": Hostile(lambda: old_file("WordDocument"), "of the kind older than .docx"),
    "old-locked.docx": Hostile(
        lambda: old_file("EncryptedPackage"), "encrypted; save a copy without a password first."
    ),
    "old.doc": Hostile(lambda: old_file("WordDocument"), "of the kind older than .docx"),
    "macros.docm": Hostile(reaching_out, None),
    "sheet.docx": Hostile(
        lambda: packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a/>"}),
        "not a Word file, despite its extension",
    ),
    "rich.docx": Hostile(lambda: b"{\\rtf1\\ansi " + TEXT.encode() + b"}", "rich text"),
    "page.docx": Hostile(lambda: f"<html><body><p>{TEXT}</p></body></html>".encode(), None),
    "paper.docx": Hostile(written_page, None),
    "word.txt": Hostile(plain_word, None),
}


# -- web pages and text ----------------------------------------------------------------------------------------------
def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def outside_page() -> bytes:
    return page(
        f'<iframe src="{_OUTSIDE}"></iframe><img src="http://127.0.0.1:9/x.png"><script>while(true){{}}</script>'
        f'<object data="{_OUTSIDE}"></object><link rel="stylesheet" href="http://127.0.0.1:9/"><p>{TEXT}</p>'
    )


PAGES: Mapping[str, Hostile] = {
    "empty.html": Hostile(lambda: b"", "an empty file"),
    "no-body.html": Hostile(lambda: b"<!DOCTYPE html><html><head><title>x</title></head></html>", "N003 no-text"),
    "no-text.html": Hostile(lambda: page("<img src=x><script>let a = 1</script>"), "N003 no-text"),
    "no-html.html": Hostile(lambda: TEXT.encode(), None),
    "cut-tag.html": Hostile(lambda: page(f"<p>{TEXT}</p><p>More")[:-20] + b"<p cla", None),
    "cut-letter.html": Hostile(lambda: page("<p>委员会举行了会议。</p>").split("议".encode())[0] + b"\xe8\xae", None),
    "wrong-charset.html": Hostile(lambda: page(f"<p>委员会举行了会议。{TEXT}</p>", '<meta charset="big5">'), None),
    "deep.html": Hostile(lambda: page("<div>" * 50_000 + TEXT), "elements more than 1000 deep"),
    "deep-lists.html": Hostile(lambda: page("<ul><li>" * 50_000 + TEXT), "elements more than 1000 deep"),
    "deep-tables.html": Hostile(lambda: page(("<table><tr><td>x<td>" * 450 + "</table>" * 450) * 5 + TEXT), None),
    "deep-words.html": Hostile(lambda: page("<b><i>" * 20_000 + TEXT), None),
    "huge.html": Hostile(lambda: page("<p>x" * (17 << 20)), "more text than is read"),
    "large.html": Hostile(lambda: page(f"<p>{'word ' * 2_000}" * 150), None),
    "many-elements.html": Hostile(lambda: page("<p>" * 20_000_000), "more memory or time than is allowed"),
    "attribute.html": Hostile(lambda: page(f'<p title="{"x" * 5_000_000}">{TEXT}</p>'), None),
    "signs.html": Hostile(lambda: page(f"<p>&#x110000;&#0;&#xd800;&unknown;{TEXT}" + "&" * 200_000), None),
    "long-list.html": Hostile(lambda: page('<ol start="999999999" type="i">' + "<li>x" * 2_000), None),
    "outside.html": Hostile(outside_page, None),
    "picture.txt": Hostile(lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a binary file"),
    "zeros.txt": Hostile(lambda: bytes(4_000), "a binary file"),
    "archive.txt": Hostile(lambda: packed({"a.txt": TEXT.encode()}), "a binary file"),
}
FILES: Mapping[str, Hostile] = {**PDFS, **WORDS, **PAGES}
