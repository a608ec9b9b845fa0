"""How long patterns may take, and how much they may find: no grammar holds up the reading of a document."""

from collections.abc import Container
from copy import copy
from math import inf
from time import process_time
from typing import NamedTuple

SECONDS = 1.0  # a pattern may take this long over a text, and this much more for every million characters
DOCUMENT_SECONDS = 10.0  # processor time after which the patterns of a user's grammar are stopped in a document
DOCUMENT_RATE = 30.0  # and this much more for every million characters
_MILLION = 1_000_000
_FEW, _SHARE = 10_000, 4  # a user's rule may match in a text 10,000 times, and once more for every 4 characters
_LEAST = 0.001  # seconds that each pattern still gets when those of the document are used up


class StoppedRule(NamedTuple):
    """Where a rule was stopped: the offset in the text that it was tried on, and how long that text was."""

    at: int
    length: int

    def offset_in(self, text: str) -> int:
        """The offset in a text, if it is the one that the rule was tried on, by its length; else -1."""
        return self.at if self.length == len(text) else -1


class TimeBudget:
    """The limits of one run: which rules were stopped, and where. A rule that was stopped matches nothing in the rest
    of its phase.

    `characters` of a document limit the time of all its patterns together; without it each only has its own limit.
    `own`: the rules of a user, whose matches are counted too, for each takes memory.
    """

    def __init__(self, characters: int | None = None, own: Container[str] = ()) -> None:
        self.stopped: set[str] = set()  # in this phase
        self.stops: dict[str, StoppedRule] = {}  # where each rule was first stopped, in all phases
        self._own = own
        allowed = DOCUMENT_SECONDS + DOCUMENT_RATE * (characters or 0) / _MILLION
        self._ends = None if characters is None else process_time() + allowed

    def of_phase(self) -> "TimeBudget":
        """The budget of the next phase: what is left of the time, and all rules, for it reads other texts."""
        phase = copy(self)
        phase.stopped = set()
        return phase

    @property
    def used_up(self) -> bool:
        """Whether the time of the whole document is."""
        return self._left() <= 0

    def _left(self) -> float:
        return inf if self._ends is None else self._ends - process_time()

    def stop(self, rule: str, at: int, text: str) -> None:
        """Note that a rule took too long at an offset of a text."""
        self.stopped.add(rule)
        self.stops.setdefault(rule, StoppedRule(at, len(text)))

    def most(self, rule: str, text: str) -> int | None:
        """The matches that a rule may have in a text; None if any number."""
        return _FEW + len(text) // _SHARE if rule in self._own else None

    def limit(self, text: str) -> float:
        """The seconds that a pattern may take over a text."""
        own = SECONDS * (1 + len(text) / _MILLION)
        return max(_LEAST, min(own, self._left()))
