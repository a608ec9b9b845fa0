"""Labels to ordinals and back: arabic, letters, roman, Chinese, circled.

Every reader takes the bare numeral (no brackets, no full stop) and returns its ordinal, 1-based, or None where the
string is no numeral of that sequence. Sources: Unicode chapter 22 (enclosed numerals); grammars/numerals.json (the
counting words of Chinese up to 999, as labels of chapters and paragraphs use them).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, cached_property

import msgspec

from confparse.punctuation import FULL_STOP
from confparse.resources import grammars

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_SHAPE = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ENCLOSED = {
    chr(start + i): i + 1
    for start, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10), (0x2776, 10), (0x2160, 12))
    for i in range(count)
}


class _Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The signs of Chinese numerals: those of zero to nine, of ten and a hundred, of twenty and thirty in one sign, the
    forms of banks and minutes by the common ones, the ten heavenly stems.
    """

    digits: tuple[str, ...]
    units: Mapping[str, int]
    tens: Mapping[str, int]
    formal: Mapping[str, str]
    stems: str

    @cached_property
    def values(self) -> dict[str, int]:
        """The value of each sign of a digit."""
        return {sign: value for value, signs in enumerate(self.digits) for sign in signs}

    @cached_property
    def common(self) -> dict[int, str]:
        """A translation of the forms of banks to the common ones."""
        return {ord(sign): common for common, signs in self.formal.items() for sign in signs}

    @cached_property
    def numbers(self) -> "re.Pattern[str]":
        """Numbers in a text: digits, counting words, words that may be numbers."""
        return re.compile(rf"\d+|[{''.join(self.values)}{''.join(self.units)}]+|[A-Za-z]+(?:-[A-Za-z]+)*")


@cache
def _signs() -> _Signs:
    return msgspec.json.decode((grammars() / "numerals.json").read_bytes(), type=_Signs)


def arabic(label: str) -> int | None:
    """Decimal digits of any script, at most six of them."""
    return int(label) if label.isdecimal() and len(label) <= 6 else None


def alpha(label: str) -> int | None:
    """a to z are 1 to 26; a doubled letter continues: aa is 27, bb 28."""
    if not (label.isascii() and label.isalpha()) or len(set(label)) != 1 or len(label) > 3:
        return None
    return ord(label[0].lower()) - 96 + 26 * (len(label) - 1)


def roman(label: str) -> int | None:
    """A well-formed roman numeral, i to mmmcmxcix."""
    lower = label.lower()
    if not lower or len(lower) > 15 or not _ROMAN_SHAPE.fullmatch(lower):
        return None
    values = [_ROMAN[c] for c in lower]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def chinese(label: str) -> int | None:
    """Chinese counting words below a thousand, and digits written one by one."""
    if not label or len(label) > 6:
        return None
    digits, units, tens = _signs().values, _signs().units, _signs().tens
    if len(label) > 1 and all(char in digits for char in label):
        return int("".join(str(digits[char]) for char in label))
    total = digit = 0
    for char in label:
        if char in units:
            total += (digit or 1) * units[char]
            digit = 0
        elif char in tens and total == digit == 0:
            total = tens[char]
        elif char in digits and digit == 0:
            digit = digits[char]
        else:
            return None
    return total + digit or None


def enclosed(label: str) -> int | None:
    """One enclosed or compatibility numeral character, such as a circled one."""
    return _ENCLOSED.get(label)


_RAISED = {ord(raised): str(digit) for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_IN_MARK = re.compile(rf"\d+|[{''.join(_ENCLOSED)}]|^[ivx]+$")


def formal(label: str) -> int | None:
    """The counting words of banks and minutes, which cannot be altered; their common forms count alike."""
    plain = not label or any(char in _signs().values for char in label)
    return None if plain else chinese(label.translate(_signs().common))


def stem(label: str) -> int | None:
    """One of the ten heavenly stems."""
    return _signs().stems.index(label) + 1 if len(label) == 1 and label in _signs().stems else None


def bullet(label: str) -> int | None:
    """Every bullet is the next one: bullets have no ordinal of their own, so all of them read 1."""
    return 1


READERS: dict[str, Callable[[str], int | None]] = {
    "arabic": arabic,
    "loweralpha": lambda s: alpha(s) if s.islower() else None,
    "upperalpha": lambda s: alpha(s) if s.isupper() and len(s) == 1 else None,
    "lowerroman": lambda s: roman(s) if s.islower() else None,
    "upperroman": lambda s: roman(unicodedata.normalize("NFKC", s)) if s.isupper() else None,  # also of one character
    "chinese": chinese,
    "formal": formal,
    "stem": stem,
    "enclosed": enclosed,
    "bullet": bullet,
}


def ordinal(label: str, sequence: str) -> int | None:
    """The ordinal that a bare label has in a sequence, None if it has none there."""
    return READERS[sequence](label)


def to_roman(n: int) -> str:
    """A number from 1 to 99 as a roman numeral; a larger one in digits."""
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return tens[n // 10] + ones[n % 10] if 0 < n < 100 else str(n)


def number(label: str) -> int | None:
    """The value of a cardinal as printed: digits or Chinese counting words."""
    return arabic(label) if label.isdecimal() else chinese(label)


def number_parts(label: str) -> list[str]:
    """The parts of a number such as 4.10, whichever point is printed; one part if it has none."""
    return label.strip().replace(FULL_STOP, ".").strip(".").split(".")


def in_mark(mark: str | None) -> int | None:
    """The number of a footnote mark as printed, such as 3, 3/, [3], iii, a raised or a circled 3; None for stars and
    letters.
    """
    match = _IN_MARK.search((mark or "").translate(_RAISED))
    return (arabic(match[0]) or enclosed(match[0]) or ordinal(match[0], "lowerroman")) if match else None


def counted(label: str | None, word: Callable[[str, str], int | None]) -> int | None:
    """The value of a number as text counts: digits, Chinese counting words, roman numerals, or a word of a list.

    `word` looks a word up in the lists `ordinals` and `cardinals` of a grammar.
    """
    if not label:
        return None
    return number(label) or word("ordinals", label) or word("cardinals", label) or ordinal(label, "upperroman")


def numbers(text: str, word: Callable[[str, str], int | None]) -> list[int]:
    """All numbers of a text in order: digits, Chinese counting words, words of the lists of a grammar."""
    tokens = (m[0] for m in _signs().numbers.finditer(text))
    return [n for token in tokens if (n := number(token) or word("ordinals", token)) is not None]
