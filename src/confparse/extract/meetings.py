"""Passages to meetings: their numbers, days and paragraphs, from the text and from the title of a summary record."""

from collections.abc import Sequence

import msgspec
import regex

from confparse.extract.bodies import ReportingBody
from confparse.extract.dates import stated_year
from confparse.extract.meeting_days import SentenceDays, in_order, session_year, stated_days, within
from confparse.extract.types import MeetingTimeline
from confparse.mentions.index import TextIndex
from confparse.mentions.passages import Passage
from confparse.model import Cover, Meeting
from confparse.numerals import numbers
from confparse.rules.extraction import Sitting
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget

_MOST = 30  # meetings that one mention may name


class _MeetingDraft(msgspec.Struct):
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
    matches = [(rule, match) for rule in own for match in grammar.matcher(rule).scan(passage.matched, budget)]
    return sorted(matches, key=lambda item: item[1].start())


def _holds(named_in: Passage, passage: Passage) -> bool:
    """Whether a meeting that one passage names still continues in another: inside the division where it was named, or
    that it heads.
    """
    headed = (named_in.eid,) if named_in.draft.element == "division" else ()
    around = (*named_in.divisions, *headed)
    return passage.divisions[: len(around)] == around


class _Timeline:
    """The meetings that were found so far, and the one that the text reports."""

    def __init__(self, index: TextIndex, reporting: ReportingBody, grammar: Grammar, budget: TimeBudget) -> None:
        self._reporting, self._grammar, self._budget = reporting, grammar, budget
        self._session = reporting.cover.date if reporting.cover.date and reporting.cover.date.end else None
        self._nearby = SentenceDays(index, self._session, grammar, budget)
        self._drafts: dict[tuple[str, int], _MeetingDraft] = {}
        self._openings: dict[str, str] = {}  # by part, the day on which the session was opened
        self._turns: dict[str, list[tuple[int, str]]] = {}
        self._current: tuple[Passage, _MeetingDraft] | None = None
        self._recorded: _MeetingDraft | None = None  # the one that a record of a single meeting is of
        self._year = session_year(index, reporting.cover, grammar, budget)
        self._day: str | None = None  # the one named last

    def read(self, passage: Passage, rules: Sequence[Sitting]) -> None:
        """Note the meetings that a passage names, or that continues in it."""
        if self._current is not None and _holds(self._current[0], passage):
            self._turns[passage.eid] = [(-1, self._current[1].id)]
        for rule, match in _matches(passage, rules, self._reporting.cover, self._grammar, self._budget):
            groups = match.groupdict()
            if self._reporting.is_another(groups.get("body")):
                continue
            if groups.get("opening"):
                if day := self._beside(passage, match):
                    self._openings.setdefault(passage.part, day)
            elif groups.get("same_meeting"):
                self._note(passage, match, self._again(passage, match))
            else:
                items = self._named(passage, rule, match)
                if rule.where == "cover" and self._recorded is None:
                    self._recorded = next(iter(items), None)
                self._note(passage, match, items)

    def records(self) -> MeetingTimeline:
        """The meetings in order of mention, and where the text turns to them."""
        meetings = (
            Meeting(
                id=m.id,
                number=m.number,
                date=m.date or self._fitting(part, m),
                body=None if part else self._reporting.cover.body,
                paragraphs=tuple(m.paragraphs),
                span=m.span,
                rule=m.rule,
            )
            for (part, _), m in self._drafts.items()
        )
        return MeetingTimeline(tuple(meetings), self._turns)

    def _note(self, passage: Passage, match: "regex.Match[str]", items: Sequence[_MeetingDraft]) -> None:
        for item in items:
            if passage.runs:
                item.paragraphs[passage.paragraph.eid] = None
            if self._recorded not in (None, item) and item.number < self._recorded.number:
                continue  # a record of one meeting refers to those before it
            self._turns.setdefault(passage.eid, []).append((match.start(), item.id))
            self._current = passage, item
            self._day = item.date or item.nearby or self._day
            self._year = int(self._day[:4]) if self._day else self._year

    def _again(self, passage: Passage, match: "regex.Match[str]") -> list[_MeetingDraft]:
        """The meeting named last, if a mention refers to it."""
        items = [self._current[1]] if self._current is not None else []
        for item in items:
            item.nearby = item.nearby or self._beside(passage, match)
        return items

    def _named(self, passage: Passage, rule: Sitting, match: "regex.Match[str]") -> list[_MeetingDraft]:
        """The meetings of a mention, with their days as far as it or its sentence tells them."""
        part, named = passage.part, _numbers(match, self._grammar)
        days = self._days(passage, match, named)
        beside = self._beside(passage, match) if len(named) == 1 and not days else None
        if rule.dated and not beside:
            return []
        items = []
        for number in named:
            if (part, number) not in self._drafts:
                self._drafts[part, number] = _MeetingDraft(
                    number, passage.span(*match.span()), rule.id, _id(part, number)
                )
            item = self._drafts[part, number]
            item.date, item.nearby = item.date or days.get(number), item.nearby or beside
            items.append(item)
        return items

    def _days(self, passage: Passage, match: "regex.Match[str]", named: Sequence[int]) -> dict[int, str]:
        """The days that a mention states for its meetings."""
        groups = match.groupdict()
        same = (self._day_before(passage.part, named) or self._day) if groups.get("same_day") is not None else None
        days = stated_days(match, self._year, same, named, self._grammar)
        if self._session and stated_year(groups) is None:
            days = {number: within(day, self._session) for number, day in days.items()}
        cover = self._reporting.cover
        if cover.date is not None and not days and "cover" in _places(passage, cover):
            return dict.fromkeys(named, cover.date.start)
        return days

    def _beside(self, passage: Passage, match: "regex.Match[str]") -> str | None:
        """The one day that the sentence of a mention names."""
        return self._nearby.at(passage, match.start(), self._day, self._year)

    def _day_before(self, part: str, named: Sequence[int]) -> str | None:
        """The day of the nearest meeting before the first of some, if one is known: days go up with numbers."""
        earlier = [m for (where, n), m in self._drafts.items() if where == part and named and n < named[0] and m.date]
        return max(earlier, key=lambda item: item.number).date if earlier else None

    def _fitting(self, part: str, item: _MeetingDraft) -> str | None:
        """The day that a sentence names beside a meeting, for the first one that on which the session was opened, if it
        fits the stated days of the others.
        """
        day = item.nearby or (self._openings.get(part) if item.number == 1 else None)
        others = ((n, m.date) for (where, n), m in self._drafts.items() if where == part and m.date)
        return day if day and in_order(item.number, day, others) else None


def meetings(index: TextIndex, reporting: ReportingBody, grammar: Grammar, budget: TimeBudget) -> MeetingTimeline:
    """All meetings that the report names, in order of mention; days without a year take that of the session."""
    mentions = {passage.eid: rules for passage, rules in index.in_passages(grammar.of(Sitting))}
    timeline = _Timeline(index, reporting, grammar, budget)
    for passage in index.passages:
        if passage.draft.element in ("title", "division") or passage.runs:
            timeline.read(passage, mentions.get(passage.eid, ()))
    return timeline.records()
