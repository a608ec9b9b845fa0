"""Names of the lists of a grammar in a text: the longest at each place, in one pass."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, get_args

from confparse.rules.grammar import Grammar
from confparse.rules.mentions import NameKind

_KINDS: tuple[NameKind, ...] = get_args(NameKind)
_WORD = re.compile(r"[^\W_]+")
_HAN = "\u2e80"
_HEAD = 2  # Han characters by which names are looked up; Latin ones by their first word


class Meaning(NamedTuple):
    """What a stretch of text stands for; `certain` is False for words that may mean another thing."""

    kind: str
    value: str
    certain: bool = True


class _Name(NamedTuple):
    """A name as it is printed; of a term the capitals do not count, and it may have a plural."""

    printed: str
    meaning: Meaning
    term: bool


class Dictionary:
    """All names of a grammar by how they start."""

    def __init__(self, grammar: Grammar) -> None:
        self._heads: dict[str, list[_Name]] = {}
        for kind in _KINDS:
            term = kind == "terms"
            for entry in grammar.names.get(kind, ()):
                meaning = Meaning(kind, entry.code or entry.key or entry.en[0], certain=kind == "states")
                for name in (*entry.en, *entry.zh):
                    self._add(_Name(name.lower() if term else name, meaning, term))
        for names in self._heads.values():
            names.sort(key=lambda name: -len(name.printed))

    def _add(self, name: _Name) -> None:
        first = _WORD.search(name.printed)
        if first is None or any(char >= _HAN for char in name.printed):
            heads: Iterable[str] = [name.printed[:_HEAD]]
        elif name.term:
            heads = {
                form(word) for word in (first[0], f"{first[0]}s") for form in (str.lower, str.capitalize, str.upper)
            }
        else:
            heads = [first[0]]
        for head in heads:
            self._heads.setdefault(head, []).append(name)

    def find(self, text: str, taken: bytearray) -> Iterator[tuple[int, int, list[Meaning]]]:
        """Every name with its place; what is `taken` belongs to something else, and what is found is taken too."""
        lowered = text.lower()
        for start, head in self._starts(text):
            for name in self._heads[head]:
                source = lowered if name.term else text
                stop = start + len(name.printed)
                if source.startswith(name.printed, start) and not taken[start] and _ends(text, stop, name.term):
                    taken[start:stop] = b"\x01" * (stop - start)
                    yield start, stop, [name.meaning]
                    break

    def _starts(self, text: str) -> list[tuple[int, str]]:
        """The places at which a name may start, and its head, in order."""
        heads = self._heads
        latin = [(match.start(), match[0]) for match in _WORD.finditer(text) if match[0] in heads]
        if text.isascii():
            return latin
        han = [(i, text[i : i + _HEAD]) for i in range(len(text) - 1) if text[i : i + _HEAD] in heads]
        return sorted({*latin, *((i, head) for i, head in han if head[0].isdigit() or head[0] >= _HAN)})


def _ends(text: str, stop: int, inflected: bool) -> bool:
    """Whether a name ends here: Latin words go on with letters; a term may have a plural."""
    if stop >= len(text) or not text[stop - 1].isalpha() or text[stop - 1] >= _HAN:
        return True
    rest = text[stop : stop + 2]
    return not rest[0].isalpha() or rest[0] >= _HAN or (inflected and rest[0] in "sS" and not rest[1:].isalpha())
