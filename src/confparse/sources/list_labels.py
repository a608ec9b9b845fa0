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

    writes: Literal["positional", "repeated", "bijective", "roman", "counting", "listed", "bullet"]
    signs: str
    names: tuple[str, ...]
    units: str = ""  # for ten, a hundred, a thousand
    zero: str = ""  # between hundreds and ones, if it is not the first sign
    one: bool = False  # ten is written with its one
    width: Annotated[int, msgspec.Meta(ge=1)] = 1  # digits at least


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
        return "".join(system.signs[int(digit)] for digit in f"{abs(number):0{system.width}d}")
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
    return signs[number - 1] if number <= last else str(number)


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
