"""Passages to statements: one row a speaker and paragraph, from lists of speakers, their subjects, and records of speech."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec
import regex

from confparse.model import Speaker, Statement
from confparse.passages import Passage
from confparse.rules.kinds import Act, Behalf, SentenceEnd, SpeakerMark, Speech
from confparse.rules.load import Grammar
from confparse.rules.patterns import Matcher, Watch
from confparse.spans import sentences

SpeakerKind = Literal["state", "observer_state", "organization", "officer", "expert", "other"]
SpeechAct = Literal["statement", "introductory_statement", "presentation", "opening", "closing", "reply"]


class _Mark(NamedTuple):
    start: int
    end: int
    speaker: SpeakerKind
    side: str


class _Named(NamedTuple):
    start: int
    end: int
    speaker: Speaker


class Speeches:
    """The rules of speech of a grammar."""

    def __init__(self, grammar: Grammar, watch: Watch) -> None:
        self._grammar, self._watch = grammar, watch
        self.ends = [grammar.matcher(rule) for rule in grammar.of(SentenceEnd)]
        self._speeches = [(rule, grammar.matcher(rule)) for rule in grammar.of(Speech)]
        self._acts = [(rule, grammar.matcher(rule)) for rule in grammar.of(Act)]
        self._behalves = [grammar.matcher(rule) for rule in grammar.of(Behalf)]
        self._marks = [
            (rule, language, Matcher(rule.id, grammar.vocabulary.expand(pattern, language)))
            for rule in grammar.of(SpeakerMark)
            for language, pattern in rule.patterns.items()
        ]

    def sentence(self, text: str) -> "Iterator[tuple[Speech, regex.Match[str]]]":
        """The speeches that a sentence reports."""
        for rule, matcher in self._speeches:
            yield from ((rule, match) for match in matcher.scan(text, self._watch))

    def act(self, sentence: str) -> SpeechAct:
        """What kind of speech the words of a sentence make it."""
        return next((rule.act for rule, matcher in self._acts if matcher.search(sentence, self._watch)), "statement")

    def behalf(self, text: str) -> str | None:
        """The group that is spoken for."""
        found = next((m for matcher in self._behalves if (m := matcher.search(text, self._watch))), None)
        return found["group"].strip() if found else None

    def _markers(self, text: str) -> list[_Mark]:
        return [
            _Mark(match.start(), match.end(), rule.speaker, rule.side[language])  # type: ignore[index]
            for rule, language, matcher in self._marks
            for match in matcher.scan(text, self._watch)
        ]

    def names(self, text: str) -> Iterator[_Named]:
        """The states and organizations in a list of speakers, each as the markers around it say."""
        marks = self._markers(text)
        pattern, entries = self._grammar.named("states")
        taken: list[tuple[int, int]] = []
        organizations, _ = self._grammar.named("organizations")
        for match in organizations.finditer(text):
            taken.append(match.span())
            yield _Named(match.start(), match.end(), Speaker(name=match[0], kind="organization"))
        for match in pattern.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            entry = entries[match[0]]
            kind = _kind(match.start(), match.end(), marks)
            observer = kind == "observer_state" or entry.observer
            yield _Named(
                *match.span(), Speaker(name=match[0], kind="observer_state" if observer else "state", code=entry.code)
            )


def _kind(start: int, end: int, marks: Sequence[_Mark]) -> SpeakerKind:
    """What the nearest marker on the right side of a name makes it; a state where there is none."""
    before = [m for m in marks if m.side == "before" and m.end <= start]
    after = [m for m in marks if m.side == "after" and m.start >= end]
    nearest = max(before, key=lambda m: m.end) if before else min(after, key=lambda m: m.start) if after else None
    return nearest.speaker if nearest else "state"


def statements(
    passages: Sequence[Passage], at: Mapping[str, str], grammar: Grammar, watch: Watch
) -> tuple[Statement, ...]:
    """All speeches of identified speakers, in reading order; `at` gives the meeting that a passage reports."""
    speeches = Speeches(grammar, watch)
    out: list[Statement] = []
    seen: set[tuple[str, str]] = set()
    for passage in passages:
        if passage.draft.element not in ("paragraph", "subparagraph", "p"):
            continue
        for start, end in sentences(passage.matched, speeches.ends, watch):
            for row in _rows(passage, start, end, speeches, at):
                key = (row.paragraph, row.speaker.code or row.speaker.name)
                if key not in seen:
                    seen.add(key)
                    out.append(row)
    return tuple(_numbered(i, row) for i, row in enumerate(out, 1))


def _rows(passage: Passage, start: int, end: int, speeches: Speeches, at: Mapping[str, str]) -> Iterator[Statement]:
    sentence = passage.matched[start:end]
    for rule, match in speeches.sentence(sentence):
        region_start, region_end = match.span("speakers")
        region = sentence[region_start:region_end]
        if rule.speaker is not None:
            found = [_Named(0, len(region), Speaker(name=region, kind="officer"))]
        else:
            found = list(speeches.names(region))
            if not found and "person" in match.re.groupindex and match["person"]:
                found = [_Named(0, len(region), Speaker(name=f"{match['person']} ({region})", kind="other"))]
        for named in found:
            place = start + region_start
            span = passage.span(place + named.start, place + named.end)
            shown = passage.shown[place + named.start : place + named.end]
            name = (
                shown
                if len(found) > 1 or named.speaker.code or named.end - named.start == len(region)
                else named.speaker.name
            )
            yield Statement(
                id="", meeting=at.get(passage.eid), paragraph=passage.paragraph.eid,
                speaker=Speaker(name=name or named.speaker.name, kind=named.speaker.kind, code=named.speaker.code),
                act=speeches.act(sentence), on_behalf_of=speeches.behalf(sentence) if len(found) == 1 else None,
                span=span, rule=rule.id,
            )  # fmt: skip


def _numbered(i: int, row: Statement) -> Statement:
    return msgspec.structs.replace(row, id=f"statement_{i}")
