"""Word to text: paragraphs with their numbers, tables as rows, notes at the end, heads and feet apart."""

import io
from collections.abc import Iterator
from typing import Any

from confparse.diagnostics import InputError
from confparse.sources.paper import CELLS, Paper, TooLong
from confparse.sources.types import MOST_CHARACTERS, SourceReading
from confparse.sources.word_numbering import W, WordNumbering, value
from confparse.sources.word_package import DAMAGE, check_package
from confparse.sources.word_runs import NoteNumbers, RunWords, children, shown_footnotes, words
from confparse.sources.word_strict import usual
from confparse.sources.word_styles import Style, Styles, is_heading, properties

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL_PARAGRAPHS = 3  # paragraphs in a cell of a table, at most; a table with more is there for the layout
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")


def read_word(data: bytes, name: str) -> SourceReading:
    """The text of a Word file, each paragraph and each row a line. Nothing in it is fetched or run.

    Raises InputError for a file that is locked, damaged, or larger than is read.
    """
    check_package(data, name)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(usual(data)))
        return _WordReader(document.part).read()
    except TooLong:
        raise InputError("too_long", name=name, characters=MOST_CHARACTERS) from None
    except (OpcError, LxmlError, *DAMAGE):
        raise InputError("damaged", name=name, called="Word") from None


class _WordReader:
    """Reads one file."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._styles = Styles(self._related("styles"))
        self._numbering = WordNumbering(self._related("numbering"))
        self._texts = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self._notes_seen = NoteNumbers(shown_footnotes(part.element))
        self._paper = Paper()
        self._open_text = ""  # the text of a paragraph whose end was deleted

    def read(self) -> SourceReading:
        body = self._part.element.find(f"{W}body")
        sections = list(body.iter(f"{W}sectPr")) if body is not None else []
        self._page_matter(sections, "headerReference")
        if body is not None:
            self._blocks(body)
        self._flush()
        for (kind, own), at in sorted(self._notes_seen.order.items(), key=lambda item: item[1]):
            self._paper.note(str(at), self._texts[kind].get(own, ""))
        self._page_matter(sections, "footerReference")
        text, marks = self._paper.close()
        return SourceReading(text, marks=marks, whole_lines=True)

    def _related(self, kind: str) -> Any | None:
        """The XML of a part of the file, None if it has no such part."""
        from docx.oxml import parse_xml

        for relation in self._part.rels.values():
            if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
                return parse_xml(relation.target_part.blob)
        return None

    def _notes(self, kind: str) -> dict[str, str]:
        """The text of each note by its id, its paragraphs one after the other."""
        root = self._related(f"{kind}s")
        out: dict[str, str] = {}
        for note in root.iter(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type") not in _NO_NOTES:
                texts = [words(p, NoteNumbers(0)).text.strip() for p in note.iter(f"{W}p")]
                out[note.get(f"{W}id", "")] = " ".join(filter(None, texts))
        return out

    def _page_matter(self, sections: list[Any], kind: str) -> None:
        """Heads or feet of pages, each text once."""
        from docx.oxml import parse_xml

        earlier_texts: set[str] = set()
        own = dict.fromkeys(
            reference.get(_R_ID, "") for section in sections for reference in section.iter(f"{W}{kind}")
        )
        for part in own:
            relation = self._part.rels.get(part)
            if relation is None or relation.is_external:
                continue
            for text in self._lines(parse_xml(relation.target_part.blob)):
                if text not in earlier_texts:
                    earlier_texts.add(text)
                    self._paper.line(text, "running_head")

    def _lines(self, element: Any) -> Iterator[str]:
        """The paragraphs and rows inside an element as plain lines."""
        for child in children(element):
            if child.tag == f"{W}p":
                content = words(child, self._notes_seen)
                yield content.text.strip()
                for box in content.boxes:
                    yield from self._lines(box)
            elif child.tag == f"{W}tbl":
                yield from self._rows(child)
            else:
                yield from self._lines(child)

    def _blocks(self, element: Any) -> None:
        """The paragraphs and tables of the body, of a cell or of a text box."""
        for child in children(element):
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag != f"{W}sectPr":
                self._blocks(child)

    def _paragraph(self, paragraph: Any) -> None:
        content = words(paragraph, self._notes_seen)
        own = paragraph.find(f"{W}pPr")
        text = self._open_text + content.text
        self._open_text = ""
        if content.page_break:
            self._paper.break_next = True
        mark = own.find(f"{W}rPr") if own is not None else None
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self._open_text = text
        else:
            self._put(text, own)
        for box in content.boxes:
            self._blocks(box)

    def _put(self, text: str, own: Any | None) -> None:
        """A whole paragraph with its label. An empty one is counted, but not shown."""
        name = value(own, "pStyle") or self._styles.default
        direct, style = properties(own), self._styles.style(name)
        label = self._label(direct, style, name)
        heading = style.heading if direct.heading is None else direct.heading
        if text.strip():
            shown = f"{label} {text.strip()}" if label else text
            if heading is not None and is_heading(heading):
                self._paper.heading(shown, heading)
            else:
                self._paper.line(shown)

    def _label(self, direct: Style, style: Style, name: str) -> str:
        list_id = style.list_id if direct.list_id is None else direct.list_id
        if not list_id:
            return ""
        level = direct.level
        if level is None:
            level = style.level if style.level is not None else None
        if level is None:
            level = self._numbering.level_of(list_id, name)
        return self._numbering.label(list_id, level)

    def _flush(self) -> None:
        if self._open_text.strip():
            self._paper.line(self._open_text)
        self._open_text = ""

    def _table(self, table: Any) -> None:
        """A table as rows; one that only sets text side by side, as that text."""
        self._flush()
        cells = [list(_cells(row)) for row in _rows(table)]
        paragraphs = [sum(p.tag == f"{W}p" for p in children(cell)) for row in cells for cell in row]
        nested = any(child.tag == f"{W}tbl" for row in cells for cell in row for child in children(cell))
        if nested or max(map(len, cells), default=0) < 2 or max(paragraphs, default=0) > _CELL_PARAGRAPHS:
            for row in cells:
                for cell in row:
                    self._blocks(cell)
                    self._flush()
        else:
            self._paper.lines(list(self._rows(table)), "table")

    def _rows(self, table: Any) -> Iterator[str]:
        for row in _rows(table):
            texts = (" ".join(" ".join(self._cell(cell)).split()) for cell in _cells(row))
            yield CELLS.join(text for text in texts if text)

    def _cell(self, cell: Any) -> Iterator[str]:
        for child in children(cell):
            if child.tag == f"{W}p":
                content: RunWords = words(child, self._notes_seen)
                own = child.find(f"{W}pPr")
                name = value(own, "pStyle") or self._styles.default
                label = self._label(properties(own), self._styles.style(name), name)
                yield f"{label} {content.text}"
                for box in content.boxes:
                    yield from self._lines(box)
            else:
                yield from self._lines(child)


def _rows(table: Any) -> Iterator[Any]:
    for child in children(table):
        if child.tag == f"{W}tr":
            changed = child.find(f"{W}trPr")
            if changed is None or changed.find(f"{W}del") is None:
                yield child
        elif child.tag != f"{W}tblPr":
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in children(row):
        if child.tag == f"{W}tc":
            own = child.find(f"{W}tcPr")
            if own is None or own.find(f"{W}cellDel") is None:
                yield child
        elif child.tag != f"{W}trPr":
            yield from _cells(child)
