"""What is wrong with a pattern, and what to write instead of a word that a grammar does not know."""

from collections.abc import Iterable
from difflib import get_close_matches

from confparse.diagnostics import Clause

_NEAR = 0.5  # how like a name must be to be the one that was meant
_LISTED = 24  # names that a message lists


class PatternFault(ValueError):
    """What a pattern may not hold, in both languages."""

    def __init__(self, key: str, **values: object) -> None:
        self.why = Clause(key, values)
        super().__init__(self.why.said("en"))


def meant(word: str, choices: Iterable[str]) -> Clause:
    """A clause with the near name, else the choice."""
    names = sorted(choices)
    if near := get_close_matches(word, names, n=1, cutoff=_NEAR):
        return Clause("did_you_mean", {"near": near[0]})
    more = ", ..." if len(names) > _LISTED else ""
    return Clause("choose_from", {"choices": f"{', '.join(names[:_LISTED])}{more}" or "-"})
