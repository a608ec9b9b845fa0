"""Where each unit of a report is: under which headings, in which unit, on which page."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import partial

import msgspec

from confparse.model import Node, Report

_PAGE_BREAK = "\f"
_PARTS = ("division", "attachment")  # what is under their headings is under them


class Pages(msgspec.Struct, frozen=True):
    """Where the pages of a source end, in code points; none if it has no pages."""

    breaks: tuple[int, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page, 1-based, that holds an offset."""
        return bisect_right(self.breaks, offset) + 1 if self.breaks else None


def pages_of(text: str) -> Pages:
    """The pages of a decoded source, which form feeds part."""
    breaks, at = [], text.find(_PAGE_BREAK)
    while at >= 0:
        breaks.append(at + 1)
        at = text.find(_PAGE_BREAK, at + 1)
    return Pages(tuple(breaks))


class Placed(msgspec.Struct, frozen=True):
    """A node, the eid of the one it is in, and the labels and headings above it, from the top."""

    node: Node
    parent: str | None = None
    headings: tuple[str, ...] = ()


def placed(report: Report) -> Iterator[Placed]:
    """Every node of the outline in reading order, with its place."""
    stack: list[Iterator[Placed]] = [map(Placed, report.outline)]
    while stack:
        here = next(stack[-1], None)
        if here is None:
            stack.pop()
            continue
        yield here
        if here.node.children:
            headings = below(here.node, here.headings)
            stack.append(map(partial(_child, here.node.eid, headings), here.node.children))


def _child(parent: str, headings: tuple[str, ...], node: Node) -> Placed:
    return Placed(node, parent, headings)


def below(node: Node, headings: tuple[str, ...]) -> tuple[str, ...]:
    """The labels and headings above the children of a node that is under some itself."""
    label = " ".join(part for part in (node.num, node.heading) if part)
    return (*headings, label) if node.element in _PARTS and label else headings
