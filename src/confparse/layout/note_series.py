"""Footnotes as series: numbered lines at the foot of a page or the end of a paper whose numbers occur as marks above
them.

Whatever the form of the marks and of the numbers that open the notes (raised, in brackets, circled, plain), they count
alike; so a run of lines is a run of notes if each of its numbers follows the one before and was a mark before it.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain, pairwise, starmap
from typing import NamedTuple

from confparse.layout.chapters import first_annex
from confparse.layout.line_table import Lines
from confparse.layout.note_numbers import NumberedLine, NumberedLines, note_starts
from confparse.layout.types import LineClaim, Note, NoteMark, NoteMarks, PageMatter
from confparse.numerals import in_mark
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.page_matter import NoteNumber, NoteRef
from confparse.rules.time_budget import TimeBudget

_LONGEST = 12  # lines of one note
_LONGEST_FORMAL = 40  # lines of one note at the foot of a page, if nothing but the number of a note looks like its own
_ONE = 3  # lines of a single note that nothing but its mark announces
_MANY = 2  # notes in a row that are believed without a rule line


class Region(NamedTuple):
    """Lines up to an end that hold notes, the starts of these, and the page of their marks, None for any."""

    starts: tuple[NumberedLine, ...]
    end: int
    page: int | None
    sure: bool  # their marks are such as nothing else looks like, or those of the whole paper
    alike: bool  # their numbers are printed as their marks are
    complete: bool  # all their marks were found, from the first number on


class _Seeker:
    """Looks for regions of notes in one text."""

    def __init__(
        self,
        lines: Lines,
        matter: PageMatter,
        claims: Mapping[int, LineClaim],
        marks: NoteMarks,
        grammar: Grammar,
    ) -> None:
        self._lines, self._claims = lines, claims
        self._formal = {rule.id for rule in grammar.of(NoteRef) if rule.formal}
        self.shared = {rule.id for rule in grammar.of(NoteNumber) if rule.shared}
        self._sure = {rule.id for rule in grammar.of(NoteNumber) if rule.formal}
        self._cover_end = matter.cover_end
        self._pages = [0, *matter.page_starts]
        self._marks = marks
        self._by_number: dict[int, array[int]] = {}  # the places of the marks of a number
        for place, mark in enumerate(marks):
            number = in_mark(mark.num)
            if number is not None:
                self._by_number.setdefault(number, array("I")).append(place)

    def page_of(self, line: int) -> int:
        return bisect_right(self._pages, line) - 1

    def foot(self, starts: NumberedLines, within: range) -> tuple[NumberedLine, ...]:
        """The last starts on the lines of one page that count up by one, none of them longer than notes are."""
        return self.run_back(starts, within, _LONGEST_FORMAL if starts[0].rule in self._sure else _LONGEST)

    def run_back(self, starts: NumberedLines, within: range, longest: int) -> tuple[NumberedLine, ...]:
        """The last starts within some lines that count up by one, none of them longer than so many lines."""
        run: list[NumberedLine] = []
        low, high = (bisect_left(starts.lines, line) for line in (within.start, within.stop))
        for start in map(starts.at, range(high - 1, low - 1, -1)):
            if not run:
                if self._between(start.line, within.stop) > longest:
                    return ()
                run.append(start)
            elif start.number == run[-1].number - 1 and self._between(start.line, run[-1].line) <= longest:
                run.append(start)
            elif start.number != run[-1].number:
                break
        return tuple(reversed(run))

    def _between(self, first: int, last: int) -> int:
        """The lines from one to another that are not page matter."""
        return sum(i not in self._claims for i in range(first, last))

    def marked(self, start: NumberedLine, within: range, taken: Container[int]) -> list[NoteMark]:
        """The marks with the number of a note that are on some lines, on no page that is taken."""
        places, line_of = self._by_number.get(start.number, array("I")), self._marks.lines.__getitem__
        low, high = (bisect_left(places, line, key=line_of) for line in (within.start, within.stop))
        marks = map(self._marks.at, places[low:high])
        return [m for m in marks if m.start != start.span[0] and self.page_of(m.line) not in taken]

    def region(
        self, run: Sequence[NumberedLine], within: range, page: int | None, taken: Container[int] = ()
    ) -> Region | None:
        """The notes of a run from the first whose mark is found; None if too little speaks for them.

        They end where the lines do on which their marks may stand, but for pages that are taken.
        """
        first = run[0].line if run else 0
        while run and not self.marked(run[0], range(within.start, run[0].line), taken):
            run = run[1:]
        if not run or self._ends_before(run, within.stop):
            return None
        before, end = range(within.start, run[0].line), within.stop
        marks = [self.marked(start, before, taken) for start in run]
        found = sum(map(bool, marks))
        if 2 * found <= len(run) or run[0].line < self._cover_end:
            return None
        ruled = self._below_rule(run[0].line)
        formal = all(any(mark.rule in self._formal for mark in own) for own in marks if own)
        short = self._between(run[0].line, end) <= _ONE * len(run)
        apart = first == run[0].line and self._lines.lines[first].blanks > 0
        plain = (len(run) >= _MANY and found == len(run)) or (short and apart)
        if ruled or formal or (plain and run[0].rule not in self.shared):
            collected = page is None and len(run) >= _MANY and found == len(run)
            alike = all(
                any(self._alike(start, mark) for mark in own) for start, own in zip(run, marks, strict=True) if own
            )
            complete = found == len(run) and first == run[0].line
            return Region(tuple(run), end, page, formal or collected, alike, complete)
        return None

    def _alike(self, start: NumberedLine, mark: NoteMark) -> bool:
        """Whether a note's number and its mark are the same characters, brackets and stops included."""
        return start.num == self._lines.text.text[mark.start : mark.end]

    def _ends_before(self, run: Sequence[NumberedLine], end: int) -> bool:
        """Whether a note ends with its page, and more is on the next before another note begins: that is text
        again.
        """
        for low, high in pairwise([*(start.line for start in run), end]):
            free = [i for i in range(low, high) if i not in self._claims]
            turned = next(((a, b) for a, b in pairwise(free) if self.page_of(a) != self.page_of(b)), None)
            if turned is not None and turned[0] in self._lines.ends.sentence:
                return True
        return False

    def _below_rule(self, line: int) -> bool:
        above = self._claims.get(line - 1)
        return above is not None and above.name == "rule_line"


