"""Passages to statements: one row a speaker and paragraph, from lists of speakers, their subjects, and records of speech."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec
import regex

from confparse.model import Speaker, Statement
from confparse.passages import Passage
from confparse.rules.kinds import Act, Behalf, NameShape, SentenceEnd, SpeakerMark, Speech
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
        self._shapes = [grammar.matcher(rule) for rule in grammar.of(NameShape)]
        self._marks = [
            (rule, language, Matcher(rule.id, grammar.vocabulary.expand(pattern, language)))
            for rule in grammar.of(SpeakerMark)
            for language, pattern in rule.patterns.items()
        ]

    def sentence(self, text: str) -> "Iterator[tuple[Speech, regex.Match[str]]]":
        """The speeches that a sentence reports."""
        for rule, matcher in self._speeches:
            found = list(matcher.scan(text, self._watch))
            yield from ((rule, match) for match in found)
            if found and rule.alone:
                return

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

    def names(self, text: str, people: bool) -> Iterator[_Named]:
        """The states, organizations and, where asked for, people in a list of speakers, as the markers around say.

        Whom a speaker speaks for is no speaker.
        """
        marks = self._markers(text)
        taken = [match.span() for matcher in self._behalves for match in matcher.scan(text, self._watch)]
        taken += [match.span() for match in self._grammar.named("groups")[0].finditer(text)]

        def free(match: "regex.Match[str]") -> bool:
            return not any(a < match.end() and match.start() < b for a, b in taken)

        for match in filter(free, self._grammar.named("organizations")[0].finditer(text)):
            taken.append(match.span())
            yield _Named(match.start(), match.end(), Speaker(name=match[0], kind="organization"))
        pattern, entries = self._grammar.named("states")
        for match in filter(free, pattern.finditer(text)):
            entry = entries[match[0]]
            observer = entry.observer or _kind(match.start(), match.end(), marks) == "observer_state"
            kind: SpeakerKind = "observer_state" if observer else "state"
            taken.append(match.span())
            yield _Named(match.start(), match.end(), Speaker(name=match[0], kind=kind, code=entry.code))
        for matcher in self._shapes if people else ():
            for match in filter(free, matcher.scan(text, self._watch)):
                taken.append(match.span())
                yield _Named(match.start(), match.end(), Speaker(name=match[0], kind="other"))


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
    """A row for each speaker of one sentence."""
    sentence = passage.matched[start:end]
    for rule, match in speeches.sentence(sentence):
        low, high = match.span("speakers")
        region = sentence[low:high]
        found = [] if rule.speaker is not None else list(speeches.names(region, rule.people))
        if not found and (rule.speaker is not None or rule.alone):
            found = [_Named(0, len(region), Speaker(name=region, kind=rule.speaker or "other"))]
        for named in found:
            place, stop = start + low + named.start, start + low + named.end
            speaker = Speaker(name=passage.shown[place:stop], kind=named.speaker.kind, code=named.speaker.code)
            yield Statement(
                id="", meeting=at.get(passage.eid), paragraph=passage.paragraph.eid, speaker=speaker,
                act=speeches.act(sentence), on_behalf_of=speeches.behalf(sentence) if len(found) == 1 else None,
                span=passage.span(place, stop), rule=rule.id,
            )  # fmt: skip


def _numbered(i: int, row: Statement) -> Statement:
    return msgspec.structs.replace(row, id=f"statement_{i}")
