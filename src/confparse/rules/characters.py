"""The kinds of rules about single characters: which are repaired, and which patterns see in another form."""

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec

from confparse.diagnostics import Clause
from confparse.letters import LINE_ENDS
from confparse.rules.base import Pattern, Rule

if TYPE_CHECKING:
    import regex

CharRange = Annotated[
    str, msgspec.Meta(pattern=r"^U\+(?:10|0?[0-9A-F])?[0-9A-F]{4}(?:-U\+(?:10|0?[0-9A-F])?[0-9A-F]{4})?$")
]


class Character(Rule, kw_only=True, frozen=True, tag="character"):
    """Single characters that dumps carry and texts should not: to a blank, to nothing (also: inside lines only), or to
    the common form.

    Only white space may become a blank: anything else would be lost. No rule touches the ends of lines.
    """

    chars: Annotated[list[CharRange], msgspec.Meta(min_length=1)]  # "U+00AD" or "U+2F00-U+2FD5"
    to: Literal["blank", "void", "void_inside", "fold"]

    def ranges(self) -> Iterator[tuple[int, int]]:
        """The first and the last code point of each entry."""
        for entry in self.chars:
            first, _, last = entry.partition("-")
            low = int(first.removeprefix("U+"), 16)
            yield low, int(last.removeprefix("U+"), 16) if last else low

    def fault(self) -> tuple[str, Clause] | None:
        for low, high in self.ranges():
            shown: dict[str, object] = {"chars": f"U+{low:04X}-U+{high:04X}"}
            if high < low:
                return "chars", Clause("fault_chars_reversed", shown)
            if any(low <= ord(char) <= high for char in LINE_ENDS):
                return "chars", Clause("fault_chars_line_end", shown)
            if self.to == "blank" and not all(chr(code).isspace() for code in range(low, high + 1)):
                return "chars", Clause("fault_chars_ink", shown)
        return None


Char = Annotated[str, msgspec.Meta(min_length=1, max_length=1)]


class Variant(Pattern, kw_only=True, frozen=True, tag="variant"):
    """A character that patterns see in its usual form: the text stays as printed, what reads it need not know both.

    `forms`: printed punctuation mark, or digit, to its usual form; each of them in a match is seen so. `house`: only in
    a text that has more of these matches than of the usual forms.
    """

    forms: Annotated[dict[Char, Char], msgspec.Meta(min_length=1)]
    house: bool = False

    def fault(self) -> tuple[str, Clause] | None:
        others = (pair for pair in self.forms.items() if not _same_digit(*pair))
        wrong = next((form for pair in others for form in pair if form.isspace() or form.isalnum()), None)
        return None if wrong is None else ("forms", Clause("fault_forms", {"char": f"U+{ord(wrong):04X}"}))


def _same_digit(printed: str, usual: str) -> bool:
    return unicodedata.decimal(printed, -1) == unicodedata.decimal(usual, -2)


class Markup(Pattern, kw_only=True, frozen=True, tag="markup"):
    """Signs that a program writes around a text and a reader of the page does not see.

    They are taken out if at least `least` matches are found, in at least `share` (0 to 1) of the lines that hold text.
    If a pattern names a group `drop`, only its captures go. `to`: what takes the place of a match: nothing, a blank, or
    the end of a line. `marks`: what the lines after such a sign are. `counts`: the numbers (`num`) of most matches go
    on in equal steps from line to line, or start again, and most lines break off inside a sentence, as those of a
    numbered draft do.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"drop", "once", "num"})

    least: Annotated[int, msgspec.Meta(ge=1)] = 1
    share: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    to: Literal["nothing", "blank", "line"] = "nothing"
    marks: Literal["heading"] | None = None
    counts: bool = False

    def fits(self, match: "regex.Match[str]") -> bool:
        """What counts is a number in digits."""
        return super().fits(match) and (not self.counts or (match.groupdict().get("num") or "").isdecimal())


def character_class(rule: Character) -> frozenset[str]:
    """The characters of a character rule: `U+00AD` or `U+2F00-U+2FD5`."""
    return frozenset(chr(code) for low, high in rule.ranges() for code in range(low, high + 1))
