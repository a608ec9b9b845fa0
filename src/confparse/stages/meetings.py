"""Passages to meetings: their numbers, days and paragraphs, from the text and from the title of a summary record."""

from collections.abc import Mapping, Sequence

import msgspec
import regex

from confparse.dates import day_of
from confparse.model import Body, Cover, Meeting
from confparse.passages import Passage
from confparse.rules.kinds import Sitting
from confparse.rules.load import Grammar
from confparse.rules.patterns import Watch

_NUMBER = regex.compile(r"\d+")
_MOST = 30  # meetings that one mention may name


class _Found(msgspec.Struct):
    number: int
    span: tuple[int, int]
    rule: str
    id: str
    date: str | None = None
    paragraphs: list[str] = []


class Sittings(msgspec.Struct, frozen=True):
    """The meetings, and for each passage the id of the meeting that its text last named."""

    meetings: tuple[Meeting, ...]
    at: Mapping[str, str]


def _numbers(match: "regex.Match[str]") -> list[int]:
    """The numbers of a mention; a range is filled in."""
    named = [int(n) for n in _NUMBER.findall(match["numbers"])][:_MOST]
    if match.groupdict().get("range") and len(named) == 2 and 0 < named[1] - named[0] <= _MOST:
        return list(range(named[0], named[1] + 1))
    return named


def _days(
    match: "regex.Match[str]", year: int | None, same: str | None, numbers: Sequence[int], grammar: Grammar
) -> dict[int, str]:
    """The day of each meeting of a mention, as far as the mention fixes it: one day for all, or first and last."""
    groups = match.groupdict()
    if groups.get("same_day"):
        return dict.fromkeys(numbers, same) if same is not None else {}
    first, last = day_of(groups, "day", year, grammar), day_of(groups, "last", year, grammar)
    if first is None:
        return {}
    if last is None:
        return dict.fromkeys(numbers, first)
    return {numbers[0]: first, numbers[-1]: last} if len(numbers) > 1 else {numbers[0]: first}


def _id(part: str, number: int) -> str:
    """An annex may report the meetings of another body: its meetings are named with it."""
    return f"{part}__meeting_{number}" if part else f"meeting_{number}"


def _before(found: Mapping[tuple[str, int], _Found], part: str, number: int) -> str | None:
    """The day of the nearest meeting before a number, where one is known: days go up with numbers."""
    earlier = [item for (where, n), item in found.items() if where == part and n < number and item.date]
    return max(earlier, key=lambda item: item.number).date if earlier else None


def meetings(passages: Sequence[Passage], cover: Cover, grammar: Grammar, watch: Watch) -> Sittings:
    """All meetings that the report names, in order of number of mention; days without a year take that of the cover."""
    rules = [(rule.id, grammar.matcher(rule)) for rule in grammar.of(Sitting)]
    year = int(cover.date.start[:4]) if cover.date else None
    found: dict[tuple[str, int], _Found] = {}
    at: dict[str, str] = {}
    current: str | None = None
    day: str | None = None
    for passage in passages:
        if passage.draft.element in ("division", "attachment"):
            continue
        title, part = passage.draft.element == "title", passage.part
        for rule, matcher in rules:
            for match in matcher.scan(passage.matched, watch):
                numbers = _numbers(match)
                if not numbers:
                    continue
                days = _days(match, year, _before(found, part, numbers[0]) or day, numbers, grammar)
                if title and cover.date and not days:
                    days = dict.fromkeys(numbers, cover.date.start)
                for n in numbers:
                    item = found.setdefault((part, n), _Found(n, passage.span(*match.span()), rule, _id(part, n)))
                    item.date = item.date or days.get(n)
                    if not title and passage.paragraph.eid not in item.paragraphs:
                        item.paragraphs.append(passage.paragraph.eid)
                current, day = _id(part, numbers[-1]), found[part, numbers[-1]].date or day
                year = int(day[:4]) if day else year
        if current is not None:
            at[passage.eid] = current
    body = cover.body or None
    records = [
        Meeting(
            id=m.id, number=m.number, date=m.date, body=Body(name=body.name, key=body.key) if body else None,
            paragraphs=tuple(m.paragraphs), span=m.span, rule=m.rule,
        )
        for m in found.values()
    ]  # fmt: skip
    return Sittings(tuple(records), at)
