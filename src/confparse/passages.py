"""The text of the outline, a passage a node, in the form in which extraction reads it."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from confparse.text import Text
from confparse.tree import Draft


class Passage:
    """The content of one node: as shown, as matched, and where each of its characters stands in the source."""

    def __init__(self, draft: Draft, above: tuple[Draft, ...], text: Text, table: dict[int, str]) -> None:
        self.draft, self.above, self._text = draft, above, text
        self.shown = draft.content or draft.heading or ""
        self.matched = self.shown.translate(table) if table else self.shown

    @property
    def eid(self) -> str:
        return self.draft.eid

    @cached_property
    def paragraph(self) -> Draft:
        """The numbered paragraph that the passage belongs to; the node itself where there is none."""
        return next((d for d in (self.draft, *reversed(self.above)) if d.element == "paragraph"), self.draft)

    @property
    def part(self) -> str:
        """The annex that the passage stands in, empty in the body of the report."""
        return next((d.eid for d in self.above if d.element == "attachment"), "")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of the divisions around it, outermost first."""
        return tuple(d.role for d in self.above if d.element == "division" and d.role)

    @cached_property
    def _offsets(self) -> list[int]:
        """The source offset of each character: what was taken out of the pieces is passed over."""
        source = (i for start, end in self.draft.pieces for i in range(start, end))
        out: list[int] = []
        at = self.draft.start
        for char in self.shown:
            if not char.isspace():
                at = next((i for i in source if self._text.text[i] == char), at)
            out.append(at)
        return out

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span [start, end) of a stretch of the content, in code points of the source."""
        if not self._offsets or start >= end:
            return self.draft.start, self.draft.end
        return self._offsets[start], self._offsets[end - 1] + 1


def passages(drafts: Sequence[Draft], text: Text) -> list[Passage]:
    """All nodes that hold running text, in reading order, each with the nodes around it."""
    table = {}
    if text.text != text.match:
        table = {ord(a): b for a, b in set(zip(text.text, text.match, strict=True)) if a != b}
    return list(_walk(drafts, (), text, table))


def _walk(drafts: Sequence[Draft], above: tuple[Draft, ...], text: Text, table: dict[int, str]) -> Iterator[Passage]:
    for draft in drafts:
        if (draft.content or draft.heading) and draft.element not in ("toc", "table"):
            yield Passage(draft, above, text, table)
        yield from _walk(draft.children, (*above, draft), text, table)
