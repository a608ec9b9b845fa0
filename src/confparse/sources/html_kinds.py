"""What elements of a web page are for: text, page matter, lists, or nothing that is shown."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from confparse.diagnostics import read_data
from confparse.punctuation import LIST_COMMA
from confparse.sources.list_labels import is_known

HIDDEN = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "canvas",
        "audio",
        "video",
        "rp",
        "rt",
        "datalist",
        "dialog",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARTS = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:([^;]*)", re.I)
_HAN_STYLES = re.compile(r"cjk|chinese")


class _Navigation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    elements: frozenset[str]
    headers: frozenset[str]
    roles: frozenset[str]
    words: frozenset[str]


class _Main(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    elements: frozenset[str]
    roles: frozenset[str]


class _Notes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    roles: frozenset[str]
    back_roles: frozenset[str]
    back_words: frozenset[str]
    back_signs: frozenset[str]


class _Pages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    navigation: _Navigation
    main: _Main
    notes: _Notes


@cache
def _pages() -> _Pages:
    return msgspec.convert(read_data("web_pages.yaml"), _Pages)


def attribute(node: Any, name: str) -> str:
    """An attribute; empty if it is not there or has no value."""
    return node.attributes.get(name) or ""


def is_shown(node: Any) -> bool:
    """Whether an element is shown at all."""
    if node.tag in HIDDEN:
        return False
    attributes = node.attributes
    return "hidden" not in attributes and not _UNSHOWN.search(attributes.get("style") or "")


def is_navigation(node: Any, inside_main: bool) -> bool:
    """Whether an element names itself a menu, a banner or a footer."""
    navigation, tag = _pages().navigation, node.tag
    if tag in navigation.elements or (tag in navigation.headers and not inside_main):
        return not (tag == "aside" and is_note(node))
    attributes = node.attributes
    if (attributes.get("role") or "") in navigation.roles:
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
    return bool(named) and any(part.lower() in navigation.words for part in _PARTS.split(named))


def is_main(node: Any) -> bool:
    """Whether an element names itself the main text."""
    return node.tag in _pages().main.elements or attribute(node, "role") in _pages().main.roles


def is_note(node: Any) -> bool:
    """Whether an element names itself a note."""
    return attribute(node, "role") in _pages().notes.roles


def is_back_link(node: Any, text: str) -> bool:
    """Whether a link leads from a note back to its mark, and says nothing else."""
    notes = _pages().notes
    if text.strip() in notes.back_signs or attribute(node, "role") in notes.back_roles:
        return True
    parts = {part.lower() for part in _PARTS.split(attribute(node, "class"))}
    return bool(parts & notes.back_words) and not any(map(str.isalnum, text))


def list_style(node: Any, default: str) -> str:
    """The way in which a list is numbered: by its style, its type, or the default of its element."""
    match = _LIST_STYLE.search(attribute(node, "style"))
    words = match[1].lower().split() if match else []
    return next(filter(is_known, words), "") or attribute(node, "type") or default


def list_stop(style: str) -> str:
    """What is after the number of an item."""
    return LIST_COMMA if _HAN_STYLES.search(style) else "."


def children(node: Any) -> Iterator[Any]:
    """The nodes right below a node, in order."""
    child = node.child
    while child is not None:
        yield child
        child = child.next
