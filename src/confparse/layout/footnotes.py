"""Footnotes at the foot of a page: found from their numbers, which continue, and from their marks in the text."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise, starmap, takewhile

import msgspec

from confparse.layout.chapters import chapters
from confparse.layout.claims import Claims, is_rule_line
from confparse.layout.line_table import Lines
from confparse.layout.note_numbers import note_starts
from confparse.layout.note_openings import FOOT_LINES, note_marks_by_page, note_openings
from confparse.layout.note_seeker import Region
from confparse.layout.note_series import note_regions, notes_of
from confparse.layout.page_feet import PageFeet
from confparse.layout.ruled_notes import ruled_notes
from confparse.layout.starred_notes import above_numbered, starred_apart, starred_at_end
from confparse.layout.title_notes import title_notes
from confparse.layout.types import LineClaim, Note, NoteMarks, PageMatter
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.page_matter import NoteStart
from confparse.rules.time_budget import TimeBudget


def footnotes(
    lines: Lines,
    matter: PageMatter,
    claims: Mapping[int, LineClaim],
    marks: NoteMarks,
    grammar: Grammar,
    budget: TimeBudget,
) -> tuple[Note, ...]:
    """All footnotes, each with its lines.

    First those whose marks nothing else looks like and those collected at the end, then those that their place at the
    foot of a page gives away, and last those that only the marks with their numbers announce. If text follows notes
    below a rule line, and no page is known, none are collected.
    """
    last = len(matter.page_starts)
    headings = chapters(lines, grammar, budget)
    numbered = note_starts(lines, IndexSet(chain(claims, headings)), grammar, budget)
    ruled = list(ruled_notes(lines, matter, claims, marks, numbered))
    parted = any(i not in claims for a, b in pairwise(ruled) for i in range(a.lines[-1] + 1, b.lines[0]))
    regions = [] if parted else note_regions(lines, matter, claims, marks, numbered, grammar, budget)
    notes = [note for region in regions if region.sure for note in notes_of(region, claims, last)]
    notes += title_notes(lines, matter, claims, grammar, budget)
    collected = any(region.page is None and region.sure and region.complete for region in regions)
    noted_pages = set(range(last + 1)) if collected else {note.pages[1] for note in notes}
    pages = [bisect_right(matter.page_starts, i) for i in range(len(lines.lines))]
    by_page = note_marks_by_page(lines, marks, pages)
    starts = note_openings(lines, claims, matter.cover_end, by_page, pages, grammar, budget)
    all_claims = Claims(claims)
    all_claims.update(_claims(notes))
    openings = starts.without(headings, all_claims)
    telling = {rule.id for rule in grammar.of(NoteStart) if rule.after == "anything"}
    feet = PageFeet(lines, all_claims, openings, by_page, telling)
    complete = {region.page: region for region in regions if region.complete}
    if not matter.page_starts:
        notes += starred_at_end(lines, openings, all_claims)
    for page, within in enumerate(_pages(lines, matter)):
        if page in noted_pages:
            notes += above_numbered(within, openings, all_claims, page)
        else:
            notes += feet.notes(page, within, complete.get(page))
    notes += _announced_by_marks(regions, notes, claims, last) if regions else ruled
    apart = starred_apart(notes, starts)
    return tuple(_continued(sorted(apart, key=lambda note: note.pages[1]), lines, claims))


def _pages(lines: Lines, matter: PageMatter) -> Iterator[range]:
    """The lines of each page; none if no page is known."""
    bounds = [0, *matter.page_starts, len(lines.lines)] if matter.page_starts else []
    return starmap(range, pairwise(bounds))


def _announced_by_marks(
    regions: Sequence[Region], notes: Sequence[Note], claims: Mapping[int, LineClaim], last: int
) -> list[Note]:
    """The notes of the regions that are not sure, on pages without any other note. `last` is the number of pages."""
    noted_pages, own = {note.pages[1] for note in notes}, _claims(notes)
    out: list[Note] = []
    for region in regions:
        page = last if region.page is None else region.page
        if not region.sure and page not in noted_pages and not any(start.line in own for start in region.starts):
            out += notes_of(region, claims, last)
    return out


def _continued(notes: Sequence[Note], lines: Lines, claims: Mapping[int, LineClaim]) -> list[Note]:
    """The notes, the last of a page with the lines that are under the rule line of the next page above its first
    note, if it ends no sentence.
    """
    if not notes:
        return []
    out = list(notes)
    firsts = {note.lines[0]: place for place, note in enumerate(out) if note.lines}
    for rule_line in (i for i, claim in claims.items() if is_rule_line(claim)):
        below = [i for i in range(rule_line + 1, min(rule_line + FOOT_LINES, len(lines.lines))) if i not in claims]
        rest = tuple(takewhile(lambda i: i not in firsts, below))
        place = firsts.get(below[len(rest)], 0) if len(rest) < len(below) else 0
        before, note = out[place - 1], out[place]
        runs_on = place and before.pages[1] < note.pages[0] and before.lines[-1] not in lines.ends
        if runs_on and rest and rest[0] > before.lines[-1]:
            out[place - 1] = msgspec.structs.replace(before, lines=(*before.lines, *rest))
    return out


def _claims(notes: Sequence[Note]) -> dict[int, LineClaim]:
    claimed = ((i, LineClaim("note", note.num or "", note.rule)) for note in notes for i in note.lines)
    return dict(claimed)
