"""The notes below the rule lines of a paper that shows no pages: each number was a mark above, or continues."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from confparse.layout.claims import is_rule_line
from confparse.layout.line_table import Lines
from confparse.layout.note_numbers import NumberedLine, NumberedLines
from confparse.layout.note_texts import to_sentence_end
from confparse.layout.types import LineClaim, Note, NoteMarks, PageMatter
from confparse.numerals import in_mark

_PAGE = 80  # lines above a rule line among which the mark of a note is; blank lines are not counted


def ruled_notes(
    lines: Lines,
    matter: PageMatter,
    claims: Mapping[int, LineClaim],
    marks: NoteMarks,
    starts: Mapping[str, NumberedLines],
) -> Iterator[Note]:
    """The notes right below each rule line, if no page has a foot where they would be found."""
    if matter.page_starts:
        return
    last = 0
    for rule_line in sorted(i for i, claim in claims.items() if is_rule_line(claim)):
        above = range(max(matter.cover_end, rule_line - _PAGE), rule_line)
        start = _start_at(rule_line + 1, starts)
        while start is not None and (start.number == last + 1 > 1 or _is_marked(start.number, above, lines, marks)):
            own = to_sentence_end(lines, claims, start.line)
            yield Note(start.num, own, start.text_start, start.span, start.rule, (0, 0))
            last = start.number
            start = _start_at(own[-1] + 1, starts)


def _start_at(line: int, starts: Mapping[str, NumberedLines]) -> NumberedLine | None:
    """The number that opens a line, by the first rule that knows its form."""
    for own in starts.values():
        place = bisect_left(own.lines, line)
        if place < len(own) and own.lines[place] == line:
            return own.at(place)
    return None


def _is_marked(number: int, above: range, lines: Lines, marks: NoteMarks) -> bool:
    """Whether the mark of a note is inside one of the lines above."""
    low, high = (bisect_left(marks.lines, line) for line in (above.start, above.stop))
    inside = (mark for mark in map(marks.at, range(low, high)) if mark.start > lines.lines[mark.line].start)
    return any(in_mark(mark.num) == number for mark in inside)
