"""Words of English that a text itself does not show whole; read only when a text leaves a cut word undecided."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spellchecker import SpellChecker


@cache
def _speller() -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker(language="en")


def is_english_word(word: str) -> bool:
    """Whether a word, in any case, is among the 160,000 English ones of pyspellchecker's frequency list."""
    return bool(_speller().known([word]))
