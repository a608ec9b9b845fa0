"""What the mentions phase returns: mentions, speakers, and texts in which every mention is one character."""

from collections.abc import Sequence

import msgspec

from confparse.rules.alphabet import Classes
from confparse.rules.kinds import Name
from confparse.vocabularies import SpeakerKind

Stretch = tuple[int, int]  # [start, end) in the text that was read


class Voice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One who speaks or serves, as stretches of the text; `known` unless only the shape of the name tells."""

    name: Stretch
    kind: SpeakerKind
    entry: Name | None = None  # of the name
    person: Stretch | None = None
    role: Stretch | None = None
    of: Stretch | None = None
    of_entry: Name | None = None
    count: int | None = None
    behalf: Stretch | None = None
    known: bool = True


class Mention(msgspec.Struct, gc=False):
    """A typed stretch of the text, what found it (a word of a list, a shape, a phrase) and what it is made of."""

    start: int
    end: int
    char: str  # of its classes, in the alphabet of the grammar
    classes: Classes
    source: str
    entry: Name | None = None
    parts: tuple["Mention", ...] = ()
    voices: tuple[Voice, ...] = ()
    behalf: Stretch | None = None  # the group that those who are named speak for
    named: Stretch | None = None  # the name in it, if it holds more

    @property
    def name(self) -> Stretch:
        """Where the name is."""
        return self.named or (self.start, self.end)


class Encoded:
    """A text in which every mention is one character, and where each character is in the text it came from."""

    __slots__ = ("at", "text")

    def __init__(self, text: str, at: Sequence[int | Mention]) -> None:
        self.text, self.at = text, at

    def begin(self, index: int) -> int:
        """Where a character starts."""
        place = self.at[index]
        return place if isinstance(place, int) else place.start

    def end(self, index: int) -> int:
        """Where a character ends."""
        place = self.at[index]
        return place + 1 if isinstance(place, int) else place.end

    def stretch(self, start: int, end: int) -> Stretch:
        """Where the characters [start, end) are."""
        if start >= end:
            place = self.begin(start) if start < len(self.at) else self.end(len(self.at) - 1) if self.at else 0
            return place, place
        return self.begin(start), self.end(end - 1)

    def mentions(self, start: int, end: int) -> list[Mention]:
        """The mentions among the characters [start, end)."""
        return [place for place in self.at[start:end] if not isinstance(place, int)]
