"""Passages to workshops: their numbers and titles, with whom they were organized, and what they are said to have
held.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from confparse.extract.types import MeetingTimeline
from confparse.mentions.index import TextIndex
from confparse.mentions.passages import Passage
from confparse.model import Conclusion, Panel, Partner, Stated, Workshop
from confparse.numerals import counted
from confparse.rules.extraction import Counted, Partnership, WorkshopMention
from confparse.rules.grammar import Grammar
from confparse.rules.speeches import Separator
from confparse.rules.time_budget import TimeBudget

_RECALL = 60  # workshops back to which a later mention may refer


class _WorkshopDraft(msgspec.Struct):
    rule: str
    span: tuple[int, int]
    number: int | None = None
    title: str | None = None
    partners: list[Partner] = []
    panels: int | None = None
    presentations: int | None = None
    meetings: dict[str, None] = {}
    paragraphs: dict[str, None] = {}


def _alike(title: str, other: str) -> bool:
    return title.casefold() in other.casefold() or other.casefold() in title.casefold()


class _Workshops:
    """The workshops that were found so far."""

    def __init__(self) -> None:
        self.drafts: list[_WorkshopDraft] = []

    def named(self, number: int | None, title: str | None, rule: str, span: tuple[int, int]) -> _WorkshopDraft | None:
        """The workshop of a number or a title; that which was named last if both are left out."""
        for item in self.drafts[-_RECALL:]:
            if number is not None and item.number == number:
                return item
            if title and item.title and _alike(title, item.title) and None in (number, item.number):
                item.number = item.number or number
                return item
        if number is None and title is None:
            return self.drafts[-1] if self.drafts else None
        self.drafts.append(_WorkshopDraft(rule, span, number, title))
        return self.drafts[-1]


def workshops(
    index: TextIndex, timeline: MeetingTimeline, grammar: Grammar, budget: TimeBudget
) -> tuple[Workshop, ...]:
    """The workshops that the report is about, in order of mention."""
    all_workshops, names = _Workshops(), _WorkshopList(grammar, budget)
    partners = {passage.eid: rules for passage, rules in index.in_passages(grammar.of(Partnership))}
    counts = {passage.eid: rules for passage, rules in index.in_passages(grammar.of(Counted))}
    for passage, rules in index.in_passages(grammar.of(WorkshopMention)):
        item = None
        for rule in rules:
            if (rule.where == "title") == passage.runs:
                continue
            for match in grammar.matcher(rule).scan(passage.matched, budget):
                groups = match.groupdict()
                title = passage.shown[slice(*match.span("title"))].strip() if groups.get("title") else None
                number, span = counted(groups.get("number"), grammar.word), passage.span(*match.span())
                item = all_workshops.named(number, title, rule.id, span) or item
        if item is None or not passage.runs:
            continue
        item.paragraphs[passage.paragraph.eid] = None
        item.meetings |= dict.fromkeys(timeline.of(passage.eid))
        for partnership in partners.get(passage.eid, ()):
            _join(item, partnership, passage, names, grammar, budget)
        for count in counts.get(passage.eid, ()):
            _count(item, count, passage, grammar, budget)
    return tuple(_record(i, item) for i, item in enumerate(all_workshops.drafts, 1) if item.paragraphs)


class _WorkshopList:
    """Lists of names in which every part is one."""

    def __init__(self, grammar: Grammar, budget: TimeBudget) -> None:
        self._name_pattern, self.entries = grammar.named("organizations")
        self._separators = [grammar.matcher(rule) for rule in grammar.of(Separator)]
        self._budget = budget

    def parts(self, text: str) -> list[str]:
        """The names of a list; what separates them inside a known name separates nothing."""
        name_spans = [match.span() for match in self._name_pattern.finditer(text)]
        cuts = [
            match.span()
            for matcher in self._separators
            for match in matcher.scan(text, self._budget)
            if not any(a < match.end() and match.start() < b for a, b in name_spans)
        ]
        out, start = [], 0
        for low, high in [*sorted(cuts), (len(text), len(text))]:
            out.append(text[start:low].strip())
            start = max(start, high)
        return [part for part in out if part]


def _join(
    item: _WorkshopDraft,
    rule: Partnership,
    passage: Passage,
    names: _WorkshopList,
    grammar: Grammar,
    budget: TimeBudget,
) -> None:
    """Note those with whom a workshop was organized."""
    for match in grammar.matcher(rule).scan(passage.matched, budget):
        end = match.start("partners")
        for name in names.parts(passage.shown[slice(*match.span("partners"))]):
            start = passage.shown.index(name, end)
            end = start + len(name)
            if name not in (partner.name for partner in item.partners):
                entry = names.entries.get(name)
                key = entry.key if entry else None
                item.partners.append(Partner(name=name, key=key, span=passage.span(start, end)))


def _count(item: _WorkshopDraft, rule: Counted, passage: Passage, grammar: Grammar, budget: TimeBudget) -> None:
    """Note the first numbers of panels and presentations that are stated."""
    for match in grammar.matcher(rule).scan(passage.matched, budget):
        groups = match.groupdict()
        item.panels = item.panels or counted(groups.get("panels"), grammar.word)
        item.presentations = item.presentations or counted(groups.get("presentations"), grammar.word)


def _record(i: int, item: _WorkshopDraft) -> Workshop:
    stated = Stated(panels=item.panels, presentations=item.presentations)
    return Workshop(
        id=f"workshop_{item.number or i}",
        number=item.number,
        title=item.title,
        meetings=tuple(item.meetings),
        partners=tuple(item.partners),
        stated=stated if item.panels or item.presentations else None,
        paragraphs=tuple(item.paragraphs),
        span=item.span,
        rule=item.rule,
    )


def with_results(
    all_workshops: Sequence[Workshop], panels: Sequence[Panel], conclusions: Sequence[Conclusion]
) -> tuple[Workshop, ...]:
    """The workshops with their panels and conclusions: all of the report if it reports one workshop, else those of its
    paragraphs.
    """

    def own(workshop: Workshop, paragraphs: Sequence[str]) -> bool:
        return len(all_workshops) == 1 or not set(paragraphs).isdisjoint(workshop.paragraphs)

    return tuple(
        replace(
            workshop,
            panels=tuple(panel.id for panel in panels if own(workshop, panel.paragraphs)),
            conclusions=tuple(c.id for c in conclusions if own(workshop, (c.paragraph,))),
        )
        for workshop in all_workshops
    )
