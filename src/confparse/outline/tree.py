"""The outline while it grows: drafts of nodes, the stack of open ones, and their names."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from confparse.model import Element, Node, Role
from confparse.text.types import Text

ATTACHMENT, CONTENTS, DIVISION, PARAGRAPH, ITEM, LEAF = 0, 5, 10, 100, 200, 999  # levels; degrees count up from them


class Draft(msgspec.Struct, kw_only=True):
    """A node while its children are still coming."""

    element: Element
    level: int
    eid: str
    start: int
    end: int
    rule: str
    num: str | None = None
    degree: int | None = None
    role: Role | None = None
    heading: str | None = None
    content: str | None = None
    pieces: Sequence[tuple[int, int]] = ()
    children: list["Draft"] = []
    unnumbered: Counter[str] = msgspec.field(default_factory=Counter)

    @property
    def shown(self) -> str:
        """Its text, or its heading."""
        return self.content or self.heading or ""


class DraftFootnote(msgspec.Struct, frozen=True):
    """A footnote as a draft of its own, and the eids of the nodes that hold its marks."""

    draft: Draft
    refs: tuple[str, ...]


class Tree:
    """Drafts in reading order. A draft closes all open ones at its level or deeper, and goes into what stays open."""

    def __init__(self) -> None:
        self.root: list[Draft] = []
        self.open: list[Draft] = []
        self.drafts: dict[str, Draft] = {}
        self._unnumbered: Counter[str] = Counter()
        self._repeats: Counter[str] = Counter()

    @property
    def parent(self) -> Draft | None:
        """The innermost open draft."""
        return self.open[-1] if self.open else None

    def close(self, level: int) -> None:
        """Close all open drafts at a level or deeper."""
        while self.open and self.open[-1].level >= level:
            self.open.pop()

    def within(self, *elements: Element) -> Draft | None:
        """The innermost open draft that is one of these."""
        return next((draft for draft in reversed(self.open) if draft.element in elements), None)

    def ordinal(self, kind: str, inside: Draft | None) -> str:
        """The next number of a kind among its unnumbered siblings, 1-based."""
        counter = inside.unnumbered if inside else self._unnumbered
        counter[kind] += 1
        return str(counter[kind])

    def name(self, own: str, inside: Draft | None) -> tuple[str, bool]:
        """A free eid, and whether the name was taken and had to be counted up: the second para_4 is para_4_2."""
        name = f"{inside.eid}__{own}" if inside else own
        if name not in self.drafts:
            return name, False
        self._repeats[name] = max(2, self._repeats[name] + 1)
        while f"{name}_{self._repeats[name]}" in self.drafts:
            self._repeats[name] += 1
        return f"{name}_{self._repeats[name]}", True

    def add(self, draft: Draft) -> None:
        """Put a draft into the innermost open one; it stays open unless it is a leaf."""
        self.drafts[draft.eid] = draft
        (self.open[-1].children if self.open else self.root).append(draft)
        if draft.level < LEAF:
            self.open.append(draft)


def nodes(drafts: list[Draft], text: Text) -> tuple[Node, ...]:
    """Drafts as the nodes of the record. Levels bound their depth, so recursion is bounded too."""
    return tuple(
        Node(
            eid=d.eid, element=d.element, degree=d.degree, role=d.role, num=d.num, heading=d.heading, content=d.content,
            span=(d.start, d.end), lines=text.lines_of(d.start, d.end), rule=d.rule, children=nodes(d.children, text),
        )
        for d in drafts
    )  # fmt: skip
