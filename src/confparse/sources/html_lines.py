"""A web page to lines, as a browser would break them: walked once, without recursion."""

import re
from typing import Any

import msgspec

from confparse.sources.html_kinds import (
    BLOCKS,
    HEADINGS,
    attribute,
    children,
    is_back_link,
    is_main,
    is_navigation,
    is_shown,
    list_stop,
    list_style,
)
from confparse.sources.html_tables import NOTE_MARK, caption, is_raised, table_rows
from confparse.sources.list_labels import is_bullet, written
from confparse.sources.paper import raised
from confparse.sources.word_numbering import number

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_NAMED = 200  # elements named like menus that are looked into: one that holds most of the text is not a menu
_MOST_OF = 0.5  # share of the text of a page


class PageLine(msgspec.Struct, frozen=True):
    """A line of a page: a paragraph, an item, a heading of a level, or the rows of a table."""

    text: str
    heading: int = 0  # its level; 0 for none
    rows: tuple[str, ...] = ()
    navigation: bool = False
    main: bool = False  # inside the element that holds the main text
    links: bool = False  # nothing but links to other pages
    cut: bool = False  # ended by a line break, not by the end of a paragraph
    note: str = ""  # the number or sign of the note that it is


class _HtmlList(msgspec.Struct):
    """An open list: how it is numbered, and the number of the next item."""

    style: str
    next: int
    step: int


class _Leave(msgspec.Struct, frozen=True):
    """The end of an element that was opened before."""

    node: Any


def linked_notes(root: Any) -> dict[str, str]:
    """The ids that raised numbers and signs link to, with these."""
    out: dict[str, str] = {}
    inside = [sup.parent for sup in root.css("a[href^='#'] > sup")]
    by_style = (link for link in root.css("a[href^='#'][style]") if is_raised(link))
    for link in [*root.css("sup a[href^='#'], a[href^='#'][role='doc-noteref']"), *inside, *by_style]:
        match = NOTE_MARK.fullmatch(link.text())
        if match is not None:
            out.setdefault(attribute(link, "href")[1:], match[1].lstrip("0") or match[1])
    return out


class PageLines:
    """Walks a page and collects its lines."""

    def __init__(self, root: Any) -> None:
        self._notes = linked_notes(root)
        self._size = len(root.text())
        self._named = 0
        self.lines: list[PageLine] = []
        self._parts: list[str] = []
        self._letters = self._linked = 0
        self._lists: list[_HtmlList] = []
        self._label = ""
        self._note = ""
        self._matter: set[int] = set()  # the open element that is page matter
        self._heading = self._main = self._up = self._pre = self._links = 0
        self._walk(root)
        self._flush(False)

    def _walk(self, root: Any) -> None:
        stack: list[Any] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, _Leave):
                self._leave(node.node)
                continue
            if node.tag == "-text":
                self._text(node.text_content or "")
                continue
            if node.tag.startswith("-") or not is_shown(node) or self._is_back_link(node):
                continue
            if node.tag == "br":
                self._flush(True)
            elif node.tag == "table" and (rows := table_rows(node)):
                self._flush(False)
                if above := caption(node):
                    self._put(PageLine(above))
                self._put(PageLine("", rows=rows))
            else:
                self._enter(node)
                stack.append(_Leave(node))
                stack += reversed(list(children(node)))

    def _is_back_link(self, node: Any) -> bool:
        return node.tag == "a" and attribute(node, "href").startswith("#") and is_back_link(node, node.text())

    def _enter(self, node: Any) -> None:
        tag = node.tag
        if tag in BLOCKS:
            self._flush(False)
        self._main += is_main(node)
        if not self._matter and self._opens_navigation(node):
            self._matter.add(node.mem_id)
        self._heading = HEADINGS.get(tag, self._heading)
        self._up += is_raised(node)
        self._pre += tag == "pre"
        self._links += tag == "a" and not attribute(node, "href").startswith("#") and bool(attribute(node, "href"))
        own = attribute(node, "id")
        if own in self._notes and tag in BLOCKS:
            self._note = self._notes[own]
        if tag in ("ol", "ul", "menu", "dir"):
            self._open_list(node)
        elif tag == "li" and self._lists:
            self._item(node)

    def _leave(self, node: Any) -> None:
        tag = node.tag
        if tag in BLOCKS:
            self._flush(False)
            self._note = "" if attribute(node, "id") in self._notes else self._note
        self._main -= is_main(node)
        self._matter.discard(node.mem_id)
        self._heading = 0 if tag in HEADINGS else self._heading
        self._up -= is_raised(node)
        self._pre -= tag == "pre"
        self._links -= tag == "a" and not attribute(node, "href").startswith("#") and bool(attribute(node, "href"))
        if tag in ("ol", "ul", "menu", "dir") and self._lists:
            self._lists.pop()
        if tag == "li":
            self._label = ""

    def _opens_navigation(self, node: Any) -> bool:
        """Whether an element is page matter: it says so, and does not hold most of the text."""
        if node.tag in ("html", "body") or is_main(node) or not is_navigation(node, self._main > 0):
            return False
        self._named += 1
        return self._named <= _NAMED and len(node.text()) <= _MOST_OF * self._size

    def _open_list(self, node: Any) -> None:
        ordered = node.tag == "ol"
        style = list_style(node, "decimal" if ordered else "disc")
        back = "reversed" in node.attributes
        count = sum(child.tag == "li" for child in children(node)) if back else 1
        self._lists.append(_HtmlList(style, number(attribute(node, "start"), count), -1 if back else 1))

    def _item(self, node: Any) -> None:
        """The label of an item; that of a note is its number, raised."""
        own = self._lists[-1]
        at = number(attribute(node, "value"), own.next)
        own.next = at + own.step
        style = list_style(node, own.style)
        label = written(at, style)
        outer = f"{self._label} " if self._label else ""  # of an item without text before its own list
        self._label = outer + (label if is_bullet(style) else label + list_stop(style))
        if self._note:
            self._label = ""

    def _text(self, text: str) -> None:
        if self._up and (mark := NOTE_MARK.fullmatch(text)):
            text = raised(mark[1])
        if self._pre:
            first, *more = text.replace("\r\n", "\n").split("\n")
            self._parts.append(first)
            for line in more:
                self._flush(True)
                self._parts.append(line)
            return
        self._parts.append(_BLANKS.sub(" ", text))
        letters = sum(map(str.isalnum, text))
        self._letters += letters
        self._linked += letters if self._links else 0

    def _flush(self, cut: bool) -> None:
        """Ends a line."""
        text = "".join(self._parts)
        text = text.rstrip() if self._pre else _BLANKS.sub(" ", text).strip()
        links = 0 < self._letters == self._linked
        self._parts, self._letters, self._linked = [], 0, 0
        if text:
            shown = f"{self._label} {text}" if self._label else text
            self._label = ""
            self._put(PageLine(shown, heading=self._heading, links=links, cut=cut or self._pre > 0, note=self._note))

    def _put(self, line: PageLine) -> None:
        place = {"navigation": bool(self._matter), "main": self._main > 0}
        self.lines.append(msgspec.structs.replace(line, **place))
