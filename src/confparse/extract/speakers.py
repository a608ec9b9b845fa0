"""Mentions to speakers: who is named in a stretch of an encoded text, and how the record shows it."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from confparse.mentions.cascade import Hit
from confparse.mentions.passages import Sentence
from confparse.mentions.types import Mention, Stretch, Voice
from confparse.model import Speaker, Unit
from confparse.punctuation import CLOSING, COMMAS, OPENING, PARTING
from confparse.rules.kinds import Name
from confparse.vocabularies import SpeakerKind

_KINDS: tuple[tuple[str, SpeakerKind], ...] = (
    ("STATE", "state"),
    ("ORG", "organization"),
    ("SECRETARIAT", "organization"),
    ("GROUP", "group"),
    ("UNNAMED", "expert"),
    ("PERSON", "expert"),
    ("NAME", "other"),
)


def voices(hit: Hit, start: int, end: int) -> Iterator[Voice]:
    """All who are named in the characters [start, end) of a hit, those in brackets aside.

    If semicolons part the stretch, commas are inside its items: of a person's item only the first name speaks.
    """
    text = hit.encoded.text
    cuts = [start, *(i + 1 for i in range(start, end) if text[i] in PARTING), end]
    parted = len(cuts) > 2
    for low, high in pairwise(cuts):
        part_voices = [voice for mention in _outside_brackets(hit, low, high) for voice in _of(mention)]
        if len(part_voices) > 1 and _is_apposition(hit, part_voices[-2], part_voices[-1]):
            part_voices.pop()
        if parted and part_voices and part_voices[0].person:
            part_voices = part_voices[:1]
        yield from part_voices


def _outside_brackets(hit: Hit, start: int, end: int) -> Iterator[Mention]:
    depth = 0
    for i in range(start, end):
        char, place = hit.encoded.text[i], hit.encoded.at[i]
        if not isinstance(place, int):
            if depth <= 0:
                yield place
        else:
            depth += (char in OPENING) - (char in CLOSING)


def _is_apposition(hit: Hit, before: Voice, last: Voice) -> bool:
    """Whether the last of a list is the office, after a comma, of the person before it."""
    between = hit.text(before.name[1], last.name[0]).rpartition(")")[2]
    return before.person is not None and last.person is None and last.role is not None and between.strip() == ","


def _of(mention: Mention) -> tuple[Voice, ...]:
    if mention.voices or "SPEAKER" in mention.classes:
        return mention.voices
    kind = next((kind for name, kind in _KINDS if name in mention.classes), None)
    if kind is None:
        return ()
    entry, own = mention.entry, mention.name
    person = own if mention.classes & {"PERSON", "NAME"} else None
    if kind == "state" and entry is not None and entry.observer:
        kind = "observer_state"
    return (
        Voice(
            name=own,
            kind=kind,
            entry=entry,
            person=person,
            behalf=mention.behalf,
            known="NAME" not in mention.classes,
        ),
    )


def code(entry: Name | None) -> str | None:
    """The code of a State."""
    return entry.code if entry is not None else None


def key(entry: Name | None) -> str | None:
    """The key of an organization or a body."""
    return entry.key if entry is not None else None


def as_expert(voice: Voice) -> Voice:
    """A person with a State or an institution in brackets, as one who speaks for himself or herself."""
    if voice.person is None or voice.role is not None or voice.person == voice.name:
        return voice
    return replace(voice, kind="expert", name=voice.person, of=voice.name, of_entry=voice.entry, entry=None)


def shown(sentence: Sentence, stretch: Stretch | None) -> str | None:
    """A stretch of the text of all passages as printed, None for none."""
    if stretch is None:
        return None
    return sentence.shown(stretch[0] - sentence.base, stretch[1] - sentence.base).strip(f" {COMMAS}")


def speaker(sentence: Sentence, voice: Voice) -> Speaker:
    """One who speaks, as the record shows it."""
    unit = shown(sentence, voice.of)
    parts = [part for part in (voice.name, voice.person, voice.role, voice.of) if part is not None]
    start, end = min(low for low, _ in parts), max(high for _, high in parts)
    of = Unit(name=unit, code=code(voice.of_entry), key=key(voice.of_entry)) if unit else None
    return Speaker(
        name=shown(sentence, voice.name) or "",
        kind=voice.kind,
        code=code(voice.entry),
        key=key(voice.entry),
        person=shown(sentence, voice.person),
        role=shown(sentence, voice.role),
        of=of,
        count=voice.count,
        span=sentence.span(start - sentence.base, end - sentence.base),
    )
