"""Sentences to statements: one row a speaker and paragraph, from lists of speakers, their subjects, and records of speech."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
import regex

from confparse.diagnostics import Finding
from confparse.extract.index import TextIndex
from confparse.extract.names import Claims, Named, Names
from confparse.extract.passages import Sentence
from confparse.extract.types import MeetingTimeline
from confparse.model import Speaker, Statement
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget
from confparse.rules.speeches import Act, SpeakerList, Speech

_AFTER_OFFICE = ",(\uff08 "
_OPENING, _CLOSING = "(\uff08", ")\uff09"
_OFFICE = 60  # characters of an office that may be named in short
_OBJECT = 30  # characters after the verb that may hold what it is about
SpeechAct = Literal["statement", "introductory_statement", "presentation", "opening", "closing", "reply"]


class _Acts:
    """What kind of speech the words that report it make it."""

    def __init__(self, grammar: Grammar, budget: TimeBudget) -> None:
        self._rules, self._budget = [(rule.act, grammar.matcher(rule)) for rule in grammar.of(Act)], budget

    def of(self, words: str) -> SpeechAct:
        return next((act for act, matcher in self._rules if matcher.search(words, self._budget)), "statement")


def statements(
    tellings: Sequence[TextIndex], held: MeetingTimeline, grammar: Grammar, budget: TimeBudget
) -> tuple[tuple[Statement, ...], list[Finding]]:
    """All speeches of identified speakers, in reading order, and the speakers that no list of names knows.

    `tellings` are the text and the footnotes, of which a speech belongs to the paragraph that holds the mark.
    """
    names, acts, rows = Names(grammar, budget), _Acts(grammar, budget), _Rows()
    floors: set[str] = set()  # passages in which one has the floor
    findings: list[Finding] = []
    for sentence, rules in (found for index in tellings for found in _telling(index, grammar, budget)):
        for rule, match in _speeches(sentence.text, rules, grammar, budget):
            if rule.whole and sentence.passage.eid in floors:
                continue  # what one speaker says of others
            spoke = _speakers(rule, match, names)
            act = acts.of(sentence.text[match.start() : match.end() + _OBJECT]) if spoke else "statement"
            for named in spoke:
                row = _row(sentence, rule.id, named, act, held)
                if not rows.add(row, named.office):
                    continue
                if rule.floor:
                    floors.add(sentence.passage.eid)
                if not named.known:
                    findings.append(Finding("X001", *row.span, rule.id, {"name": row.speaker.name}))
    return rows.ordered(), findings


class _Rows:
    """The statements found so far: one for each speaker and paragraph, by whatever name."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], Statement] = {}
        self._told_of = Claims()
        self._offices: set[tuple[str, str]] = set()  # by paragraph, as they may be named again in short

    def add(self, row: Statement, office: str) -> bool:
        """Take a statement; False where it is index already: two rules may read one speech."""
        name = row.speaker.name
        key = (row.paragraph, row.speaker.code or name)
        if key in self._rows or (row.paragraph, name) in self._offices or not self._told_of.claim(*row.span):
            return False
        self._rows[key] = row
        if row.speaker.kind == "officer":
            blanks = [at for at, char in enumerate(name[:_OFFICE]) if char == " "]
            short = (name[:at].rstrip(_AFTER_OFFICE) for at in blanks)
            self._offices |= {(row.paragraph, again) for again in (*short, office)}
        return True

    def ordered(self) -> tuple[Statement, ...]:
        """The statements in reading order, with their ids."""
        rows = sorted(self._rows.values(), key=lambda row: row.span)
        return tuple(msgspec.structs.replace(row, id=f"statement_{i}") for i, row in enumerate(rows, 1))


def _telling(index: TextIndex, grammar: Grammar, budget: TimeBudget) -> Iterator[tuple[Sentence, list[Speech]]]:
    """The items of lists of speakers and the sentences that may report speeches, with the rules that read them."""
    of_items = [rule for rule in grammar.of(Speech) if rule.items]
    for passage, heads in index.in_passages(grammar.of(SpeakerList)):
        if any(grammar.matcher(head).search(passage.matched, budget) for head in heads):
            yield from ((item, of_items) for item in index.items(passage))
    yield from index.in_sentences([rule for rule in grammar.of(Speech) if not rule.items])


def _speeches(
    text: str, rules: list[Speech], grammar: Grammar, budget: TimeBudget
) -> "Iterator[tuple[Speech, regex.Match[str]]]":
    """The speeches that a sentence reports."""
    for rule in rules:
        found = grammar.matcher(rule).scan(text, budget)
        yield from ((rule, match) for match in found)
        if found and rule.alone:
            return


def _speakers(rule: Speech, match: "regex.Match[str]", names: Names) -> list[Named]:
    """The speakers of one speech, placed in its sentence, each with the group that he or she speaks for."""
    out: list[Named] = []
    regions = match.spans("speakers")
    people = match.spans("person") if "person" in match.re.groupindex else []
    for (low, high), person in zip(regions, [*[None] * (len(regions) - len(people)), *people], strict=False):
        region = match.string[low:high]
        found = _named(rule, region, match.string[match.start() : low], names)
        if found is None:
            continue
        if _by_office(rule, found, low, person):
            low, high = _with_name(match.string, (low, high), person)
            speaker = Speaker(name=match.string[low:high], kind=rule.speaker or "officer")
            found = [Named(0, high - low, speaker, office=region)]
        out += [named._replace(start=low + named.start, end=low + named.end) for named in found]
    spoken = match.groupdict().get("verb") or ""
    if len(out) == 1 and out[0].behalf is None:
        out[0] = out[0]._replace(behalf=names.behalf(spoken))
    return out


def _by_office(rule: Speech, found: Sequence[Named], start: int, person: tuple[int, int] | None) -> bool:
    """Whether the words say who spoke by an office, which is that of no state; in brackets after a name an organization speaks."""
    if not found or person is None:
        return not found and (rule.speaker is not None or rule.alone)
    offices = {"officer"} if person[0] < start else {"officer", "organization"}
    return all(named.speaker.kind in offices for named in found)


def _with_name(text: str, office: tuple[int, int], person: tuple[int, int] | None) -> tuple[int, int]:
    """An office with the name that stands beside it, and the bracket that closes what it opens."""
    low, high = min(office, person or office)[0], max(office, person or office)[1]
    opened = sum(text.count(bracket, low, high) for bracket in _OPENING)
    return low, high + (opened > sum(text.count(bracket, low, high) for bracket in _CLOSING))


def _named(rule: Speech, region: str, lead: str, names: Names) -> list[Named] | None:
    """The names in the words that say who spoke; None where there is more in them than the rule allows."""
    if rule.speaker is not None:
        return None if rule.speaker == "expert" and names.is_known(region) else []
    if not rule.whole:
        return names.within(region, rule.listed, lead)
    if not names.opens(region):
        return None
    found = names.state(region) or names.within(region, rule.listed, lead)
    return found if names.fill(region, found) else None


def _row(sentence: Sentence, rule: str, named: Named, act: SpeechAct, held: MeetingTimeline) -> Statement:
    shown = sentence.shown(named.start, named.end)
    passage = sentence.passage
    within = passage.places == (passage.eid,)
    meetings = [held.at(passage.eid, sentence.start + len(sentence.text))] if within else held.of(passage.places[0])
    return Statement(
        id="", meeting=next(iter(meetings), None), paragraph=passage.paragraph.eid,
        speaker=msgspec.structs.replace(named.speaker, name=shown), act=act, on_behalf_of=named.behalf,
        span=sentence.span(named.start, named.end), rule=rule,
    )  # fmt: skip
