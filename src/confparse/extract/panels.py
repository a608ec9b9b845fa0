"""Passages to panels: panels, round tables and dialogues, and the paragraphs that report each."""

from collections.abc import Collection, Iterator

import msgspec
import regex

from confparse.extract.index import TextIndex
from confparse.extract.names import Names
from confparse.extract.passages import Passage
from confparse.extract.types import MeetingTimeline
from confparse.model import Panel, PanelKind
from confparse.numerals import counted
from confparse.rules.extraction import PANEL_KINDS, Counted, Moderation, PanelMention
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget

_RECALL = 60  # panels back to which a later mention may refer
_NOT_LETTERS = regex.compile(r"[^\p{L}]+")


class _Found(msgspec.Struct):
    kind: PanelKind
    rule: str
    span: tuple[int, int]
    ordinal: int | None = None
    topic: str | None = None
    moderator: str | None = None
    chair: str | None = None
    panellists: list[str] = []
    presentations: int | None = None
    meetings: dict[str, None] = {}
    paragraphs: dict[str, None] = {}


def _key(topic: str | None) -> str:
    kept: str = _NOT_LETTERS.sub("", topic or "")
    return kept.casefold()


class _Panels:
    """The panels that were found so far, and the themes that headings set."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.found: list[_Found] = []
        self._of_division: dict[str, _Found] = {}
        self._of_headings = {rule.id for rule in grammar.of(PanelMention) if rule.where == "heading"}
        self.themes: dict[str, str] = {}  # by the eid of the division

    def known(self, ordinal: int | None, topic: str | None) -> _Found | None:
        """The last panel with a topic that is, holds or is held by this one, or with an ordinal.

        A first panel on another topic opens a new count of panels.
        """
        key = _key(topic)
        for item in reversed(self.found[-_RECALL:]):
            own = _key(item.topic)
            if key and own and (key in own or own in key):
                return item
            if ordinal is not None and item.ordinal == ordinal:
                return item if ordinal > 1 or not (key and own) else None
        return None

    def around(self, passage: Passage) -> _Found | None:
        """The panel whose heading stands over a passage."""
        own = (self._of_division.get(eid) for eid in passage.divisions)
        return next((item for item in own if item is not None), None)

    def _headed(self, passage: Passage, ordinal: int | None, topic: str) -> _Found | None:
        """The panel whose heading stands right above a passage, where nothing has been index of it yet, and of no other."""
        item = self._of_division.get(passage.divisions[-1]) if passage.divisions else None
        if item is None or item.paragraphs or item.rule not in self._of_headings:
            return None
        same = ordinal is None or item.ordinal in (None, ordinal)
        return item if same and self.known(None, topic) in (None, item) else None

    def mention(self, rule: PanelMention, match: "regex.Match[str]", passage: Passage) -> _Found | None:
        """The panel that a mention names, made anew where the rule makes panels."""
        groups = match.groupdict()
        ordinal = counted(groups.get("ordinal"), self._grammar.word)
        topic = passage.shown[slice(*match.span("topic"))].strip() if groups.get("topic") else None
        division = passage.eid if rule.where == "heading" else None
        if topic is None and ordinal is None:  # a panel without a name of its own: that of the heading, or of the theme
            if (above := self.around(passage)) is not None:
                return above
            division = next((eid for eid in reversed(passage.divisions) if eid in self.themes), None)
            topic = self.themes.get(division or "")
            division = passage.divisions[-1] if topic else None
        item = self._headed(passage, ordinal, topic) if topic and rule.where == "text" else None
        if item is not None:
            item.topic, item.rule = None, rule.id  # the theme that the text gives, rather than the heading
        item = item or self.known(ordinal, topic)
        if item is None and (topic or ordinal is not None):
            kind: PanelKind = next((kind for kind in PANEL_KINDS if groups.get(kind)), "panel")
            item = _Found(kind, rule.id, passage.span(*match.span()), ordinal)
            self.found.append(item)
            if division is not None:
                self._of_division.setdefault(division, item)
        if item is not None and rule.makes:
            item.topic, item.ordinal = item.topic or topic, item.ordinal or ordinal
        return item


def panels(index: TextIndex, held: MeetingTimeline, grammar: Grammar, budget: TimeBudget) -> tuple[Panel, ...]:
    """All panels with a topic, in order of mention."""
    known = _Panels(grammar)
    mentions = {passage.eid: rules for passage, rules in index.in_passages(grammar.of(PanelMention))}
    details = _Details(index, grammar, budget)
    for passage in index.passages:
        heading = passage.draft.element == "division"
        if not (heading or passage.runs):
            continue
        reported = [known.around(passage)] if passage.runs else []
        for rule in mentions.get(passage.eid, ()):
            if (rule.where != "text") != heading:
                continue
            for match in grammar.matcher(rule).scan(passage.matched, budget):
                if rule.where == "theme":
                    known.themes[passage.eid] = passage.shown[slice(*match.span("topic"))].strip()
                else:
                    reported.append(known.mention(rule, match, passage))
        if passage.runs:
            _report({id(item): item for item in reported if item is not None}.values(), passage, held, details)
    made = [item for item in known.found if item.topic]
    return tuple(_record(i, item) for i, item in enumerate(made, 1))


class _Details:
    """What paragraphs tell of the panels that they report: who led and who sat on them, how many presentations."""

    def __init__(self, index: TextIndex, grammar: Grammar, budget: TimeBudget) -> None:
        self._grammar, self._budget = grammar, budget
        self._moderations = {passage.eid: rules for passage, rules in index.in_passages(grammar.of(Moderation))}
        self._counts = {passage.eid: rules for passage, rules in index.in_passages(grammar.of(Counted))}
        self._names = Names(grammar, budget)

    def note(self, item: _Found, passage: Passage) -> None:
        """Fill in what a panel still lacks."""
        for role, text in self._led(passage):
            if role == "panellists":
                item.panellists += [n for n in self._names.people(text) if n not in item.panellists]
            elif getattr(item, role) is None:
                setattr(item, role, text)
        for rule in self._counts.get(passage.eid, ()):
            match = self._grammar.matcher(rule).search(passage.matched, self._budget)
            if match is not None and item.presentations is None:
                item.presentations = counted(match.groupdict().get("presentations"), self._grammar.word)

    def _led(self, passage: Passage) -> Iterator[tuple[str, str]]:
        for rule in self._moderations.get(passage.eid, ()):
            for match in self._grammar.matcher(rule).scan(passage.matched, self._budget):
                for role, text in match.groupdict().items():
                    if text:
                        yield role, passage.shown[slice(*match.span(role))].strip()


def _report(items: Collection[_Found], passage: Passage, held: MeetingTimeline, details: _Details) -> None:
    """Note that a passage reports some panels; what it tells of one is only sure where it reports one alone."""
    for item in items:
        item.paragraphs[passage.paragraph.eid] = None
        item.meetings |= dict.fromkeys(held.of(passage.eid))
        if len(items) == 1:
            details.note(item, passage)


def _record(i: int, item: _Found) -> Panel:
    return Panel(
        id=f"panel_{i}", ordinal=item.ordinal, kind=item.kind, topic=item.topic, meetings=tuple(item.meetings), chair=item.chair,
        moderator=item.moderator, panellists=tuple(item.panellists), presentations=item.presentations,
        paragraphs=tuple(item.paragraphs), span=item.span, rule=item.rule,
    )  # fmt: skip
