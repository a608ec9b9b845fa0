"""Lines to page matter: by its own words, by counting, and by recurring where pages turn."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from confparse.layout import running
from confparse.layout.claims import Claims
from confparse.layout.cover_end import cover_end
from confparse.layout.line_table import Lines
from confparse.layout.page_counts import PageCounts
from confparse.layout.page_numbers import alone, between, counting, numbered, whole_lines
from confparse.layout.recurring import PageEdges, interrupting, page_ranges
from confparse.layout.running import Turns
from confparse.layout.surroundings import DEEP, Surroundings
from confparse.layout.types import LineClaim, PageMatter
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.page_matter import FurnitureRule, Marked, PageBetween, PageCount, Recurring
from confparse.rules.time_budget import TimeBudget

_ALONE = 0.1  # share of the pages that have a running head which changes with the chapters
_BESIDE_ANOTHER = 0.4  # share of the pages that have a second one: every second page, at least
_TURNING = ("running_head", "page_number")
_MASTHEAD = ("running_head", "letterhead")  # what the symbol and the organization on a first page are
_AT_EDGES = (*_TURNING, "job_number")  # what is at the head or the foot of a page


class _Finder:
    """Finds the page matter of one text; what is found first is not claimed again."""

    def __init__(self, lines: Lines, grammar: Grammar, budget: TimeBudget) -> None:
        self.lines, self._grammar, self._budget = lines, grammar, budget
        self.claims = Claims()
        end = cover_end(lines, grammar, budget)
        self.cover_end, self.body_shown = end or 0, end is not None
        self._turning = [rule for rule in grammar.of(PageCount) if rule.proof == "turn"]
        self._edge: list[tuple[FurnitureRule, IndexSet]] = []  # the lines that each rule knows at edges
        self._shapes = running.shapes(lines)
        self._around = Surroundings(lines, self.claims, self.cover_end, grammar, budget)

    def _claim(self, i: int, name: str, rule: str) -> None:
        if i not in self.claims:
            self.claims.put(i, LineClaim("furniture", name, rule))

    def by_marks(self) -> None:
        """Lines that the file itself calls page matter."""
        for rule in self._grammar.of(Marked):
            if rule.what in ("running_head", "navigation"):
                for mark in self.lines.text.marks:
                    if mark.kind == rule.what:
                        for i in self.lines.marked(mark):
                            self._claim(i, rule.what, rule.id)

    def by_words(self) -> None:
        """Lines that a rule knows by their own words; those that only an edge makes page matter are kept for later."""
        cover_offset = self.lines.lines[self.cover_end].start if self.lines.lines and self.cover_end else 0
        for rule in self._grammar.of(FurnitureRule):
            upto = cover_offset if rule.where == "cover" else None
            indexes = IndexSet(
                line.index for line in whole_lines(self.lines, self._grammar.matcher(rule), self._budget, upto)
            )
            if rule.where == "edge":
                self._edge.append((rule, indexes))
                continue
            often = Counter(map(self._bare, indexes)) if rule.where == "repeated" else None
            for i in indexes:
                if often is None or often[self._bare(i)] > 1:
                    self._claim(i, rule.name, rule.id)

    def _bare(self, i: int) -> str:
        """A line without white space."""
        return "".join(self.lines.matched(self.lines.lines[i]).split())

    def by_counting(self) -> None:
        """Numbers of pages that their form gives away, alone or because they count up."""
        for rule in self._grammar.of(PageCount):
            if rule.proof == "turn":
                continue
            for same in numbered(self.lines, rule, self._grammar, self._budget).values():
                pages = same if rule.proof == "form" else counting(same)
                for item in pages:
                    self._claim(item.line, rule.name, rule.id)

    def at_turns(self) -> None:
        """In a text without form feeds: numbers that count up where pages turn, and what recurs beside them. A page has
        one number: the few that count up alone in a text of many beside words are marks of footnotes.
        """
        turns = Turns(self.lines, self._shapes, self._around.free, self._around.unlabelled)
        counts = PageCounts(self.lines, self._shapes, self.claims, self._around, self._grammar, self._budget)
        edge_lines = [i for i, claim in self.claims.items() if claim.name in _AT_EDGES]
        beside = counts.beside_words()
        counted = [(rule, counts.alone(rule, turns)) for rule in self._turning]
        alone_claims = [
            (i.line, rule.name, rule.id) for rule, same in counted if len(same) >= len(beside) for i in same
        ]
        for line, name, by in alone_claims:
            self._claim(line, name, by)
        head = self._recurring("beside_numbers")
        if head is None:
            return
        for item in beside:
            self._claim(item.line, head.name, head.id)
        places = sorted({*edge_lines, *(line for line, *_ in alone_claims), *(item.line for item in beside)})
        for line in sorted(turns.beside(places) | turns.of_cover(places, self.cover_end)):
            self._claim(line, head.name, head.id)

    def at_edges(self) -> None:
        """Lines at the edges of pages: those that a rule knows there, and words that recur there from page to page."""
        starts, count, around = self._form_feeds(), len(self.lines.lines), self._around
        edges = PageEdges(self.lines, page_ranges(starts, count), self._shapes, around.free, around.unlabelled)
        head, beside = self._recurring("at_edges"), self._recurring("beside_numbers")
        if starts and beside is not None and not self._pages_numbered():
            known = [indexes for _, indexes in self._edge]
            numbers = alone(self.lines, self._turning, known, self._grammar, self._budget)
            for i in edges.counting(self._share(), {i: number for i, (_, number) in numbers.items()}):
                rule = numbers[i][0] if i in numbers else beside
                self._claim(i, rule.name, rule.id)
        recurring = edges.recurring(self._share()) if starts and head is not None else set()
        turned = starts or sorted(i for i, claim in self.claims.items() if claim.name in _AT_EDGES)
        for at in [*turned, count]:
            for order in (range(at - 1, -1, -1), range(at, count)):
                self._walk(order, recurring, head)
        if head is not None:
            self._first_page(head)

    def _first_page(self, head: Recurring) -> None:
        """The head of the first page: words of later heads, with a number beside them, a symbol or organization right
        below, or a cover below that says them again. Elsewhere they may be the title.
        """
        rules = {rule.id for rule in self._grammar.of(Recurring)}
        heads = {self._shapes[i] for i, claim in self.claims.items() if claim.rule in rules}
        own = running.opening(self._shapes[:DEEP], heads, self._around.free)
        below = self._shapes[max(own, default=0) + 1 : self.cover_end]
        again = any(self._shapes[i] in below for i in own)
        for i in own:
            numbered = running.number_apart(self.lines.matched(self.lines.lines[i])) is not None
            if not (again or numbered or (i + 1 in self.claims and self.claims[i + 1].name in _MASTHEAD)):
                return
            self._claim(i, head.name, head.id)

    def _pages_numbered(self) -> bool:
        """Whether most pages are known to have a number: a page has one, and what else counts up are notes."""
        numbered = {self.lines.lines[i].page for i, claim in self.claims.items() if claim.name == "page_number"}
        return 2 * len(numbered) > self.lines.lines[-1].page + 1

    def _share(self) -> float:
        """The share of pages on which words must recur: many if the pages are known to have another running head."""
        headed = any(claim.name == "running_head" for claim in self.claims.values())
        return _BESIDE_ANOTHER if headed else _ALONE

    def _walk(self, order: Iterable[int], recurring: set[int], head: Recurring | None) -> None:
        """From a turn inwards: claim lines that an edge rule matches or that recur, until a line that does neither."""
        once: set[str] = set()
        for step, i in enumerate(order):
            if step >= DEEP:
                return
            if i in self.claims:
                once.add(self.claims[i].name)
                continue
            rule = next((r for r, indexes in self._edge if i in indexes and not (r.once and r.name in once)), None)
            if rule is not None:
                once.add(rule.name)
                self._claim(i, rule.name, rule.id)
            elif head is not None and i in recurring:
                self._claim(i, head.name, head.id)
            else:
                return

    def inside_pages(self) -> None:
        """Numbers that are inside the text of a page, which has none at its edges, and count on from the pages
        around.
        """
        for rule in self._grammar.of(PageBetween):
            for line in between(self.lines, rule, self.claims, self._grammar, self._budget):
                self.claims.put(line.index, LineClaim("furniture", rule.name, rule.id, seam=False))

    def in_sentences(self) -> None:
        """Words that recur in the middle of sentences, in a text that shows nothing else of its pages."""
        rule = self._recurring("in_sentences")
        whole = self.lines.text.source.whole_lines or self.lines.parted  # nothing interrupts a paragraph
        if rule is not None and not whole and not self._form_feeds():
            around = self._around
            for i in interrupting(self.lines, self._shapes, around.free, around.plain, around.interrupts):
                self._claim(i, rule.name, rule.id)

    def _recurring(self, where: str) -> Recurring | None:
        return next((rule for rule in self._grammar.of(Recurring) if rule.where == where), None)

    def _form_feeds(self) -> Sequence[int]:
        return array("I", (b.index for a, b in pairwise(self.lines.lines) if a.page != b.page))

    def page_starts(self) -> Sequence[int]:
        """The first lines of all pages but the first."""
        feeds = self._form_feeds()
        if feeds:
            return feeds
        starts = array("I")
        turned = False
        for i in range(max(1, self.cover_end), len(self.lines.lines)):
            claim = self.claims.get(i)
            if claim is None and turned:
                starts.append(i)
            turned = claim is not None and (turned or claim.name in _TURNING)
        return starts


def furniture(lines: Lines, grammar: Grammar, budget: TimeBudget) -> PageMatter:
    """The lines that belong to the page, where the cover ends, and where pages start."""
    finder = _Finder(lines, grammar, budget)
    finder.by_marks()
    finder.by_words()
    finder.by_counting()
    if not lines.paged:
        finder.at_turns()
    finder.at_edges()
    finder.inside_pages()
    finder.in_sentences()
    return PageMatter(finder.claims, finder.cover_end, finder.body_shown, finder.page_starts())
