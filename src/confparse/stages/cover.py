"""The first page to Cover: symbol, kind, title, body, session, dates and the rest, each by the first field rule that matches."""

from collections.abc import Sequence
from typing import Any

import msgspec
import regex

from confparse.diagnostics import Finding
from confparse.hops import Sheet
from confparse.model import Body, Cover, DateRange
from confparse.numerals import number
from confparse.rules.kinds import Field
from confparse.rules.load import Grammar
from confparse.tree import Draft

_DIGITS = regex.compile(r"\d+")


def _number(printed: str, grammar: Grammar) -> int | None:
    """A cardinal in digits or counting words, or an ordinal of the grammar's word list."""
    clean = "".join(printed.split())
    return number(clean) or grammar.word("ordinals", " ".join(printed.split()))


def _iso(year: str, month: str, day: str, grammar: Grammar) -> str | None:
    y, d = number("".join(year.split())), number("".join(day.split()))
    m = number(month.strip()) if month.strip().isdecimal() else grammar.word("months", month.strip())
    return f"{y:04d}-{m:02d}-{d:02d}" if y and m and d and m <= 12 and d <= 31 else None


def _date(groups: dict[str, str], grammar: Grammar) -> DateRange | None:
    """A day, or a first and a last day; what the first day leaves out it shares with the last."""
    year, day, last = groups["year"], groups["day"], groups.get("last")
    first_month = groups.get("month") or groups["month2"]
    start = _iso(year, first_month, day, grammar)
    end = _iso(year, groups.get("month2") or first_month, last, grammar) if last else None
    return DateRange(start=start, end=end) if start else None


def _value(rule: Field, match: "regex.Match[str]", grammar: Grammar) -> Any:
    groups = {k: v for k, v in match.groupdict().items() if v is not None}
    value = " ".join(groups.get("value", match[0]).split())
    if rule.reads in ("flag", "constant"):
        return True if rule.reads == "flag" else rule.value
    if rule.reads == "numbers":
        return tuple(int(n) for n in _DIGITS.findall(value))
    if rule.reads in ("number", "ordinal"):
        return _number(value, grammar)
    if rule.reads == "date":
        return _date(groups, grammar)
    if rule.reads == "body":
        return Body(name=value, key=rule.value)
    return "".join(value.split()) if rule.field == "symbol" else value


def cover(sheet: Sheet, titles: Sequence[Draft], grammar: Grammar, findings: list[Finding]) -> Cover:
    """What the first page states; values that no rule finds are absent."""
    lines = sheet.lines
    if not lines.lines:
        return Cover()
    end = sheet.cover_end if sheet.cover_end else min(len(lines.lines), 12)
    page = "\n".join(lines.matched(line) for line in lines.lines[:end])
    found: dict[str, Any] = {}
    for rule in grammar.of(Field):
        if rule.field in found:
            continue
        match = grammar.matcher(rule).search(page, lambda r, at: findings.append(Finding("G012", at, at, r)))
        if match is not None and (value := _value(rule, match, grammar)) not in (None, ()):
            found[rule.field] = value
    contents = [d.content for d in titles if d.element == "title" and d.content]
    if contents and "title" not in found:
        found["title"] = max(contents[:6], key=len) if len(contents) > 1 else contents[0]
    known = {f.name for f in msgspec.structs.fields(Cover)}
    return Cover(**{k: v for k, v in found.items() if k in known})
