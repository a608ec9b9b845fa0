"""Which day a meeting was held on: the day that its mention names, else the one day that its sentence names."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import regex

from confparse.extract.dates import day_of, iso, stated_year
from confparse.mentions.index import TextIndex
from confparse.mentions.passages import Passage
from confparse.model import Cover, DateRange
from confparse.rules.extraction import Period, SittingDay
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget


def stated_days(
    match: "regex.Match[str]", year: int | None, same: str | None, numbers: Sequence[int], grammar: Grammar
) -> dict[int, str]:
    """The day of each meeting of a mention, as far as the mention fixes it: one day for all, or first and last."""
    groups = match.groupdict()
    if groups.get("same_day") is not None:
        return dict.fromkeys(numbers, same) if same is not None else {}
    if groups.get("each"):
        return _listed(match, stated_year(groups) or year, numbers, grammar)
    first, last = day_of(groups, "day", year, grammar), day_of(groups, "last", year, grammar)
    if first is None:
        return {}
    if last is None:
        return dict.fromkeys(numbers, first)
    return {numbers[0]: first, numbers[-1]: last} if len(numbers) > 1 else {numbers[0]: first}


def _listed(
    match: "regex.Match[str]", year: int | str | None, numbers: Sequence[int], grammar: Grammar
) -> dict[int, str]:
    """The days of a list: one for each meeting if they are as many, else those of the first and the last."""
    months = list(zip(match.starts("its"), match.captures("its"), strict=True))
    days: list[str | None] = []
    for at, day in zip(match.starts("each"), match.captures("each"), strict=True):
        above = [month for place, month in months if place < at]
        below = [month for place, month in months if place > at]
        after = months[0][0] > match.starts("each")[0]  # whether a month follows its days
        month = (below[0] if below else None) if after else above[-1]
        days.append(iso(year, month, day, grammar))
    if len(days) != len(numbers):
        days, numbers = [days[0], days[-1]], [numbers[0], numbers[-1]]
    return {number: day for number, day in zip(numbers, days, strict=True) if day is not None}


def within(day: str, session: DateRange) -> str:
    """A day that the text gives without its year, in the year of the session if it falls into it."""
    own = session.start[:4] + day[4:]
    return own if session.end and session.start <= own <= session.end else day


def session_year(index: TextIndex, cover: Cover, grammar: Grammar, budget: TimeBudget) -> int | None:
    """The year of the session: that of its days on the cover or in the text, not far from that of the paper, else the
    latest that a day or a document shortly before it names.
    """
    own = int(cover.date.start[:4]) if cover.date else None
    if cover.date is not None and cover.date.end is not None:
        return own
    for rule in grammar.of(Period):
        if rule.latest and own is not None:
            continue
        passages = (passage for passage, _ in index.in_passages([rule]) if passage.runs)
        matches = (match for p in passages for match in grammar.matcher(rule).scan(p.matched, budget))
        years = (year for match in matches if (year := stated_year(match.groupdict())) is not None)
        fitting = (year for year in years if own in (None, year, year + 1))
        year = max(fitting, default=None) if rule.latest else next(fitting, None)
        if year is not None:
            return year
    return own


class SentenceDays:
    """The days that sentences name apart from the mentions of meetings."""

    def __init__(self, index: TextIndex, session: DateRange | None, grammar: Grammar, budget: TimeBudget) -> None:
        self._index, self._session, self._grammar, self._budget = index, session, grammar, budget
        rules = grammar.of(SittingDay)
        self._rules = {passage.eid: own for passage, own in index.in_passages(rules)} if session is not None else {}

    def at(self, passage: Passage, offset: int, last: str | None, year: int | None) -> str | None:
        """The one day that the sentence at an offset of a passage names, if it falls into the session; `last` is the
        day named before it.
        """
        sentence = next((s for s in reversed(self._index.of(passage)) if s.start <= offset), None)
        rules = self._rules.get(passage.eid, ()) if sentence is not None else ()
        matches = [m for rule in rules for m in self._grammar.matcher(rule).scan(sentence.text, self._budget)]  # type: ignore[union-attr]
        if len(matches) != 1:
            return None
        groups = matches[0].groupdict()
        if groups.get("several"):
            return None
        if groups.get("same_day"):
            return last
        if groups.get("next_day"):
            return (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else None
        day = day_of(groups, "day", year, self._grammar)
        return _session_day(day, self._session) if day is not None and self._session is not None else None


def _session_day(day: str, session: DateRange) -> str | None:
    """A day in the year of the session, if it is one of its days."""
    day = within(day, session)
    return day if session.end and session.start <= day <= session.end else None


def in_order(number: int, day: str, others: Iterable[tuple[int, str]]) -> bool:
    """Whether a meeting of a number may have been held on a day, beside others with theirs: days go up with numbers."""
    return all((day >= own) if other < number else (day <= own) for other, own in others if other != number)
