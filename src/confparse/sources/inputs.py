"""What parse() is given, as decoded text: a file, its bytes, or text."""

import os
from pathlib import Path

from confparse.diagnostics import InputError
from confparse.text.types import Source

_LONGEST_NAME = 4096  # characters of a path, at most


def read_source(source: str | bytes | Path, name: str = "-", encoding: str | None = None) -> Source:
    """A dump, given as parse() takes it, as decoded text. Raises InputError as parse() does."""
    from confparse.files import read_input, shown_path  # late: a worker that gets decoded text needs none of them
    from confparse.sources.read import read
    from confparse.text.decode import decode

    if isinstance(source, Path):
        return read(read_input(source), shown_path(source), encoding)
    if isinstance(source, bytes):
        return read(source, name, encoding)
    if not isinstance(source, str):
        raise TypeError(f"a report is a str, bytes or a Path, not {type(source).__name__}")
    if len(source) < _LONGEST_NAME and "\n" not in source and os.path.isfile(source):
        raise InputError("text_is_name", name=source)
    return decode(source.encode("utf-8", "surrogatepass"), name, "utf-8")
