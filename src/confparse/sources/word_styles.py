"""The paragraph styles of a Word file: headings, and the lists that paragraphs belong to (ECMA-376, 17.7)."""

import re
from typing import Any

import msgspec

from confparse.sources.word_numbering import LEVELS, OFF, W, number, value

_LINKS = 20  # style links that are followed
_HEADING_NAME = re.compile(r"heading ([1-9])", re.I)
_BODY = 9  # the outline level of running text


class Style(msgspec.Struct, frozen=True):
    """What a paragraph style says: the level of its heading, 0-based, its list and its level there."""

    heading: int | None
    list_id: int | None
    level: int | None


class Styles:
    """The paragraph styles of a file, each with what it takes from those that it is based on."""

    def __init__(self, root: Any | None) -> None:
        elements = root.iter(f"{W}style") if root is not None else ()
        self._elements = {element.get(f"{W}styleId", ""): element for element in elements}
        self._styles: dict[str, Style] = {}
        self.default = next(
            (
                name
                for name, element in self._elements.items()
                if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") not in (None, *OFF)
            ),
            "",
        )

    def style(self, name: str) -> Style:
        """What a style says; nothing if there is none of this name."""
        if name not in self._styles:
            heading = list_id = level = None
            element = self._elements.get(name)
            for _ in range(_LINKS):
                if element is None:
                    break
                style = _style(element)
                heading = style.heading if heading is None else heading
                list_id = style.list_id if list_id is None else list_id
                level = style.level if level is None else level
                element = self._elements.get(value(element, "basedOn"))
            self._styles[name] = Style(heading, list_id, level)
        return self._styles[name]


def _style(element: Any) -> Style:
    heading = _HEADING_NAME.fullmatch(value(element, "name"))
    own = properties(element.find(f"{W}pPr"))
    level = int(heading[1]) - 1 if heading and own.heading is None else own.heading
    return Style(level, own.list_id, own.level)


def properties(element: Any | None) -> Style:
    """What the properties of a paragraph say by themselves; a heading of level 9 is running text."""
    if element is None:
        return Style(None, None, None)
    outline, numbered = value(element, "outlineLvl"), element.find(f"{W}numPr")
    list_id, level = value(numbered, "numId"), value(numbered, "ilvl")
    return Style(
        heading=min(number(outline, _BODY), _BODY) if outline else None,
        list_id=number(list_id, 0) if list_id else None,
        level=min(max(number(level, 0), 0), LEVELS - 1) if level else None,
    )


def is_heading(level: int | None) -> bool:
    """Whether an outline level is that of a heading."""
    return level is not None and 0 <= level < _BODY
