"""The passages of the outline cut into sentences."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence

from confparse.mentions.dictionary import Mentions
from confparse.mentions.passages import Passage, Sentence
from confparse.packing import CachedValues
from confparse.rules.extraction import SentenceEnd
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.time_budget import TimeBudget


class Passages(CachedValues[Passage]):
    """The passages of some drafts, made when asked for, and their texts as patterns see them."""

    def __init__(self, joined: str, starts: Sequence[int], make: Callable[[int, str], Passage]) -> None:
        super().__init__(lambda i: make(i, joined[starts[i] : starts[i + 1] - 1]), len(starts) - 1)
        self.joined = joined  # one after the other with a line feed between
        self.starts = starts  # of each, and where one more would start


class Sentences:
    """The sentences of passages in columns: which passage, and where in the text of all."""

    def __init__(self, passages: Passages, text: str) -> None:
        self._passages, self._text = passages, text
        self.passages, self.bases, self._ends = array("I"), array("I"), array("I")

    def add(self, passage: int, base: int, end: int) -> None:
        """Put a sentence after the last one: the place of its passage, and where it is."""
        self.passages.append(passage)
        self.bases.append(base)
        self._ends.append(end)

    def as_sequence(self) -> Sequence[Sentence]:
        """All of them."""
        return CachedValues(self._sentence, len(self.bases))

    def _sentence(self, at: int) -> Sentence:
        passage, base = self.passages[at], self.bases[at]
        return Sentence(
            self._passages[passage], base - self._passages.starts[passage], self._text[base : self._ends[at]], base
        )


def sentences(
    passages: Passages, joined: str, mentions: Mentions, grammar: Grammar, budget: TimeBudget
) -> tuple[Sentences, Sentences]:
    """The sentences of passages, and those of running text; the ends found in one pass over all, white space around
    left out.

    A stop inside a mention (an abbreviation, a symbol, a quoted title) ends no sentence; a heading is one.
    """
    all_ends = IndexSet()
    for rule in grammar.of(SentenceEnd):
        for _, end in grammar.matcher(rule).extents(joined, budget).fitting():
            all_ends.add(end)
    ends = array("I", (end for end in all_ends if not _inside(end, mentions)))
    whole, running = Sentences(passages, joined), Sentences(passages, joined)
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
    """Whether a mention continues beyond a place in it."""
    i = bisect_right(mentions.starts, at - 1) - 1
    return i >= 0 and mentions.ends[i] > at
