"""Index of the outline's passages and sentences, searchable by the literals of rules."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeVar

from confparse.mentions.dictionary import Mentions, dictionary
from confparse.mentions.passages import Passage, Sentence
from confparse.outline.tree import Draft
from confparse.outline.types import Outline
from confparse.rules.base import Extraction
from confparse.rules.extraction import SentenceEnd
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget
from confparse.text.normalize import as_matched
from confparse.text.types import VOID, Text

_HAN = "\u2e80"  # where the blocks of Han characters and their punctuation start
R = TypeVar("R", bound=Extraction)


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


class TextIndex:
    """The passages and sentences of the outline, or those of the footnotes, in reading order, and all that they mention."""

    def __init__(self, passages: Sequence[Passage], grammar: Grammar, budget: TimeBudget) -> None:
        self.passages = passages
        self.text = "\n".join(passage.matched for passage in passages).replace(VOID, " ")
        self.mentions = dictionary(grammar).find(self.text, budget)
        self.all_sentences = list(_sentences(passages, self.text, self.mentions, grammar, budget))
        self.sentences = [sentence for sentence in self.all_sentences if sentence.passage.runs]
        self._by_passage = _Stretches([passage.matched for passage in passages])
        self._by_sentence = _Stretches([sentence.text for sentence in self.sentences])

    def sentence_at(self, at: int) -> Sentence:
        """The sentence that holds an offset of the text of all passages."""
        return self.all_sentences[max(0, bisect_right(self._bases, at) - 1)]

    @cached_property
    def _bases(self) -> list[int]:
        return [sentence.base for sentence in self.all_sentences]

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
    def _below(self) -> dict[str, list[Passage]]:
        below: dict[str, list[Passage]] = {}
        for passage in self.passages:
            if passage.draft.element in ("subparagraph", "wrap_up", "p") and passage.above:
                below.setdefault(passage.above[-1].eid, []).append(passage)
        return below

    def below(self, passage: Passage) -> list[Sentence]:
        """The sentences right below a passage: those of its items, and of the text that ends it after them."""
        return [sentence for part in self._below.get(passage.eid, ()) for sentence in self.of(part)]

    def items(self, passage: Passage) -> list[Sentence]:
        """The sentences of the items right below a passage."""
        return [sentence for sentence in self.below(passage) if sentence.passage.draft.element != "wrap_up"]

    def in_passages(self, rules: Sequence[R]) -> Iterator[tuple[Passage, list[R]]]:
        """The passages in which some of the rules may match, with those rules."""
        for i, own in self._by_passage.candidates(rules).items():
            yield self.passages[i], own

    def in_sentences(self, rules: Sequence[R]) -> Iterator[tuple[Sentence, list[R]]]:
        """The sentences of running text in which some of the rules may match, with those rules."""
        for i, own in self._by_sentence.candidates(rules).items():
            yield self.sentences[i], own


class _Place(NamedTuple):
    """What a passage will hold, before its text is seen as patterns see it."""

    draft: Draft
    above: tuple[Draft, ...]
    places: tuple[str, ...] = ()


def index_outline(outline: Outline, grammar: Grammar, budget: TimeBudget) -> tuple[TextIndex, TextIndex]:
    """The text of nodes, contents and tables aside, and that of footnotes where their marks stand."""
    nodes = list(_walk(outline.drafts, ()))
    by_eid = {node.draft.eid: node for node in nodes}
    starts = [node.draft.start for node in nodes]
    notes = []
    for note in outline.notes:
        at = bisect_right(starts, note.draft.start) - 1  # where no mark was found, the last passage above it
        held = next((by_eid[eid] for eid in note.refs if eid in by_eid), nodes[at] if at >= 0 else None)
        above = (*held.above, held.draft) if held else ()
        notes.append(_Place(note.draft, above, note.refs or ((held.draft.eid,) if held else ())))
    passages = _passages([*nodes, *notes], outline.text, grammar, budget)
    return TextIndex(passages[: len(nodes)], grammar, budget), TextIndex(passages[len(nodes) :], grammar, budget)


def _passages(places: Sequence[_Place], text: Text, grammar: Grammar, budget: TimeBudget) -> list[Passage]:
    """Passages that patterns see as they see the text: in the script and with the punctuation of the grammar."""
    shown = [place.draft.shown for place in places]
    joined = "\n".join(shown)
    if text.text != text.match:
        joined = as_matched(joined, text.shown_script, grammar, budget)
    starts = accumulate((len(own) + 1 for own in shown), initial=0)
    return [
        Passage(place.draft, place.above, text, joined[start : start + len(own)], place.places)
        for place, own, start in zip(places, shown, starts, strict=False)
    ]


def _walk(drafts: Sequence[Draft], above: tuple[Draft, ...]) -> Iterator[_Place]:
    for draft in drafts:
        if draft.shown and draft.element not in ("toc", "table"):
            yield _Place(draft, above)
        yield from _walk(draft.children, (*above, draft))


def _sentences(
    passages: Sequence[Passage], joined: str, mentions: Mentions, grammar: Grammar, budget: TimeBudget
) -> Iterator[Sentence]:
    """The sentences of passages, the ends found in one pass over all of them; white space around them left out.

    A stop inside a mention (an abbreviation, a symbol, a quoted title) ends no sentence; a heading is one.
    """
    found = {
        end for rule in grammar.of(SentenceEnd) for _, end in grammar.matcher(rule).extents(joined, budget).fitting()
    }
    ends = [end for end in sorted(found) if not _inside(end, mentions)]
    at = base = 0
    for passage in passages:
        stop, start = base + len(passage.matched), base
        after = bisect_right(ends, stop)
        own = () if passage.draft.element == "division" else ends[at:after]
        for cut in dict.fromkeys((*own, stop)):
            piece = joined[start:cut]
            lead = len(piece) - len(piece.lstrip())
            if lead < len(piece):
                yield Sentence(passage, start - base + lead, piece.strip(), start + lead)
            start = cut
        at, base = after, stop + 1


def _inside(at: int, mentions: Mentions) -> bool:
    """Whether a mention goes on beyond a place in it."""
    i = bisect_right(mentions.starts, at - 1) - 1
    return i >= 0 and mentions.ends[i] > at
