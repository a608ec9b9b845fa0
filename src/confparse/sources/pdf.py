"""PDF to text, in a process of its own: a file can make its reader crash, hang or fill the memory, but no other's."""

import subprocess
import sys

import msgspec

from confparse.diagnostics import InputError
from confparse.sources.pdf_glyphs import MOST_PAGES, PdfText
from confparse.sources.types import MOST_CHARACTERS, Reading

_SECONDS = 600  # of the clock, for a machine that does not limit the time of a processor
_NO_TEXT = "N003"  # of the catalogue
_MODULE = "confparse.sources.pdf_process"


def read_pdf(data: bytes, name: str) -> Reading:
    """The text of a PDF, page breaks as form feeds.

    Raises InputError for a file that is locked, damaged, too long, or has no text.
    """
    try:
        done = subprocess.run([sys.executable, "-m", _MODULE], input=data, capture_output=True, timeout=_SECONDS)
        found = msgspec.msgpack.decode(done.stdout, type=PdfText)
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        raise InputError("pdf_gave_up", name=name) from None
    if found.fault is not None:
        limits = {
            "called": "PDF",
            "code": _NO_TEXT,
            "pages": found.pages,
            "most_pages": MOST_PAGES,
            "characters": MOST_CHARACTERS,
        }
        raise InputError(found.fault, name=name, page=found.page, **limits)
    return Reading(found.text, found.pages)
