"""A dictionary that the two versions themselves give: words that occur in the same pairs again and again."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from confparse.comparison.align import Bead
from confparse.comparison.evidence import Token
from confparse.comparison.types import Unit

_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_WORD = re.compile(r"[A-Za-z]{4,}")
_STEM = 7  # letters by which inflected words are one
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
        return [_looked_up(held, zh) for held in self._zh], [_looked_up(held, en) for held in self._en]

    def _entries(self, beads: Sequence[Bead], doubtful: Sequence[Bead]) -> list[tuple[str, str]]:
        """Pairs of two Han characters and an English word that stand for each other, each at most once."""
        sure = [b for b in beads if b.zh.stop - b.zh.start == 1 == b.en.stop - b.en.start and b.odds > _SURE]
        wanted = set[str]().union(*(held for bead in doubtful for held in self._zh[bead.zh]))
        places: dict[str, list[int]] = {word: [] for bead in doubtful for held in self._en[bead.en] for word in held}
        for i, bead in enumerate(sure):
            for word in self._en[bead.en.start] & places.keys():
                places[word].append(i)
        chinese = [self._zh[bead.zh.start] & wanted for bead in sure]
        in_zh = Counter(chain.from_iterable(chinese))
        kept = {pair for pair, count in in_zh.items() if _RARE <= count <= 2 * _COMMON}
        chinese = [held & kept for held in chinese]
        found: list[tuple[float, int, str, str]] = []
        for word, where in places.items():
            if not _RARE <= len(where) <= _COMMON:
                continue
            together = Counter(chain.from_iterable([chinese[i] for i in where]))
            for pair, count in together.items():
                dice = 2 * count / (in_zh[pair] + len(where))
                if count >= _RARE and dice >= _DICE:
                    found.append((dice, count, pair, word))
        out: list[tuple[str, str]] = []
        used: set[str] = set()
        for _, _, pair, word in sorted(found, key=lambda item: (-item[0], -item[1], item[2:])):
            if pair not in used and word not in used:
                used |= {pair, word}
                out.append((pair, word))
        return out


def han(text: str) -> set[str]:
    """All pairs of adjacent Han characters of a text."""
    return {run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1)}


def words(text: str) -> set[str]:
    """The stems of the longer Latin words of a text."""
    return {word[:_STEM].lower() for word in _WORD.findall(text)}


def _looked_up(held: set[str], entries: Mapping[str, Token]) -> set[Token]:
    return {entries[item] for item in held & entries.keys()}
