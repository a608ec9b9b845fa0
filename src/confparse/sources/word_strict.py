"""Strict Office Open XML (ISO/IEC 29500-1) as the usual form: the same elements under names of their own."""

import io
import zipfile

_ROOT = "_rels/.rels"
_STRICT = b"http://purl.oclc.org/ooxml/"
# The names of ISO/IEC 29500-1, annex A, and those of ECMA-376, first edition.
_USUAL = (
    (_STRICT + b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (_STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (_STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        _STRICT + b"drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
)


def usual(data: bytes) -> bytes:
    """A package with the usual names, the same bytes if it has them. Raises what zipfile does, and KeyError."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if _STRICT not in package.read(_ROOT):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as copy:
            for part in package.namelist():
                copy.writestr(
                    part, _renamed(package.read(part)) if part.endswith((".xml", ".rels")) else package.read(part)
                )
    return out.getvalue()


def _renamed(part: bytes) -> bytes:
    for strict, own in _USUAL:
        part = part.replace(strict, own)
    return part
