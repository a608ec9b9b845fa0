"""Entry point of the sources: the bytes of a file to Source, whatever its format."""

import hashlib

from confparse.diagnostics import InputError
from confparse.sources.apart import read_apart
from confparse.sources.formats import FORMATS, check_open, format_of, needed, unpacked_size
from confparse.sources.readers import reading
from confparse.sources.types import MOST_CHARACTERS, NO_TEXT, SourceReading
from confparse.text.decode import decode, scalars
from confparse.text.types import Source
from confparse.vocabularies import FileFormat

_SMALL = 1 << 20  # bytes, unpacked


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
    reading = _reading(form, data, name, encoding)
    if len(reading.text) > MOST_CHARACTERS:
        raise InputError("too_long", name=name, characters=MOST_CHARACTERS)
    if not reading.text.strip():
        raise InputError("no_words", name=name, code=NO_TEXT, called=FORMATS[form].called)
    digest = hashlib.sha256(data).hexdigest()
    return Source(
        name=name,
        sha256=digest,
        encoding=reading.encoding,
        text=scalars(reading.text),
        format=form,
        pages=reading.pages,
        marks=reading.marks,
        whole_lines=reading.whole_lines,
        undecodable=reading.undecodable,
        first_undecodable=max(0, reading.text.find("\ufffd")),
    )


def _reading(form: FileFormat, data: bytes, name: str, encoding: str | None) -> SourceReading:
    """In a separate process if a file could take long: all PDF, and large files of other formats."""
    if form == "pdf" or unpacked_size(form, data) > _SMALL:
        return read_apart(form, data, name, encoding)
    return reading(form, data, name, encoding)
