"""Footnotes as series: numbered lines at the foot of a page or the end of a paper whose numbers occur as marks above
them.

Whatever the form of the marks and of the numbers that open the notes (raised, in brackets, circled, plain), they count
alike; so a run of lines is a run of notes if each of its numbers follows the one before and was a mark before it.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise, starmap

from confparse.layout.chapters import first_annex
from confparse.layout.line_table import Lines
from confparse.layout.note_numbers import NumberedLines
from confparse.layout.note_seeker import COUNTED, NoteSeeker, Region
from confparse.layout.types import LineClaim, Note, NoteMarks, PageMatter
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import NotesHeading
from confparse.rules.time_budget import TimeBudget


def note_regions(
    lines: Lines,
    matter: PageMatter,
    claims: Mapping[int, LineClaim],
    marks: NoteMarks,
    starts: Mapping[str, NumberedLines],
    grammar: Grammar,
    budget: TimeBudget,
) -> list[Region]:
    """The notes at the end of a text, and those at the foot of its pages, with the pages that their marks are on.
    `starts` are the lines that may open one, by rule.
    """
    seeker = NoteSeeker(lines, matter, claims, marks, grammar)
    cuts = [0, *matter.page_starts, len(lines.lines)]
    feet: dict[int, Region] = {}
    uncertain: dict[str, list[Region]] = {}
    for page, within in enumerate(starmap(range, pairwise(cuts))):
        regions = [seeker.region(seeker.foot(own, within), within, page) for own in starts.values()]
        best = _best(regions, seeker.shared)
        if best is not None:
            feet[page] = best
        for region in regions:
            if region is not None and not region.certain:
                uncertain.setdefault(region.starts[0].rule, []).append(region)
    feet |= next(({region.page or 0: region for region in own} for own in uncertain.values() if _count(own, feet)), {})
    last = len(cuts) - 2
    for heading in _headings(lines, claims, grammar, budget):
        below = _best((seeker.headed(own, heading) for own in starts.values()), set())
        if below is not None:
            return [below]

    def collected(end: int, others: Mapping[int, Region]) -> Region | None:
        return _best((_collected(seeker, own, end, last, others) for own in starts.values()), seeker.shared)

    annex = 0 if matter.page_starts else first_annex(lines, grammar, budget)
    above = collected(annex, {}) if annex else None
    if above is not None:
        return [above]
    whole = collected(cuts[-1], feet)
    foot = feet.get(last)
    if whole is not None and (foot is None or len(whole.starts) > len(foot.starts) or whole.complete > foot.complete):
        return [whole]
    return [feet[page] for page in sorted(feet)]


def _headings(lines: Lines, claims: Container[int], grammar: Grammar, budget: TimeBudget) -> list[int]:
    """The lines that are headings of notes, the last first."""
    matchers = (grammar.matcher(rule) for rule in grammar.of(NotesHeading))
    matches = (match for matcher in matchers for match in matcher.each(lines.text.match, budget))
    heading_lines = (lines.starting(match.start() + len(match[0]) - len(match[0].lstrip())) for match in matches)
    return sorted((line.index for line in heading_lines if line is not None and line.index not in claims), reverse=True)


def _best(regions: Iterable[Region | None], shared: Container[str]) -> Region | None:
    """The best region: first one whose marks and numbers have a form that nothing else has, then one whose numbers have
    a form that items do not share, then the one with the most notes, with numbers printed as their marks, and that
    starts first.
    """

    def weight(region: Region) -> tuple[bool, bool, int, bool, int]:
        first = region.starts[0]
        certain = region.telling and region.complete
        return certain, first.rule not in shared, len(region.starts), region.alike, -first.line

    return max((r for r in regions if r is not None and r.certain), key=weight, default=None)


def _count(regions: Sequence[Region], feet: Container[int]) -> bool:
    """Whether the notes of regions count from one through pages without other notes, each with its mark."""
    numbers = [start.number for region in regions for start in region.starts]
    whole = all(region.complete and region.alike and region.page not in feet for region in regions)
    return whole and len(regions) > 1 and len(numbers) >= COUNTED and numbers == list(range(1, len(numbers) + 1))


def _collected(
    seeker: NoteSeeker, starts: NumberedLines, end: int, last: int, feet: Mapping[int, Region]
) -> Region | None:
    """The notes of a whole paper at its end. Marks on a page that has notes at its foot are those of these.

    If such notes have numbers of a form that nothing else has, a list of items at the end is not one of notes.
    """
    if starts[0].rule in seeker.shared and any(foot.starts[0].rule not in seeker.shared for foot in feet.values()):
        return None
    excluded_pages = feet.keys() - {last}
    return seeker.collected(starts, end, excluded_pages)


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
