"""The numbers that Word prints before paragraphs, from the numbering definitions of a file (ECMA-376, 17.9)."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from confparse.sources.list_labels import is_bullet, written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LONGEST = 255  # characters of the text of a level: no list has so long a label
OFF = ("0", "false", "off")


def value(element: Any, name: str, default: str = "") -> str:
    """The `w:val` of a child."""
    child = element.find(W + name) if element is not None else None
    return default if child is None else child.get(f"{W}val", default)


def number(text: str, default: int) -> int:
    """An integer as XML has it; the default for anything else."""
    return int(text) if text.lstrip("-").isdecimal() and len(text) <= 9 else default


class Level(msgspec.Struct, frozen=True):
    """How one level of a list is numbered."""

    start: int
    format: str
    text: str  # with %1 for the number of the first level
    restart: int | None  # the level, 1-based, whose numbers start this one again: 0 none, None all above
    legal: bool  # all numbers as digits
    style: str  # of the paragraphs that belong to it


class _List(msgspec.Struct, frozen=True):
    """A list of a file: its definition, levels of its own, and those that start again."""

    definition: int
    levels: dict[int, Level]
    starts: dict[int, int]


class WordNumbering:
    """Counts the paragraphs of all lists of a file, in the order of the text."""

    def __init__(self, root: Any | None) -> None:
        self._definitions: dict[int, dict[int, Level]] = {}
        self._lists: dict[int, _List] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._started: set[tuple[int, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        linked: dict[str, int] = {}
        links: dict[int, str] = {}
        for element in root.iter(f"{W}abstractNum"):
            own = number(element.get(f"{W}abstractNumId", ""), -1)
            self._definitions[own] = dict(_levels(element))
            if style := value(element, "styleLink"):
                linked[style] = own
            if style := value(element, "numStyleLink"):
                links[own] = style
        for own, style in links.items():
            if style in linked and not self._definitions[own]:
                self._definitions[own] = self._definitions[linked[style]]
        for element in root.iter(f"{W}num"):
            levels: dict[int, Level] = {}
            starts: dict[int, int] = {}
            for override in element.iter(f"{W}lvlOverride"):
                level = number(override.get(f"{W}ilvl", ""), 0)
                levels |= dict(_levels(override))
                if start := value(override, "startOverride"):
                    starts[level] = number(start, 1)
            definition = number(value(element, "abstractNumId"), -1)
            self._lists[number(element.get(f"{W}numId", ""), -1)] = _List(definition, levels, starts)

    def level_of(self, list_id: int, style: str) -> int:
        """The level of a list that belongs to a style; the first if none does."""
        levels = self._levels(list_id)
        return next((i for i, level in sorted(levels.items()) if level.style == style), 0)

    def _levels(self, list_id: int) -> dict[int, Level]:
        own = self._lists.get(list_id)
        return self._definitions.get(own.definition, {}) | own.levels if own else {}

    def label(self, list_id: int, level: int) -> str:
        """The label of the next paragraph of a list at a level, 0-based; empty if it has none."""
        levels = self._levels(list_id)
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._count(list_id, level, levels)
        if is_bullet(own.format) and not _PLACE.search(own.text):
            return written(1, own.format) if own.text else ""

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place)
            if other is None:
                return ""
            at = counts[place]
            return written(other.start if at is None else at, "decimal" if own.legal else other.format)

        return _PLACE.sub(shown, own.text).strip()

    def _count(self, list_id: int, level: int, levels: dict[int, Level]) -> list[int | None]:
        """Counts one paragraph; lists of one definition count together."""
        one = self._lists[list_id]
        counts = self._counts.setdefault(one.definition, [None] * LEVELS)
        if level in one.starts and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            counts[level] = one.starts[level]
        else:
            at = counts[level]
            counts[level] = levels[level].start if at is None else at + 1
        for below in range(level + 1, LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or level < restart:
                counts[below] = None
        return counts


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for element in parent.findall(f"{W}lvl"):
        place = number(element.get(f"{W}ilvl", ""), -1)
        if 0 <= place < LEVELS:
            form = next(iter(element.iter(f"{W}numFmt")), None)
            restart = value(element, "lvlRestart")
            yield (
                place,
                Level(
                    start=number(value(element, "start"), 0),
                    format=form.get(f"{W}val", "decimal") if form is not None else "decimal",
                    text=value(element, "lvlText")[:_LONGEST],
                    restart=number(restart, 0) if restart else None,
                    legal=is_on(element, "isLgl"),
                    style=value(element, "pStyle"),
                ),
            )


def is_on(element: Any, name: str) -> bool:
    """Whether a switch is there and not off."""
    child = element.find(W + name) if element is not None else None
    return child is not None and child.get(f"{W}val", "1") not in OFF
