"""Names of the lists of a grammar in a text: the longest at each place, in one pass."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, get_args

from confparse.letters import FIRST_HAN
from confparse.rules.grammar import Grammar
from confparse.rules.mention_classes import NameKind

_KINDS: tuple[NameKind, ...] = get_args(NameKind)
_GRAMMARS = 8  # grammars whose dictionaries are kept
_PART = 100_000  # characters in which names are looked for at once


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


@lru_cache(maxsize=_GRAMMARS)
def dictionary(grammar: Grammar) -> "PairedNames":
    """The dictionary of a grammar, made once."""
    return PairedNames(grammar)


class PairedNames:
    """All names of a grammar, found in small letters."""

    def __init__(self, grammar: Grammar) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        names: dict[str, list[_Name]] = {}
        for kind in _KINDS:
            for entry in grammar.names.get(kind, ()):
                meaning = Meaning(kind, entry.code or entry.key or entry.en[0], certain=kind == "states")
                for printed in filter(None, (*entry.en, *entry.zh)):
                    names.setdefault(_lowered(printed), []).append(_Name(printed, meaning, kind == "terms"))
        self._names = list(names.values())
        self._longest = max(map(len, names), default=0)
        self._automaton = AhoCorasick(
            list(names), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str, mask: bytearray) -> Iterator[tuple[int, int, list[Meaning]]]:
        """Every name with its place; what `mask` covers belongs to something else, and what is found is covered too."""
        lowered = _lowered(text)
        for low in range(0, len(text), _PART):
            part = lowered[low : low + _PART + self._longest]
            matches = self._automaton.find_matches_as_indexes(part, overlapping=True)
            for start, negative_end, i in sorted((low + start, -low - end, i) for i, start, end in matches):
                stop = -negative_end
                if start >= low + _PART or mask[start] or not _starts(text, start):
                    continue
                for name in self._names[i]:
                    if (name.term or text.startswith(name.printed, start)) and _ends(text, stop, name.term):
                        mask[start:stop] = b"\x01" * (stop - start)
                        yield start, stop, [name.meaning]
                        break


def _lowered(text: str) -> str:
    """A text in small letters, as long as it is."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def _starts(text: str, start: int) -> bool:
    """Whether a name may start here: before a Latin word there is no letter and no digit."""
    if start == 0 or not text[start].isalnum() or text[start] >= FIRST_HAN:
        return True
    return not text[start - 1].isalnum() or text[start - 1] >= FIRST_HAN


def _ends(text: str, stop: int, inflected: bool) -> bool:
    """Whether a name ends here: Latin words continue with letters; a term may have a plural."""
    if stop >= len(text) or not text[stop - 1].isalpha() or text[stop - 1] >= FIRST_HAN:
        return True
    rest = text[stop : stop + 2]
    return not rest[0].isalpha() or rest[0] >= FIRST_HAN or (inflected and rest[0] in "sS" and not rest[1:].isalpha())
