"""The process that reads one file: bytes on standard input, what it read on standard output, within limits of its
own.
"""

import os
import sys
from typing import cast

import msgspec

from confparse.diagnostics import InputError
from confparse.sources.readers import reading
from confparse.sources.types import SourceOutcome
from confparse.vocabularies import FileFormat

_MEMORY = {"pdf": 1 << 30, "docx": 2 << 30, "html": 2 << 30}  # bytes, beside those of the file
_NAME = "-"  # the parent knows the name of the file
_SECONDS = 120  # of the processor: 5,000 pages take as long


def _limit(memory: int) -> None:
    """Where a system can do that; elsewhere the clock of the parent has to do."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (memory,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    form, encoding = sys.argv[1:]
    data = sys.stdin.buffer.read()
    _limit(_MEMORY[form] + 2 * len(data))
    # What the libraries print is discarded.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        outcome = SourceOutcome(reading(cast(FileFormat, form), data, _NAME, encoding or None))
    except InputError as error:
        outcome = SourceOutcome(fault=error.key, values=error.values)
    with out:
        out.write(msgspec.msgpack.encode(outcome))


if __name__ == "__main__":
    main()
