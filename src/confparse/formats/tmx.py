"""Comparisons as translation memories: TMX 1.4b."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from confparse import __version__
from confparse.comparison.types import Comparison, Pair, Side
from confparse.visible import in_markup

_CHINESE = {"zh-Hant": "zh-TW"}


def tmx(comparison: Comparison, segment: str) -> Iterator[bytes]:
    """One unit for each pair with two sides. `segment`: sentence or paragraph, whatever the pairs are.

    The labels of paragraphs are in properties, not in the segments, so that a segment is found again under another
    number.
    """
    chinese = _CHINESE.get(comparison.zh.language, "zh-CN")
    header = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'<header creationtool="confparse" creationtoolversion={quoteattr(__version__)} segtype={quoteattr(segment)} '
        f'o-tmf="confparse" adminlang="en" srclang={quoteattr(chinese)} datatype="plaintext">\n'
        f"{_property('symbol', comparison.symbol)}{_property('zh-file', comparison.zh.name)}"
        f"{_property('en-file', comparison.en.name)}</header>\n<body>\n"
    )
    yield header.encode()
    for number, pair in enumerate(comparison.pairs, 1):
        if pair.zh is not None and pair.en is not None:
            yield _unit(number, pair, pair.zh, pair.en, chinese).encode()
    yield b"</body>\n</tmx>\n"


def _unit(number: int, pair: Pair, zh: Side, en: Side, chinese: str) -> str:
    properties = (
        _property("eid", ",".join(en.eids)),
        _property("score", f"{pair.score:.3f}"),
        _property("zh-label", zh.num),
        _property("en-label", en.num),
    )
    sides = (f'<tuv xml:lang="{lang}"><seg>{_text(_bare(s))}</seg></tuv>\n' for lang, s in ((chinese, zh), ("en", en)))
    return f'<tu tuid="{number}">\n{"".join(properties)}{"".join(sides)}</tu>\n'


def _property(name: str, value: str | None) -> str:
    return f'<prop type="x-{name}">{_text(value)}</prop>\n' if value else ""


def _bare(side: Side) -> str:
    """The text without its label."""
    return side.text.removeprefix(side.num or "").lstrip() or side.text


def _text(text: str) -> str:
    """Escaped, without the characters that XML has no place for."""
    return escape(in_markup(text))
