"""How much the lengths of two texts support or oppose a pair, in natural logarithms of the odds."""

from math import log
from statistics import median

# Measured on parallel reports: Chinese and English paragraphs of known correspondence.
_VARIANCE = 12.0  # of the English length, for each Chinese character
_RATIO = 3.1  # English characters for a Chinese one, if the texts themselves do not tell
_FEW = 5  # units that are needed to measure it
_SPREAD = 0.9  # of the logarithm of the lengths of units that have nothing to do with each other
FLOOR = 8.0  # odds at most, for and against, that lengths may give


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
        return -FLOOR if odds < -FLOOR else min(odds, FLOOR)
