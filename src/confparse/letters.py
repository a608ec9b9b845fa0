"""Letters, Han characters, line ends, signs of notes: what they are, in one place, and what follows from them."""

import re
from itertools import islice

import regex

FIRST_HAN = "\u2e80"  # where the blocks of Han characters and their punctuation start
HAN_BLOCKS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF))  # unified ideographs with their first extension; compatibility
IDEOGRAPHS = "".join(f"{chr(first)}-{chr(last)}" for first, last in HAN_BLOCKS)  # of a class
LINE_ENDS = "\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"  # of a class: what str.splitlines() takes for one
NOTE_SIGNS = "*∗†‡§"  # of a class: what marks a note without a number
HAN = regex.compile(r"\p{Han}")
WORD = re.compile(f"[^\\s{FIRST_HAN}-\U0010ffff]*")  # what stays whole at a line end; a Han character may be cut off
_NOT_LETTERS = regex.compile(r"[^\p{L}]+")
_WORD_IN_CAPITALS = regex.compile(r"(?<![\p{L}\d/.])(?![IVXLC]+(?!\p{L}))\p{Lu}{2,}(?![\d/]|\.\d)")


def letters(text: str | None) -> str:
    """The letters of a text in one case: what two printings of a heading share."""
    bare: str = _NOT_LETTERS.sub("", text or "")
    return bare.casefold()


def place_of(words: str, text: str, within: tuple[int, int], before: str = "") -> tuple[int, int]:
    """Where words are in a stretch of a text, whatever white space separates them; the stretch if nowhere.

    They occur there before as often as in `before`, which is what the stretch says up to them.
    """
    bare = "".join(words.split())
    spread = r"\s*".join(map(re.escape, bare))
    earlier = "".join(before.split()).count(bare) if bare else 0
    places = islice(re.compile(spread).finditer(text, *within), earlier, None) if spread else iter(())
    place = next(places, None)
    return place.span() if place is not None else within


def in_small_letters(heading: str) -> str:
    """A heading that is printed in capitals as it would be in small ones, as long as before: what it says is the same.
    Numerals, and words with digits or strokes, stay.
    """
    if not heading.isupper() or HAN.search(heading):
        return heading
    small = _WORD_IN_CAPITALS.sub(lambda match: match[0].lower(), heading)
    return heading[:1] + small[1:] if len(small) == len(heading) else heading
