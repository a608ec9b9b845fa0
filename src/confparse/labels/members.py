"""Candidates by the series that they would be in, and the runs in which their numbers continue."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from confparse.labels.types import Candidate, SeriesKey
from confparse.labels.weights import RUN_GAP
from confparse.numerals import number_parts, ordinal
from confparse.packing import LARGEST, Lazy
from confparse.rules.structure import Label, LabelReading


class Member(NamedTuple):
    """A candidate in one of its readings, and the ordinal that it has there."""

    candidate: Candidate
    ordinal: int
    place: int  # of the candidate among all

    @property
    def dotted(self) -> bool:
        """Whether it is a number such as 4.10."""
        return len(number_parts(self.candidate.num)) > 1


class Members(Lazy[Member]):
    """Members in columns, made when asked for."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._places, self._ordinals = array("I"), array("q")

    def append(self, place: int, ordinal: int) -> None:
        """Put the candidate at a place after the last one, with its ordinal."""
        self._places.append(place)
        self._ordinals.append(min(ordinal, LARGEST))

    def at(self, at: int) -> Member:
        place = self._places[at]
        return Member(self._candidates[place], self._ordinals[at], place)

    def __len__(self) -> int:
        return len(self._places)


class Run(NamedTuple):
    """A stretch of labels in which each number continues the one before: its first and last, and how many."""

    first: Member
    last: Member
    size: int


def members_of(
    candidates: Sequence[Candidate], counts: Callable[[Label, LabelReading], bool]
) -> Mapping[SeriesKey, Members]:
    """The candidates that may number paragraphs, by style and sequence, in order; readings that do not count are left
    out.
    """
    out: dict[SeriesKey, Members] = {}
    for place, c in enumerate(candidates):
        for reading in () if c.inline else c.rule.reads:
            n = ordinal(number_parts(c.num)[-1], reading.sequence) if reading.element == "paragraph" else None
            if n is not None and counts(c.rule, reading):
                out.setdefault((c.rule.style, reading.sequence), Members(candidates)).append(place, n)
    return out


def count_from_one(members: Iterable[Member]) -> list[Member]:
    """The members that count up from one, whatever is between them."""
    out: list[Member] = []
    last = 0
    for member in members:
        if last < member.ordinal <= last + (RUN_GAP if out else 1):
            out.append(member)
            last = member.ordinal
    return out


def runs(members: Sequence[Member]) -> Iterator[Run]:
    """The stretches of labels in which each number continues the one before."""
    first = last = None
    size = 0
    for member in members:
        if first is not None and last is not None:
            if last.ordinal < member.ordinal <= last.ordinal + RUN_GAP:
                last, size = member, size + 1
                continue
            yield Run(first, last, size)
        first, last, size = member, member, 1
    if first is not None and last is not None:
        yield Run(first, last, size)
