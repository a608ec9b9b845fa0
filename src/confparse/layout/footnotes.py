"""Footnotes at the foot of a page: found from their numbers, which run on, and from their marks in the text."""

from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from itertools import chain, pairwise, takewhile

import msgspec

from confparse.layout.chapters import chapters
from confparse.layout.claims import Claims, is_rule_line
from confparse.layout.line_table import Line, Lines
from confparse.layout.note_numbers import note_starts
from confparse.layout.note_openings import (
    FOOT_LINES,
    Marks,
    Opening,
    Openings,
    foot_lines,
    note_marks_by_page,
    note_openings,
)
from confparse.layout.note_seeker import Region
from confparse.layout.note_series import note_regions, notes_of
from confparse.layout.note_texts import filled
from confparse.layout.ruled_notes import ruled_notes
from confparse.layout.starred_notes import above_numbered, starred_apart
from confparse.layout.title_notes import title_notes
from confparse.layout.types import LineClaim, Note, NoteMarks, PageMatter
from confparse.numerals import in_mark
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.page_matter import NoteStart
from confparse.rules.time_budget import TimeBudget

_GAP = 2  # blank lines that part footnotes from text
_AHEAD = 3  # numbers may be missing between two notes that were found


def _is_next(number: int, last: int) -> bool:
    return last < number <= last + _AHEAD


def _below_rule(page: range, claims: Mapping[int, LineClaim]) -> int:
    """The line of a page right below the last rule line over some text; its first line if there is none."""
    ruled = (i + 1 for i in page if is_rule_line(claims.get(i)))
    return max((i for i in ruled if i in page and i not in claims), default=page.start)


def _first(
    page: range,
    starts: Mapping[int, Opening],
    claims: Mapping[int, LineClaim],
    last: int,
    marked: set[str],
    telling: set[int],
) -> int | None:
    """The line of a page where its notes begin: a number that continues from the last note, or starts again at one.

    A number alone proves little: its mark must be in the text above, or a rule line or blank lines above it and little
    below it, or the number of the page between it and its text. If it continues from one that opens a line further up,
    both are labels. `telling` are lines whose own words are those of a note.
    """
    deep = page.stop - foot_lines(len(page))
    lowest: dict[int, int] = {}  # the last line of the page that starts with a number
    for i in page:
        if i in starts and (n := in_mark(starts[i].num)) is not None:
            lowest[n] = i
    above: set[tuple[str, int]] = set()  # the rules and the numbers that open lines of words further up
    for i in range(_below_rule(page, claims), page.stop):
        if i not in starts:
            continue
        line, num, _, _, rule = starts[i]
        number = in_mark(num)
        if num is None or number is None:
            return i
        bare = line.end - line.start == len(num)
        if not bare:
            above.add((rule, number))
            if (rule, number - 1) in above:
                continue
        followed = lowest.get(number + 1, -1) > i
        apart = i >= deep and (line.blanks >= _GAP or followed)
        likely = num in marked or i in telling or is_rule_line(claims.get(i - 1))
        if number == 1:
            torn = (below := claims.get(i + 1)) is not None and not below.seam
            if i >= deep and (likely or line.blanks >= _GAP or (bare and (followed or torn))):
                return i
        elif (_is_next(number, last) and (likely or apart or (bare and i >= deep))) or (
            number > last and bare and apart
        ):
            return i
    return None


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
    noted_pages = {note.pages[1] for note in notes}
    all_claims = Claims(claims)
    all_claims.update(_claims(notes))
    complete = {region.page: region for region in regions if region.complete}
    pages = [bisect_right(matter.page_starts, i) for i in range(len(lines.lines))]
    by_page = note_marks_by_page(lines, marks, pages)
    starts = note_openings(lines, claims, matter.cover_end, by_page, pages, grammar, budget)
    if any(region.page is None and region.sure and region.complete for region in regions):
        noted_pages = set(range(last + 1))  # a paper with its notes at the end has none at the feet of its pages
    notes += _by_place(lines, matter, all_claims, by_page, starts, headings, noted_pages, complete, grammar)
    noted_pages, own = {note.pages[1] for note in notes}, _claims(notes)
    for region in regions:
        page = last if region.page is None else region.page
        if not region.sure and page not in noted_pages and not any(start.line in own for start in region.starts):
            notes += notes_of(region, claims, last)
    if not regions:
        notes += ruled
    apart = starred_apart(notes, starts)
    return tuple(_continued(sorted(apart, key=lambda note: note.pages[1]), lines, claims))


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


def _by_place(
    lines: Lines,
    matter: PageMatter,
    claims: Mapping[int, LineClaim],
    by_page: Marks,
    openings: Openings,
    headings: Container[int],
    noted_pages: Container[int | None],
    complete: Mapping[int | None, Region],
    grammar: Grammar,
) -> list[Note]:
    """The notes at the foot of all but the `noted_pages`: their numbers run on from page to page. `complete` are the
    regions all of whose marks were found, by page.
    """
    if not matter.page_starts:
        return []
    starts = openings.without(headings, claims)
    sure = {rule.id for rule in grammar.of(NoteStart) if rule.after == "anything"}

    def ended(line: Line) -> bool:
        return line.index in lines.ends.sentence or line.index in lines.ends.note

    notes: list[Note] = []
    last = 0
    for page, (low, high) in enumerate(pairwise([0, *matter.page_starts, len(lines.lines)])):
        if page in noted_pages:
            notes += above_numbered(range(low, high), starts, claims, page)
            continue
        marked = by_page.get(page, set()) | by_page.get(page - 1, set())
        telling = {i for i in range(max(low, high - FOOT_LINES), high) if i in starts and starts[i].rule in sure}
        first = _first(range(low, high), starts, claims, last, marked, telling)
        if first is None:
            continue
        if page in complete and _is_mark_of(starts[first], complete[page]) and complete[page].starts[0].line in starts:
            first = complete[page].starts[0].line
        group: list[Note] = []
        for i in range(first, high):
            if i in claims:
                continue
            start = starts.get(i)
            opens = start is not None and (i == first or not group or _opens(start.num, group, last))
            if opens and start is not None:
                group.append(Note(start.num, (i,), start.text_start, start.span, start.rule, (page, page)))
            elif group:
                group[-1] = msgspec.structs.replace(group[-1], lines=(*group[-1].lines, i))
        notes += filled(group, lines, ended)
        numbers = [n for note in group if (n := in_mark(note.num)) is not None]
        last = max([last if group and numbers[:1] != [1] else 0, *numbers])
    return notes


def _is_mark_of(start: Opening, region: Region) -> bool:
    """Whether a number alone on a line is the mark of a note of a region below it, and opens none itself."""
    line, num, *_ = start
    bare = line.end - line.start == len(num or "")
    return bare and line.index < region.starts[0].line and in_mark(num) in {note.number for note in region.starts}


def _opens(num: str | None, group: list[Note], last: int) -> bool:
    """Whether a number may open the next note of a page: it continues by one or two from some note above.

    Under notes with stars alone it continues from the last number of the pages before, or starts again.
    """
    number = in_mark(num)
    if number is None:
        return True
    numbers = {n for note in group if (n := in_mark(note.num)) is not None} or {last, 0}
    return number not in numbers and any(number - 2 <= s < number for s in numbers)
