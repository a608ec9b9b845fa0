"""The words of all lexicons in one automaton, and the shapes beside them: a text to its mentions, in one pass."""

import re
from collections.abc import Iterator
from functools import lru_cache

from confparse.mentions.types import Mention
from confparse.rules.grammar import Grammar
from confparse.rules.kinds import Name
from confparse.rules.mentions import Shape
from confparse.rules.patterns import TimeBudget

_GRAMMARS = 8  # grammars whose dictionaries are kept
_HAN = "\u2e80"  # where the blocks of Han characters and their punctuation start
_APOSTROPHES = {ord("'"): "\u2019"}


@lru_cache(maxsize=_GRAMMARS)
def dictionary(grammar: Grammar) -> "Dictionary":
    """The dictionary of a grammar, made once."""
    return Dictionary(grammar)


class Dictionary:
    """Finds words and shapes. Of those that overlap, the first one is taken, and of those that start together the longest."""

    def __init__(self, grammar: Grammar) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self._grammar = grammar
        words = {word.translate(_APOSTROPHES): classes for word, classes in grammar.words_of_classes.items() if word}
        self._words = list(words)
        self._classes = list(words.values())
        self._chars = [grammar.alphabet.char(classes) for classes in self._classes]
        self._latin = [word[0] < _HAN for word in self._words]
        self._entries = self._named()
        self._automaton = AhoCorasick(
            self._words, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )
        self._shapes = [
            (rule, frozenset({rule.makes}), grammar.alphabet.char(frozenset({rule.makes})), grammar.matcher(rule))
            for rule in grammar.of(Shape)
        ]

    def _named(self) -> dict[str, Name]:
        kinds = [kind for entry in self._grammar.lexicon.values() for kind in entry.names]
        entries = {n: e for kind in reversed(kinds) for e in self._grammar.names.get(kind, ()) for n in (*e.en, *e.zh)}
        return {name.translate(_APOSTROPHES): entry for name, entry in entries.items()}

    def find(self, text: str, budget: TimeBudget) -> list[Mention]:
        """The mentions of a text, in order."""
        text = text.translate(_APOSTROPHES)
        found = [(start, -end, 1, i) for i, start, end in self._whole_words(text)]
        for i, (_, _, _, matcher) in enumerate(self._shapes):
            found += [(*_extent(match), 0, i) for match in matcher.scan(text, budget)]
        found.sort()
        out: list[Mention] = []
        last = 0
        for start, negative_end, is_word, i in found:
            if start >= last:
                last = -negative_end
                out.append(self._mention(start, last, is_word, i))
        return out

    def _mention(self, start: int, end: int, is_word: int, i: int) -> Mention:
        if not is_word:
            rule, classes, char, _ = self._shapes[i]
            return Mention(start, end, char, classes, rule.id)
        word = self._words[i]
        return Mention(start, end, self._chars[i], self._classes[i], word, self._entries.get(word))

    def _whole_words(self, text: str) -> Iterator[tuple[int, int, int]]:
        """The words that stand in the text, each as its number, start and end; Latin ones only between word borders."""
        latin, words, end_of_text = self._latin, self._words, len(text)
        for i, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if latin[i]:
                if start and _joins(text[start - 1]) and _joins(text[start]):
                    continue
                if end < end_of_text and _joins(text[end]) and _joins(words[i][-1]) and not _free_hyphen(text, end):
                    continue
            yield i, start, end


def _extent(match: "re.Match[str]") -> tuple[int, int]:
    return match.start(), -match.end()


def _joins(char: str) -> bool:
    """Whether a character is part of a Latin word."""
    return char == "-" or (char.isalnum() and char < _HAN)


def _free_hyphen(text: str, at: int) -> bool:
    """Whether a hyphen ends a word rather than joins it to the next."""
    return text[at] == "-" and not text[at + 1 : at + 2].isalpha()
