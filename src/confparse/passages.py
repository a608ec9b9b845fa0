"""The running text of an outline as extraction reads it: passages and their sentences, found by the literals of rules."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeVar

from confparse.rules.base import Extraction
from confparse.rules.extraction import SentenceEnd
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Watch
from confparse.text import VOID, Text
from confparse.tree import Draft, Noted

_BLANK = re.compile(r"\s")
_NOT_PRINTED = re.compile(rf"[\s{VOID}]")
_HAN = "\u2e80"  # where the blocks of Han characters and their punctuation start
R = TypeVar("R", bound=Extraction)


class Passage:
    """The content of one node: as shown, as matched, and where each of its characters stands in the source."""

    def __init__(
        self, draft: Draft, above: tuple[Draft, ...], text: Text, table: dict[int, str], places: tuple[str, ...] = ()
    ) -> None:
        self.draft, self.above, self._text = draft, above, text
        self.places = places or (draft.eid,)  # the nodes that show it; for a footnote those that hold its mark
        self.shown = draft.content or draft.heading or ""
        self.matched = self.shown.translate(table) if table else self.shown
        self._skips: dict[int, list[int]] = {}

    @property
    def eid(self) -> str:
        return self.draft.eid

    @property
    def runs(self) -> bool:
        """Whether it is running text: no title, no heading."""
        return self.draft.element in ("paragraph", "subparagraph", "p")

    @cached_property
    def paragraph(self) -> Draft:
        """The numbered paragraph that the passage belongs to; the node itself where there is none, for a footnote the one
        that holds its mark.
        """
        own = self.draft if self.places == (self.draft.eid,) else self.above[-1]
        return next((d for d in (self.draft, *reversed(self.above)) if d.element == "paragraph"), own)

    @property
    def part(self) -> str:
        """The annex that the passage stands in, empty in the body of the report."""
        return next((d.eid for d in self.above if d.element == "attachment"), "")

    @cached_property
    def divisions(self) -> tuple[str, ...]:
        """The eids of the divisions around it, outermost first."""
        return tuple(d.eid for d in self.above if d.element == "division")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of the divisions around it, outermost first."""
        return tuple(d.role for d in self.above if d.element == "division" and d.role)

    @cached_property
    def _blanks(self) -> list[int]:
        """Where white space stands in the content."""
        return [match.start() for match in _BLANK.finditer(self.shown)]

    @cached_property
    def _anchors(self) -> list[int]:
        """How many printed characters of the content stand before each piece of the source.

        What was taken out of a piece (a hyphen at its end) makes it shorter by one.
        """
        content, counts, at = "".join(self.shown.split()), [], 0
        for start, end in self.draft.pieces:
            printed = "".join(self._text.text[start:end].replace(VOID, "").split())
            size = len(printed)
            if not content.startswith(printed, at) and content.startswith(printed[:-1], at):
                size -= 1
            counts.append(at)
            at += size
        return counts

    def _skipped(self, piece: int) -> list[int]:
        """Printed characters of a piece before each of its characters that is not printed."""
        if piece not in self._skips:
            start, end = self.draft.pieces[piece]
            found = _NOT_PRINTED.finditer(self._text.text[start:end])
            self._skips[piece] = [match.start() - i for i, match in enumerate(found)]
        return self._skips[piece]

    def _offset(self, index: int) -> int:
        """The source offset of a character of the content."""
        if not self.draft.pieces:
            return self.draft.start
        printed = index - bisect_left(self._blanks, index)
        piece = max(0, bisect_right(self._anchors, printed) - 1)
        within = printed - self._anchors[piece]
        start, end = self.draft.pieces[piece]
        return min(start + within + bisect_right(self._skipped(piece), within), end - 1)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span [start, end) of a stretch of the content, in code points of the source."""
        if start >= end:
            return self.draft.start, self.draft.end
        return self._offset(start), self._offset(end - 1) + 1


class Sentence(NamedTuple):
    """A sentence of a passage, and where it starts in it."""

    passage: Passage
    start: int
    text: str

    def shown(self, start: int, end: int) -> str:
        """A stretch of the sentence in the script of the source."""
        return self.passage.shown[self.start + start : self.start + end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the sentence stands in the source."""
        return self.passage.span(self.start + start, self.start + end)


