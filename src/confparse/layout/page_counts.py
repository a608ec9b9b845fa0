"""Numbers that count up through a text without form feeds as those of its pages do, alone or beside words."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from heapq import merge
from itertools import pairwise

from confparse.layout import running
from confparse.layout.line_table import Lines
from confparse.layout.note_numbers import note_starts
from confparse.layout.number_counts import Numbered, Numbers, longest_count, longest_even_count, regular
from confparse.layout.page_numbers import in_a_column, numbered, repeated
from confparse.layout.running import Turns
from confparse.layout.surroundings import Surroundings
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import NoteNumber, PageCount
from confparse.rules.time_budget import TimeBudget

_NEAR = 0.1  # of a page: how far from its place between two others the number of a page may be
_CENTRED = 0.2  # of the measure: how far from the left edge a number in the middle of a line starts, at least


class PageCounts:
    """Looks for the numbers of pages in one text; `claimed` lines are known to be something else."""

    def __init__(
        self,
        lines: Lines,
        shapes: Sequence[str],
        claimed: Container[int],
        around: Surroundings,
        grammar: Grammar,
        budget: TimeBudget,
    ) -> None:
        self._lines, self._shapes, self._claimed, self._around = lines, shapes, claimed, around
        self._grammar, self._budget = grammar, budget

    def alone(self, rule: PageCount, turns: Turns) -> list[Numbered]:
        """The numbers that a rule reads, if they count up as those of pages do and are not marks of footnotes: these
        are at no even distance from each other, beside the same words.
        """
        read = Numbers(rule.id, merge(*numbered(self._lines, rule, self._grammar, self._budget).values()))
        free = Numbers(rule.id, (item for item in read if self._around.free(item.line)))
        count = longest_count(free)
        if len(count) < 2 or in_a_column(count) or repeated(count, read):
            return []
        places = [item.line for item in count]
        beside, evenly = turns.recurring(places), regular(count)
        if not (beside and evenly) and self._noted(count):
            return []
        if beside or evenly or all(map(self._centred, places)):
            return count
        return count if sum(self._around.interrupts(i, i) for i in places) * 2 >= len(places) else []

    def _centred(self, i: int) -> bool:
        """Whether blank lines separate a line from others, and it starts far from the left edge."""
        line, measure = self._lines.lines[i], self._lines.measures[i]
        below = self._lines.lines[i + 1].blanks if i + 1 < len(self._lines.lines) else 1
        return bool(line.blanks and below) and line.indent >= measure.left + _CENTRED * (measure.right - measure.left)

    def beside_words(self) -> list[Numbered]:
        """The numbers that count up beside words: at even distances beside the same words, beside the words of a title
        if one is inside a sentence, or most of them set apart from words that recur or inside sentences. At most half
        may look like labels of paragraphs.
        """
        unlabelled = self._around.unlabelled
        if same := longest_even_count(running.beside_same_words(self._lines, self._shapes, unlabelled)):
            return self._filled(same)
        count = longest_count(running.beside_text(self._lines, self._shapes, unlabelled))
        often = Counter(self._shapes[item.line] for item in count)
        recurring = {item.line for item in count if often[self._shapes[item.line]] > 1}
        labels = sum(item.line not in recurring and running.labelled(self._lines, item.line) for item in count)
        if len(count) < 2 or 2 * labels > len(count):
            return []
        apart = sum(item.shape == "apart" and item.line in recurring for item in count)
        inside = sum(self._around.interrupts(item.line, item.line) for item in count)
        titled = inside > 0 and running.beside_titles(self._shapes).issuperset(often)
        return self._filled(count) if titled or 2 * max(apart, inside) >= len(count) else []

    def _filled(self, count: Sequence[Numbered]) -> list[Numbered]:
        """The numbers of a count, and those that are missing between two, where their pages must turn: words that are
        there once may have another number beside them. The foot of a page may be right above the head of the next.
        """
        out = list(count)
        for a, b in pairwise(count):
            step = (b.line - a.line) / (b.number - a.number)
            for number in range(a.number + 1, b.number):
                place = a.line + round(step * (number - a.number))
                near = (*range(place - round(_NEAR * step), place + round(_NEAR * step) + 1), a.line + 1, b.line - 1)
                out += [Numbered(i, number, a.shape) for i in near if self._bears(i, number)][:1]
        return sorted(out)

    def _bears(self, i: int, number: int) -> bool:
        """Whether a number is set apart from the words of a line, or begins or ends one that opens and ends nothing and
        runs to no edge.
        """
        text = self._lines.matched(self._lines.lines[i])
        if self._around.free(i) and running.number_apart(text) == number:
            return True
        words = text.split()
        beside = len(words) > 1 and str(number) in (words[0], words[-1])
        return beside and self._around.plain(i) and not running.labelled(self._lines, i)

    def _noted(self, count: Iterable[Numbered]) -> bool:
        """Whether each number opens a line of words further down: then the numbers are marks, and those lines their
        notes.
        """
        shared = {rule.id for rule in self._grammar.of(NoteNumber) if rule.shared}
        starts = note_starts(self._lines, self._claimed, self._grammar, self._budget)
        own = (start for rule, own_starts in starts.items() if rule not in shared for start in own_starts)
        worded = (start for start in own if self._lines.lines[start.line].end > start.text_start)
        opening = {start.number: start.line for start in sorted(worded, key=lambda start: start.line)}
        return all(opening.get(item.number, -1) > item.line for item in count)
