"""The cascade: the sentences that may report something, encoded, their phrases composed, ready for record rules."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

import regex

from confparse.letters import HAN
from confparse.mentions.encode import Encoder
from confparse.mentions.index import TextIndex
from confparse.mentions.passages import Sentence
from confparse.mentions.phrases import Composer
from confparse.mentions.types import Encoded, Mention, Stretch, Voice
from confparse.punctuation import COLONS
from confparse.rules.base import Language
from confparse.rules.grammar import Grammar
from confparse.rules.mentions import MentionPattern, Phrase
from confparse.rules.time_budget import TimeBudget

LANGUAGES: tuple[Language, ...] = ("en", "zh")
R = TypeVar("R", bound=MentionPattern)


class Hit(NamedTuple):
    """A match of a rule in a sentence; stretches are offsets in the text of all passages."""

    rule: MentionPattern
    match: "regex.Match[str]"
    encoded: Encoded
    sentence: Sentence

    def groups(self, name: str) -> list[Stretch]:
        """The captures of a group, as indexes of the encoded text."""
        if name not in self.match.re.groupindex:
            return []
        return [span for span in self.match.spans(name) if span[0] < span[1]]

    def stretch(self, start: int, end: int) -> Stretch:
        """A stretch of the encoded text as one of the text of all passages."""
        return self.encoded.stretch(start, end)

    def text(self, start: int, end: int) -> str:
        """A stretch of the text of all passages, as it is matched."""
        return self.sentence.text[start - self.sentence.base : end - self.sentence.base]

    def shown(self, stretch: Stretch) -> str:
        """A stretch of the text of all passages, as printed."""
        return self.sentence.shown(stretch[0] - self.sentence.base, stretch[1] - self.sentence.base)

    def loose(self, start: int, end: int) -> Stretch:
        """The same from the end of what is before it, with the articles that patterns do not see."""
        low, high = self.encoded.stretch(start, end)
        if not start or self.encoded.text[start - 1] == "\n":
            return min(low, self.sentence.base), high
        before = self.encoded.end(start - 1)
        return (before if before >= self.sentence.base else low), high

    @property
    def extent(self) -> Stretch:
        return self.encoded.stretch(*self.match.span())


class Cascade:
    """The mentions of an index, composed into phrases, for each language that it is written in."""

    def __init__(self, index: TextIndex, grammar: Grammar, budget: TimeBudget) -> None:
        self._grammar, self._budget, self.index = grammar, budget, index
        self._encoded = {language: self._composed(language) for language in LANGUAGES}

    def hits(self, rules: Sequence[R]) -> Iterator[tuple[R, Hit]]:
        """All matches of some rules, rule by rule in their order, in each language."""
        for language in LANGUAGES:
            encoded = self._encoded[language]
            for rule in rules if encoded.text else ():
                matcher = self._grammar.mention_matcher(rule, language)
                for match in matcher.scan(encoded.text, self._budget) if matcher else ():
                    if match.start() < match.end():
                        yield rule, Hit(rule, match, encoded, self.sentence(encoded.begin(match.start())))

    def speakers_before(self, hit: Hit) -> list[Voice]:
        """Those who are named in the passage of a hit before it, as mentions of class SPEAKER."""
        first = hit.sentence.base - hit.sentence.start
        out: list[Voice] = []
        for i in range(hit.match.start() - 1, -1, -1):
            place = hit.encoded.at[i]
            if (place if isinstance(place, int) else place.start) < first:
                break
            if not isinstance(place, int):
                out += place.voices
        return out

    def sentence(self, at: int) -> Sentence:
        """The sentence that holds an offset of the text of all passages."""
        return self.index.sentence_at(at)

    def _composed(self, language: Language) -> Encoded:
        candidates = list(self._candidates(language))
        if not candidates:
            return Encoded("", [])
        encoder = Encoder(self.index.text, language, self._grammar)
        for sentence, mentions in candidates:
            encoder.add(sentence.base, sentence.base + len(sentence.text), mentions)
        composer = Composer(self.index.text, language, self._grammar, self._budget)
        return composer.composed(encoder.encoded(), self._grammar.of(Phrase))

    def _candidates(self, language: str) -> Iterator[tuple[Sentence, list[Mention]]]:
        """The sentences of a language that hold a word which wakes rules, headings, sentences that lead to a list, and
        its items.
        """
        waking = frozenset(name for name, entry in self._grammar.lexicon.items() if entry.wakes)
        mentions, i = self.index.mentions, 0
        leading: set[str] = set()  # the eids of paragraphs that lead to a list
        for sentence in self.index.all_sentences:
            end = sentence.base + len(sentence.text)
            while i < len(mentions) and mentions.starts[i] < sentence.base:
                i += 1
            first = i
            while i < len(mentions) and mentions.ends[i] <= end:
                i += 1
            draft = sentence.passage.draft
            listed = bool(sentence.passage.above) and sentence.passage.above[-1].eid in leading
            leads = i > first and sentence.text.rstrip("0123456789").endswith(COLONS)
            if not (listed or leads or draft.element == "division") and not any(
                mentions.classes(j) & waking for j in range(first, i)
            ):
                continue
            if leads:
                leading.add(draft.eid)
            if bool(HAN.search(sentence.text)) == (language == "zh"):
                yield sentence, mentions[first:i]
