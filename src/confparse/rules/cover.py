"""The kind of rule that reads the first page: a field of the cover, and how it may be read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

from confparse.diagnostics import Clause
from confparse.rules.base import Pattern
from confparse.vocabularies import Kind

if TYPE_CHECKING:
    import regex

CoverField = Literal[
    "symbol",
    "kind",
    "addendum",
    "title",
    "body",
    "session",
    "date",
    "agenda_items",
    "workshops",
    "distribution",
    "original_language",
    "job_number",
]
Reads = Literal["text", "number", "numbers", "ordinal", "date", "flag", "constant", "body"]
FIELD_READS: Mapping[CoverField, tuple[Reads, ...]] = {  # how each field of the cover may be read
    "symbol": ("text",),
    "kind": ("constant",),
    "addendum": ("flag",),
    "title": ("text",),
    "body": ("body",),
    "session": ("ordinal", "number"),
    "date": ("date",),
    "agenda_items": ("numbers",),
    "workshops": ("numbers",),
    "distribution": ("text", "constant"),
    "original_language": ("text", "constant"),
    "job_number": ("text",),
}
_WHOLE = ("flag", "constant")  # that there is a match is all that these read


class Masthead(Pattern, kw_only=True, frozen=True, tag="masthead"):
    """A line of the first page that is not the title: who wrote the paper, when and where the body met, who took
    part. `closes`: the title is above it. `under` the title: right below it. A paper that `tells` of others takes no
    decisions itself.
    """

    closes: bool = False
    under: Literal["title"] | None = None
    tells: Literal["others"] | None = None


class FieldRule(Pattern, kw_only=True, frozen=True, tag="field"):
    """A value that the first page states. The group `value` is read as `reads` says; a date has year, month,
    day, and of a range the last day and its month (month2) too; an ordinal in words may have `hundreds` before it.

    A `constant` is the `value` of the rule: for the field `kind`, one of the kinds of papers. `anywhere`: if the first
    page does not state it, it may be printed on a later one.
    """

    captures: ClassVar[frozenset[str]] = frozenset(
        {"value", "hundreds", "year", "republic_year", "month", "day", "last", "month2"}
    )
    field: CoverField
    reads: Reads = "text"
    value: str | None = None
    anywhere: bool = False

    def fault(self) -> tuple[str, Clause] | None:
        allowed = FIELD_READS[self.field]
        if self.reads not in allowed:
            values: dict[str, object] = {"field": self.field, "reads": self.reads, "choices": ", ".join(allowed)}
            return "reads", Clause("fault_reads", values)
        if (self.reads == "constant") != bool(self.value):
            return "value", Clause("fault_constant")
        if self.field == "kind" and self.value not in get_args(Kind):
            return "value", Clause("fault_paper", {"value": self.value, "choices": ", ".join(get_args(Kind))})
        return None

    def fits(self, match: "regex.Match[str]") -> bool:
        """The value is not blank."""
        if self.reads in _WHOLE:
            return True
        named = "value" in match.re.groupindex and match["value"] is not None
        return not (match["value"] if named else match[0]).isspace() and bool(match["value"] if named else match[0])
