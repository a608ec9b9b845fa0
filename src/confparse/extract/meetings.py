"""Passages to meetings: their numbers, days and paragraphs, from the text and from the title of a summary record."""

from collections.abc import Mapping, Sequence

import msgspec
import regex

from confparse.extract.bodies import of_another_body
from confparse.extract.dates import stated_year
from confparse.extract.meeting_days import SentenceDays, in_order, session_year, stated_days, within
from confparse.extract.types import MeetingTimeline
from confparse.mentions.index import TextIndex
from confparse.mentions.passages import Passage
from confparse.model import Cover, Meeting
from confparse.numerals import numbers
from confparse.rules.extraction import Sitting
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget

_MOST = 30  # meetings that one mention may name


class _Found(msgspec.Struct):
    number: int
    span: tuple[int, int]
    rule: str
    id: str
    date: str | None = None
    nearby: str | None = None  # the one day that a sentence names beside it
    paragraphs: dict[str, None] = {}


def _numbers(match: "regex.Match[str]", grammar: Grammar) -> list[int]:
    """The numbers of a mention; ranges are filled in."""
    text, base = match["numbers"], match.start("numbers")
    cuts = [(low - base, high - base) for low, high in match.spans("range")] if "range" in match.re.groupindex else []
    out: list[int] = []
    start = 0
    for low, high in [*cuts, (len(text), len(text))]:
        part = numbers(text[start:low], grammar.word)
        if out and part and start and out[-1] < part[0] <= out[-1] + _MOST:
            out += range(out[-1] + 1, part[0])
        out += part
        start = high
    return out[: 2 * _MOST]


def _id(part: str, number: int) -> str:
    """An annex may report the meetings of another body: its meetings are named with it."""
    return f"{part}__meeting_{number}" if part else f"meeting_{number}"


def _item(
    found: dict[tuple[str, int], _Found], part: str, number: int, passage: Passage, match: "regex.Match[str]", rule: str
) -> _Found:
    """The meeting of a number in a part of the paper, found for the first time or again."""
    if (part, number) not in found:
        found[part, number] = _Found(number, passage.span(*match.span()), rule, _id(part, number))
    return found[part, number]


def _places(passage: Passage, cover: Cover) -> tuple[str, ...]:
    """Which rules a passage is read by: see `where` of the kind."""
    if passage.draft.element == "division":
        return ("heading",)
    one_day = passage.draft.element == "title" and cover.date is not None and cover.date.end is None
    return ("text", "cover") if one_day else ("text",)


def _matches(
    passage: Passage, rules: Sequence[Sitting], cover: Cover, grammar: Grammar, budget: TimeBudget
) -> list[tuple[Sitting, "regex.Match[str]"]]:
    """All mentions of meetings in a passage, in order."""
    places = _places(passage, cover)
    own = [rule for rule in rules if rule.where in places]
    found = [(rule, match) for rule in own for match in grammar.matcher(rule).scan(passage.matched, budget)]
    return sorted(found, key=lambda item: item[1].start())


def _day_before(found: Mapping[tuple[str, int], _Found], part: str, numbers: Sequence[int]) -> str | None:
    """The day of the nearest meeting before the first of some, where one is known: days go up with numbers."""
    earlier = [m for (where, n), m in found.items() if where == part and numbers and n < numbers[0] and m.date]
    return max(earlier, key=lambda item: item.number).date if earlier else None


def _holds(named_in: Passage, passage: Passage) -> bool:
    """Whether a meeting that one passage names still goes on in another: inside the division where it was named, or that
    it heads.
    """
    headed = (named_in.eid,) if named_in.draft.element == "division" else ()
    around = (*named_in.divisions, *headed)
    return passage.divisions[: len(around)] == around


def _nearby(key: tuple[str, int], item: _Found, found: Mapping[tuple[str, int], _Found]) -> str | None:
    """The day that a sentence names beside a meeting, if it fits the stated days of the others of the same part."""
    others = ((n, m.date) for (part, n), m in found.items() if part == key[0] and m.date)
    return item.nearby if item.nearby and in_order(item.number, item.nearby, others) else None


def meetings(index: TextIndex, cover: Cover, grammar: Grammar, budget: TimeBudget) -> MeetingTimeline:
    """All meetings that the report names, in order of mention; days without a year take that of the session."""
    mentions = {passage.eid: rules for passage, rules in index.in_passages(grammar.of(Sitting))}
    session = cover.date if cover.date and cover.date.end else None
    year = session_year(index, cover, grammar, budget)
    nearby = SentenceDays(index, session, grammar, budget)
    found: dict[tuple[str, int], _Found] = {}
    turns: dict[str, list[tuple[int, str]]] = {}
    current: tuple[Passage, _Found] | None = None
    day: str | None = None
    for passage in index.passages:
        title, part = passage.draft.element == "title", passage.part
        if not (title or passage.runs or passage.draft.element == "division"):
            continue
        if current is not None and _holds(current[0], passage):
            turns[passage.eid] = [(-1, current[1].id)]
        for rule, match in _matches(passage, mentions.get(passage.eid, ()), cover, grammar, budget):
            if of_another_body(match.groupdict().get("body"), cover, grammar):
                continue
            if match.groupdict().get("same_meeting"):
                items = [current[1]] if current is not None else []
                for item in items:
                    item.nearby = item.nearby or nearby.at(passage, match.start(), day, year)
            else:
                named = _numbers(match, grammar)
                same_day = match.groupdict().get("same_day") is not None
                same = (_day_before(found, part, named) or day) if same_day else None
                days = stated_days(match, year, same, named, grammar)
                if session and stated_year(match.groupdict()) is None:
                    days = {number: within(told_day, session) for number, told_day in days.items()}
                if title and cover.date and cover.date.end is None and not days:
                    days = dict.fromkeys(named, cover.date.start)
                alone = nearby.at(passage, match.start(), day, year) if len(named) == 1 and not days else None
                if rule.dated and not alone:
                    continue
                items = [_item(found, part, n, passage, match, rule.id) for n in named]
                for item in items:
                    item.date, item.nearby = item.date or days.get(item.number), item.nearby or alone
            for item in items:
                if passage.runs:
                    item.paragraphs[passage.paragraph.eid] = None
                turns.setdefault(passage.eid, []).append((match.start(), item.id))
                current = passage, item
                day = item.date or item.nearby or day
                year = int(day[:4]) if day else year
    records = [
        Meeting(
            id=m.id, number=m.number, date=m.date or _nearby(key, m, found), body=cover.body if "__" not in m.id else None,
            paragraphs=tuple(m.paragraphs), span=m.span, rule=m.rule,
        )
        for key, m in found.items()
    ]  # fmt: skip
    return MeetingTimeline(tuple(records), turns)
