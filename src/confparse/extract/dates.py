"""Printed dates to ISO 8601: digits, Chinese numerals, and the month names of a grammar."""

from collections.abc import Mapping

from confparse.numerals import number
from confparse.rules.grammar import Grammar


def iso(year: str | int | None, month: str | None, day: str | None, grammar: Grammar) -> str | None:
    """YYYY-MM-DD, or None where a part is missing or makes no date."""
    if year is None or month is None or day is None:
        return None
    y = number("".join(str(year).split()))
    d = number("".join(day.split()))
    clean = "".join(month.split())
    m = number(clean) if clean.isdecimal() else grammar.word("months", clean)
    return f"{y:04d}-{m:02d}-{d:02d}" if y and m and d and y <= 9999 and m <= 12 and d <= 31 else None


def day_of(match: Mapping[str, str | None], name: str, year: str | int | None, grammar: Grammar) -> str | None:
    """The first (`day`) or last (`last`) day that a pattern captured; the one month or year serves both."""
    month = match.get("month") or match.get("month2") if name == "day" else match.get("month2") or match.get("month")
    return iso(match.get("year") or year, month, match.get(name), grammar)
