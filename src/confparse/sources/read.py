"""The door of the sources: the bytes of a file to Source, whatever its format."""

import hashlib

from confparse.diagnostics import InputError
from confparse.model import FileFormat
from confparse.sources.formats import check_open, format_of, needed
from confparse.sources.types import MOST_CHARACTERS, Reading
from confparse.text.decode import decode, scalars
from confparse.text.types import Source


def read(data: bytes, name: str, encoding: str | None = None) -> Source:
    """The text of a PDF, Word, HTML or text file. `encoding` is that of text and HTML.

    Spans and lines of everything below refer to the text that comes out. Raises InputError for a file that cannot be
    read, and for one that needs a package that is not installed.
    """
    form = format_of(data, name)
    if form is None:
        check_open(data, name)
        return decode(data, name, encoding)
    needed(form, name)
    found = _reading(form, data, name, encoding)
    if len(found.text) > MOST_CHARACTERS:
        raise InputError("too_long", name=name, characters=MOST_CHARACTERS)
    digest = hashlib.sha256(data).hexdigest()
    return Source(
        name=name,
        sha256=digest,
        encoding=found.encoding,
        text=scalars(found.text),
        format=form,
        pages=found.pages,
        marks=found.marks,
        whole_lines=found.whole_lines,
        undecodable=found.undecodable,
        first_undecodable=max(0, found.text.find("\ufffd")),
    )


def _reading(form: FileFormat, data: bytes, name: str, encoding: str | None) -> Reading:
    """Imports what reads a format when a file needs it."""
    if form == "docx":
        from confparse.sources.word import read_word

        return read_word(data, name)
    if form == "html":
        from confparse.sources.html import read_html

        return read_html(data, name, encoding)
    from confparse.sources.pdf import read_pdf

    return read_pdf(data, name)
