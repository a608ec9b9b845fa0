"""A dictionary that the two versions themselves give: words that occur in the same pairs again and again."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from confparse.comparison.align import Bead
from confparse.comparison.evidence import Token
from confparse.comparison.types import Unit

_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_WORD = re.compile(r"[A-Za-z]{4,}")
_STEM = 7  # letters by which inflected words are one
_SURE = 2.0  # log odds from which a pair of one and one is learnt from
_RARE, _COMMON = 2, 30  # pairs in which a word must occur, at least and at most
_DICE = 0.65  # how closely two words must go together


def learn(zh: Sequence[Unit], en: Sequence[Unit], beads: Iterable[Bead]) -> list[tuple[str, str]]:
    """Pairs of two Han characters and an English word that stand for each other, each at most once."""
    sure = [b for b in beads if b.zh.stop - b.zh.start == 1 == b.en.stop - b.en.start and b.odds > _SURE]
    chinese = [han(zh[bead.zh.start].text) for bead in sure]
    english = [words(en[bead.en.start].text) for bead in sure]
    in_zh = Counter(pair for held in chinese for pair in held)
    kept = {pair for pair, count in in_zh.items() if _RARE <= count <= 2 * _COMMON}
    chinese = [held & kept for held in chinese]
    places: dict[str, list[int]] = {}
    for i, held in enumerate(english):
        for word in held:
            places.setdefault(word, []).append(i)
    found: list[tuple[float, int, str, str]] = []
    for word, where in places.items():
        if not _RARE <= len(where) <= _COMMON:
            continue
        together = Counter(pair for i in where for pair in chinese[i])
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


def looked_up(units: Sequence[Unit], dictionary: Sequence[tuple[str, str]], chinese: bool) -> list[set[Token]]:
    """What each unit holds of a learnt dictionary."""
    entries = {(pair if chinese else word): f"{pair} {word}" for pair, word in dictionary}
    read = han if chinese else words
    return [{("learnt", entries[item]) for item in read(unit.text) & entries.keys()} for unit in units]
