"""Claims of lines in columns: a text of many short lines has as many, and as objects they would not fit into memory."""

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

from confparse.layout.types import LineClaim


class Claims(Mapping[int, LineClaim]):
    """What each line is that is not running text, by the indexes of the lines, in their order."""

    def __init__(self, claims: Mapping[int, LineClaim] | None = None) -> None:
        self._alike: list[LineClaim] = []  # those that lines share
        self._places: dict[LineClaim, int] = {}  # of each of them, counted from one
        self._which = array("I")  # by line: the place of its claim, 0 for none
        self._size = 0
        self.update(claims or {})

    def put(self, line: int, claim: LineClaim) -> None:
        """Give a line a claim, in the place of what it had."""
        if line >= len(self._which):
            self._which.frombytes(bytes(self._which.itemsize * (line + 1 - len(self._which))))
        if claim not in self._places:
            self._alike.append(claim)
            self._places[claim] = len(self._alike)
        self._size += not self._which[line]
        self._which[line] = self._places[claim]

    def update(self, claims: Mapping[int, LineClaim]) -> None:
        """Give lines the claims of others."""
        for line, claim in claims.items():
            self.put(line, claim)

    def __getitem__(self, line: int) -> LineClaim:
        claim: LineClaim | None = self.get(line)
        if claim is None:
            raise KeyError(line)
        return claim

    def get(self, line: int, default: Any = None) -> Any:
        """The claim of a line."""
        place = self._which[line] if 0 <= line < len(self._which) else 0
        return self._alike[place - 1] if place else default

    def __contains__(self, line: object) -> bool:
        return isinstance(line, int) and 0 <= line < len(self._which) and bool(self._which[line])

    def __iter__(self) -> Iterator[int]:
        return (line for line, place in enumerate(self._which) if place)

    def __len__(self) -> int:
        return self._size


def is_rule_line(claim: LineClaim | None) -> bool:
    """Whether a line is one that is drawn, as above the notes of a page."""
    return claim is not None and claim.name == "rule_line"
