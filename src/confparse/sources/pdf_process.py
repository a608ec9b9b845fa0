"""The process that reads one PDF: bytes on standard input, the text on standard output, within limits of its own."""

import os
import sys

import msgspec

from confparse.sources.pdf_glyphs import read

_MEMORY = 1 << 30  # bytes, beside those of the file
_SECONDS = 120  # of the processor: 5,000 pages take as long


def _limit(size: int) -> None:
    """Where a system can do that; elsewhere the clock of the parent has to do."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY + 2 * size,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    data = sys.stdin.buffer.read()
    _limit(len(data))
    # What pdfium prints belongs to nobody.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with out:
        out.write(msgspec.msgpack.encode(read(data)))


if __name__ == "__main__":
    main()
