"""How much lengths and figures support or oppose a pair, in natural logarithms of the odds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache, partial
from itertools import accumulate, chain
from math import log
from typing import NamedTuple

from confparse.comparison.lengths import FLOOR, Lengths
from confparse.comparison.types import ComparedUnit, Figure, Language
from confparse.comparison.units import letter_of, ordinal_of

# Measured on parallel reports: Chinese and English paragraphs of known correspondence.
_NEVER = -1e6
TOO_LONG = float("-inf")  # log odds of several units that are far too long for one, as still more of them are
_MOST = 6.0  # odds at most that one figure may give
_SHARED = {  # how often what one version holds is in the other too, measured on parallel reports
    "symbol": 0.98,
    "day": 0.97,
    "number": 0.95,
    "states": 0.95,
    "label": 0.9,
    "letter": 0.9,  # a label that is a letter or a roman numeral
    "latin": 0.8,
    "bodies": 0.75,
    "organizations": 0.8,
    "groups": 0.8,
    "month": 0.8,
    "terms": 0.7,
    "role": 0.8,
    "clock": 0.95,
    "learnt": 0.7,
}

_DIFFERENT = log(1 - 0.9)  # what two labels say that differ
_LABELLED = log(0.05)  # that a unit with its own label is part of a larger one
_ALIKE = frozenset({"symbol", "day"})  # what tells even if the other version holds it nowhere
_OPTIONAL = frozenset({"label", "letter", "role"})  # what dumps of some habits do not print
_JOINED = 4096  # stretches of units whose tokens are kept together, because each is weighed against many
_CONTENTS = "toc"  # what repeats headings, and corresponds to none of them

Token = tuple[str, str]


def tokens(unit: ComparedUnit, figures: Iterable[Figure]) -> set[Token]:
    """The figures of a unit, its label and its role, as what they stand for."""
    out = {(figure.kind, figure.value) for figure in figures if figure.kind in _SHARED}
    number = ordinal_of(unit.num)
    if number is not None:
        out.add(("label", str(number)))
    letter = letter_of(unit.num)
    if letter is not None:
        out.add(("letter", letter))
    if unit.role is not None:
        out.add(("role", unit.role))
    return out


class _TokenSet(NamedTuple):
    """What a stretch of units of one version holds, and what it says that the other version lacks all of it."""

    tokens: frozenset[Token]
    loss: float


class Evidence:
    """Weighs pairs of stretches of units of two versions."""

    def __init__(
        self,
        zh: Sequence[ComparedUnit],
        en: Sequence[ComparedUnit],
        zh_tokens: Sequence[set[Token]],
        en_tokens: Sequence[set[Token]],
    ) -> None:
        lengths = [len(unit.text) for unit in zh], [len(unit.text) for unit in en]
        self._zh, self._en = ([0, *accumulate(side)] for side in lengths)
        self._contents = [[unit.element == _CONTENTS for unit in side] for side in (zh, en)]
        with_contents = [any(side) for side in self._contents]
        self._has_contents = any(with_contents)
        #: per version, the units that can only be without a counterpart: contents that the other version does not print
        self.lone = [
            side if self._has_contents and not all(with_contents) else [False] * len(side) for side in self._contents
        ]
        self._lengths = Lengths(
            *(
                [length for length, lone in zip(own, flags, strict=True) if not lone]
                for own, flags in zip(lengths, self.lone, strict=True)
            )
        )
        self._gain: dict[Token, float] = {}
        self._loss: dict[Token, float] = {}
        self._rate(zh_tokens, en_tokens)
        optional = [[self._named(tokens) for tokens in side] for side in (zh_tokens, en_tokens)]
        self._optional = [[tokens or None for tokens in side] for side in optional]
        self._labels = [
            [0, *accumulate("label" in tokens or "letter" in tokens for tokens in side)] for side in optional
        ]
        self._gains = [[self._gains_of(tokens) for tokens in side] for side in (zh_tokens, en_tokens)]
        self.zh, self.en = ([self._rated_tokens(tokens) for tokens in side] for side in (zh_tokens, en_tokens))
        self._total()

    def _total(self) -> None:
        self._worth = {token: gain - 2 * self._loss[token] for token, gain in self._gain.items()}
        self._most = [[0.0, *accumulate(side)] for side in self._gains]
        shared: dict[frozenset[Token], _TokenSet] = {}  # most sentences hold nothing, or what others hold
        self._zh_sets, self._en_sets = (
            [self._token_set(tokens, shared) for tokens in side] for side in (self.zh, self.en)
        )
        self.zh, self.en = ([token_set.tokens for token_set in side] for side in (self._zh_sets, self._en_sets))
        self._zh_joined, self._en_joined = (lru_cache(_JOINED)(partial(self._join, s)) for s in (self.zh, self.en))

    def with_more(self, zh: Sequence[set[Token]], en: Sequence[set[Token]]) -> "Evidence":
        """The same with tokens of kinds that no unit held before, for each unit those it holds."""
        more = copy(self)
        more._gain, more._loss = dict(self._gain), dict(self._loss)
        more._rate(zh, en)
        more.zh, more.en = (
            [old | more._rated_tokens(new) if new else old for old, new in zip(side, added, strict=True)]
            for side, added in ((self.zh, zh), (self.en, en))
        )
        more._gains = [
            [old + more._gains_of(new) if new else old for old, new in zip(side, added, strict=True)]
            for side, added in zip(self._gains, (zh, en), strict=True)
        ]
        more._total()
        return more

    def _rate(self, zh: Sequence[set[Token]], en: Sequence[set[Token]]) -> None:
        """What it says that a token is in both sides of a pair, over what it says that it is in one: by how rare it
        is.
        """
        in_zh, in_en = Counter(chain.from_iterable(zh)), Counter(chain.from_iterable(en))
        for token in in_zh.keys() ^ in_en.keys():
            if token[0] in _ALIKE:
                self._loss[token] = log(1 - _SHARED[token[0]])
        for token in in_zh.keys() & in_en.keys():
            share = _SHARED[token[0]]
            often = (in_zh[token] / (len(zh) + 1) * in_en[token] / (len(en) + 1)) ** 0.5
            self._loss[token] = log((1 - share) / (1 - min(often, 0.5)))
            self._gain[token] = min(_MOST, log(share / min(often, 0.9)))

    def _rated_tokens(self, tokens: set[Token]) -> frozenset[Token]:
        return frozenset([token for token in tokens if token in self._loss and token[0] not in _OPTIONAL])

    def _named(self, tokens: set[Token]) -> dict[str, Token]:
        return {token[0]: token for token in tokens if token[0] in _OPTIONAL}

    def _gains_of(self, tokens: set[Token]) -> float:
        """The log odds at most that what a unit holds may give."""
        return sum([self._gain[token] for token in tokens if token in self._gain])

    def _token_set(self, tokens: frozenset[Token], shared: dict[frozenset[Token], _TokenSet]) -> _TokenSet:
        """What a unit holds, the same object for equal sets."""
        if tokens not in shared:
            shared[tokens] = _TokenSet(tokens, self._losses(tokens))
        return shared[tokens]

    def _losses(self, tokens: frozenset[Token]) -> float:
        return sum(map(self._loss.__getitem__, tokens))

    def _join(self, side: Sequence[frozenset[Token]], low: int, high: int) -> _TokenSet:
        tokens = side[low].union(*side[low + 1 : high])
        return _TokenSet(tokens, self._losses(tokens))

    def weigh(self, i0: int, i1: int, j0: int, j1: int, least: float = _NEVER) -> float:
        """The log odds that the units [i0, i1) and [j0, j1) correspond; a very small number if they are under `least`,
        TOO_LONG if several units are far too long for one.
        """
        if self._has_contents and self._contents[0][i1 - 1] != self._contents[1][j1 - 1]:
            return _NEVER
        zh_length, en_length = self._zh[i1] - self._zh[i0], self._en[j1] - self._en[j0]
        odds = self._lengths.odds(zh_length, en_length)
        zh_one, en_one = i1 == i0 + 1, j1 == j0 + 1
        if odds <= -FLOOR and not (zh_one and en_one):  # whatever they hold
            return TOO_LONG if (self._lengths.ratio * zh_length > en_length) == en_one else _NEVER
        zh_most, en_most = self._most
        if odds + zh_most[i1] - zh_most[i0] < least or odds + en_most[j1] - en_most[j0] < least:
            return _NEVER
        zh = self._zh_sets[i0] if zh_one else self._zh_joined(i0, i1)
        en = self._en_sets[j0] if en_one else self._en_joined(j0, j1)
        odds += zh.loss + en.loss
        for token in zh.tokens & en.tokens:
            odds += self._worth[token]
        if not zh_one:
            odds += _LABELLED * (self._labels[0][i1] - self._labels[0][i0 + 1])
        if not en_one:
            odds += _LABELLED * (self._labels[1][j1] - self._labels[1][j0 + 1])
        one, other = self._optional[0][i0], self._optional[1][j0]
        if one and other:  # what some dumps do not print is no evidence if one side lacks it
            for kind, token in one.items():
                if kind in other:
                    odds += self._gain[token] if token == other[kind] else _DIFFERENT
        return odds

    def of_part(self, language: Language, length: int, tokens: set[Token], low: int, high: int) -> float:
        """The log odds that a part of a unit of one version and the units [low, high) of the other correspond."""
        rated_tokens = self._rated_tokens(tokens)
        part = _TokenSet(rated_tokens, self._losses(rated_tokens))
        if language == "zh":
            odds = self._lengths.odds(length, self._en[high] - self._en[low])
            return odds + self._of_tokens(part, self._en_joined(low, high))
        odds = self._lengths.odds(self._zh[high] - self._zh[low], length)
        return odds + self._of_tokens(self._zh_joined(low, high), part)

    def _of_tokens(self, zh: _TokenSet, en: _TokenSet) -> float:
        """The gain of what both hold, and the loss of the rest."""
        return zh.loss + en.loss + sum(self._worth[token] for token in zh.tokens & en.tokens)
