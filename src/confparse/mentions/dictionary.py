"""The words of all lexicons in one automaton, and the shapes beside them: a text to its mentions, in one pass."""

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import merge
from typing import overload

from confparse.letters import FIRST_HAN, HAN, in_small_letters
from confparse.mentions.types import Mention
from confparse.rules.alphabet import Classes
from confparse.rules.extents import Extents
from confparse.rules.grammar import Grammar
from confparse.rules.kinds import Name
from confparse.rules.mentions import Shape
from confparse.rules.time_budget import TimeBudget

_PART = 100_000  # characters in which words are looked for at once
_SHORT_FORMS = 100  # short forms and names of persons that one paper may introduce
_GRAMMARS = 8  # grammars whose dictionaries are kept
_FORMS = {ord("'"): "\u2019", 0x2010: "-", 0x2011: "-"}  # of the apostrophe and of hyphens, to those of the lists


@lru_cache(maxsize=_GRAMMARS)
def dictionary(grammar: Grammar) -> "Dictionary":
    """The dictionary of a grammar, made once."""
    return Dictionary(grammar)


class Dictionary:
    """Finds words and shapes. Of those that overlap, the first one is taken, and of those that start together the
    longest.
    """

    def __init__(self, grammar: Grammar) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self._grammar = grammar
        words = {word.translate(_FORMS): classes for word, classes in grammar.words_of_classes.items() if word}
        self._words = list(words)
        self._classes = list(words.values())
        self._chars = [grammar.alphabet.char(classes) for classes in self._classes]
        self._latin = [word[0] < FIRST_HAN for word in self._words]
        self._longest = max(map(len, self._words), default=0)
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
        in_capitals = {name.upper(): entry for name, entry in entries.items()}
        return {name.translate(_FORMS): entry for name, entry in (in_capitals | entries).items()}

    def find(self, text: str, budget: TimeBudget) -> "Mentions":
        """The mentions of a text, in order: of those that overlap the first, of those that start together the
        longest.
        """
        text = text.translate(_FORMS)
        shapes = {i: own[3].extents(text, budget) for i, own in enumerate(self._shapes) if not own[0].everywhere}
        short_forms = sorted(self._short_forms(text, budget))
        shaped = merge(short_forms, *(_of_shape(i, extents) for i, extents in shapes.items()))
        out, last = Mentions(self), 0
        for start, negative_end, is_word, i in merge(shaped, self._words_in_order(text)):
            if start >= last:
                last = -negative_end
                out.add(start, last, is_word, i)
        return out

    def _short_forms(self, text: str, budget: TimeBudget) -> Iterator[tuple[int, int, int, int]]:
        """Where the short forms and the names are that the text itself introduces, and that no list knows."""
        known_words = set(self._words)
        for i, (rule, _, _, matcher) in enumerate(self._shapes):
            for match in matcher.scan(text, budget) if rule.everywhere else ():
                if (name := match["name"]) not in known_words and len(known_words) < len(self._words) + _SHORT_FORMS:
                    known_words.add(name)
                    yield from ((start, -start - len(name), 0, i) for start in _places(name, text))

    def _words_in_order(self, text: str) -> Iterator[tuple[int, int, int, int]]:
        """The words of a text by their starts, longer ones first; found in parts, because all of them take much
        memory.
        """
        for low in range(0, len(text), _PART):
            yield from sorted((start, -end, 1, i) for i, start, end in self._whole_words(text, low, low + _PART))

    def as_written(self, heading: str) -> str:
        """A heading whose words are printed in capitals, or begin with them, as the lists write these words; as long as
        before.
        """
        heading = in_small_letters(heading)
        small = heading.translate(_FORMS).lower()
        if small == heading or len(small) != len(heading) or HAN.search(heading):
            return heading
        word_spans = [(start, end) for _, start, end in self._whole_words(heading, 0, len(heading))]
        for _, start, end in self._whole_words(small, 0, len(small)):
            if not any(a < end and start < b and b - a >= end - start for a, b in word_spans):
                heading = heading[:start] + small[start:end] + heading[end:]
        return heading

    def classes(self, is_word: int, i: int) -> Classes:
        """The classes of a word or a shape, by its place in the lists of these."""
        return self._classes[i] if is_word else self._shapes[i][1]

    def mention(self, start: int, end: int, is_word: int, i: int) -> Mention:
        """The mention that a word or a shape is, by its place in the lists of these."""
        if not is_word:
            rule, classes, char, _ = self._shapes[i]
            return Mention(start, end, char, classes, rule.id)
        word = self._words[i]
        return Mention(start, end, self._chars[i], self._classes[i], word, self._entries.get(word))

    def _whole_words(self, text: str, low: int, high: int) -> Iterator[tuple[int, int, int]]:
        """The words that start in [low, high) of the text, each as its number, start and end; Latin ones only between
        word borders.
        """
        latin, words, end_of_text = self._latin, self._words, len(text)
        part = text[low : high + self._longest]
        for i, begins, stops in self._automaton.find_matches_as_indexes(part, overlapping=True):
            start, end = low + begins, low + stops
            if start >= high:
                continue
            if latin[i]:
                if start and _joins(text[start - 1]) and _joins(text[start]):
                    continue
                if end < end_of_text and _joins(text[end]) and _joins(words[i][-1]) and not _free_hyphen(text, end):
                    continue
            yield i, start, end


def _places(name: str, text: str) -> Iterator[int]:
    """Where a name starts in a text, a Latin one only between word borders."""
    latin, at = name[0] < FIRST_HAN, text.find(name)
    while at >= 0:
        end = at + len(name)
        inside = latin and ((at > 0 and _joins(text[at - 1])) or (end < len(text) and _joins(text[end])))
        if not inside:
            yield at
        at = text.find(name, end)


def _of_shape(i: int, extents: Extents) -> Iterator[tuple[int, int, int, int]]:
    """The mentions that a shape found, by their starts, as those of words are."""
    return ((start, -end, 0, i) for start, end in extents.fitting())


def _joins(char: str) -> bool:
    """Whether a character is part of a Latin word."""
    return char == "-" or (char.isalnum() and char < FIRST_HAN)


def _free_hyphen(text: str, at: int) -> bool:
    """Whether a hyphen ends a word rather than joins it to the next."""
    return text[at] == "-" and not text[at + 1 : at + 2].isalpha()


class Mentions(Sequence[Mention]):
    """The mentions of a text in columns: a text of small words holds as many as words. They are made when asked for."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self.starts, self.ends, self._which = array("I"), array("I"), array("I")
        self._is_word = bytearray()

    def add(self, start: int, end: int, is_word: int, i: int) -> None:
        """Put a word or a shape after the last one."""
        self.starts.append(start)
        self.ends.append(end)
        self._which.append(i)
        self._is_word.append(is_word)

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | list[Mention]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self.starts)))]
        return self._dictionary.mention(self.starts[at], self.ends[at], self._is_word[at], self._which[at])

    def classes(self, at: int) -> Classes:
        """The classes of one of them."""
        return self._dictionary.classes(self._is_word[at], self._which[at])

    def __len__(self) -> int:
        return len(self.starts)
