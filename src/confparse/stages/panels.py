"""Passages to panels: panels, round tables and dialogues, and the paragraphs that report each."""

from collections.abc import Mapping, Sequence

import msgspec
import regex

from confparse.model import Panel
from confparse.numerals import number, ordinal
from confparse.passages import Passage
from confparse.rules.kinds import Moderation, PanelMention
from confparse.rules.load import Grammar
from confparse.rules.patterns import Matcher, Watch

_NOT_LETTERS = regex.compile(r"[^\p{L}]+")


class _Found(msgspec.Struct):
    kind: str
    rule: str
    span: tuple[int, int]
    ordinal: int | None = None
    topic: str | None = None
    division: str | None = None
    moderator: str | None = None
    chair: str | None = None
    meetings: list[str] = []
    paragraphs: list[str] = []


def _ordinal(printed: str | None, grammar: Grammar) -> int | None:
    """An ordinal in digits, counting words, roman numerals or the words of the grammar."""
    if not printed:
        return None
    return (
        number(printed)
        or grammar.word("ordinals", printed)
        or grammar.word("cardinals", printed)
        or ordinal(printed, "upperroman")
    )


def _key(topic: str | None) -> str:
    kept: str = _NOT_LETTERS.sub("", topic or "")
    return kept.casefold()


class Panels:
    """The panels that were found so far."""

    def __init__(self) -> None:
        self.found: list[_Found] = []

    def known(self, part: int | None, topic: str | None) -> _Found | None:
        """The panel with an ordinal, or one whose topic is, holds or is held by the topic."""
        key = _key(topic)
        for item in self.found:
            if part is not None and item.ordinal == part:
                return item
            own = _key(item.topic)
            if key and own and (key in own or own in key):
                return item
        return None

    def around(self, passage: Passage) -> _Found | None:
        """The panel whose heading stands over a passage."""
        divisions = {draft.eid for draft in passage.above}
        return next((item for item in self.found if item.division in divisions), None)


def panels(passages: Sequence[Passage], at: Mapping[str, str], grammar: Grammar, watch: Watch) -> tuple[Panel, ...]:
    """All panels, in order of mention; one that is only named by an ordinal needs a mention that makes it."""
    rules = [(rule, grammar.matcher(rule)) for rule in grammar.of(PanelMention)]
    moderations = [grammar.matcher(rule) for rule in grammar.of(Moderation)]
    known = Panels()
    for passage in passages:
        heading = passage.draft.element == "division"
        if passage.draft.element == "title":
            continue
        told = [known.around(passage)] if not heading else []
        for rule, matcher in rules:
            if (rule.where == "heading") != heading:
                continue
            for match in matcher.scan(passage.matched, watch):
                told.append(_mention(known, rule, match, passage, grammar))
        for item in dict.fromkeys(id(t) for t in told if t is not None):
            _report(next(t for t in told if t is not None and id(t) == item), passage, at, moderations, watch)
    made = [item for item in known.found if item.topic]
    return tuple(_record(i, item) for i, item in enumerate(made, 1))


def _mention(
    known: Panels, rule: PanelMention, match: "regex.Match[str]", passage: Passage, grammar: Grammar
) -> _Found | None:
    """The panel that a mention names, made anew where the rule makes panels."""
    groups = match.groupdict()
    part = _ordinal(groups.get("ordinal"), grammar)
    topic = passage.shown[match.start("topic") : match.end("topic")].strip() if groups.get("topic") else None
    item = known.known(part, topic)
    if item is None and rule.makes:
        division = passage.eid if passage.draft.element == "division" else None
        item = _Found(rule.panel, rule.id, passage.span(*match.span()), part, topic, division)
        known.found.append(item)
    return item


def _report(
    item: _Found, passage: Passage, at: Mapping[str, str], moderations: Sequence[Matcher], watch: Watch
) -> None:
    """Note that a passage reports a panel: the paragraph, its meeting, and who moderated."""
    if passage.draft.element == "division":
        return
    if passage.paragraph.eid not in item.paragraphs:
        item.paragraphs.append(passage.paragraph.eid)
    meeting = at.get(passage.eid)
    if meeting and meeting not in item.meetings:
        item.meetings.append(meeting)
    for matcher in moderations:
        match = matcher.search(passage.matched, watch)
        for role in ("moderator", "chair"):
            if match is not None and match.groupdict().get(role) and getattr(item, role) is None:
                setattr(item, role, passage.shown[match.start(role) : match.end(role)].strip())


def _record(i: int, item: _Found) -> Panel:
    return Panel(
        id=f"panel_{i}", ordinal=item.ordinal, kind=item.kind, topic=item.topic, meetings=tuple(item.meetings), chair=item.chair,
        moderator=item.moderator, paragraphs=tuple(item.paragraphs), span=item.span, rule=item.rule,
    )  # fmt: skip
