"""The outline while it grows: drafts of nodes, the stack of open ones, and their names."""

from array import array
from collections import Counter
from collections.abc import Sequence

import msgspec

from confparse.model import Node
from confparse.packing import Lazy, Packed
from confparse.text.types import Text
from confparse.vocabularies import Element, Role

ATTACHMENT, CONTENTS, DIVISION, PARAGRAPH, ITEM, LEAF = 0, 5, 10, 100, 200, 999  # levels; degrees count up from them


class Draft(msgspec.Struct, kw_only=True):
    """A node of the outline, in reading order. It may change until the next one
    comes.
    """

    element: Element
    level: int
    eid: str
    start: int
    end: int
    rule: str
    parent: int = -1  # the place of the one that it is in, -1 for none
    num: str | None = None
    degree: int | None = None
    role: Role | None = None
    heading: str | None = None
    content: str | None = None
    pieces: Sequence[tuple[int, int]] = ()
    filled: bool = False  # something is in it; counted while it is open, as is what follows
    unnumbered: dict[str, int] = {}

    @property
    def shown(self) -> str:
        """Its text, or its heading."""
        return self.content or self.heading or ""


class DraftFootnote(msgspec.Struct, frozen=True):
    """A footnote as a separate draft, and the eids of the nodes that hold its marks."""

    draft: Draft
    refs: tuple[str, ...]


class Tree:
    """Drafts in reading order. A draft closes all open ones at its level or deeper, and goes into what stays open."""

    def __init__(self) -> None:
        self.drafts: Packed[Draft] = Packed(Draft)
        self.open: list[Draft] = []
        self._open_places: list[int] = []
        self._named: set[str] = set()
        self._unnumbered: dict[str, int] = {}
        self._repeats: Counter[str] = Counter()

    @property
    def parent(self) -> Draft | None:
        """The innermost open draft."""
        return self.open[-1] if self.open else None

    def close(self, level: int) -> None:
        """Close all open drafts at a level or deeper."""
        while self.open and self.open[-1].level >= level:
            self.open.pop()
            self._open_places.pop()

    def close_all(self) -> None:
        """Close whatever is open."""
        self.close(ATTACHMENT)

    def within(self, *elements: Element) -> Draft | None:
        """The innermost open draft that is one of these."""
        return next((draft for draft in reversed(self.open) if draft.element in elements), None)

    def ordinal(self, kind: str, inside: Draft | None) -> str:
        """The next number of a kind among its unnumbered siblings, 1-based."""
        counter = inside.unnumbered if inside else self._unnumbered
        counter[kind] = counter.get(kind, 0) + 1
        return str(counter[kind])

    def named(self, name: str) -> bool:
        """Whether an eid was given."""
        return name in self._named

    def name(self, own: str, inside: Draft | None) -> tuple[str, bool]:
        """A free eid, and whether the name was taken and had to be counted up: the second para_4 is para_4_2."""
        name = f"{inside.eid}__{own}" if inside else own
        repeated = name in self._named
        if repeated:
            self._repeats[name] = max(2, self._repeats[name] + 1)
            while f"{name}_{self._repeats[name]}" in self._named:
                self._repeats[name] += 1
            name = f"{name}_{self._repeats[name]}"
        self._named.add(name)
        return name, repeated

    def counted(self, kind: str, inside: Draft | None) -> str:
        """An eid that counts its kind, which no other has: no printed label gives names of that kind."""
        own = f"{kind}_{self.ordinal(kind, inside)}"
        return f"{inside.eid}__{own}" if inside else own

    def add(self, draft: Draft) -> None:
        """Put a draft into the innermost open one; it stays open unless it is a leaf."""
        if self.open:
            draft.parent = self._open_places[-1]
            self.open[-1].filled = True
        if draft.level < LEAF:
            self.open.append(draft)
            self._open_places.append(len(self.drafts))
        self.drafts.append(draft)


class _Branches:
    """Which drafts are in which, in columns."""

    def __init__(self, drafts: Packed[Draft], text: Text) -> None:
        self._drafts, self._text = drafts, text
        parents = array("i", (draft.parent for draft in drafts))
        self._starts = array("I", bytes(4 * (len(parents) + 2)))  # where the children of each begin among all children
        for parent in parents:
            self._starts[parent + 2] += 1
        for i in range(1, len(self._starts)):
            self._starts[i] += self._starts[i - 1]
        ends = array("I", self._starts)
        self._children = array("I", bytes(4 * len(parents)))
        for place, parent in enumerate(parents):
            self._children[ends[parent + 1]] = place
            ends[parent + 1] += 1

    def size(self, parent: int) -> int:
        """How many children a draft has; -1 is the parent of those that are in none."""
        return self._starts[parent + 2] - self._starts[parent + 1]

    def child(self, parent: int, at: int) -> Node:
        """One of the children of a draft as a node of the record."""
        place = self._children[self._starts[parent + 1] + at]
        return _node(self._drafts[place], self._text, Nodes(self, place) if self.size(place) else ())


class Nodes(Lazy[Node]):
    """The children of a draft as nodes of the record, made when asked for: those of a large report take much memory."""

    def __init__(self, branches: _Branches, parent: int = -1) -> None:
        self._branches, self._parent = branches, parent

    def at(self, at: int) -> Node:
        return self._branches.child(self._parent, at)

    def __len__(self) -> int:
        return self._branches.size(self._parent)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]


def nodes(drafts: Packed[Draft], text: Text) -> Sequence[Node]:
    """Drafts as the nodes of the record, those that are in none; a tuple unless there are very many."""
    if drafts.packed:
        return Nodes(_Branches(drafts, text))
    children: dict[int, list[Node]] = {}
    for place in range(len(drafts) - 1, -1, -1):
        draft = drafts[place]
        own = tuple(reversed(children.pop(place, ())))
        children.setdefault(draft.parent, []).append(_node(draft, text, own))
    return tuple(reversed(children.pop(-1, ())))


def _node(draft: Draft, text: Text, children: Sequence[Node]) -> Node:
    return Node(
        eid=draft.eid,
        element=draft.element,
        degree=draft.degree,
        role=draft.role,
        num=draft.num,
        heading=draft.heading,
        content=draft.content,
        span=(draft.start, draft.end),
        lines=text.lines_of(draft.start, draft.end),
        rule=draft.rule,
        children=children,
    )
