"""The numbers of the lines of a source."""

import re
from array import array
from bisect import bisect_right
from functools import cached_property

from confparse.model import Span

_LINE_END = re.compile(r"\r\n?|\n")  # as in a record: a form feed starts a page within a line


class LineNumbers:
    """The numbers of the lines of a source, 1-based."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _ends(self) -> "array[int]":
        return array("Q", (match.end() for match in _LINE_END.finditer(self.text)))

    def of(self, span: Span) -> Span:
        """The first and the last line of a span."""
        first, last = (bisect_right(self._ends, at) + 1 for at in (span[0], max(span[0], span[1] - 1)))
        return first, last
