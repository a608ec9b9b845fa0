"""The tables of a web page as rows of text."""

import re
from typing import Any

from confparse.letters import NOTE_SIGNS
from confparse.sources.html_kinds import BLOCKS, attribute, children, is_shown
from confparse.sources.paper import CELLS, raised

_SIGNS = f"[{NOTE_SIGNS}]{{1,3}}"
NOTE_MARK = re.compile(rf"\s*[\[(]?(\d{{1,3}}|{_SIGNS})[\])]?\s*")
_OWN_NUMBER = re.compile(rf"[\[(]?(\d{{1,3}}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}|{_SIGNS})(?!\d)[\])]?[.:]?\s*")  # before a note's text
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top|top)\b", re.I)
_CELL_TEXT = 600  # characters of a cell: with more, a table is there for the layout
_CELL_BLOCKS = 4  # paragraphs of a cell, likewise


def is_raised(node: Any) -> bool:
    """Whether an element is set above the line, as the marks of notes are."""
    if node.tag == "sup" or _RAISED_STYLE.search(attribute(node, "style")):
        return True
    return bool(node.tag == "a" and attribute(node, "role") == "doc-noteref")


def without_own_number(text: str, mark: str) -> str:
    """The text of a note without its own number or sign, which may be printed before it."""
    own = _OWN_NUMBER.match(text)
    return text[own.end() :] if own is not None and own[1] in (mark, raised(mark)) else text


def caption(table: Any) -> str:
    """What a table says about itself, in one line; empty if it says nothing."""
    own = next((child for child in children(table) if child.tag == "caption"), None)
    return (_cell(own) or " ".join(own.text().split())) if own is not None else ""


def table_rows(table: Any) -> tuple[str, ...]:
    """The rows of a table; none if it is there for the layout: it has one column, long cells, or tables in it."""
    rows: list[str] = []
    widest = 0
    if table.css_first("table table, table h1, table h2, table h3") is not None:
        return ()
    for row in table.css("tr"):
        cells = [cell for cell in children(row) if cell.tag in ("td", "th")]
        texts = [_cell(cell) for cell in cells]
        if any(text is None for text in texts):
            return ()
        shown = [text for text in texts if text]
        widest = max(widest, len(shown))
        if shown:
            rows.append(CELLS.join(shown))
    return tuple(rows) if widest > 1 and len(rows) > 1 else ()


def _cell(cell: Any) -> str | None:
    """The text of a cell in one line; None if it is too long for one."""
    parts: list[str] = []
    blocks = length = 0
    stack: list[tuple[Any, bool]] = [(cell, False)]
    while stack:
        node, up = stack.pop()
        if node.tag == "-text":
            text = node.text_content or ""
            mark = NOTE_MARK.fullmatch(text) if up else None
            parts.append(raised(mark[1]) if mark else text)
            length += len(text.strip())
        elif node.tag.startswith("-") or not is_shown(node):
            continue
        else:
            blocks += node.tag in ("p", "div", "li", "h4", "h5", "h6")
            if node.tag in BLOCKS or node.tag == "br":
                parts.append(" ")
            stack += [(child, up or is_raised(node)) for child in reversed(list(children(node)))]
        if blocks > _CELL_BLOCKS or length > _CELL_TEXT:
            return None
    return " ".join("".join(parts).split())
