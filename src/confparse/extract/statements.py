"""Mentions to statements: one row per speaker and paragraph."""

from collections.abc import Iterator, Sequence, Set

from msgspec.structs import replace

from confparse.diagnostics import Finding
from confparse.extract.speakers import as_expert, code, speaker, voices
from confparse.extract.speech_acts import Acts, words_of
from confparse.extract.statement_rows import StatementRows
from confparse.extract.types import MeetingTimeline
from confparse.letters import HAN
from confparse.mentions.cascade import Cascade, Hit
from confparse.mentions.index import TextIndex
from confparse.mentions.passages import Passage, Sentence
from confparse.mentions.types import Voice
from confparse.model import Cover, Statement
from confparse.punctuation import stopped
from confparse.rules.extraction import Concluding
from confparse.rules.grammar import Grammar
from confparse.rules.mentions import StatementRule
from confparse.rules.time_budget import TimeBudget
from confparse.vocabularies import StatementAct

_OTHER_NAME = "\u2026"  # for the reader to write
_OF_DELEGATES = "summary_record"  # the kind of report in which those in brackets speak
_OF_EXPERTS: StatementAct = "presentation"  # what a person presents is not said for the institution in brackets
_VERBATIM = 3  # speeches that a speaker and a colon open, at least, in a verbatim record


def statements(
    cascades: Sequence[Cascade], cover: Cover, timeline: MeetingTimeline, grammar: Grammar, budget: TimeBudget
) -> tuple[tuple[Statement, ...], list[Finding]]:
    """All speeches of identified speakers, in reading order, and the speakers that no list of names knows.

    The cascades are those of the text and of the footnotes, of which a speech belongs to the paragraph that holds the
    mark.
    """
    kinds = {name for name, entry in grammar.lexicon.items() if entry.panel}
    acts, rows, findings = Acts(grammar, budget), StatementRows(grammar), []
    for cascade in cascades:
        speeches = list(_speeches(cascade, grammar))
        concluding, of_experts = _concluding(cascade.index, grammar, budget), _after_experts(cascade.index, cover)
        of_panels = _of_panels(cascade.index, kinds)
        spoken: set[int] = set()  # the sentences in which somebody spoke
        floors = _floors(speeches, cascade.index)
        for rule, hit in speeches:
            if not rule.floor and hit.sentence.passage.eid in floors:
                continue  # what one speaker says about others
            if rule.outside_panels and hit.sentence.passage.eid in of_panels:
                continue
            if rule.aside and hit.sentence.base in spoken:
                continue
            is_first = hit.sentence.base not in spoken
            spoken.add(hit.sentence.base)
            if hit.sentence.passage.eid in concluding and (rule.pronoun or not hit.sentence.start):
                continue
            lead, words = words_of(cascade, hit, is_first)
            for voice in _named(cascade, rule, hit):
                presents = voice.person is not None and cover.kind != _OF_DELEGATES
                act = rule.act or acts.of(lead, words, presents)
                if (
                    hit.sentence.passage.eid in of_experts
                    or (act == _OF_EXPERTS and code(voice.entry) is None)
                    or (cover.kind != _OF_DELEGATES and _is_of_unknown(voice))
                ):
                    voice = as_expert(voice)
                row = _row(cascade.sentence(voice.name[0]), rule.id, voice, act, timeline)
                if rule.headings and (below := _below(cascade.index, hit.sentence.passage)) is not None:
                    row = replace(row, paragraph=below.paragraph.eid)
                if rows.add(row, rule.pronoun) and not voice.known:
                    findings.append(Finding("X001", *row.span, rule.id, _entry(row.speaker.name)))
    return rows.ordered(), findings


def _of_panels(index: TextIndex, kinds: Set[str]) -> set[str]:
    """The passages that mention a panel, and the first one under each heading that does."""
    named = {index.sentence_at(m.start).passage.eid for m in index.mentions if m.classes & kinds}
    first = {p.divisions[-1]: p.eid for p in reversed(index.passages) if p.runs and p.divisions}
    return named | {eid for division, eid in first.items() if division in named}


def _below(index: TextIndex, heading: Passage) -> Passage | None:
    """The running text right below a heading."""
    if heading.place + 1 >= len(index.passages):
        return None
    below = index.passages[heading.place + 1]
    return below if below.runs and heading.eid in below.divisions else None


def _floors(speeches: Sequence[tuple[StatementRule, Hit]], index: TextIndex) -> set[str]:
    """The passages that are speeches, word for word: those that a speaker opens, or is the heading of, and in a
    verbatim record all that follow.
    """
    opened = {hit.sentence.passage.eid for rule, hit in speeches if rule.floor}
    headings = {hit.sentence.passage.eid for rule, hit in speeches if rule.headings}
    if headings:
        opened |= {passage.eid for passage in index.passages if not headings.isdisjoint(passage.divisions)}
    passages = list(dict.fromkeys(hit.sentence.passage.eid for _, hit in speeches))
    if len(opened) < _VERBATIM or 2 * len(opened) < len(passages):
        return opened
    first = next(i for i, eid in enumerate(passages) if eid in opened)
    return set(passages[first:])


