"""Hyphens at line ends: which divide a word and go, and which belong to a compound and stay."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from operator import itemgetter

import regex

from confparse.labels.types import Removal
from confparse.reflow.word_list import is_english_word, is_far_more_frequent
from confparse.rules.grammar import Grammar
from confparse.rules.line_breaks import Hyphen
from confparse.rules.time_budget import TimeBudget
from confparse.text.types import Stretches, Text

_SIGNS = ("-\n", "\u2010\n", "\u2011\n", "¬\n", "\u00ad\n")  # hyphens at line ends, as printed
_TORN = 3  # words cut in halves that are not words, at least, that show the habit too
_MANY = 4  # words cut at line ends that show a habit
_WHOLE = 0.3  # share of them that is written whole elsewhere
_WORD = regex.compile(r"\p{L}+(?:-\p{L}+)*")
_BEFORE_MATTER = regex.compile(r"(\p{L}+)[-‐‑][ \t]*\n(?![ \t]*\p{Ll})")  # page matter hides the other half


class Hyphens:
    """Mends the words that a text divides at line ends; knows all its words, and keeps what it takes out."""

    def __init__(self, text: Text, grammar: Grammar, budget: TimeBudget) -> None:
        self._text, self._budget = text, budget
        self._rules = [(grammar.matcher(r), r) for r in grammar.of(Hyphen)]
        self._divides: bool | None = None
        self._words: frozenset[str] | None = None
        self.removals: list[Removal] = []

    def _is_known(self, word: str) -> bool:
        if self._words is None:
            cut = (half for match in self._cuts() for half in (match["left"], match["right"]))
            halves = Counter(half.casefold() for half in chain(cut, _BEFORE_MATTER.findall(self._text.match)))
            words = Counter(word.casefold() for word in _WORD.findall(self._text.match))
            self._words = frozenset(word for word, count in words.items() if count > halves[word])
        return word.casefold() in self._words

    def _cuts(self) -> "Iterator[regex.Match[str]]":
        """The words that may be divided at line ends, compounds included."""
        rules = (matcher for matcher, rule in self._rules if rule.goes == "if_known")
        return (match for matcher in rules for match in matcher.each(self._text.match, self._budget))

    def _staying(self, text: str) -> set[int]:
        """Where hyphens at line ends stay, for compounds begin so."""
        rules = (matcher for matcher, rule in self._rules if rule.goes == "never")
        return {match.end("left") for matcher in rules for match in matcher.each(text, self._budget)}

    def _divided(self, left: str, right: str) -> bool:
        """Whether a hyphen at a line end divides a word."""
        if self._is_known(f"{left}-{right}"):
            return False
        if self._is_known(left + right):
            return True
        if self._divides_many():
            return not (self._is_known(left) and self._is_known(right))
        torn = not self._is_known(left) and not self._is_known(right)
        return (torn and is_english_word(left + right)) or self._no_compound(left, right)

    def _no_compound(self, left: str, right: str) -> bool:
        """Whether the second half by itself is not a word, and both together are one."""
        return not self._is_known(right) and is_english_word(left + right) and not is_english_word(right)

    def _begins_word(self, left: str, right: str) -> bool:
        """Whether what compounds begin with is the start of one word here: pre-pared, where words are divided."""
        if self._no_compound(left, right):
            return True
        word = left + right
        one = is_english_word(word) and is_far_more_frequent(word, right) and not self._is_known(f"{left}-{right}")
        return one and self._divides_many()

    def _divides_many(self) -> bool:
        """Whether the dump divides words at line ends: many of those that it cuts there it writes whole elsewhere, or
        their halves nowhere.
        """
        if self._divides is None:
            stay = self._staying(self._text.match)
            cut = whole = torn = 0
            for match in self._cuts():
                if match.end("left") not in stay:
                    left, right = match["left"], match["right"]
                    cut += 1
                    whole += self._is_known(left + right)
                    torn += not self._is_known(left) and not self._is_known(right)
            many = cut >= _MANY and whole >= _WHOLE * cut
            self._divides = many or torn >= max(_TORN, _WHOLE * cut)
        return self._divides

    def mended(self, raw: str, offsets: Stretches) -> str:
        """A text without the hyphens at line ends that divide a word, and not a compound.

        `offsets`: where its stretches start, and how far each is from its place in the source.
        """
        if not any(sign in raw for sign in _SIGNS):
            return raw
        cuts: dict[int, int] = {}  # where each hyphen is, and where the word continues
        stay = self._staying(raw)
        for matcher, rule in self._rules:
            if rule.goes == "never":
                continue
            for match in matcher.each(raw, self._budget):
                at = match.end("left")
                left, right = match["left"], match["right"]
                divides = self._begins_word if at in stay else self._divided
                if at not in cuts and ((rule.goes == "always" and at not in stay) or divides(left, right)):
                    cuts[at] = match.start("right")
                    source = at + offsets[bisect_right(offsets, at, key=itemgetter(0)) - 1][1]
                    self.removals.append(Removal("hyphen", source, source + 1, rule.id))
        stretches = pairwise([0, *chain.from_iterable(sorted(cuts.items())), len(raw)])
        return "".join(raw[start:end] for start, end in islice(stretches, 0, None, 2))
