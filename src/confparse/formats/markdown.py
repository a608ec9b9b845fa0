"""A report as Markdown: the repaired text with headings, numbered paragraphs, items, tables and footnotes."""

import re
from collections.abc import Iterator
from html import escape

from confparse.formats.outline_places import Pages, placed
from confparse.model import SCHEMA, Footnote, Node, Report
from confparse.visible import visible

_SPECIAL = re.compile(r"([\\`*_<\[\]|])")
_AT_START = re.compile(r"^(\s*)([#>+=~-]|\d+(?=[.)]))")
_DEEPEST = 6  # levels of headings that Markdown has
_VERBATIM = "    "  # before lines that stay as they are
_ITEM, _INDENT = "- ", "  "  # before an item, and what is inside it
_BETWEEN = " / "  # headings of a path
Notes = dict[str, list[Footnote]]  # by the eid of the node that holds their marks
Anchors = dict[str, str]  # by the eid of their block


def markdown(report: Report, anchored: Pages | None = None) -> str:
    """The text of a report. The first lines say what it was made from.

    With the pages of its source, each block starts with an anchor that says where it is: eid, lines, page, headings.
    """
    notes: Notes = {}
    for note in report.footnotes:
        for eid in note.refs:
            notes.setdefault(eid, []).append(note)
    anchors = _anchors(report, anchored) if anchored is not None else {}
    lines = ["---", f"schema: {SCHEMA}", f"source: {_quoted(report.source.path or report.source.name)}"]
    lines += [f"sha256: {report.source.sha256}"] * bool(anchors) + ["---"]
    for node in report.outline:
        lines += _node(node, 0, 0, notes, anchors)
    for note in report.footnotes:
        lines += ["", f"[^{note.eid}]: {anchors.get(note.eid, '')}{_number(note.num)}{_escaped(note.content)}"]
    return "\n".join(lines) + "\n"


def _anchors(report: Report, pages: Pages) -> Anchors:
    """The anchors of all nodes and notes, by their eids."""
    anchors = {one.node.eid: _anchor(one.node, one.headings, pages) for one in placed(report)}
    return anchors | {note.eid: _anchor(note, (), pages) for note in report.footnotes}


def _anchor(block: Node | Footnote, headings: tuple[str, ...], pages: Pages) -> str:
    """An empty element that a link can lead to, and that says where its block is."""
    page, path = pages.page_at(block.span[0]), escape(_BETWEEN.join(visible(heading) for heading in headings))
    where = f' data-lines="{block.lines[0]}-{block.lines[1]}"'
    where += f' data-page="{page}"' if page is not None else ""
    return f'<a id="{escape(block.eid)}"{where}' + (f' data-headings="{path}"></a>' if path else "></a>")


def _node(node: Node, level: int, depth: int, notes: Notes, anchors: Anchors) -> Iterator[str]:
    """The lines of a node and those below it; each block has a blank line above, an item is one of a list."""
    mark = "".join(f"[^{note.eid}]" for note in notes.get(node.eid, ()))
    text = f"{_number(node.num)}{_escaped(node.heading or node.content or '')}".strip()
    indent, anchor = _INDENT * depth, anchors.get(node.eid, "")
    yield ""
    if node.element in ("title", "division", "attachment"):
        level = min(_DEEPEST, 1 if node.element == "title" else level + 1 + (level == 0))
        if text:
            yield f"{'#' * level} {anchor}{text}{mark}"
        if node.heading and node.content:
            yield from ("", _start(_escaped(node.content)))
    elif node.element in ("table", "toc"):
        entries = "".join(anchors.get(child.eid, "") for child in node.children) if node.element == "toc" else ""
        yield from (f"{indent}{anchor}{entries}", "") if anchor else ()
        yield from (f"{indent}{_VERBATIM}{row}" for row in _rows(node))
        if node.element == "toc":
            return
    elif node.element == "subparagraph" and depth:
        yield f"{_INDENT * (depth - 1)}{_ITEM}{anchor}{_start(text)}{mark}"
    else:
        yield f"{indent}{anchor}{_start(text)}{mark}"
    for child in node.children:
        yield from _node(child, level, depth + 1 if child.element == "subparagraph" else depth, notes, anchors)


def _rows(node: Node) -> list[str]:
    """The lines of a table or of the contents, as they were printed."""
    texts = [
        node.content or "",
        *(f"{child.num or ''} {child.content or child.heading or ''}" for child in node.children),
    ]
    return [visible(row).strip() for text in texts if text.strip() for row in text.strip().split("\n")]


def _number(num: str | None) -> str:
    return f"{_escaped(num)} " if num else ""


def _escaped(text: str) -> str:
    """Words of the report that Markdown must not take as its marks."""
    return _SPECIAL.sub(r"\\\1", " ".join(visible(line) for line in text.split("\n")))


def _start(text: str) -> str:
    """A paragraph whose first characters are read as neither a list nor a heading: `1.` is written `1\\.`."""
    match = _AT_START.match(text)
    if not match:
        return text
    if match[2].isdecimal():
        return f"{text[: match.end()]}\\{text[match.end() :]}"
    return f"{match[1]}\\{text[match.end(1) :]}"


def _quoted(text: str) -> str:
    escaped = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
