"""Passages to panels: panels, round tables and dialogues, and the paragraphs that report each."""

from collections.abc import Collection, Iterator

import msgspec

from confparse.extract.speakers import as_expert, speaker, voices
from confparse.extract.types import MeetingTimeline
from confparse.letters import letters
from confparse.mentions.cascade import Cascade, Hit
from confparse.mentions.passages import Passage
from confparse.model import Cover, Panel, Speaker
from confparse.numerals import counted
from confparse.punctuation import COLONS, COMMAS, QUOTES
from confparse.rules.extraction import Counted
from confparse.rules.grammar import Grammar
from confparse.rules.mentions import ModerationRule, PanelRule
from confparse.rules.time_budget import TimeBudget
from confparse.vocabularies import PanelKind

_PLAIN: PanelKind = "panel"
_RECALL = 60  # panels back to which a later mention may refer
_AROUND = " " + QUOTES + "".join(COLONS) + COMMAS  # a topic: quotation marks and what leads to it


class _PanelDraft(msgspec.Struct):
    kind: PanelKind
    rule: str
    span: tuple[int, int]
    ordinal: int | None = None
    topic: str | None = None
    moderator: Speaker | None = None
    chair: Speaker | None = None
    panellists: list[Speaker] = []
    presentations: int | None = None
    meetings: dict[str, None] = {}
    paragraphs: dict[str, None] = {}


class PanelHit:
    """A mention of a panel: its ordinal, topic, kind and place."""

    def __init__(self, rule: PanelRule, hit: Hit, grammar: Grammar) -> None:
        self.rule, self.passage = rule, hit.sentence.passage
        spans = {name: hit.stretch(*span) for name in ("ordinal", "topic") for span in hit.groups(name)[:1]}
        self.ordinal = counted(hit.text(*spans["ordinal"]), grammar.word) if "ordinal" in spans else None
        self.topic = hit.shown(hit.loose(*hit.groups("topic")[0])).strip(_AROUND) or None if "topic" in spans else None
        self.quoted = any("TITLE" in m.classes for span in hit.groups("topic") for m in hit.encoded.mentions(*span))
        classes = {name for m in hit.encoded.mentions(*hit.match.span()) for name in m.classes}
        kinds = {entry.panel for name, entry in grammar.lexicon.items() if entry.panel and name in classes}
        self.kind: PanelKind = next((kind for kind in sorted(kinds) if kind != _PLAIN), _PLAIN)
        self.words = hit.shown(hit.extent)
        start, end = (at - hit.sentence.base for at in hit.extent)
        self.span = hit.sentence.span(start, end)


