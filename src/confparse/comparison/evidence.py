"""How much lengths and figures speak for or against a pair, in natural logarithms of the odds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from math import log
from statistics import median

from confparse.comparison.types import Figure, Language, Unit
from confparse.comparison.units import ordinal_of

# Measured on parallel reports: Chinese and English paragraphs of known correspondence.
_VARIANCE = 12.0  # of the English length, for each Chinese character
_RATIO = 3.1  # English characters for a Chinese one, if the texts themselves do not tell
_FEW = 5  # units that are needed to measure it
_SPREAD = 0.9  # of the logarithm of the lengths of units that have nothing to do with each other
_NEVER = -1e6
_FLOOR = 8.0  # odds at most, for and against, that lengths may give
_MOST = 6.0  # odds at most that one figure may give
_SHARED = {  # how often what one version holds is in the other too
    "symbol": 0.98,
    "day": 0.97,
    "number": 0.95,
    "states": 0.95,
    "label": 0.9,
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
_UNCERTAIN = 0.6  # the same, for figures in words

_DIFFERENT = log(1 - 0.9)  # what two labels say that differ
_LABELLED = log(0.05)  # what it says that a unit with a label of its own is part of a larger one
_ALIKE = frozenset({"symbol", "day"})  # what tells even if the other version holds it nowhere
_OPTIONAL = frozenset({"label", "role"})  # what dumps of some habits do not print
_CONTENTS = "toc"  # what repeats headings, and corresponds to none of them

Token = tuple[str, str]


def tokens(unit: Unit, figures: Iterable[Figure]) -> set[Token]:
    """The figures of a unit, its label and its role, as what they stand for."""
    held = {(figure.kind, figure.value) for figure in figures if figure.kind in _SHARED}
    number = ordinal_of(unit.num)
    if number is not None:
        held.add(("label", str(number)))
    if unit.role is not None:
        held.add(("role", unit.role))
    return held


class Lengths:
    """The model of Gale and Church: English lengths follow Chinese ones, with a variance that grows with them."""

    def __init__(self, zh: list[int], en: list[int]) -> None:
        all_zh, all_en = sum(zh), sum(en)
        measured = all_en / all_zh if all_zh and min(len(zh), len(en)) >= _FEW else _RATIO
        self.ratio = min(max(measured, _RATIO / 2), _RATIO * 2)
        self.centre = log(max(1.0, median(en))) if en else 0.0

        self._of_zh: dict[int, tuple[float, float, float]] = {}
        self._of_en: dict[int, float] = {}

    def odds(self, zh: int, en: int) -> float:
        """The log odds that two lengths belong together, against two that do not."""
        if zh not in self._of_zh:
            variance = _VARIANCE * (zh + 2) * (self.ratio / _RATIO) ** 2
            self._of_zh[zh] = max(1.0, self.ratio * zh), -0.5 / variance, -0.5 * log(variance)
        if en not in self._of_en:
            size = max(1, en)
            self._of_en[en] = -0.5 * ((log(size) - self.centre) / _SPREAD) ** 2 - log(_SPREAD * size)
        expected, factor, constant = self._of_zh[zh]
        odds = factor * (en - expected) ** 2 + constant - self._of_en[en]
        return -_FLOOR if odds < -_FLOOR else min(odds, _FLOOR)


class Evidence:
    """Weighs pairs of stretches of units of two versions."""

    def __init__(
        self, zh: Sequence[Unit], en: Sequence[Unit], zh_tokens: Sequence[set[Token]], en_tokens: Sequence[set[Token]]
    ) -> None:
        lengths = [len(unit.text) for unit in zh], [len(unit.text) for unit in en]
        self._lengths = Lengths(*lengths)
        self._zh, self._en = ([0, *accumulate(side)] for side in lengths)
        self._gain: dict[Token, float] = {}
        self._loss: dict[Token, float] = {}
        self._rate(zh_tokens, en_tokens)
        self.zh, self.en = ([self._known(held) for held in side] for side in (zh_tokens, en_tokens))
        self._contents = [[unit.element == _CONTENTS for unit in side] for side in (zh, en)]
        optional = [[self._named(held) for held in side] for side in (zh_tokens, en_tokens)]
        self._optional = [[held or None for held in side] for side in optional]
        self._labels = [[0, *accumulate("label" in held for held in side)] for side in optional]
        self._most = [[0.0, *accumulate(map(self._gains, side))] for side in (zh_tokens, en_tokens)]

    def _rate(self, zh: Sequence[set[Token]], en: Sequence[set[Token]]) -> None:
        """What it says that a token is in both sides of a pair, over what it says that it is in one: by how rare it is."""
        in_zh, in_en = Counter(chain.from_iterable(zh)), Counter(chain.from_iterable(en))
        for token in in_zh.keys() ^ in_en.keys():
            if token[0] in _ALIKE:
                self._loss[token] = log(1 - _SHARED[token[0]])
        for token in in_zh.keys() & in_en.keys():
            share = _SHARED[token[0]]
            often = (in_zh[token] / (len(zh) + 1) * in_en[token] / (len(en) + 1)) ** 0.5
            self._loss[token] = log((1 - share) / (1 - min(often, 0.5)))
            self._gain[token] = min(_MOST, log(share / min(often, 0.9)))

    def _known(self, held: set[Token]) -> frozenset[Token]:
        return frozenset(token for token in held if token in self._loss and token[0] not in _OPTIONAL)

    def _named(self, held: set[Token]) -> dict[str, Token]:
        return {token[0]: token for token in held if token[0] in _OPTIONAL}

    def _gains(self, held: set[Token]) -> float:
        """The log odds at most that what a unit holds may give."""
        return sum(self._gain.get(token, 0.0) for token in held)

    def weigh(self, i0: int, i1: int, j0: int, j1: int, least: float = _NEVER) -> float:
        """The log odds that the units [i0, i1) and [j0, j1) correspond; a very small number if they are under `least`."""
        if self._contents[0][i1 - 1] != self._contents[1][j1 - 1]:
            return _NEVER
        odds = self._lengths.odds(self._zh[i1] - self._zh[i0], self._en[j1] - self._en[j0])
        if odds <= -_FLOOR and i1 - i0 + j1 - j0 > 2:  # far too long, whatever it holds
            return _NEVER
        zh, en = self._most
        if odds + zh[i1] - zh[i0] < least or odds + en[j1] - en[j0] < least:
            return _NEVER
        odds += self._of_tokens(_union(self.zh, i0, i1), _union(self.en, j0, j1))
        zh_labels, en_labels = self._labels
        odds += _LABELLED * (zh_labels[i1] - zh_labels[i0 + 1] + en_labels[j1] - en_labels[j0 + 1])
        one, other = self._optional[0][i0], self._optional[1][j0]
        if one and other:  # what dumps of some habits do not print says nothing if one side lacks it
            for kind, token in one.items():
                if kind in other:
                    odds += self._gain[token] if token == other[kind] else _DIFFERENT
        return odds

    def of_part(self, language: Language, length: int, held: set[Token], low: int, high: int) -> float:
        """The log odds that a part of a unit of one version and the units [low, high) of the other correspond."""
        part = self._known(held)
        if language == "zh":
            odds = self._lengths.odds(length, self._en[high] - self._en[low])
            return odds + self._of_tokens(part, _union(self.en, low, high))
        odds = self._lengths.odds(self._zh[high] - self._zh[low], length)
        return odds + self._of_tokens(_union(self.zh, low, high), part)

    def _of_tokens(self, zh: frozenset[Token], en: frozenset[Token]) -> float:
        return sum(map(self._gain.__getitem__, zh & en)) + sum(map(self._loss.__getitem__, zh ^ en))


def _union(held: Sequence[frozenset[Token]], low: int, high: int) -> frozenset[Token]:
    return held[low] if high == low + 1 else held[low].union(*held[low + 1 : high])
