"""Index of the outline's passages and sentences, searchable by the literals of rules."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice

from confparse.mentions.dictionary import Dictionary, dictionary
from confparse.mentions.literals import R, TextsByLiteral
from confparse.mentions.passages import Passage, Sentence
from confparse.mentions.sentences import Passages, sentences
from confparse.outline.tree import Draft
from confparse.outline.types import Outline
from confparse.packing import Packed
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget
from confparse.text.normalize import as_matched
from confparse.text.types import VOID

_PARTS = 10_000  # texts that are held one by one, at most


class TextIndex:
    """The passages and sentences of the outline, or those of the footnotes, in reading order, and all that they
    mention.
    """

    def __init__(self, passages: Passages, grammar: Grammar, budget: TimeBudget) -> None:
        self.passages = passages
        self.text = passages.joined.replace(VOID, " ")
        self.mentions = dictionary(grammar).find(self.text, budget)
        whole, running = sentences(passages, self.text, self.mentions, grammar, budget)
        self.all_sentences, self.sentences = whole.as_sequence(), running.as_sequence()
        self._bases, self._passage_of = whole.bases, running.passages
        self._by_passage = TextsByLiteral(passages.joined, passages.starts)

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

    def read(self, words: Dictionary) -> Iterator[str]:
        """The texts of all as patterns read them, each as long as it is shown."""
        texts = ((draft.element, draft.shown) for draft in self._drafts if _holds_text(draft))
        return (words.as_written(text) if element == "division" else text for element, text in texts)

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
    """The text of nodes, contents and tables aside, and that of footnotes where their marks are."""
    outlined = _Outlined(outline.drafts)
    holders = {eid for note in outline.notes for eid in note.refs}
    by_eid = {
        draft.eid: draft for draft in (outline.drafts if holders else ()) if draft.eid in holders and _holds_text(draft)
    }
    note_holders: list[Draft | None] = []
    for note in outline.notes:
        at = bisect_right(outlined.starts, note.draft.start) - 1  # if no mark was found, the last passage above it
        holder = next((by_eid[eid] for eid in note.refs if eid in by_eid), None)
        note_holders.append(holder if holder is not None else outlined.draft(at) if at >= 0 else None)
    joined = _lines(chain(outlined.read(dictionary(grammar)), (note.draft.shown for note in outline.notes)))
    if outline.text.text != outline.text.match:
        joined = as_matched(joined, outline.text.shown_script, grammar, budget)

    def of_node(at: int, matched: str) -> Passage:
        draft = outlined.draft(at)
        return Passage(draft, outlined.above(draft), outline.printed, matched, at)

    def of_note(at: int, matched: str) -> Passage:
        note, holder = outline.notes[at], note_holders[at]
        above = (*outlined.above(holder), holder) if holder is not None else ()
        places = note.refs or ((holder.eid,) if holder is not None else ())
        return Passage(note.draft, above, outline.printed, matched, at, places)

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