class _Panels:
    """The panels that were found so far, and the themes that headings set."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.drafts: list[_PanelDraft] = []
        self._of_division: dict[str, _PanelDraft] = {}
        self._of_headings = {rule.id for rule in grammar.of(PanelRule) if rule.where == "heading"}
        self.themes: dict[str, str] = {}  # by the eid of the division

    def recall(self, ordinal: int | None, topic: str | None) -> _PanelDraft | None:
        """The last panel with a topic that is, holds or is held by this one, or with an ordinal.

        A first panel on another topic opens a new count of panels.
        """
        key = letters(topic)
        for item in reversed(self.drafts[-_RECALL:]):
            own = letters(item.topic)
            if key and own and (key in own or own in key):
                return item
            if ordinal is not None and item.ordinal == ordinal:
                return item if ordinal > 1 or not (key and own) else None
        return None

    def around(self, passage: Passage) -> _PanelDraft | None:
        """The panel whose heading is above a passage."""
        own = (self._of_division.get(eid) for eid in passage.divisions)
        return next((item for item in own if item is not None), None)

    def _headed(self, passage: Passage, ordinal: int | None, topic: str) -> _PanelDraft | None:
        """The panel whose heading is right above a passage, if no paragraph has reported it yet, and of no
        other.
        """
        item = self._of_division.get(passage.divisions[-1]) if passage.divisions else None
        if item is None or item.paragraphs or item.rule not in self._of_headings:
            return None
        same = ordinal is None or item.ordinal in (None, ordinal)
        return item if same and self.recall(None, topic) in (None, item) else None

    def mention(self, hit: PanelHit) -> _PanelDraft | None:
        """The panel that a mention names; a new one if the rule makes panels."""
        passage, ordinal, topic = hit.passage, hit.ordinal, hit.topic
        division = passage.eid if hit.rule.where == "heading" else None
        if topic is None and ordinal is None:  # a panel without its own name: that of the heading, or of the theme
            if (above := self.around(passage)) is not None:
                return above
            division = next((eid for eid in reversed(passage.divisions) if eid in self.themes), None)
            topic = self.themes.get(division or "")
            division = passage.divisions[-1] if topic else None
        item = self._headed(passage, ordinal, topic) if topic and hit.rule.where == "text" else None
        if item is not None and hit.quoted:
            item.topic, item.rule = None, hit.rule.id  # the theme that the text quotes, rather than the heading
        item = item or self.recall(ordinal, topic)
        if item is None and (topic or ordinal is not None):
            item = _PanelDraft(hit.kind, hit.rule.id, hit.span, ordinal)
            self.drafts.append(item)
            if division is not None:
                self._of_division.setdefault(division, item)
        if item is not None and hit.rule.makes:
            item.topic, item.ordinal = item.topic or topic, item.ordinal or ordinal
        return item


def panels(
    cascade: Cascade, cover: Cover, timeline: MeetingTimeline, grammar: Grammar, budget: TimeBudget
) -> tuple[Panel, ...]:
    """All panels with a topic, in order of mention, without the meeting that the whole report is about."""
    whole = letters(cover.body.name) if cover.body else ""
    index, all_panels = cascade.index, _Panels(grammar)
    mentions: dict[str, list[PanelHit]] = {}
    for rule, hit in cascade.hits(grammar.of(PanelRule)):
        mentions.setdefault(hit.sentence.passage.eid, []).append(PanelHit(rule, hit, grammar))
    details = _Details(cascade, grammar, budget)
    for passage in index.passages:
        heading = passage.draft.element == "division"
        if not (heading or passage.runs):
            continue
        reported = [all_panels.around(passage)] if passage.runs else []
        for panel in mentions.get(passage.eid, ()):
            if (panel.rule.where != "text") != heading or (panel.topic and letters(panel.words) in whole):
                continue
            if panel.rule.where == "theme":
                all_panels.themes[passage.eid] = panel.topic or ""
            else:
                reported.append(all_panels.mention(panel))
        if passage.runs:
            _report({id(item): item for item in reported if item is not None}.values(), passage, timeline, details)
    drafts = [item for item in all_panels.drafts if item.topic]
    return tuple(_record(i, item) for i, item in enumerate(drafts, 1))


class _Details:
    """What paragraphs say about the panels that they report: who led and who sat on them, how many presentations."""

    def __init__(self, cascade: Cascade, grammar: Grammar, budget: TimeBudget) -> None:
        self._cascade, self._grammar, self._budget = cascade, grammar, budget
        self._hits: dict[str, list[Hit]] = {}
        for _, hit in cascade.hits(grammar.of(ModerationRule)):
            self._hits.setdefault(hit.sentence.passage.eid, []).append(hit)
        self._counts = {passage.eid: rules for passage, rules in cascade.index.in_passages(grammar.of(Counted))}

    def note(self, item: _PanelDraft, passage: Passage) -> None:
        """Fill in what a panel still lacks."""
        for hit in self._hits.get(passage.eid, ()):
            item.moderator = item.moderator or next(self._named(hit, "moderator"), None)
            item.chair = item.chair or next(self._named(hit, "chair"), None)
            item.panellists += self._panellists(hit)
        for rule in self._counts.get(passage.eid, ()):
            match = self._grammar.matcher(rule).search(passage.matched, self._budget)
            if match is not None and item.presentations is None:
                item.presentations = counted(match.groupdict().get("presentations"), self._grammar.word)

    def _panellists(self, hit: Hit) -> list[Speaker]:
        """Those whom a list names; an office that follows a person is that person's."""
        named = list(self._named(hit, "panellists"))
        persons = any(one.person for one in named)
        return [one for one in named if one.person or (one.role and (one.code or not persons))]

    def _named(self, hit: Hit, group: str) -> Iterator[Speaker]:
        for start, end in hit.groups(group):
            leads = any("MODERATOR" in mention.classes for mention in hit.encoded.mentions(start, end))
            for voice in voices(hit, start, end):
                if voice.person or not leads:  # the moderator, without a name, is not
                    yield speaker(self._cascade.sentence(voice.name[0]), as_expert(voice))


def _report(items: Collection[_PanelDraft], passage: Passage, timeline: MeetingTimeline, details: _Details) -> None:
    """Note that a passage reports some panels; what it says about one is only certain if it reports no other."""
    for item in items:
        item.paragraphs[passage.paragraph.eid] = None
        item.meetings |= dict.fromkeys(timeline.of(passage.eid))
        if len(items) == 1:
            details.note(item, passage)


def _sitting(item: _PanelDraft) -> tuple[Speaker, ...]:
    """Those who sat on a panel, each once, without those who led it."""
    leading = {one.name for one in (item.moderator, item.chair) if one is not None}
    return tuple({one.name: one for one in reversed(item.panellists) if one.name not in leading}.values())[::-1]


def _record(i: int, item: _PanelDraft) -> Panel:
    return Panel(
        id=f"panel_{i}",
        ordinal=item.ordinal,
        kind=item.kind,
        topic=item.topic,
        meetings=tuple(item.meetings),
        chair=item.chair,
        moderator=item.moderator,
        panellists=_sitting(item),
        presentations=item.presentations,
        paragraphs=tuple(item.paragraphs),
        span=item.span,
        rule=item.rule,
    )