def _entry(name: str) -> dict[str, str]:
    """What a diagnostic says about an unknown name: the name, and where it is in an entry for it."""
    in_chinese = bool(HAN.search(name))
    return {"name": name, "en": _OTHER_NAME if in_chinese else name, "zh": name if in_chinese else _OTHER_NAME}


def _concluding(index: TextIndex, grammar: Grammar, budget: TimeBudget) -> set[str]:
    """The passages that open with what was concluded: no statement of the chair who drew it."""
    candidates = index.in_passages([rule for rule in grammar.of(Concluding) if not rule.follows])
    return {p.eid for p, rules in candidates if any(grammar.matcher(rule).search(p.matched, budget) for rule in rules)}


def _after_experts(index: TextIndex, cover: Cover) -> set[str]:
    """The passages after one in their division that mentions experts: persons who are named there speak as such."""
    if cover.kind == _OF_DELEGATES:
        return set()
    heads, eids = {index.sentence_at(m.start).passage.eid for m in index.mentions if "EXPERT" in m.classes}, set()
    division: tuple[str, ...] | None = None
    for passage in index.passages:
        if passage.eid in heads:
            division = passage.divisions
        if passage.divisions == division:
            eids.add(passage.eid)
    return eids


def _is_of_unknown(voice: Voice) -> bool:
    """Whether a person is named with an organization that no list knows: an institution that sends no
    representatives.
    """
    return voice.person is not None and voice.kind == "organization" and voice.entry is None


def _named(cascade: Cascade, rule: StatementRule, hit: Hit) -> list[Voice]:
    """Those who speak in a hit; for a pronoun the only one who was named before it in the passage."""
    if rule.pronoun:
        before = cascade.speakers_before(hit)
        return before if len(before) == 1 and not cascade.sentence(before[0].name[0]).start else []
    behalf = next((hit.stretch(*span) for span in hit.groups("group")), None)
    named = [voice for start, end in hit.groups("speakers") for voice in voices(hit, start, end)]
    return [replace(voice, behalf=voice.behalf or behalf) for voice in named] if behalf else named


def _speeches(cascade: Cascade, grammar: Grammar) -> list[tuple[StatementRule, Hit]]:
    """The matches of the rules in running text and in the items of lists of speakers, in reading order."""
    speeches = list(_all_speeches(cascade, grammar))
    return sorted(speeches, key=lambda item: item[1].extent)


def _all_speeches(cascade: Cascade, grammar: Grammar) -> Iterator[tuple[StatementRule, Hit]]:
    rules = grammar.of(StatementRule)
    heads = {hit.sentence.passage.eid for _, hit in cascade.hits([rule for rule in rules if rule.heads])}
    running = [rule for rule in rules if not (rule.items or rule.heads or rule.headings)]
    yield from (speech for speech in cascade.hits(running) if speech[1].sentence.passage.runs)
    yield from _headed(cascade, [rule for rule in rules if rule.headings])
    if heads:
        for rule, hit in cascade.hits([rule for rule in rules if rule.items]):
            above = hit.sentence.passage.above
            if above and above[-1].eid in heads:
                yield rule, hit


def _headed(cascade: Cascade, rules: Sequence[StatementRule]) -> Sequence[tuple[StatementRule, Hit]]:
    """The headings that name who speaks in the sentences below them, if there are as many as in a verbatim record."""
    hits = [speech for speech in cascade.hits(rules) if speech[1].sentence.passage.draft.element == "division"]
    below = [(speech, _below(cascade.index, speech[1].sentence.passage)) for speech in hits]
    headed = [speech for speech, passage in below if passage is not None and stopped(passage.matched)]
    return headed if len(headed) >= _VERBATIM else ()


def _row(sentence: Sentence, rule: str, voice: Voice, act: StatementAct, timeline: MeetingTimeline) -> Statement:
    passage = sentence.passage
    within = passage.places == (passage.eid,)
    meetings = (
        [timeline.at(passage.eid, sentence.start + len(sentence.text))] if within else timeline.of(passage.places[0])
    )
    start, end = (at - sentence.base for at in voice.name)
    behalf = sentence.shown(*(at - sentence.base for at in voice.behalf)).strip() if voice.behalf else None
    return Statement(
        id="",
        meeting=next(iter(meetings), None),
        paragraph=passage.paragraph.eid,
        speaker=speaker(sentence, voice),
        act=act,
        on_behalf_of=behalf or None,
        span=sentence.span(start, end),
        rule=rule,
    )
