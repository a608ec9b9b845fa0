"""The readers of the formats, each imported when a file needs it."""

from confparse.sources.types import SourceReading
from confparse.vocabularies import FileFormat


def reading(form: FileFormat, data: bytes, name: str, encoding: str | None) -> SourceReading:
    """What a file holds. `encoding` is that of HTML. Raises InputError for a file that cannot be read."""
    if form == "docx":
        from confparse.sources.word import read_word

        return read_word(data, name)
    if form == "html":
        from confparse.sources.html import read_html

        return read_html(data, name, encoding)
    from confparse.sources.pdf import read_pdf

    return read_pdf(data, name)
