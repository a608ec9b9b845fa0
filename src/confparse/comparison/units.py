"""A version to units: paragraphs as the record has them, or the lines of a text whose lines are units already."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from confparse.comparison.line_numbers import LineNumbers
from confparse.comparison.types import ComparedUnit, Version
from confparse.layout.lines import WIDEST
from confparse.letters import LINE_ENDS
from confparse.model import Node, Span
from confparse.numerals import ordinal
from confparse.text.types import width

UNBROKEN = 0.2  # share of a text in wider lines, above which its lines are units (dumps: 0.15 at most)
_LINE = re.compile(f"[^{LINE_ENDS}]+")
_AMBIGUOUS = "ivxlcdm"
_SEQUENCES = ("arabic", "chinese", "enclosed", "lowerroman", "upperroman", "loweralpha", "upperalpha")
_LABELLED = ("paragraph", "subparagraph")
_NUMBERED = frozenset({"paragraph", "subparagraph", "division", "attachment"})


def units(version: Version) -> list[ComparedUnit]:
    """The units of a version in reading order, footnotes at the end."""
    nodes = list(_walk(version.report.outline, True))
    if version.text is not None and one_per_line(version.text):
        return [*_Lines(version, version.text, nodes).units(), *_notes(version)]
    lines = None if version.text is None else LineNumbers(version.text)
    return [*(unit for node, key in nodes for unit in _of_node(node, key, lines)), *_notes(version)]


def _walk(nodes: Iterable[Node], numbered: bool) -> Iterator[tuple[Node, str | None]]:
    """All nodes in reading order, with their eids if printed numbers alone make them."""
    for node in nodes:
        own = numbered and node.num is not None and node.element in _NUMBERED
        yield node, node.eid if own else None
        yield from _walk(node.children, own or node.element == "paragraph")


def _of_node(node: Node, key: str | None, lines: "LineNumbers | None") -> Iterator[ComparedUnit]:
    words = " ".join((node.content or node.heading or "").split())
    if is_numeral(node.num):
        yield _unit(node, words, node.num, key)
    elif node.element == "attachment" and node.num and words:
        yield from _titled(node, node.num, words, key, lines)
    elif shown := f"{node.num or ''} {words}".strip():
        yield _unit(node, shown, None, key)


def _unit(node: Node, text: str, num: str | None, key: str | None) -> ComparedUnit:
    return ComparedUnit(
        eids=(node.eid,),
        text=text,
        span=node.span,
        lines=node.lines,
        num=num,
        key=key,
        element=node.element,
        role=node.role,
    )


def _titled(node: Node, label: str, title: str, key: str | None, lines: "LineNumbers | None") -> Iterator[ComparedUnit]:
    """The label of an attachment and its title: some print them on one line, others on two."""
    units = _unit(node, label, None, key), _unit(node, title, None, None)
    if lines is None:
        yield from units
        return
    end = _end_of_label(lines.text, label, node.span)
    at = lines.text.find(title[0], end, node.span[1]) if end is not None else -1
    if end is None or at < 0:
        yield _unit(node, f"{label} {title}", None, key)
        return
    first, second = (node.span[0], end), (at, node.span[1])
    printed = " ".join(lines.text[slice(*first)].split()) if label.isascii() else label  # records drop its blanks
    yield msgspec.structs.replace(units[0], text=printed, span=first, lines=lines.of(first))
    yield msgspec.structs.replace(units[1], span=second, lines=lines.of(second))


def _end_of_label(text: str, label: str, span: Span) -> int | None:
    """The place after a label that opens a span, printed with or without blanks; None if the span opens otherwise."""
    end = span[0]
    for char in "".join(label.split()):
        at = text.find(char, end, span[1])
        if at < 0 or text[end:at].strip():
            return None
        end = at + 1
    return end


def ordinal_of(label: str | None) -> int | None:
    """The number that a printed label stands for; None for words and for letters that may be roman numerals."""
    bare = _bare(label)
    return None if len(bare) == 1 and bare.lower() in _AMBIGUOUS else _read(bare)


def letter_of(label: str | None) -> str | None:
    """The letter of a printed label that may be a roman numeral too."""
    bare = _bare(label).lower()
    return bare if len(bare) == 1 and bare in _AMBIGUOUS else None


def is_numeral(label: str | None) -> bool:
    """Whether a label is a number or a letter, not a word such as that of an annex."""
    return _read(_bare(label)) is not None


def _bare(label: str | None) -> str:
    return "".join(char for char in label or "" if char.isalnum())


def _read(bare: str) -> int | None:
    ordinals = (ordinal(bare, sequence) for sequence in _SEQUENCES) if bare else ()
    return next((n for n in ordinals if n is not None), None)


def _notes(version: Version) -> Iterator[ComparedUnit]:
    for note in version.report.footnotes:
        yield ComparedUnit(
            eids=(note.eid,), text=note.content, span=note.span, lines=note.lines, num=note.num, element="footnote"
        )


def one_per_line(text: str) -> bool:
    """Whether the lines of a text are units, not pieces of a measure."""
    widths = [width(line.strip()) for line in _LINE.findall(text)]
    return sum(w for w in widths if w > WIDEST) > UNBROKEN * sum(widths)


class _Lines:
    """A text whose lines are units, with what its record says about them."""

    def __init__(self, version: Version, text: str, nodes: list[tuple[Node, str | None]]) -> None:
        self._text, self._nodes = text, nodes
        self._starts = [node.span[0] for node, _ in nodes]
        notes = (note.span for note in version.report.footnotes)
        self._excluded_spans = sorted([*(item.span for item in version.report.furniture), *notes])
        self._begins = [span[0] for span in self._excluded_spans]

    def units(self) -> Iterator[ComparedUnit]:
        """The lines without page matter and notes, cut where a node starts inside one; a label alone on its line goes
        with the line below.
        """
        lines = LineNumbers(self._text)
        label: Span | None = None
        for span in self._pieces():
            node = self._starting(span)
            if label is None and node and node.num and node.element in _LABELLED and self._is(span, node.num):
                label = span
                continue
            span, label = (label[0] if label else span[0], span[1]), None
            yield self._unit(span, lines.of(span))
        if label is not None:
            yield self._unit(label, lines.of(label))

    def _pieces(self) -> Iterator[Span]:
        for match in _LINE.finditer(self._text):
            start, end = self._trimmed(*match.span())
            near = bisect_right(self._begins, start)
            if start >= end or (near and self._excluded_spans[near - 1][1] >= end):
                continue
            cuts = self._starts[bisect_right(self._starts, start) : bisect_left(self._starts, end)]
            for low, high in pairwise([start, *cuts, end]):
                span = self._trimmed(low, high)
                if span[0] < span[1]:
                    yield span

    def _starting(self, span: Span) -> Node | None:
        """The first node that starts in a stretch."""
        at = bisect_left(self._starts, span[0])
        return self._nodes[at][0] if at < len(self._nodes) and self._starts[at] < span[1] else None

    def _is(self, span: Span, label: str) -> bool:
        return "".join(self._text[slice(*span)].split()) == label

    def _trimmed(self, start: int, end: int) -> Span:
        piece = self._text[start:end]
        return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())

    def _unit(self, span: Span, lines: Span) -> ComparedUnit:
        low, high = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        own = self._nodes[low:high] or self._nodes[max(0, low - 1) : low]
        first, key = own[0] if low < high else (None, None)
        text = " ".join(self._without_marks(*span).split())
        num = first.num if first and is_numeral(first.num) and text.startswith(first.num or "") else None
        return ComparedUnit(
            eids=tuple(node.eid for node, _ in own),
            text=text[len(num or "") :].lstrip(),
            span=span,
            lines=lines,
            num=num,
            key=key,
            element=first.element if first else "p",
            role=first.role if first else None,
        )

    def _without_marks(self, start: int, end: int) -> str:
        """A stretch of the text without the marks of footnotes inside it; what opens it may be its label."""
        low, high = bisect_right(self._begins, start), bisect_left(self._begins, end)
        shown, at = "", start
        for first, last in self._excluded_spans[low:high]:
            shown += self._text[at:first]
            at = max(at, last)
        return shown + self._text[at:end]
