"""The package of a Word file, checked before anything of it is unpacked."""

import io
import zipfile
import zlib

from confparse.diagnostics import InputError
from confparse.sources.formats import WORD_FOLDER

_MOST_PARTS = 10_000  # files in the package
_MOST_XML = 64 << 20  # bytes of its XML, unpacked: a tree takes ten times as many
_MOST_BYTES = 512 << 20  # bytes of all of it

# What the packages for zip files and XML raise for a file that is not whole.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    OSError,
    RuntimeError,
)


def check_package(data: bytes, name: str) -> None:
    """Raises InputError for a package that is damaged, locked, no Word file, or would take more room than is
    allowed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise InputError("damaged", name=name, called="Word") from None
    if not any(part.filename.startswith(WORD_FOLDER) for part in parts):
        raise InputError("wrong_ending", name=name, called="Word")
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if len(parts) > _MOST_PARTS or xml > _MOST_XML or sum(part.file_size for part in parts) > _MOST_BYTES:
        raise InputError("word_too_large", name=name, megabytes=_MOST_XML >> 20)
    if any(part.flag_bits & 1 for part in parts):
        raise InputError("locked", name=name)
