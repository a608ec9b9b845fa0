"""The kinds of rules that read what two language versions of a text write alike."""

import re
from typing import TYPE_CHECKING, ClassVar, Literal

from confparse.rules.base import Pattern

if TYPE_CHECKING:
    import regex

_READ = {"number": "value", "count": "value", "code": "value", "day": "month"}  # the group that each needs
_TWO_DIGITS = re.compile(r"\d{1,2}")


class FigureRule(Pattern, kw_only=True, frozen=True, tag="figure"):
    """A number, a day or a code that both language versions of a text hold.

    `reads`: number (digits in `value`, times the power of ten that `scale` names in the list `scales`); count (a number
    in words, which may mean something else); day (each `day` of a `month`, and the `year`); clock (`hour` and
    `minute`); code (`value` as printed); again (words for a day named before).
    """

    captures: ClassVar[frozenset[str]] = frozenset({"value", "scale", "year", "month", "day", "hour", "minute"})
    reads: Literal["number", "count", "day", "clock", "code", "again"]

    def fits(self, match: "regex.Match[str]") -> bool:
        """The group that is read holds text; hours and minutes are a digit or two."""
        groups = match.groupdict()
        if self.reads == "clock":
            return all(_TWO_DIGITS.fullmatch(part) for part in (groups.get("hour") or "", groups.get("minute") or "0"))
        needed = _READ.get(self.reads)
        return needed is None or bool(groups.get(needed))
