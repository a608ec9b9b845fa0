"""A dictionary that the two versions themselves give: words that occur in the same pairs again and again."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import add

from confparse.comparison.align import Bead
from confparse.comparison.evidence import Token
from confparse.comparison.types import Unit
from confparse.letters import IDEOGRAPHS

_HAN_RUN = re.compile(rf"[{IDEOGRAPHS}]{{2,}}")
_WORD = re.compile(r"([A-Za-z]{4,7})[A-Za-z]*")  # inflected words are one by their first seven letters
_SURE = 2.0  # log odds from which a pair of one and one is learnt from
_RARE, _COMMON = 2, 30  # pairs in which a word must occur, at least and at most
_DICE = 0.65  # how closely two words must go together


class Learnt:
    """What the units of two versions hold, and what stands for what."""

    def __init__(self, zh: Sequence[Unit], en: Sequence[Unit]) -> None:
        self._zh = [han(unit.text) for unit in zh]
        self._en = [words(unit.text) for unit in en]

    def tokens(self, beads: Sequence[Bead], doubtful: Sequence[Bead]) -> tuple[list[set[Token]], list[set[Token]]]:
        """What each unit holds of a dictionary that the beads give, of entries that help with the doubtful ones."""
        entries = self._entries(beads, doubtful)
        zh = {pair: ("learnt", f"{pair} {word}") for pair, word in entries}
        en = {word: ("learnt", f"{pair} {word}") for pair, word in entries}
        return _looked_up(self._zh, zh), _looked_up(self._en, en)

    def _entries(self, beads: Sequence[Bead], doubtful: Sequence[Bead]) -> list[tuple[str, str]]:
        """Pairs of two Han characters and an English word that stand for each other, each at most once."""
        sure = [b for b in beads if b.zh.stop - b.zh.start == 1 == b.en.stop - b.en.start and b.odds > _SURE]
        wanted = set[str]().union(*(held for bead in doubtful for held in self._zh[bead.zh]))
        chinese = _places([self._zh[bead.zh.start] & wanted for bead in sure], 2 * _COMMON)
        wanted = set[str]().union(*(held for bead in doubtful for held in self._en[bead.en]))
        english = _places([self._en[bead.en.start] & wanted for bead in sure], _COMMON)
        found = list(_together(chinese, english, len(sure)))
        out: list[tuple[str, str]] = []
        used: set[str] = set()
        for _, _, pair, word in sorted(found, key=lambda item: (-item[0], -item[1], item[2:])):
            if pair not in used and word not in used:
                used |= {pair, word}
                out.append((pair, word))
        return out


def _places(texts: Sequence[set[str]], most: int) -> list[tuple[str, list[int]]]:
    """The texts in which each item stands, of those that stand in a few of them, the rarest first."""
    counts = Counter(chain.from_iterable(texts))
    kept = {item for item, count in counts.items() if _RARE <= count <= most}
    places: dict[str, list[int]] = {item: [] for item in kept}
    for i, held in enumerate(texts):
        for item in held & kept:
            places[item].append(i)
    return sorted(places.items(), key=lambda item: len(item[1]))


def _together(
    chinese: Sequence[tuple[str, list[int]]], english: Sequence[tuple[str, list[int]]], texts: int
) -> Iterator[tuple[float, int, str, str]]:
    """What goes closely together: how closely, how often, and the two words."""
    often = {pair: len(where) for pair, where in chinese}
    held: list[set[str]] = [set() for _ in range(texts)]
    begun = ended = 0
    for word, where in english:
        # what stands in many more texts than the word, or in many fewer, cannot go closely together with it
        most, least = int(len(where) * (2 / _DICE - 1)) + 1, max(_RARE, int(len(where) * _DICE / (2 - _DICE)))
        while begun < len(chinese) and len(chinese[begun][1]) <= most:
            for i in chinese[begun][1]:
                held[i].add(chinese[begun][0])
            begun += 1
        while ended < begun and len(chinese[ended][1]) < least:
            for i in chinese[ended][1]:
                held[i].remove(chinese[ended][0])
            ended += 1
        counts = Counter(chain.from_iterable([held[i] for i in where]))
        for pair, count in [item for item in counts.items() if item[1] >= least]:
            dice = 2 * count / (often[pair] + len(where))
            if dice >= _DICE:
                yield dice, count, pair, word


def han(text: str) -> set[str]:
    """All pairs of adjacent Han characters of a text."""
    return set(chain.from_iterable(map(add, run, run[1:]) for run in _HAN_RUN.findall(text)))


def words(text: str) -> set[str]:
    """The stems of the longer Latin words of a text."""
    return set(map(str.lower, _WORD.findall(text)))


def _looked_up(texts: Sequence[set[str]], entries: Mapping[str, Token]) -> list[set[Token]]:
    known = set(entries)
    return [{entries[item] for item in held & known} for held in texts]
