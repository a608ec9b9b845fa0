"""The labels of automatic lists, which Word and HTML files leave to the program that shows them."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

import msgspec

from confparse.diagnostics import read_data

_FILE = "list_labels.yaml"
_MOST = 9_999  # the largest number that is written in another way than with digits
_LONGEST = 8  # signs of a label of repeated letters


class System(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How numbers are written: see grammars/list_labels.yaml."""

    writes: Literal[
        "positional", "repeated", "bijective", "roman", "counting", "listed", "paired", "ordinal", "words", "bullet"
    ]
    names: tuple[str, ...]
    signs: str = ""
    units: str = ""  # for ten, a hundred, a thousand
    zero: str = ""  # between hundreds and ones, if it is not the first sign
    one: bool = False  # ten is written with its one
    width: Annotated[int, msgspec.Meta(ge=1)] = 1  # digits at least
    frame: str = ""  # before and after the digits
    endings: tuple[str, ...] = ()  # after digits: the usual one, then those of a last 1, 2, 3
    words: tuple[str, ...] = ()  # from one on
    tens: tuple[str, ...] = ()  # words for twenty, thirty … before another word
    round_tens: tuple[str, ...] = ()  # the same alone


class _Systems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    systems: dict[str, System]


@cache
def _systems() -> Mapping[str, System]:
    systems = msgspec.convert(read_data(_FILE), _Systems).systems
    return {name: system for system in systems.values() for name in system.names}


def is_bullet(name: str) -> bool:
    """Whether a list of this name has no numbers."""
    system = _systems().get(name)
    return system is not None and system.writes == "bullet"


def is_known(name: str) -> bool:
    """Whether lists of this name exist."""
    return name in _systems()


def written(number: int, name: str) -> str:
    """A number as a list writes it. `name` is that of Word or CSS; an unknown one, and a number no list has, give
    digits.
    """
    system = _systems().get(name)
    if system is None:
        return str(number)
    if system.writes == "bullet":
        return system.signs
    if system.writes == "positional":
        digits = "".join(system.signs[int(digit)] for digit in f"{abs(number):0{system.width}d}")
        return f"{system.frame} {digits} {system.frame}" if system.frame else digits
    if not 0 < number <= _MOST:
        return str(number)
    return _in_signs(number, system)


def _in_signs(number: int, system: System) -> str:
    signs, last = system.signs, len(system.signs)
    if system.writes == "roman":
        return _roman(number, signs)
    if system.writes == "counting":
        return _counted(number, system)
    if system.writes == "repeated":
        times = (number - 1) // last + 1
        return signs[(number - 1) % last] * times if times <= _LONGEST else str(number)
    if system.writes == "bijective":
        out = ""
        while number:
            number, rest = divmod(number - 1, last)
            out = signs[rest] + out
        return out
    if system.writes == "ordinal":
        return _with_ending(number, system)
    if system.writes == "words":
        return _in_words(number, system)
    if system.writes == "paired":
        return signs[(number - 1) % last] + system.units[(number - 1) % len(system.units)]
    return signs[number - 1] if number <= last else str(number)


def _with_ending(number: int, system: System) -> str:
    """Digits with their ending, which the last one decides: 1st, 11th."""
    last = number % 10 if number // 10 % 10 != 1 else 0
    return f"{number}{system.endings[last if last < len(system.endings) else 0]}"


def _in_words(number: int, system: System) -> str:
    """A number below a hundred in words, with a capital; a larger one in digits."""
    if number <= len(system.words):
        return system.words[number - 1]
    ten, one = number // 10 - 2, number % 10
    if ten >= len(system.tens):
        return str(number)
    return f"{system.tens[ten]}-{system.words[one - 1].lower()}" if one else system.round_tens[ten]


def _roman(number: int, signs: str) -> str:
    """Roman numerals; thousands are repeated up to nine times."""
    out = signs[6] * (number // 1000)
    for place in (2, 1, 0):
        one, five, ten = signs[2 * place], signs[2 * place + 1], signs[2 * place + 2]
        digit = number // 10**place % 10
        out += ("", one, one * 2, one * 3, one + five, five, five + one, five + one * 2, five + one * 3, one + ten)[
            digit
        ]
    return out


def _counted(number: int, system: System) -> str:
    """Counting words: a ten alone may lack its one, a zero stands for places left out."""
    out, skipped = "", False
    units = ["", *system.units]
    for place in range(len(units) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            skipped = bool(out)
            continue
        if skipped:
            out += system.zero or system.signs[0]
        bare = digit == 1 and place == 1 and not out and not system.one
        out += ("" if bare else system.signs[digit]) + units[place]
        skipped = False
    return out
