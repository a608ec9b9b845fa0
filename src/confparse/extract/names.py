"""Who is named in a stretch of text: states, organizations, officers, people, as lists and shapes of names say."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import regex

from confparse.model import Cover, Speaker
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher, TimeBudget
from confparse.rules.speeches import Aside, Behalf, NameShape, Separator, SpeakerMark

_IN_BRACKETS = regex.compile(r"\s?[(（]([^()（）]{2,20})[)）]")  # a short form behind the name
SpeakerKind = Literal["state", "observer_state", "organization", "officer", "expert", "other"]


def of_another_body(body: str | None, cover: Cover, grammar: Grammar) -> bool:
    """Whether a text tells of another body than that of its cover: one of the lists, by any of its names."""
    if body is None or cover.body is None or body.casefold() in cover.body.name.casefold():
        return False
    return body in grammar.named("bodies")[1]


class Named(NamedTuple):
    """A name [start, end) in a text, and what it names; `known` to a list, or only a name by its shape."""

    start: int
    end: int
    speaker: Speaker
    known: bool = True
    behalf: str | None = None  # the group that it speaks for, where that stands beside it
    office: str = ""  # that by which it is named again in short


class _Mark(NamedTuple):
    start: int
    end: int
    speaker: SpeakerKind
    side: str


class Claims:
    """Stretches that are claimed, none of which overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in spans:
            self.claim(start, end)

    def claim(self, start: int, end: int) -> bool:
        """LineClaim a stretch [start, end); False where part of it is gone."""
        at = bisect_left(self._spans, (start, end))
        before, after = self._spans[max(0, at - 1) : at], self._spans[at : at + 1]
        if any(low < end and start < high for low, high in (*before, *after)):
            return False
        self._spans.insert(at, (start, end))
        return True


