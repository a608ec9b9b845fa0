"""The words of one paragraph of a Word file: as they are shown, tracked changes accepted, marks of notes raised."""

from collections.abc import Iterator
from typing import Any

import msgspec
import regex

from confparse.punctuation import stopped
from confparse.sources.paper import RAISED_DIGITS, raised
from confparse.sources.word_numbering import W, is_on, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXTS = (f"{W}t", f"{_MATH}t")  # of a run, and of an equation
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
HIDDEN_TAGS = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "instrText", "delText")
)
_BREAK = regex.compile(r"(?<=[\p{L}\p{N},])[ \t]*\n[ \t]*(?=\p{Ll})")  # before a small letter
_LONG_BREAK = regex.compile(r"(?<=[^\n]{40}[\p{Ll},])[ \t]*\n[ \t]*(?=\p{Lu})")  # after half a line
_HAN_BREAK = regex.compile(r"(?<=\p{Han})\n(?=\p{Han})")
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
    f"{W}ptab": "\t",
}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


class NoteNumbers:
    """Counts notes in the order of their marks: footnotes, and endnotes, which have numbers of their own."""

    def __init__(self, endnotes_after: int) -> None:
        self.order: dict[tuple[str, str], int] = {}
        self._last = {"footnote": 0, "endnote": endnotes_after}

    def number(self, kind: str, own: str) -> int:
        """The number of a note, the next if it is new."""
        if (kind, own) not in self.order:
            self._last[kind] += 1
            self.order[kind, own] = self._last[kind]
        return self.order[kind, own]


def shown_footnotes(document: Any) -> int:
    """How many footnotes a document refers to in text that is not deleted: its endnotes count on from there."""
    references = document.iter(f"{W}footnoteReference")
    return len({own.get(f"{W}id", "") for own in references if not any(map(_is_deleted, own.iterancestors()))})


def _is_deleted(element: Any) -> bool:
    """Whether a tracked change takes an element away: words, a row or a cell."""
    if element.tag in (f"{W}del", f"{W}moveFrom"):
        return True
    row, cell = element.find(f"{W}trPr/{W}del"), element.find(f"{W}tcPr/{W}cellDel")
    return row is not None or cell is not None


class RunWords(msgspec.Struct):
    """What a paragraph holds: its text, the text boxes that hang on it, and whether a page ends before or in it."""

    parts: list[str] = []
    boxes: list[Any] = []
    page_break: bool = False

    @property
    def text(self) -> str:
        """The text; breaks that were set inside a sentence, to shape its lines, part nothing."""
        text = "".join(self.parts)
        if "\n" not in text:
            return text
        text = str(_BREAK.sub(" ", text))
        prose = any(stopped(line) for line in text.split("\n"))  # lines without any stop are those of a title
        return str(_HAN_BREAK.sub("", _LONG_BREAK.sub(" ", text))) if prose else text


def words(paragraph: Any, notes: NoteNumbers) -> RunWords:
    """The words of a paragraph."""
    out = RunWords()
    out.page_break = is_on(paragraph.find(f"{W}pPr"), "pageBreakBefore")
    _walk(paragraph, out, notes, False)
    return out


def children(element: Any) -> Iterator[Any]:
    """The children that are shown: of alternatives the first, without comments and what was deleted."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in HIDDEN_TAGS:
            continue
        if child.tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            chosen = child.find(f"{_MC}Fallback") if chosen is None else chosen
            yield from children(chosen) if chosen is not None else ()
        else:
            yield child


def _walk(element: Any, out: RunWords, notes: NoteNumbers, up: bool) -> None:
    for child in children(element):
        tag = child.tag
        if tag in _TEXTS:
            text = child.text or ""
            out.parts.append(raised(text) if up and text.strip().isdecimal() else text)
        elif tag in _SIGNS:
            out.parts.append(_SIGNS[tag])
        elif tag == f"{W}br":
            out.page_break = out.page_break or (child.get(f"{W}type") == "page" and not out.text.strip())
            out.parts.append("\n")
        elif tag == f"{W}sym":
            code = child.get(f"{W}char", "")
            out.parts.append(chr(int(code, 16)) if len(code) == 4 and code.isalnum() and _is_hex(code) else "")
        elif tag in _NOTES:
            own = notes.number(_NOTES[tag], child.get(f"{W}id", ""))
            mark = raised(str(own))
            beside = bool(out.parts) and out.parts[-1][-1:] in RAISED_DIGITS
            out.parts.append(f" {mark}" if beside else mark)
        elif tag == f"{W}ruby":  # characters, and how they are read, which is printed above them
            base, reading = child.find(f"{W}rubyBase"), child.find(f"{W}rt")
            for part, around in ((base, ("", "")), (reading, ("(", ")"))):
                if part is not None:
                    out.parts.append(around[0])
                    _walk(part, out, notes, up)
                    out.parts.append(around[1])
        elif tag == f"{W}txbxContent":
            out.boxes.append(child)
        elif tag == f"{W}r":
            style = child.find(f"{W}rPr")
            if not is_on(style, "vanish"):
                _walk(child, out, notes, value(style, "vertAlign") == "superscript")
        else:
            _walk(child, out, notes, up)


def _is_hex(code: str) -> bool:
    return all(c in "0123456789abcdefABCDEF" for c in code) and not 0xD800 <= int(code, 16) < 0xE000
