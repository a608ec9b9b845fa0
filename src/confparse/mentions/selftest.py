"""The examples of all rules, those over mentions included, checked both ways."""

from confparse.mentions.dictionary import Dictionary
from confparse.mentions.encode import Encoder
from confparse.mentions.phrases import Composer
from confparse.mentions.types import Encoded
from confparse.rules import reach, selftest
from confparse.rules.base import Example
from confparse.rules.grammar import Grammar
from confparse.rules.mentions import MentionPattern, Phrase
from confparse.rules.optimize import several
from confparse.rules.reach import Unreached
from confparse.rules.selftest import Failure
from confparse.rules.time_budget import TimeBudget


class _Mentions:
    """Reads single texts as the mentions phase does."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar, self._dictionary, self._budget = grammar, Dictionary(grammar), TimeBudget()
        self._phrases = grammar.of(Phrase)

    def encoded(self, rule: MentionPattern, example: Example) -> tuple[Encoded, Composer]:
        """What the pattern of a rule reads of an example, and what composed it."""
        text, language = example.text, example.lang
        encoder = Encoder(text, language, self._grammar)
        encoder.add(0, len(text), self._dictionary.find(text, self._budget))
        composer = Composer(text, language, self._grammar, self._budget)
        before = self._phrases.index(rule) if isinstance(rule, Phrase) else len(self._phrases)
        return composer.composed(encoder.encoded(), self._phrases[:before]), composer

    def read(self, rule: MentionPattern, example: Example) -> tuple[dict[str, str] | None, str]:
        """What the groups of the first match hold, None if a rule does not match; and what its pattern reads."""
        text = example.text
        encoded, composer = self.encoded(rule, example)
        match = next((m for m in composer.matches(encoded, rule) if m.start() < m.end()), None)
        spelling = self._grammar.alphabet.spelt(encoded.text).rstrip()
        if match is None:
            return None, spelling
        spans = {name: match.span(name) for name in match.re.groupindex}
        captures = {name: text[slice(*encoded.stretch(*span))] for name, span in spans.items() if span[0] < span[1]}
        return captures, spelling


def failures(grammar: Grammar) -> list[Failure]:
    """Every example that does not hold. Raises GrammarError if a pattern cannot be compiled."""
    out = selftest.failures(grammar)
    mentions = _Mentions(grammar)
    for rule in grammar.rules.values():
        if not isinstance(rule, MentionPattern):
            continue
        for i, example in enumerate(rule.examples):
            captures, spelling = mentions.read(rule, example)
            if expected := selftest.not_as_expected(example, captures):
                out.append(Failure(grammar.example_places[rule.id][i], rule.id, example.text, expected, spelling))
    return out


def unreached(grammar: Grammar) -> list[Unreached]:
    """The outermost alternatives of patterns, those over mentions included, that no positive example reaches."""
    out, mentions, budget = reach.unreached(grammar), _Mentions(grammar), TimeBudget()
    for rule in grammar.rules.values():
        if not isinstance(rule, MentionPattern):
            continue
        for language, source in rule.patterns.items():
            own = [e for e in rule.examples if e.match and language in ("any", e.lang)]
            texts = [mentions.encoded(rule, example)[0].text for example in own]
            for alternative in several(source):
                expanded = grammar.alphabet.expand(grammar.vocabulary.union({language: alternative}))
                if not any(reach.matches(expanded, text, budget) for text in texts):
                    out.append(Unreached(grammar.places[rule.id], rule.id, language, alternative))
    return out
