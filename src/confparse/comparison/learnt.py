"""A dictionary that the two versions themselves give: words that occur in the same pairs again and again."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import add

from confparse.comparison.align import Bead
from confparse.comparison.evidence import Token
from confparse.comparison.types import ComparedUnit
from confparse.letters import IDEOGRAPHS

_HAN_RUN = re.compile(rf"[{IDEOGRAPHS}]{{2,}}")
_WORD = re.compile(r"([A-Za-z]{4,7})[A-Za-z]*")  # inflected words are one by their first seven letters
_SURE = 2.0  # log odds from which a pair of one and one is learnt from
_RARE, _COMMON = 2, 30  # pairs in which a word must occur, at least and at most
_DICE = 0.65  # how closely two words must go together
Places = dict[str, list[int]]  # of a word, the units that hold it
Word = tuple[str, list[int]]  # and the pairs that it is learnt from, by their numbers


def learnt_tokens(
    zh: Sequence[ComparedUnit], en: Sequence[ComparedUnit], beads: Sequence[Bead], doubtful: Sequence[Bead]
) -> tuple[list[set[Token]], list[set[Token]]]:
    """What each unit holds of a dictionary that the beads give, of entries that help with the doubtful ones."""
    sure = [b for b in beads if b.zh.stop - b.zh.start == 1 == b.en.stop - b.en.start and b.odds > _SURE]
    zh_pairs = {bead.zh.start: i for i, bead in enumerate(sure)}
    en_pairs = {bead.en.start: i for i, bead in enumerate(sure)}
    zh_places = _places(zh, han, [bead.zh for bead in doubtful], zh_pairs, 2 * _COMMON)
    en_places = _places(en, words, [bead.en for bead in doubtful], en_pairs, _COMMON)
    zh_tokens: list[set[Token]] = [set() for _ in zh]
    en_tokens: list[set[Token]] = [set() for _ in en]
    for pair, word in _entries(_by_rarity(zh_places, zh_pairs), _by_rarity(en_places, en_pairs), len(sure)):
        token = "learnt", f"{pair} {word}"
        for place in zh_places[pair]:
            zh_tokens[place].add(token)
        for place in en_places[word]:
            en_tokens[place].add(token)
    return zh_tokens, en_tokens


def _places(
    units: Sequence[ComparedUnit],
    read: Callable[[str], set[str]],
    doubtful: Sequence[slice],
    pairs: dict[int, int],
    most: int,
) -> Places:
    """Where the words of doubtful units are, of those that a few of the `pairs` hold. No text's words are kept."""
    wanted = set[str]().union(*(read(unit.text) for part in doubtful for unit in units[part]))
    places: Places = {word: [] for word in wanted}
    often: Counter[str] = Counter()
    for place, unit in enumerate(units):
        own_words = read(unit.text) & wanted
        for word in own_words:
            places[word].append(place)
        if place in pairs:
            often.update(own_words)
            common = [word for word in own_words if often[word] > most]
            wanted.difference_update(common)
            for word in common:
                del places[word]
    return {word: where for word, where in places.items() if often[word] >= _RARE}


def _by_rarity(places: Places, pairs: dict[int, int]) -> list[Word]:
    """The words, the rarest first."""
    out = [(word, [pairs[at] for at in where if at in pairs]) for word, where in places.items()]
    return sorted(out, key=lambda word: len(word[1]))


def _entries(chinese: Sequence[Word], english: Sequence[Word], texts: int) -> Iterator[tuple[str, str]]:
    """Pairs of two Han characters and an English word that stand for each other, each at most once."""
    used: set[str] = set()
    for _, _, pair, word in sorted(_together(chinese, english, texts), key=lambda item: (-item[0], -item[1], item[2:])):
        if pair not in used and word not in used:
            used |= {pair, word}
            yield pair, word


def _together(chinese: Sequence[Word], english: Sequence[Word], texts: int) -> Iterator[tuple[float, int, str, str]]:
    """What goes closely together: how closely, how often, and the two words."""
    often = {pair: len(where) for pair, where in chinese}
    by_text: list[set[str]] = [set() for _ in range(texts)]
    begun = ended = 0
    for word, where in english:
        # what is in many more texts than the word, or in many fewer, cannot go closely together with it
        most, least = int(len(where) * (2 / _DICE - 1)) + 1, max(_RARE, int(len(where) * _DICE / (2 - _DICE)))
        while begun < len(chinese) and len(chinese[begun][1]) <= most:
            for i in chinese[begun][1]:
                by_text[i].add(chinese[begun][0])
            begun += 1
        while ended < begun and len(chinese[ended][1]) < least:
            for i in chinese[ended][1]:
                by_text[i].remove(chinese[ended][0])
            ended += 1
        counts = Counter(chain.from_iterable([by_text[i] for i in where]))
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
