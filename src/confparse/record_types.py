"""What is read from the text of a report: who met, spoke and decided, and what was before them.

Part of the record, as `model.py` describes it.
"""

from typing import Literal

import msgspec

from confparse.vocabularies import BindingForce, DecisionAct, PanelKind, SpeakerKind, StatementAct

Span = tuple[int, int]  # [start, end) in code points of the source, or [first, last] in its lines


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What all record types share: keyword-only, immutable, absent values omitted."""


class Body(Record, kw_only=True, frozen=True):
    name: str
    key: str | None = None


class DateRange(Record, kw_only=True, frozen=True):
    start: str
    end: str | None = None


class CoverPlace(Record, kw_only=True, frozen=True):
    field: str
    span: Span
    lines: Span
    rule: str


class Partner(Record, kw_only=True, frozen=True):
    name: str
    key: str | None = None
    span: Span


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
    span: Span


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
