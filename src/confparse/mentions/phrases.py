"""Phrases over an encoded text: mentions side by side become one, step by step, and say who speaks in what office."""

from collections.abc import Iterable, Mapping, Sequence

import regex
from msgspec.structs import replace

from confparse.mentions.types import Encoded, Mention, Stretch, Voice
from confparse.numerals import counted
from confparse.rules.base import Language
from confparse.rules.grammar import Grammar
from confparse.rules.kinds import Name
from confparse.rules.mentions import MentionPattern, Phrase
from confparse.rules.time_budget import TimeBudget
from confparse.vocabularies import SpeakerKind

_OF_CLASSES: tuple[tuple[str, SpeakerKind], ...] = (
    ("STATE", "state"),
    ("SPEAKER", "organization"),
    ("ORG", "organization"),
    ("BODY", "organization"),
    ("GROUP", "group"),
    ("UNNAMED", "expert"),
)


class Composer:
    """Composes phrases over one encoded text."""

    def __init__(self, text: str, language: Language, grammar: Grammar, budget: TimeBudget) -> None:
        self._text, self._language, self._grammar, self._budget = text, language, grammar, budget

    def composed(self, encoded: Encoded, phrases: Iterable[Phrase]) -> Encoded:
        """The encoded text after some phrases, in order."""
        for phrase in phrases if encoded.text else ():
            encoded = self._reduced(encoded, phrase, self.matches(encoded, phrase))
        return encoded

    def matches(self, encoded: Encoded, rule: MentionPattern) -> Sequence["regex.Match[str]"]:
        """The matches of a rule that reads mentions."""
        matcher = self._grammar.mention_matcher(rule, self._language)
        return matcher.scan(encoded.text, self._budget) if matcher is not None else ()

    def _reduced(self, encoded: Encoded, phrase: Phrase, matches: Sequence["regex.Match[str]"]) -> Encoded:
        """The encoded text with every match of a phrase made into one mention, or left out."""
        text, at = encoded.text, encoded.at
        pieces: list[str] = []
        places: list[int | Mention] = []
        last_end = 0
        for match in matches:
            start, end = match.span("all") if "all" in match.re.groupindex else match.span()
            if start >= end or start < last_end:
                continue
            pieces.append(text[last_end:start])
            places += at[last_end:start]
            if phrase.behalf:
                self._note_behalf(places, encoded, match)
            else:
                mention = self._mention(encoded, phrase, match, (start, end))
                pieces.append(mention.char)
                places.append(mention)
            last_end = end
        if not last_end:
            return encoded
        pieces.append(text[last_end:])
        places += at[last_end:]
        return Encoded("".join(pieces), places)

    def _mention(self, encoded: Encoded, phrase: Phrase, match: "regex.Match[str]", extent: Stretch) -> Mention:
        parts = tuple(encoded.mentions(*extent))
        start, end = encoded.stretch(*extent)
        staying = sorted(name for part in parts for name in part.classes & self._grammar.staying)
        classes = frozenset({phrase.makes, *staying[:1]})
        mention = Mention(start, end, self._grammar.alphabet.char(classes), classes, phrase.id, None, parts)
        mention.entry = next((part.entry for part in parts if phrase.makes in part.classes and part.entry), None)
        if phrase.makes == "SPEAKER":
            mention.voices = self._voices(encoded, phrase, match, parts)
        elif "name" in match.re.groupindex and match.group("name"):
            mention.named = encoded.stretch(*match.span("name"))
        return mention

    def _note_behalf(self, places: list[int | Mention], encoded: Encoded, match: "regex.Match[str]") -> None:
        before = places[-1] if places else None
        if isinstance(before, Mention) and match.groupdict().get("group"):
            group = encoded.stretch(*match.span("group"))
            voices = tuple(replace(voice, behalf=voice.behalf or group) for voice in before.voices)
            places[-1] = replace(before, behalf=group, voices=voices)

    def _voices(
        self, encoded: Encoded, phrase: Phrase, match: "regex.Match[str]", parts: Sequence[Mention]
    ) -> tuple[Voice, ...]:
        """The speakers that a phrase names: one for each name, else those of its parts, else the person, else the
        office.

        A person beside the one speaker of a part is that speaker.
        """
        groups = match.re.groupindex
        inner = [voice for part in parts for voice in part.voices]
        if inner and not match.groupdict().get("name"):
            alone = len(inner) == 1 and inner[0].person is None and match.groupdict().get("person")
            person = encoded.stretch(*match.span("person")) if alone else None
            return (replace(inner[0], person=person),) if person else tuple(inner)

        def one(group: str) -> Stretch | None:
            if group not in groups or match.start(group) < 0 or match.start(group) == match.end(group):
                return None
            return encoded.stretch(*match.span(group))

        person, role, unit, behalf = one("person"), one("role"), one("of"), one("group")
        spoken = self._text[slice(*one("count"))] if one("count") else ""  # type: ignore[misc]
        rest = {
            "person": person,
            "role": role,
            "of": unit,
            "behalf": behalf,
            "count": counted(spoken, self._grammar.word),
            "of_entry": _entry(encoded.mentions(*match.span("of"))) if unit else None,
        }
        names = [span for span in match.spans("name") if span[0] < span[1]] if "name" in groups else []
        if names:
            ends = [*(start for start, _ in names[1:]), match.end()]
            observes = one("observer") is not None
            return tuple(
                self._named(
                    encoded, span, phrase, observes, rest | {"behalf": behalf or _behalf(encoded, span[0], end)}
                )
                for span, end in zip(names, ends, strict=True)
            )
        if not (person or role):
            return ()
        name = person or _around(role, unit)
        rest["behalf"] = behalf or _behalf(encoded, *match.span())
        return (Voice(name=name, kind=phrase.speaker or "other", **rest),)  # type: ignore[arg-type]

    def _named(
        self, encoded: Encoded, span: Stretch, phrase: Phrase, observer: bool, rest: Mapping[str, object]
    ) -> Voice:
        mentions = encoded.mentions(*span)
        kind: SpeakerKind | None = None
        entry = mentions[0].entry if len(mentions) == 1 else None
        if len(mentions) == 1 and span[1] - span[0] == 1:
            kind = next((kind for name, kind in _OF_CLASSES if name in mentions[0].classes), None)
        known = kind is not None
        if kind == "state" and (observer or (entry is not None and entry.observer)):
            kind = "observer_state"
        if phrase.speaker is not None and kind != "observer_state":
            kind, known = phrase.speaker, True
        start, end = mentions[0].name if len(mentions) == 1 and span[1] - span[0] == 1 else encoded.stretch(*span)
        fields: dict[str, object] = {name: value for name, value in rest.items() if value is not None}
        if mentions and mentions[0].behalf is not None:
            fields["behalf"] = mentions[0].behalf
        return Voice(name=(start, end), kind=kind or "organization", known=known, entry=entry, **fields)  # type: ignore[arg-type]


def _behalf(encoded: Encoded, start: int, end: int) -> Stretch | None:
    """On whose behalf the first of the mentions in the characters [start, end) speaks that speaks for a group."""
    return next((part.behalf for part in encoded.mentions(start, end) if part.behalf is not None), None)


def _around(role: Stretch | None, unit: Stretch | None) -> Stretch:
    """An office with the unit beside it."""
    spans = [span for span in (role, unit) if span is not None]
    return min(span[0] for span in spans), max(span[1] for span in spans)


def _entry(mentions: Sequence[Mention]) -> Name | None:
    return next((mention.entry for mention in reversed(mentions) if mention.entry is not None), None)
