"""The record: the frozen types that `confparse schema report` describes, in the order in which they are printed.

Absent values are left out; the lists of a Report are always there. A span is [start, end) in code points of the
decoded source; lines are [first, last], 1-based.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

SCHEMA: Literal["confparse/1"] = "confparse/1"
Span = tuple[int, int]

Element = Literal[
    "title", "toc", "division", "paragraph", "subparagraph", "wrap_up", "p", "table", "attachment", "closing"
]
Severity = Literal["error", "warning", "info"]
SpeakerKind = Literal["state", "observer_state", "organization", "officer", "expert", "group", "other"]
BindingForce = Literal["necessity", "recommendation", "need", "permission", "invitation", "finding"]
Kind = Literal["report", "summary_record", "resolution", "decision", "note", "letter", "other"]
Role = Literal[
    "introduction",
    "attendance",
    "officers",
    "opening",
    "agenda",
    "documentation",
    "summary",
    "proceedings",
    "general_discussion",
    "workshop",
    "conclusions",
    "action",
    "decision",
    "adoption",
    "other",
]
PageMatterName = Literal[  # the kinds of furniture that a rule of a grammar may name
    "page_number",
    "running_head",
    "letterhead",
    "job_number",
    "barcode",
    "rule_line",
    "continuation",
    "page_break",
    "stamp",
    "navigation",
]
FurnitureName = Literal[PageMatterName, "footnote_mark", "hyphen", "invisible", "markup"]
FileFormat = Literal["pdf", "docx", "html"]  # of inputs that are not plain text
PanelKind = Literal["panel", "round_table", "interactive_dialogue", "forum", "session"]
StatementAct = Literal["statement", "introductory_statement", "presentation", "opening", "closing", "reply"]
DecisionAct = Literal[
    "adopted",
    "approved",
    "decided",
    "agreed",
    "elected",
    "rejected",
    "took_note",
    "requested",
    "recommended",
]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What all record types share: keyword-only, immutable, absent values omitted."""


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


class Body(Record, kw_only=True, frozen=True):
    name: str
    key: str | None = None


class DateRange(Record, kw_only=True, frozen=True):
    start: str
    end: str | None = None


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


class Partner(Record, kw_only=True, frozen=True):
    name: str
    key: str | None = None


class Stated(Record, kw_only=True, frozen=True):
    panels: int | None = None
    presentations: int | None = None


class Workshop(Record, kw_only=True, frozen=True):
    id: str
    number: int | None = None
    title: str | None = None
    meetings: tuple[str, ...] = ()
    partners: tuple[Partner, ...] = ()
    stated: Stated | None = None
    panels: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    span: Span
    rule: str


class Meeting(Record, kw_only=True, frozen=True):
    id: str
    number: int | None = None
    date: str | None = None
    body: Body | None = None
    paragraphs: tuple[str, ...] = ()
    span: Span
    rule: str


class Unit(Record, kw_only=True, frozen=True):
    name: str
    code: str | None = None
    key: str | None = None


class Speaker(Record, kw_only=True, frozen=True):
    name: str
    kind: SpeakerKind
    code: str | None = None
    key: str | None = None
    person: str | None = None
    role: str | None = None
    of: Unit | None = None
    count: int | None = None


class Panel(Record, kw_only=True, frozen=True):
    id: str
    ordinal: int | None = None
    kind: PanelKind
    topic: str | None = None
    meetings: tuple[str, ...] = ()
    chair: Speaker | None = None
    moderator: Speaker | None = None
    panellists: tuple[Speaker, ...] = ()
    presentations: int | None = None
    paragraphs: tuple[str, ...] = ()
    span: Span
    rule: str


class Statement(Record, kw_only=True, frozen=True):
    id: str
    meeting: str | None = None
    paragraph: str
    speaker: Speaker
    act: StatementAct
    on_behalf_of: str | None = None
    span: Span
    rule: str


class Document(Record, kw_only=True, frozen=True):
    id: str
    symbol: str
    title: str | None = None
    label: str | None = None
    relation: Literal["submitted", "cited"]
    paragraphs: tuple[str, ...] = ()
    span: Span
    rule: str


class Point(Record, kw_only=True, frozen=True):
    text: str
    force: BindingForce
    span: Span


class Conclusion(Record, kw_only=True, frozen=True):
    id: str
    paragraph: str
    num: str | None = None
    lead_in: bool = False
    text: str
    points: tuple[Point, ...]
    span: Span
    rule: str


class Decision(Record, kw_only=True, frozen=True):
    id: str
    paragraph: str
    act: DecisionAct
    object: str | None = None
    span: Span
    rule: str


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
