"""Words of English that a text itself does not show whole; read only when a text leaves a cut word undecided."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spellchecker import SpellChecker


_FAR = 4  # times: "request" is 4.4 times as frequent as "quest", "resurfacing" a quarter as frequent as "surfacing"


@cache
def _speller() -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker(language="en")


def is_english_word(word: str) -> bool:
    """Whether a word, in any case, is among the 160,000 English ones of pyspellchecker's frequency list."""
    return bool(_speller().known([word]))


def is_far_more_frequent(word: str, other: str) -> bool:
    """Whether a word is far more frequent than another one, by the same list."""
    speller = _speller()
    return bool(speller.word_usage_frequency(word.lower()) > _FAR * speller.word_usage_frequency(other.lower()))
