"""Index of the outline's passages and sentences, searchable by the literals of rules."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from itertools import accumulate, chain, groupby, islice, repeat
from operator import itemgetter
from typing import TypeVar

from confparse.mentions.dictionary import Mentions, dictionary
from confparse.mentions.passages import Passage, Sentence
from confparse.outline.tree import Draft
from confparse.outline.types import Outline
from confparse.packing import Made, Packed
from confparse.rules.base import Extraction
from confparse.rules.extraction import SentenceEnd
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.patterns import TimeBudget
from confparse.text.normalize import as_matched
from confparse.text.types import VOID

_PARTS = 10_000  # texts that are held one by one, at most
_HAN = "\u2e80"  # where the blocks of Han characters and their punctuation start
R = TypeVar("R", bound=Extraction)


class _Stretches:
    """Texts in reading order, one after the other with a line feed between, and which of them hold a literal."""

    def __init__(self, joined: str, starts: Sequence[int]) -> None:
        self._joined, self._starts = joined, starts  # with where one more would start
        self._has_han = any(text > _HAN for text in set(joined))
        self._holding: dict[str, Sequence[int]] = {}

    def holding(self, literal: str) -> Sequence[int]:
        """The indexes of the texts that hold a literal, in order."""
        if literal not in self._holding:
            found = array("I")
            at = self._joined.find(literal) if self._has_han or literal[0] < _HAN else -1
            while at >= 0:
                found.append(bisect_right(self._starts, at) - 1)
                at = self._joined.find(literal, self._starts[found[-1] + 1])
            self._holding[literal] = found
        return self._holding[literal]

    def candidates(self, rules: Sequence[R]) -> Iterator[tuple[int, list[R]]]:
        """The texts that hold a literal of some of the rules, in order, each with those rules in theirs."""
        held = {literal for rule in rules for literal in rule.literals}
        places = (zip(self.holding(literal), repeat(literal)) for literal in sorted(held))
        for i, group in groupby(merge(*places), key=itemgetter(0)):
            literals = {literal for _, literal in group}
            yield i, [rule for rule in rules if not literals.isdisjoint(rule.literals)]


class _Sentences:
    """The sentences of passages in columns: which passage, and where in the text of all."""

    def __init__(self, passages: "Passages", text: str) -> None:
        self._passages, self._text = passages, text
        self.passages, self.bases, self._ends = array("I"), array("I"), array("I")

    def add(self, passage: int, base: int, end: int) -> None:
        """Put a sentence after the last one: the place of its passage, and where it stands."""
        self.passages.append(passage)
        self.bases.append(base)
        self._ends.append(end)

    def made(self) -> Sequence[Sentence]:
        """All of them."""
        return Made(self._sentence, len(self.bases))

    def joined(self) -> _Stretches:
        """Their texts."""
        starts = array("I", accumulate((e - b + 1 for b, e in zip(self.bases, self._ends, strict=True)), initial=0))
        return _Stretches("\n".join(map(self._text.__getitem__, map(slice, self.bases, self._ends))), starts)

    def _sentence(self, at: int) -> Sentence:
        passage, base = self.passages[at], self.bases[at]
        return Sentence(
            self._passages[passage], base - self._passages.starts[passage], self._text[base : self._ends[at]], base
        )


class TextIndex:
    """The passages and sentences of the outline, or those of the footnotes, in reading order, and all that they mention."""

    def __init__(self, passages: "Passages", grammar: Grammar, budget: TimeBudget) -> None:
        self.passages = passages
        self.text = passages.joined.replace(VOID, " ")
        self.mentions = dictionary(grammar).find(self.text, budget)
        whole, running = _sentences(passages, self.text, self.mentions, grammar, budget)
        self.all_sentences, self.sentences = whole.made(), running.made()
        self._bases, self._passage_of = whole.bases, running.passages
        self._by_passage = _Stretches(passages.joined, passages.starts)
        self._by_sentence = running.joined()

    def sentence_at(self, at: int) -> Sentence:
        """The sentence that holds an offset of the text of all passages."""
        return self.all_sentences[max(0, bisect_right(self._bases, at) - 1)]

    def of(self, passage: Passage) -> list[Sentence]:
        """The sentences of a passage."""
        place = passage.place
        return list(self.sentences[bisect_left(self._passage_of, place) : bisect_right(self._passage_of, place)])

    def _below(self, passage: Passage) -> Iterator[Passage]:
        """The items right below a passage, and the text that ends it after them."""
        for place in range(passage.place + 1, len(self.passages)):
            part = self.passages[place]
            if not any(draft.eid == passage.eid for draft in part.above):
                return
            if part.draft.element in ("subparagraph", "wrap_up", "p") and part.above[-1].eid == passage.eid:
                yield part

    def below(self, passage: Passage) -> list[Sentence]:
        """The sentences right below a passage: those of its items, and of the text that ends it after them."""
        return [sentence for part in self._below(passage) for sentence in self.of(part)]

    def items(self, passage: Passage) -> list[Sentence]:
        """The sentences of the items right below a passage."""
        return [sentence for sentence in self.below(passage) if sentence.passage.draft.element != "wrap_up"]

    def in_passages(self, rules: Sequence[R]) -> Iterator[tuple[Passage, list[R]]]:
        """The passages in which some of the rules may match, with those rules."""
        for i, own in self._by_passage.candidates(rules):
            yield self.passages[i], own

    def in_sentences(self, rules: Sequence[R]) -> Iterator[tuple[Sentence, list[R]]]:
        """The sentences of running text in which some of the rules may match, with those rules."""
        for i, own in self._by_sentence.candidates(rules):
            yield self.sentences[i], own


class Passages(Made[Passage]):
    """The passages of some drafts, made when asked for, and their texts as patterns see them."""

    def __init__(self, joined: str, starts: Sequence[int], make: Callable[[int, str], Passage]) -> None:
        super().__init__(lambda i: make(i, joined[starts[i] : starts[i + 1] - 1]), len(starts) - 1)
        self.joined = joined  # one after the other with a line feed between
        self.starts = starts  # of each, and where one more would start


class _Outlined:
    """The drafts that hold passages, by the order of these, each with those above it."""

    def __init__(self, drafts: Packed[Draft]) -> None:
        self._drafts = drafts
        self.places, self.starts = array("I"), array("I")
        for place, draft in enumerate(drafts):
            if _holds_text(draft):
                self.places.append(place)
                self.starts.append(draft.start)
        self._above: dict[int, tuple[Draft, ...]] = {-1: ()}  # by the places of parents, those of late

    def draft(self, at: int) -> Draft:
        """The draft of a passage."""
        return self._drafts[self.places[at]]

    def shown(self) -> Iterator[str]:
        """The texts of all."""
        return (draft.shown for draft in self._drafts if _holds_text(draft))

    def above(self, draft: Draft) -> tuple[Draft, ...]:
        """The drafts that one is in, outermost first."""
        if draft.parent not in self._above:
            parent = self._drafts[draft.parent]
            above = (*self.above(parent), parent)
            if len(self._above) > _PARTS:
                self._above = {-1: ()}
            self._above[draft.parent] = above
        return self._above[draft.parent]


def index_outline(outline: Outline, grammar: Grammar, budget: TimeBudget) -> tuple[TextIndex, TextIndex]:
    """The text of nodes, contents and tables aside, and that of footnotes where their marks stand."""
    outlined = _Outlined(outline.drafts)
    holders = {eid for note in outline.notes for eid in note.refs}
    by_eid = {
        draft.eid: draft for draft in (outline.drafts if holders else ()) if draft.eid in holders and _holds_text(draft)
    }
    held: list[Draft | None] = []
    for note in outline.notes:
        at = bisect_right(outlined.starts, note.draft.start) - 1  # where no mark was found, the last passage above it
        found = next((by_eid[eid] for eid in note.refs if eid in by_eid), None)
        held.append(found if found is not None else outlined.draft(at) if at >= 0 else None)
    joined = _lines(chain(outlined.shown(), (note.draft.shown for note in outline.notes)))
    if outline.text.text != outline.text.match:
        joined = as_matched(joined, outline.text.shown_script, grammar, budget)

    def of_node(at: int, matched: str) -> Passage:
        draft = outlined.draft(at)
        return Passage(draft, outlined.above(draft), outline.text, matched, at)

    def of_note(at: int, matched: str) -> Passage:
        note, holder = outline.notes[at], held[at]
        above = (*outlined.above(holder), holder) if holder is not None else ()
        places = note.refs or ((holder.eid,) if holder is not None else ())
        return Passage(note.draft, above, outline.text, matched, at, places)

    starts = array("I", accumulate((len(draft.shown) + 1 for draft in outline.drafts if _holds_text(draft)), initial=0))
    own = array("I", accumulate((len(note.draft.shown) + 1 for note in outline.notes), initial=0))
    nodes = Passages(joined[: max(0, starts[-1] - 1)], starts, of_node)
    notes = Passages(joined[starts[-1] :], own, of_note)
    return TextIndex(nodes, grammar, budget), TextIndex(notes, grammar, budget)


def _holds_text(draft: Draft) -> bool:
    """Whether a draft holds a passage."""
    return bool(draft.shown) and draft.element not in ("toc", "table")


def _lines(texts: Iterator[str]) -> str:
    """Texts with a line feed between; the short ones of a long list are put together in parts."""
    parts = iter(lambda: list(islice(texts, _PARTS)), [])
    return "\n".join("\n".join(part) for part in parts)


def _sentences(
    passages: Passages, joined: str, mentions: Mentions, grammar: Grammar, budget: TimeBudget
) -> tuple[_Sentences, _Sentences]:
    """The sentences of passages, and those of running text; the ends found in one pass over all, white space around left out.

    A stop inside a mention (an abbreviation, a symbol, a quoted title) ends no sentence; a heading is one.
    """
    found = IndexSet()
    for rule in grammar.of(SentenceEnd):
        for _, end in grammar.matcher(rule).extents(joined, budget).fitting():
            found.add(end)
    ends = array("I", (end for end in found if not _inside(end, mentions)))
    whole, running = _Sentences(passages, joined), _Sentences(passages, joined)
    at = 0
    for place, passage in enumerate(passages):
        start, stop = passages.starts[place], passages.starts[place + 1] - 1
        after = bisect_right(ends, stop)
        own = () if passage.draft.element == "division" else ends[at:after]
        for cut in dict.fromkeys((*own, stop)):
            piece = joined[start:cut]
            lead = len(piece) - len(piece.lstrip())
            if lead < len(piece):
                for table in (whole, running) if passage.runs else (whole,):
                    table.add(place, start + lead, start + len(piece.rstrip()))
            start = cut
        at = after
    return whole, running


def _inside(at: int, mentions: Mentions) -> bool:
    """Whether a mention goes on beyond a place in it."""
    i = bisect_right(mentions.starts, at - 1) - 1
    return i >= 0 and mentions.ends[i] > at
