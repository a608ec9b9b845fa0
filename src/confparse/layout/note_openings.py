"""Lines that look like the start of a footnote, by their own form and by what is around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from confparse.layout.line_table import Line, Lines
from confparse.layout.types import LineClaim, NoteMark
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import NoteStart
from confparse.rules.time_budget import TimeBudget

FOOT_LINES = 14  # lines that footnotes take at most
_SHARE = 0.45  # share of a page that they take at most, where that is more
Marks = Mapping[int, set[str]]  # by page
Start = tuple[
    Line, str | None, int, tuple[int, int] | None, str
]  # line, num, offset of the text, span of the num, rule


def note_marks_by_page(lines: Lines, marks: Sequence[NoteMark], pages: Sequence[int]) -> Marks:
    """The numbers that are printed as marks in the text, by page."""
    out: dict[int, set[str]] = {}
    for mark in marks:
        if mark.start > lines.lines[mark.line].start:
            out.setdefault(pages[mark.line], set()).add(mark.num)
    return out


def note_openings(
    lines: Lines,
    claims: Mapping[int, LineClaim],
    cover_end: int,
    marks: Marks,
    pages: Sequence[int],
    grammar: Grammar,
    budget: TimeBudget,
) -> dict[int, Start]:
    """Lines that look like the start of a footnote, by index."""
    out: dict[int, Start] = {}
    for rule in grammar.of(NoteStart):
        for match in grammar.matcher(rule).scan(lines.text.match, budget):
            lead = len(match[0]) - len(match[0].lstrip())
            line = lines.starting(match.start() + lead)
            if line is None or line.index in claims or line.index in out:
                continue
            num = match.groupdict().get("num")
            if num and rule.after != "title" and match.end("num") >= line.end and lines.parted_below(line.index):
                continue
            if rule.after == "rule_line":
                above = claims.get(line.index - 1)
                if above is None or above.name != "rule_line":
                    continue
            if rule.after == "title" and not (line.index < cover_end and is_announced(num, line, lines, cover_end)):
                continue
            if rule.after == "mark" and not (num in marks.get(pages[line.index], ()) and _at_foot(line, pages)):
                continue
            span = match.span("num") if num else None
            out[line.index] = (line, num, span[1] if span else line.start, span, rule.id)
    return out


def foot_lines(page: int) -> int:
    """The lines at the foot of a page of so many lines that footnotes take at most."""
    return max(FOOT_LINES, int(page * _SHARE))


def _at_foot(line: Line, pages: Sequence[int]) -> bool:
    page = pages[line.index]
    start, stop = bisect_left(pages, page), bisect_right(pages, page)
    return stop - line.index <= foot_lines(stop - start)


def is_announced(num: str | None, line: Line, lines: Lines, cover_end: int) -> bool:
    """Whether a line of the cover above some line ends with the mark that the line opens with."""
    titles = lines.lines[: min(line.index, cover_end)] if num else ()
    return any(lines.matched(title).endswith(num or "") and lines.matched(title) != num for title in titles)