def note_regions(
    lines: Lines,
    matter: PageMatter,
    claims: Mapping[int, LineClaim],
    marks: NoteMarks,
    headings: set[int],
    grammar: Grammar,
    budget: TimeBudget,
) -> list[Region]:
    """The notes at the end of a text, and those at the foot of its pages, with the pages that their marks are on."""
    seeker = _Seeker(lines, matter, claims, marks, grammar)
    starts = note_starts(lines, IndexSet(chain(claims, headings)), grammar, budget)
    cuts = [0, *matter.page_starts, len(lines.lines)]
    feet: dict[int, Region] = {}
    for page, within in enumerate(starmap(range, pairwise(cuts))):
        own = _best((seeker.region(seeker.foot(s, within), within, page) for s in starts.values()), seeker.shared)
        if own is not None:
            feet[page] = own
    last = len(cuts) - 2

    def collected(end: int, others: Mapping[int, Region]) -> Region | None:
        return _best((_collected(seeker, own, end, last, others) for own in starts.values()), seeker.shared)

    annex = 0 if matter.page_starts else first_annex(lines, grammar, budget)
    above = collected(annex, {}) if annex else None
    if above is not None:
        return [above]
    whole = collected(cuts[-1], feet)
    if whole is not None and (last not in feet or len(whole.starts) > len(feet[last].starts)):
        return [whole]
    return [feet[page] for page in sorted(feet)]


def _best(regions: Iterable[Region | None], shared: Container[str]) -> Region | None:
    """The region with numbers of a form that items do not share, with the most notes, printed as their marks are, and
    of several that which starts first.
    """
    return max(
        (r for r in regions if r is not None),
        key=lambda r: (r.starts[0].rule not in shared, len(r.starts), r.alike, -r.starts[0].line),
        default=None,
    )


def _collected(
    seeker: _Seeker, starts: NumberedLines, end: int, last: int, feet: Mapping[int, Region]
) -> Region | None:
    """The notes of a whole paper at its end. Marks on a page that has notes at its foot are those of these.

    If such notes have numbers of a form that nothing else has, a list of items at the end is not one of notes.
    """
    if starts[0].rule in seeker.shared and any(foot.starts[0].rule not in seeker.shared for foot in feet.values()):
        return None
    taken = feet.keys() - {last}
    return seeker.region(seeker.run_back(starts, range(end), _LONGEST), range(end), None, taken)


def notes_of(region: Region, claims: Mapping[int, LineClaim], pages: int) -> list[Note]:
    """The notes of a region, each with its lines. `pages` is the number of pages of the text."""
    first, last = (0, pages) if region.page is None else (region.page, region.page)
    bounds = [*(start.line for start in region.starts), region.end]
    return [
        Note(
            num=start.num,
            lines=tuple(i for i in range(low, high) if i not in claims),
            text_start=start.text_start,
            num_span=start.span,
            rule=start.rule,
            pages=(first, last),
        )
        for start, (low, high) in zip(region.starts, pairwise(bounds), strict=True)
    ]
