"""What a comparison returns: units of text, pairs of them, disagreements."""

from typing import Literal

import msgspec

from confparse.model import Record, Report, SourceInfo, Span
from confparse.vocabularies import Severity

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, Language] = ("zh", "en")


class Version(msgspec.Struct, frozen=True):
    """One language version: its record, and the text it was read from if that is at hand."""

    report: Report
    text: str | None = None

    @property
    def language(self) -> Language:
        """The language of the version, whatever its script."""
        return "zh" if self.report.source.language.startswith("zh") else "en"

    @property
    def has_letters(self) -> bool:
        """Whether anything in it can be in a language."""
        return self.report.coverage.characters > 0 if self.text is None else any(map(str.isalpha, self.text))


class ComparedUnit(msgspec.Struct, frozen=True, gc=False):
    """A paragraph, heading, item, note or sentence that is paired as a whole."""

    eids: tuple[str, ...]
    text: str
    span: Span  # code points of the source
    lines: Span  # 1-based
    num: str | None = None  # the printed label, which is not part of the text
    key: str | None = None  # the eid, if printed numbers alone make it
    element: str = "p"
    role: str | None = None

    @property
    def shown(self) -> str:
        """The text with its label in front."""
        return f"{self.num} {self.text}" if self.num else self.text


class Figure(msgspec.Struct, frozen=True, gc=False):
    """Something in a unit that both languages write alike: a number, a day, a symbol, a name of the lists."""

    kind: str
    value: str
    start: int  # offsets in the text of the unit
    end: int
    certain: bool = True  # False for words that may mean another thing


class UnitsReading(msgspec.Struct, frozen=True):
    """A version as it is aligned: its units, and the figures of each."""

    version: Version
    units: list[ComparedUnit]
    figures: list[list[Figure]]


class Side(Record, kw_only=True, frozen=True):
    """The units of one language in a pair: their text with labels, and the first label. Spans and lines as in the
    record.
    """

    text: str
    num: str | None = None
    eids: tuple[str, ...]
    spans: tuple[Span, ...]
    lines: tuple[Span, ...]


class Disagreement(Record, kw_only=True, frozen=True):
    """Something that the two versions do not share, with its place on both sides if there is one."""

    code: str
    name: str
    severity: Severity
    message: str
    zh: "Place | None" = None
    en: "Place | None" = None


class Place(Record, kw_only=True, frozen=True):
    """Where something is in one version, and the words if some are meant."""

    eid: str
    span: Span
    lines: Span
    text: str | None = None


class Pair(Record, kw_only=True, frozen=True):
    """Units that correspond; one side is absent if nothing corresponds.

    `score` is the probability, 0 to 1, that the two belong together, as lengths and figures tell. `shared` lists the
    figures that both sides hold. `codes` are those of the `disagreements` found in the pair.
    """

    zh: Side | None = None
    en: Side | None = None
    score: float
    shared: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


class Comparison(Record, kw_only=True, frozen=True):
    """Two versions compared: the pairs in reading order, and the disagreements in theirs."""

    zh: SourceInfo
    en: SourceInfo
    symbol: str | None = None
    date: str | None = None  # of the report, ISO 8601
    pairs: tuple[Pair, ...]
    disagreements: tuple[Disagreement, ...]
