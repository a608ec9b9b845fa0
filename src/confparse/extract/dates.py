"""Printed dates to ISO 8601: digits, Chinese numerals, and the month names of a grammar."""

from collections.abc import Mapping
from datetime import date

from confparse.numerals import number
from confparse.rules.grammar import Grammar

_REPUBLIC = 1911  # the year before the first of the era of the Republic of China, in which papers of Taiwan count


def iso(year: str | int | None, month: str | None, day: str | None, grammar: Grammar) -> str | None:
    """YYYY-MM-DD, or None if a part is missing or it is not a real day."""
    if year is None or month is None or day is None:
        return None
    y = number("".join(str(year).split()))
    d = number("".join(day.split()))
    clean = "".join(month.split())
    m = number(clean) or grammar.word("months", clean)
    try:
        return date(y or 0, m or 0, d or 0).isoformat()
    except ValueError:
        return None


def stated_year(match: Mapping[str, str | None]) -> int | None:
    """The year that a pattern captured, of the common era or of the Republic of China; None if there is none."""
    common, republic = (number("".join((match.get(name) or "").split())) for name in ("year", "republic_year"))
    return common or (_REPUBLIC + republic if republic else None)


def day_of(match: Mapping[str, str | None], name: str, year: str | int | None, grammar: Grammar) -> str | None:
    """The first (`day`) or last (`last`) day that a pattern captured; the one month or year serves both."""
    month = match.get("month") or match.get("month2") if name == "day" else match.get("month2") or match.get("month")
    return iso(stated_year(match) or year, month, match.get(name), grammar)
