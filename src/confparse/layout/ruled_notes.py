"""The notes below the rule lines of a paper that shows no pages: each number was a mark above, or continues."""

from collections.abc import Container, Iterator, Mapping

from confparse.layout.claims import is_rule_line
from confparse.layout.line_table import Lines
from confparse.layout.note_numbers import NumberedLines
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
    by_line = {start.line: start for rule in reversed(list(starts)) for start in starts[rule]}
    numbers = {(mark.line, in_mark(mark.num)) for mark in marks if mark.start > lines.lines[mark.line].start}
    last = 0
    for rule_line in sorted(i for i, claim in claims.items() if is_rule_line(claim)):
        above = range(max(matter.cover_end, rule_line - _PAGE), rule_line)
        line = rule_line + 1
        while line in by_line and _opens(by_line[line].number, last, above, numbers):
            start = by_line[line]
            own = to_sentence_end(lines, claims, line)
            yield Note(start.num, own, start.text_start, start.span, start.rule, (0, 0))
            line, last = own[-1] + 1, start.number


def _opens(number: int, last: int, above: range, numbers: Container[tuple[int, int | None]]) -> bool:
    """Whether a number opens a note: it continues from the last one, or its mark is in the lines above."""
    return number == last + 1 > 1 or any((i, number) in numbers for i in above)