class _Stretches:
    """Texts in reading order, and which of them hold a literal."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._joined = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]
        self._has_han = any(text > _HAN for text in set(self._joined))
        self._holding: dict[str, list[int]] = {}

    def holding(self, literal: str) -> list[int]:
        """The indexes of the texts that hold a literal, in order."""
        if literal not in self._holding:
            found: list[int] = []
            at = self._joined.find(literal) if self._has_han or literal[0] < _HAN else -1
            while at >= 0:
                found.append(bisect_right(self._starts, at) - 1)
                at = self._joined.find(literal, self._starts[found[-1] + 1])
            self._holding[literal] = found
        return self._holding[literal]

    def candidates(self, rules: Sequence[R]) -> dict[int, list[R]]:
        """The texts that hold a literal of some of the rules, in order, each with those rules in theirs."""
        wanted: dict[int, list[R]] = {}
        for rule in rules:
            for i in sorted({i for literal in rule.literals for i in self.holding(literal)}):
                wanted.setdefault(i, []).append(rule)
        return dict(sorted(wanted.items()))


class Told:
    """All that the outline tells, or all that the footnotes tell, in reading order."""

    def __init__(self, passages: Sequence[Passage], sentences: Sequence[Sentence]) -> None:
        self.passages, self.sentences = passages, sentences
        self._by_passage = _Stretches([passage.matched for passage in passages])
        self._by_sentence = _Stretches([sentence.text for sentence in sentences])

    @cached_property
    def _own(self) -> dict[str, list[Sentence]]:
        own: dict[str, list[Sentence]] = {}
        for sentence in self.sentences:
            own.setdefault(sentence.passage.eid, []).append(sentence)
        return own

    def of(self, passage: Passage) -> list[Sentence]:
        """The sentences of a passage."""
        return self._own.get(passage.eid, [])

    @cached_property
    def _items(self) -> dict[str, list[Passage]]:
        items: dict[str, list[Passage]] = {}
        for passage in self.passages:
            if passage.draft.element == "subparagraph" and passage.above:
                items.setdefault(passage.above[-1].eid, []).append(passage)
        return items

    def items(self, passage: Passage) -> list[Sentence]:
        """The sentences of the items right below a passage."""
        return [sentence for item in self._items.get(passage.eid, ()) for sentence in self.of(item)]

    def in_passages(self, rules: Sequence[R]) -> Iterator[tuple[Passage, list[R]]]:
        """The passages in which some of the rules may match, with those rules."""
        for i, own in self._by_passage.candidates(rules).items():
            yield self.passages[i], own

    def in_sentences(self, rules: Sequence[R]) -> Iterator[tuple[Sentence, list[R]]]:
        """The sentences of running text in which some of the rules may match, with those rules."""
        for i, own in self._by_sentence.candidates(rules).items():
            yield self.sentences[i], own


def tell(
    drafts: Sequence[Draft], notes: Sequence[Noted], text: Text, grammar: Grammar, watch: Watch
) -> tuple[Told, Told]:
    """What nodes tell that hold text, contents and tables aside, and what footnotes tell where their marks stand."""
    table = {}
    if text.text != text.match:
        table = {ord(a): b for a, b in set(zip(text.text, text.match, strict=True)) if a != b}
    passages = list(_walk(drafts, (), text, table))
    by_eid = {passage.eid: passage for passage in passages}
    starts = [passage.draft.start for passage in passages]
    noted = []
    for note in notes:
        at = bisect_right(starts, note.draft.start) - 1  # where no mark was found, the last passage above it
        held = next((by_eid[eid] for eid in note.refs if eid in by_eid), passages[at] if at >= 0 else None)
        above = (*held.above, held.draft) if held else ()
        noted.append(Passage(note.draft, above, text, table, note.refs or ((held.eid,) if held else ())))
    body = Told(passages, list(_sentences([p for p in passages if p.runs], grammar, watch)))
    return body, Told(noted, list(_sentences(noted, grammar, watch)))


def _walk(drafts: Sequence[Draft], above: tuple[Draft, ...], text: Text, table: dict[int, str]) -> Iterator[Passage]:
    for draft in drafts:
        if (draft.content or draft.heading) and draft.element not in ("toc", "table"):
            yield Passage(draft, above, text, table)
        yield from _walk(draft.children, (*above, draft), text, table)


def _sentences(passages: Sequence[Passage], grammar: Grammar, watch: Watch) -> Iterator[Sentence]:
    """The sentences of passages, the ends found in one pass over all of them; white space around them left out."""
    joined = "\n".join(passage.matched for passage in passages)
    ends = sorted({m.end() for rule in grammar.of(SentenceEnd) for m in grammar.matcher(rule).scan(joined, watch)})
    at = base = 0
    for passage in passages:
        stop, start = base + len(passage.matched), base
        after = bisect_right(ends, stop)
        for cut in dict.fromkeys((*ends[at:after], stop)):
            piece = joined[start:cut]
            lead = len(piece) - len(piece.lstrip())
            if lead < len(piece):
                yield Sentence(passage, start - base + lead, piece.strip())
            start = cut
        at, base = after, stop + 1
