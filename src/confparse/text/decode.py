"""Bytes to Source: which encoding, and the text in it.

Order: byte order mark, strict UTF-8, UTF-16 by its zero bytes, then the legacy code pages. GB18030 and Big5 share most
byte pairs; what tells them apart is that running text uses the common characters, which both tables list first
(GB 2312 level 1: lead bytes B0 to D7; Big5 level 1: A4 to C6).
"""

import codecs
import hashlib
import re

from confparse.diagnostics import InputError
from confparse.text.types import Source

_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_BINARY = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\x7fELF",
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE = re.compile("[^\x00-\x7f]")
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_USUAL_HAN = "\u4e00-\u9fff"  # of a class: the unified ideographs without their extensions
_COMMON = re.compile(
    "[\\t\\n\\r\\f -~\u00a0-\u024f\u1e00-\u1eff\u2010-\u203f\u20a0-\u20bf\u2100-\u27bf"
    f"\u3000-\u303f{_USUAL_HAN}\uff00-\uffef]"
)
_HAN = re.compile(f"[{_USUAL_HAN}]")
_SAMPLE = 200_000  # bytes that the guess looks at
_PLAIN = 0.9  # share of usual wide characters from which strict GB 18030 is believed: in other code pages Han are rare
_LONE = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef]")  # no characters at all; some of them serve as signs inside


def _pairs(text: str, encoding: str, low: int, high: int) -> float:
    """The share of the wide characters of a text that are usual: Han that its code page lists among the common ones,
    the quotation marks, dashes and accented letters of English papers.
    """
    wide = _WIDE.findall(text)
    if not wide:
        return 0.0
    han = _HAN.findall(text)
    usual: int = sum(low <= c.encode(encoding)[0] <= high for c in han)
    others: int = sum(_COMMON.match(c) is not None for c in wide) - len(han)
    return (usual + others) / len(wide)


def _is_gb18030(sample: bytes) -> bool:
    """Whether the bytes are GB 18030 without a fault and give usual characters. English papers saved in it have
    accented letters of four bytes, of which two are digits.
    """
    try:
        text = codecs.getincrementaldecoder("gb18030")().decode(sample)
    except UnicodeDecodeError:
        return False
    return _pairs(text, "gb18030", 0xB0, 0xD7) > _PLAIN


def _legacy(data: bytes) -> str | None:
    """gb18030, big5 or cp1252 by plausibility, else what charset-normalizer finds, else None."""
    sample = data[:_SAMPLE]
    high = _HIGH_RUN.findall(sample)
    if _is_gb18030(sample):
        return "gb18030"
    if high and sum(map(len, high)) / len(high) < 1.6:  # high bytes are alone: accented letters, quotes, dashes
        return "cp1252" if not re.search(rb"[\x81\x8d\x8f\x90\x9d]", sample) else None
    scores = []
    for encoding, low, top in (("gb18030", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        text = sample.decode(encoding, "ignore")
        lost = text.count("\ufffd") + len(sample) - len(text.encode(encoding, "ignore"))
        scores.append((_pairs(text, encoding, low, top) - 4 * lost / max(1, len(sample)), encoding))
    best, encoding = max(scores)
    if best > 0.6:
        return encoding
    from charset_normalizer import from_bytes

    guess = from_bytes(sample, cp_isolation=["gb18030", "big5", "cp1252", "utf_8", "utf_16_le", "utf_16_be"]).best()
    return codecs.lookup(guess.encoding).name if guess else None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: text has blanks and line ends, so it has zero bytes; the order that gives common letters
    is it.
    """
    if b"\0" not in data[:_SAMPLE]:
        return None
    sample = data[: min(_SAMPLE, len(data)) & ~1]
    shares = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        shares.append((len(_COMMON.findall(text)) / max(1, len(text)), encoding))
    share, encoding = max(shares)
    return encoding if share > 0.9 else None


def _is_hz(sample: bytes) -> bool:
    """Whether bytes of seven bits are HZ (RFC 1843), of old mails: runs of GB 2312 between signs."""
    try:
        text = sample[: sample.rfind(b"\n") + 1 or len(sample)].decode("hz")
    except UnicodeDecodeError:
        return False
    return _WIDE.search(text) is not None


def detect(data: bytes) -> str:
    """The name of the encoding that explains the bytes; utf-8 if none does."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if (wide := _utf16(data)) is not None:
        return wide
    if _HZ.search(data[:_SAMPLE]) is not None and _is_hz(data[:_SAMPLE]):
        return "hz"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = data.decode("utf-8", "replace")
        damaged = broken.count("\ufffd")
        whole = len(_WIDE.findall(broken)) - damaged
        if error.start > 0 and damaged * 4 < whole:  # a damaged UTF-8 file: by chance, few pairs of bytes are sequences
            return "utf-8"
        return _legacy(data) or "utf-8"
    return "utf-8"


def scalars(text: str) -> str:
    """A text with U+FFFD for what is not a character at all."""
    return _LONE.sub("\ufffd", text)


def _with_hong_kong(data: bytes, text: str) -> tuple[str, str]:
    """A text in Big5 with the characters that Hong Kong added to it, if it holds nothing else; with its encoding."""
    try:
        return "big5hkscs", data.decode("big5hkscs")
    except UnicodeDecodeError:
        return "big5", text


def decode(data: bytes, name: str, encoding: str | None = None) -> Source:
    """Bytes to Source. Raises InputError for a binary file or an unknown encoding name."""
    if data.startswith(_BINARY):
        raise InputError("binary", name=name)
    try:
        used = codecs.lookup(encoding).name if encoding else detect(data)
        text = data.decode(used, "replace")
    except (LookupError, ValueError, TypeError):
        raise InputError("no_encoding", name=name, encoding=encoding) from None
    if used == "big5" and "\ufffd" in text:
        used, text = _with_hong_kong(data, text)
    text = scalars(text).removeprefix("\ufeff")
    if not used.startswith("utf-") and text.count("\ufffd") * 10 > len(text) + 10 and not encoding:
        used, text = "utf-8", data.decode("utf-8", "replace")
    plain = data if used in ("utf-8", "utf-8-sig", "gb18030", "big5", "big5hkscs", "cp1252") else b""
    if encoding is None and len(_CONTROL.findall(plain[:_SAMPLE])) * 10 > min(len(plain), _SAMPLE) > 40:
        raise InputError("binary", name=name)
    lost = text.count("\ufffd") - data.count(b"\xef\xbf\xbd") * used.startswith("utf-8")
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=used,
        text=text,
        undecodable=max(0, lost),
        first_undecodable=max(0, text.find("\ufffd")),
    )