class Names:
    """The names of a grammar."""

    def __init__(self, grammar: Grammar, budget: TimeBudget) -> None:
        self._grammar, self._budget = grammar, budget
        self._behalves = [grammar.matcher(rule) for rule in grammar.of(Behalf)]
        self._asides = [grammar.matcher(rule) for rule in grammar.of(Aside)]
        self._shapes = [(rule, grammar.matcher(rule)) for rule in grammar.of(NameShape)]
        self._separators = [grammar.matcher(rule) for rule in grammar.of(Separator)]
        self._marks = [
            (
                rule,
                language,
                Matcher(f"{rule.id}.{language}", grammar.vocabulary.expand(pattern, language)),
            )
            for rule in grammar.of(SpeakerMark)
            for language, pattern in rule.patterns.items()
        ]

    def behalf(self, text: str) -> str | None:
        """The group that is spoken for."""
        found = next((m for matcher in self._behalves if (m := matcher.search(text, self._budget))), None)
        return found["group"].strip() if found else None

    def within(self, text: str, listed: bool, lead: str = "") -> list[Named]:
        """All names in order; in a list of speakers those too that only their shape gives away.

        `lead` stands before the text, and may say what its names are. Whom a speaker speaks for is no speaker, nor is anybody in a clause aside.
        """
        behalves = [match for matcher in self._behalves for match in matcher.scan(text, self._budget)]
        asides = [match.span() for matcher in self._asides for match in matcher.scan(text, self._budget)]
        groups = [match.span() for match in self._grammar.named("groups")[0].finditer(text)]
        taken = Claims([match.span() for match in behalves] + asides + groups)
        found = [*self._shaped(text, taken, False), *self._known(text, taken, lead)]
        if listed:
            found += self._shaped(text, taken, True)
        found.sort(key=lambda named: named.start)
        for match in behalves:
            before = [i for i, named in enumerate(found) if named.end <= match.start()]
            if before:
                found[before[-1]] = found[before[-1]]._replace(behalf=match["group"].strip())
        return found

    def state(self, text: str) -> list[Named]:
        """The state whose name is the whole text; nothing where it is none."""
        entry = self._grammar.named("states")[1].get(text)
        if entry is None:
            return []
        kind: SpeakerKind = "observer_state" if entry.observer else "state"
        return [Named(0, len(text), Speaker(name=text, kind=kind, code=entry.code))]

    def is_known(self, text: str) -> bool:
        """Whether a text is the name of a state or organization of the lists."""
        return any(text in self._grammar.named(kind)[1] for kind in ("states", "organizations"))

    def opens(self, text: str) -> bool:
        """Whether a text begins with a known name, which is cheap to tell."""
        return any(self._grammar.named(kind)[0].match(text) for kind in ("states", "organizations"))

    def fill(self, text: str, found: Sequence[Named]) -> bool:
        """Whether a text is nothing but names and what stands between them."""
        rest = text
        for named in reversed(found):
            rest = f"{rest[: named.start]} {rest[named.end :]}"
        for matcher in (*self._separators, *self._behalves):
            rest = matcher.sub(" ", rest, self._budget)
        return bool(found) and not any(c.isalnum() for c in rest)

    def people(self, text: str) -> list[str]:
        """The people among the names."""
        return [text[n.start : n.end] for n in self.within(text, True) if n.speaker.kind in ("expert", "other")]

    def parts(self, text: str) -> list[str]:
        """The names of a list in which every part is one."""
        known = [match.span() for match in self._grammar.named("organizations")[0].finditer(text)]
        cuts = [
            match.span()
            for matcher in self._separators
            for match in matcher.scan(text, self._budget)
            if not any(a < match.end() and match.start() < b for a, b in known)
        ]
        out, start = [], 0
        for low, high in [*sorted(cuts), (len(text), len(text))]:
            out.append(text[start:low].strip())
            start = max(start, high)
        return [part for part in out if part]

    def _shaped(self, text: str, taken: Claims, listed: bool) -> Iterator[Named]:
        for rule, matcher in self._shapes:
            if rule.listed != listed or not any(literal in text for literal in rule.literals):
                continue
            for match in matcher.scan(text, self._budget):
                if not self._is_list(match["name"]) and taken.claim(match.start(), self._end(match)):
                    start, end = match.span("name")
                    yield Named(start, end, Speaker(name=text[start:end], kind=rule.speaker), not listed)

    def _is_list(self, name: str) -> bool:
        """Whether what has the shape of a name is a known one, or starts with one and goes on to the next."""
        ends = [m.start() for matcher in self._separators for m in matcher.scan(name, self._budget)]
        firsts = [name, *(name[:end] for end in ends if end)]
        return any(first in self._grammar.named(kind)[1] for kind in ("states", "organizations") for first in firsts)

    def _end(self, match: "regex.Match[str]") -> int:
        """Where a name ends, with the short form that may stand behind it in brackets."""
        short = _IN_BRACKETS.match(match.string, match.end())
        entries = self._grammar.named("organizations")[1]
        same = short is not None and (short[1].isupper() or entries.get(short[1]) is entries.get(match[0], short))
        return int(short.end() if short is not None and same else match.end())

    def _known(self, text: str, taken: Claims, lead: str) -> Iterator[Named]:
        for match in self._grammar.named("organizations")[0].finditer(text):
            if taken.claim(match.start(), self._end(match)):
                yield Named(match.start(), match.end(), Speaker(name=match[0], kind="organization"))
        pattern, entries = self._grammar.named("states")
        marks = self._markers(text)
        before = max(self._markers(lead), key=lambda m: m.end, default=None)
        usual: SpeakerKind = before.speaker if before else "state"
        for match in pattern.finditer(text):
            if taken.claim(*match.span()):
                entry = entries[match[0]]
                observer = entry.observer or _kind(match.start(), match.end(), marks, usual) == "observer_state"
                kind: SpeakerKind = "observer_state" if observer else "state"
                yield Named(match.start(), match.end(), Speaker(name=match[0], kind=kind, code=entry.code))

    def _markers(self, text: str) -> list[_Mark]:
        return [
            _Mark(match.start(), match.end(), rule.speaker, rule.side[language])  # type: ignore[index]
            for rule, language, matcher in self._marks
            for match in matcher.scan(text, self._budget)
        ]


def _kind(start: int, end: int, marks: Sequence[_Mark], usual: SpeakerKind) -> SpeakerKind:
    """What the nearest marker on the right side of a name makes it; the usual where there is none."""
    before = [m for m in marks if m.side == "before" and m.end <= start]
    after = [m for m in marks if m.side == "after" and m.start >= end]
    nearest = max(before, key=lambda m: m.end) if before else min(after, key=lambda m: m.start) if after else None
    return nearest.speaker if nearest else usual
