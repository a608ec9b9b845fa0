"""The record: the frozen types that `confparse schema report` describes, in the order in which they are printed.

Absent values are left out; the lists of a Report are always there. A span is [start, end) in code points of the
decoded source; lines are [first, last], 1-based.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from confparse.record_types import (
    Body,
    Conclusion,
    CoverPlace,
    DateRange,
    Decision,
    Document,
    Meeting,
    Panel,
    Partner,
    Point,
    Record,
    Span,
    Speaker,
    Stated,
    Statement,
    Unit,
    Workshop,
)
from confparse.vocabularies import Element, FileFormat, FurnitureName, Kind, Role, Severity

__all__ = [  # the types of the record, all of them, for those who use it from Python
    "SCHEMA",
    "Body",
    "Conclusion",
    "Cover",
    "CoverPlace",
    "Coverage",
    "DateRange",
    "Decision",
    "Diagnostic",
    "Document",
    "Footnote",
    "Furniture",
    "GrammarInfo",
    "Meeting",
    "Node",
    "Panel",
    "Partner",
    "Point",
    "Record",
    "Report",
    "SourceInfo",
    "Span",
    "Speaker",
    "Stated",
    "Statement",
    "Unit",
    "Workshop",
    "walk",
]
SCHEMA: Literal["confparse/1"] = "confparse/1"


class SourceInfo(Record, kw_only=True, frozen=True):
    """The input. `path` is its name as it was given, with `/`; standard input has none unless it was named."""

    path: str | None = None
    name: str
    sha256: str
    encoding: str
    language: str
    lines: int
    characters: int
    format: FileFormat | None = None
    pages: int | None = None


class GrammarInfo(Record, kw_only=True, frozen=True):
    name: str
    version: str


class Cover(Record, kw_only=True, frozen=True):
    symbol: str | None = None
    kind: Kind = "other"
    addendum: bool = False
    title: str | None = None
    body: Body | None = None
    session: int | None = None
    date: DateRange | None = None
    agenda_items: tuple[int, ...] = ()
    workshops: tuple[int, ...] = ()
    distribution: str | None = None
    original_language: str | None = None
    job_number: str | None = None
    places: tuple[CoverPlace, ...] = ()


class Node(Record, kw_only=True, frozen=True):
    eid: str
    element: Element
    degree: int | None = None
    role: Role | None = None
    num: str | None = None
    heading: str | None = None
    content: str | None = None
    span: Span
    lines: Span
    rule: str
    children: "Nodes" = ()


if TYPE_CHECKING:
    Nodes = Sequence[Node]  # a tuple; in a very large report a sequence that makes them when they are asked for
else:
    Nodes = tuple["Node", ...]  # as which they are read from a file


class Footnote(Record, kw_only=True, frozen=True):
    eid: str
    num: str | None = None
    content: str
    refs: tuple[str, ...] = ()
    span: Span
    lines: Span
    rule: str


class Furniture(Record, kw_only=True, frozen=True):
    kind: FurnitureName
    text: str
    span: Span
    lines: Span
    rule: str


if TYPE_CHECKING:
    ManyFurniture = Sequence[Furniture]  # likewise
else:
    ManyFurniture = tuple[Furniture, ...]


class Diagnostic(Record, kw_only=True, frozen=True):
    code: str
    name: str
    severity: Severity
    message: str
    span: Span | None = None
    lines: Span | None = None
    rule: str | None = None


class Coverage(Record, kw_only=True, frozen=True):
    characters: int
    outline: int
    footnotes: int
    furniture: int
    unclaimed: int


class Report(Record, kw_only=True, frozen=True):
    """One parsed report, schema confparse/1."""

    schema: Literal["confparse/1"]
    source: SourceInfo
    grammar: GrammarInfo
    cover: Cover
    outline: "Nodes"
    footnotes: tuple[Footnote, ...]
    furniture: "ManyFurniture"
    workshops: tuple[Workshop, ...]
    meetings: tuple[Meeting, ...]
    panels: tuple[Panel, ...]
    statements: tuple[Statement, ...]
    documents: tuple[Document, ...]
    conclusions: tuple[Conclusion, ...]
    decisions: tuple[Decision, ...]
    diagnostics: tuple[Diagnostic, ...]
    coverage: Coverage

    def walk(self) -> Iterator[Node]:
        """Every node of the outline, in reading order, parents before their children."""
        return walk(self.outline)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts and lists, as JSON and YAML hold it."""
        plain: dict[str, Any] = msgspec.to_builtins(self, enc_hook=tuple)
        return plain

    def __repr__(self) -> str:
        from confparse.short_forms import short

        return short(self)

    def _repr_html_(self) -> str:
        from confparse.short_forms import html

        return html(self)


# the lists of what a report reports, in its order
RECORD_LISTS = ("workshops", "meetings", "panels", "statements", "documents", "conclusions", "decisions")


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Nodes and all that is below them, in reading order, parents before their children."""
    stack = [iter(nodes)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        else:
            yield node
            if node.children:
                stack.append(iter(node.children))
