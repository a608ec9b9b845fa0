"""The kinds of rules that read what two language versions of a text write alike."""

from typing import ClassVar, Literal

from confparse.rules.base import Pattern


class FigureRule(Pattern, kw_only=True, frozen=True, tag="figure"):
    """A number, a day or a code that both language versions of a text hold.

    `reads`: number (digits in `value`, times the power of ten that `scale` names in the list `scales`); count (a number
    in words, which may mean something else); day (each `day` of a `month`, and the `year`); clock (`hour` and `minute`);
    code (`value` as printed); again (words for a day named before).
    """

    captures: ClassVar[frozenset[str]] = frozenset({"value", "scale", "year", "month", "day", "hour", "minute"})
    reads: Literal["number", "count", "day", "clock", "code", "again"]
