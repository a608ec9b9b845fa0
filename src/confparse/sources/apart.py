"""Reads a file in a separate process: a file can make its reader crash, hang or fill the memory, but no other's."""

import subprocess
import sys

import msgspec

from confparse.diagnostics import InputError
from confparse.sources.formats import FORMATS
from confparse.sources.types import SourceOutcome, SourceReading
from confparse.vocabularies import FileFormat

_SECONDS = 600  # of the clock, for a machine that does not limit the time of a processor
_MODULE = "confparse.sources.reader_process"


def read_apart(form: FileFormat, data: bytes, name: str, encoding: str | None) -> SourceReading:
    """What the reader of a format reads. Raises InputError as it does, and if it takes more than a file may take."""
    command = [sys.executable, "-m", _MODULE, form, encoding or ""]
    try:
        process = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS)
        outcome = msgspec.msgpack.decode(process.stdout, type=SourceOutcome)
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        raise InputError("gave_up", name=name, called=FORMATS[form].called) from None
    if outcome.reading is None:
        raise InputError(outcome.fault, **(outcome.values | {"name": name}))
    return outcome.reading
