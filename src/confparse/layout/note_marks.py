"""Everything in a text that may be the mark of a footnote, found once for all who ask."""

from collections.abc import Iterator
from heapq import merge
from typing import TYPE_CHECKING

from confparse.layout.line_table import Lines
from confparse.layout.types import NoteMarks
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import NoteRef
from confparse.rules.time_budget import TimeBudget

if TYPE_CHECKING:
    import regex


def note_marks(lines: Lines, grammar: Grammar, budget: TimeBudget) -> NoteMarks:
    """All matches of the rules of note marks, in the order of the text; of several at one place that of the first
    rule.
    """
    rules = [
        (i, rule, grammar.matcher(rule).each(lines.text.match, budget)) for i, rule in enumerate(grammar.of(NoteRef))
    ]
    out = NoteMarks(lines.text.match)
    for (start, end), _, rule, num in merge(*(_spans(i, rule, matches) for i, rule, matches in rules), key=_place):
        i = lines.at(start)
        if i >= 0 and (not out.starts or out.starts[-1] < start):
            out.add(i, (start, end), num, rule)
    return out


_MarkMatch = tuple[
    tuple[int, int], int, NoteRef, tuple[int, int]
]  # a mark, the place of its rule, the rule, the number in it


def _spans(place: int, rule: NoteRef, matches: "Iterator[regex.Match[str]]") -> Iterator[_MarkMatch]:
    for match in matches:
        yield match.span("mark" if "mark" in match.re.groupindex else "num"), place, rule, match.span("num")


def _place(mark: _MarkMatch) -> tuple[int, int]:
    return mark[0][0], mark[1]
