"""Passages to workshops: their numbers and titles, with whom they were organized, and what they are said to have held."""

import msgspec

from confparse.extract.index import TextIndex
from confparse.extract.names import Names
from confparse.extract.passages import Passage
from confparse.extract.types import MeetingTimeline
from confparse.model import Partner, Stated, Workshop
from confparse.numerals import counted
from confparse.rules.extraction import Counted, Partnership, WorkshopMention
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget

_RECALL = 60  # workshops back to which a later mention may refer


class _Found(msgspec.Struct):
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
        self.found: list[_Found] = []

    def named(self, number: int | None, title: str | None) -> _Found | None:
        """The workshop of a number or a title; that which was named last where both are left out."""
        for item in self.found[-_RECALL:]:
            if number is not None and item.number == number:
                return item
            if title and item.title and _alike(title, item.title) and None in (number, item.number):
                item.number = item.number or number
                return item
        if number is None and title is None:
            return self.found[-1] if self.found else None
        self.found.append(_Found(number, title))
        return self.found[-1]


def workshops(index: TextIndex, held: MeetingTimeline, grammar: Grammar, budget: TimeBudget) -> tuple[Workshop, ...]:
    """The workshops that the report is about, in order of mention."""
    known, names = _Workshops(), Names(grammar, budget)
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
                item = known.named(counted(groups.get("number"), grammar.word), title) or item
        if item is None or not passage.runs:
            continue
        item.paragraphs[passage.paragraph.eid] = None
        item.meetings |= dict.fromkeys(held.of(passage.eid))
        for partnership in partners.get(passage.eid, ()):
            _join(item, partnership, passage, names, grammar, budget)
        for count in counts.get(passage.eid, ()):
            _count(item, count, passage, grammar, budget)
    return tuple(_record(i, item) for i, item in enumerate(known.found, 1) if item.paragraphs)


def _join(
    item: _Found, rule: Partnership, passage: Passage, names: Names, grammar: Grammar, budget: TimeBudget
) -> None:  # fmt: skip
    """Note those with whom a workshop was organized."""
    entries = grammar.named("organizations")[1]
    for match in grammar.matcher(rule).scan(passage.matched, budget):
        for name in names.parts(passage.shown[slice(*match.span("partners"))]):
            if name not in (partner.name for partner in item.partners):
                item.partners.append(Partner(name=name, key=entries[name].key if name in entries else None))


def _count(item: _Found, rule: Counted, passage: Passage, grammar: Grammar, budget: TimeBudget) -> None:
    """Note the first numbers of panels and presentations that are stated."""
    for match in grammar.matcher(rule).scan(passage.matched, budget):
        groups = match.groupdict()
        item.panels = item.panels or counted(groups.get("panels"), grammar.word)
        item.presentations = item.presentations or counted(groups.get("presentations"), grammar.word)


def _record(i: int, item: _Found) -> Workshop:
    stated = Stated(panels=item.panels, presentations=item.presentations)
    return Workshop(
        id=f"workshop_{item.number or i}", number=item.number, title=item.title, meetings=tuple(item.meetings),
        partners=tuple(item.partners), stated=stated if item.panels or item.presentations else None,
        paragraphs=tuple(item.paragraphs),
    )  # fmt: skip
