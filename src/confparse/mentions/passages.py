"""The content of a node as extraction reads it, and where each of its characters is in the source."""

import re
from array import array
from bisect import bisect_left
from functools import cached_property
from itertools import chain, compress
from operator import not_
from typing import NamedTuple

from confparse.outline.tree import Draft

_DOTTED = re.compile(r"\d+(?:\.\d+)+\.?")
_BLANK = re.compile(r"\s")


class Passage:
    """The content of one node: as shown, as matched, and where each of its characters is in the source."""

    def __init__(
        self,
        draft: Draft,
        above: tuple[Draft, ...],
        printed: str,
        matched: str,
        place: int,
        places: tuple[str, ...] = (),
    ) -> None:
        self.place = place  # among the passages of its index
        self.draft, self.above = draft, above
        self._printed = printed  # the source, with white space for what was taken out of it
        self.places = places or (draft.eid,)  # the nodes that show it; for a footnote those that hold its mark
        self.shown = draft.shown
        self.matched = matched  # as long as it is shown

    @property
    def eid(self) -> str:
        return self.draft.eid

    @property
    def runs(self) -> bool:
        """Whether it is running text: no title, no heading."""
        return self.draft.element in ("paragraph", "subparagraph", "wrap_up", "p")

    @cached_property
    def paragraph(self) -> Draft:
        """The numbered paragraph that the passage belongs to; the node itself if there is none, for a footnote the
        one that holds its mark.
        """
        own = self.draft if self.places == (self.draft.eid,) else self.above[-1]
        return next((d for d in (self.draft, *reversed(self.above)) if d.element == "paragraph" or _is_dotted(d)), own)

    @property
    def part(self) -> str:
        """The annex that the passage is in, empty in the body of the report."""
        return next((d.eid for d in self.above if d.element == "attachment"), "")

    @cached_property
    def divisions(self) -> tuple[str, ...]:
        """The eids of the divisions around it, outermost first."""
        return tuple(d.eid for d in self.above if d.element == "division")

    @cached_property
    def _blanks(self) -> list[int]:
        """Where white space is in the content."""
        return [match.start() for match in _BLANK.finditer(self.shown)]

    @cached_property
    def _origins(self) -> "array[int]":
        """The source offset of each character of the content that is not white space."""
        pieces = ((range(*piece), self._printed[slice(*piece)]) for piece in self.draft.pieces)
        return array("I", chain.from_iterable(compress(at, map(not_, map(str.isspace, text))) for at, text in pieces))

    def _offset(self, index: int) -> int:
        """The source offset of a character of the content."""
        if not self._origins:
            return self.draft.start
        return self._origins[min(index - bisect_left(self._blanks, index), len(self._origins) - 1)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span [start, end) of a stretch of the content, in code points of the source."""
        if start >= end:
            return self.draft.start, self.draft.end
        return self._offset(start), self._offset(end - 1) + 1


class Sentence(NamedTuple):
    """A sentence of a passage, where it starts in it, and where in the text of all passages."""

    passage: Passage
    start: int
    text: str
    base: int

    def shown(self, start: int, end: int) -> str:
        """A stretch of the sentence in the script of the source."""
        return self.passage.shown[self.start + start : self.start + end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the sentence is in the source."""
        return self.passage.span(self.start + start, self.start + end)


def _is_dotted(draft: Draft) -> bool:
    """Whether a printed number has parts, such as 4.10: a separate paragraph, wherever it occurs."""
    return _DOTTED.fullmatch((draft.num or "").strip()) is not None
