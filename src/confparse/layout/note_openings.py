"""Lines that look like the start of a footnote, by their own form and by what is around them."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from confparse.layout.line_table import Line, Lines
from confparse.layout.types import LineClaim, NoteMark
from confparse.letters import NOTE_SIGNS
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import NoteStart
from confparse.rules.time_budget import TimeBudget

_STARS = re.compile(rf"(?<=[^\s{NOTE_SIGNS}])[ \t]*([{NOTE_SIGNS}]{{1,3}})(?![{NOTE_SIGNS}])")  # after words
FOOT_LINES = 14  # lines that footnotes take at most
_SHARE = 0.45  # share of a page that they take at most, where that is more
_LAST = 3  # lines at the end of a paper that may be starred notes, whatever page their marks are on
Marks = Mapping[int, set[str]]  # by page


class Opening(NamedTuple):
    """The first line of what may be a note: its number, where its text starts, where the number is, and the rule."""

    line: Line
    num: str | None
    text_start: int
    span: tuple[int, int] | None
    rule: str


class Openings(Mapping[int, Opening]):
    """Lines that may open notes, by index, in columns: a text may hold little else. They are made when asked for."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._rules: list[str] = []
        self._places = array("i", [-1]) * len(lines.lines)  # by line, -1 for none
        self._starts, self._ends, self._which = array("i"), array("i"), array("H")

    def add(self, line: int, span: tuple[int, int] | None, rule: str) -> None:
        """Put in a line, with the span of its number if it has one."""
        if rule not in self._rules:
            self._rules.append(rule)
        self._places[line] = len(self._starts)
        start, end = span or (-1, self._lines.lines[line].start)
        self._starts.append(start)
        self._ends.append(end)
        self._which.append(self._rules.index(rule))

    def without(self, *others: Container[int]) -> "Openings":
        """The same without some lines."""
        out = Openings(self._lines)
        out._rules, out._starts, out._ends, out._which = self._rules, self._starts, self._ends, self._which
        for line in self:
            if not any(line in other for other in others):
                out._places[line] = self._places[line]
        return out

    def __getitem__(self, line: int) -> Opening:
        at = self._places[line] if 0 <= line < len(self._places) else -1
        if at < 0:
            raise KeyError(line)
        start, end = self._starts[at], self._ends[at]
        span = (start, end) if start >= 0 else None
        num = self._lines.text.match[start:end] if span else None
        return Opening(self._lines.lines[line], num, end, span, self._rules[self._which[at]])

    def __contains__(self, line: object) -> bool:
        return isinstance(line, int) and 0 <= line < len(self._places) and self._places[line] >= 0

    def __iter__(self) -> Iterator[int]:
        return (line for line, at in enumerate(self._places) if at >= 0)

    def __len__(self) -> int:
        return sum(1 for _ in self)


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
) -> Openings:
    """Lines that look like the start of a footnote, by index."""
    out = Openings(lines)
    for rule in grammar.of(NoteStart):
        for match in grammar.matcher(rule).each(lines.text.match, budget):
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
            if rule.after == "mark" and not _marked(num, line, marks, pages):
                continue
            out.add(line.index, match.span("num") if num else None, rule.id)
    return out


def foot_lines(page: int) -> int:
    """The number of lines that footnotes take at most at the foot of a page of `page` lines."""
    return max(FOOT_LINES, int(page * _SHARE))


def _marked(num: str | None, line: Line, marks: Marks, pages: Sequence[int]) -> bool:
    """Whether the mark of a note is in the text of its page, at whose foot the note is, or anywhere above the last
    lines of the paper.
    """
    if num in marks.get(pages[line.index], ()) and _at_foot(line, pages):
        return True
    return line.index >= len(pages) - _LAST and any(num in own for own in marks.values())


def _at_foot(line: Line, pages: Sequence[int]) -> bool:
    page = pages[line.index]
    start, stop = bisect_left(pages, page), bisect_right(pages, page)
    return stop - line.index <= foot_lines(stop - start)


def is_announced(num: str | None, line: Line, lines: Lines, cover_end: int) -> bool:
    """Whether a line of the cover above some line holds the mark that the line opens with, after other words."""
    titles = lines.lines[: min(line.index, cover_end)] if num else ()
    return any(num in _STARS.findall(lines.matched(title)) for title in titles)
