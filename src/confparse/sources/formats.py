"""Which files are PDF, Word or HTML, and what has to be installed to read them."""

import io
import re
import zipfile
from collections.abc import Mapping
from importlib.util import find_spec

import msgspec

from confparse.diagnostics import InputError
from confparse.discovery import TEXT_PATTERNS
from confparse.extras import PACKAGES
from confparse.vocabularies import FileFormat


class Reader(msgspec.Struct, frozen=True):
    """A format: what people call it, the endings of its files, and the module that reads it."""

    called: str
    suffixes: tuple[str, ...]
    module: str

    @property
    def installed(self) -> bool:
        return find_spec(self.module) is not None


FORMATS: Mapping[FileFormat, Reader] = {
    "pdf": Reader("PDF", (".pdf",), "pypdfium2"),
    "docx": Reader("Word", (".docx", ".docm"), "docx"),
    "html": Reader("HTML", (".html", ".htm", ".xhtml"), "selectolax"),
}
_PDF_HEAD = 1024  # bytes in which a PDF says that it is one
_OLD_PACKAGE, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_RICH_TEXT = b"{\\rtf"
_XML = (".xml", ".rels")
_HTML_HEAD = 2048  # bytes in which a page says that it is one
WORD_FOLDER = "word/"  # of the parts of a Word file
_MARKS = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,1000}?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>])", re.I | re.S
)


def folder_patterns() -> tuple[str, ...]:
    """What a folder is searched for, unless a person says otherwise: text, and what the installed extras read."""
    readers = (reader for reader in FORMATS.values() if reader.installed)
    return (*TEXT_PATTERNS, *(f"*{suffix}" for reader in readers for suffix in reader.suffixes))


def format_of(data: bytes, name: str) -> FileFormat | None:
    """The format of a file by its first bytes, None for plain text; an ending counts if the bytes do not tell."""
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") and (
        WORD_FOLDER.encode() in data or name.lower().endswith(FORMATS["docx"].suffixes)
    ):
        return "docx"
    head = _MARKS.sub(b"", data[:_HTML_HEAD]).replace(b"\0", b"")
    if _HTML.match(head) or (name.lower().endswith(FORMATS["html"].suffixes) and b"<" in head):
        return "html"
    return None


def check_open(data: bytes, name: str) -> None:
    """Raises InputError for a file that is not text, though its bytes do not say PDF, Word or HTML.

    Old Office files, which are also those behind a password; rich text; and what has only the ending of a format.
    """
    if data.startswith(_OLD_PACKAGE):
        raise InputError("locked" if _ENCRYPTED in data else "old_office", name=name)
    if data.startswith(_RICH_TEXT):
        raise InputError("rich_text", name=name)
    reader = next((one for one in FORMATS.values() if name.lower().endswith(one.suffixes)), None)
    if reader is not None and not data.strip():
        raise InputError("empty_file", name=name, called=reader.called)
    if reader is not None and reader is not FORMATS["html"]:
        raise InputError("wrong_ending", name=name, called=reader.called)


def unpacked_size(form: FileFormat, data: bytes) -> int:
    """The uncompressed size that a file declares, in bytes; 0 if it cannot be determined."""
    if form != "docx":
        return len(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return sum(part.file_size for part in package.infolist() if part.filename.endswith(_XML))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return 0


def needed(form: FileFormat, name: str) -> None:
    """Raises InputError, which says what to install, if a format cannot be read here."""
    reader = FORMATS[form]
    if not reader.installed:
        raise InputError("format_needs_package", name=name, called=reader.called, packages=PACKAGES[form])
