"""Footnote marks inside running text: found by shape, believed by their series.

Marks count up through a paper, and one may be repeated; so a number is a mark where it goes on from the highest so far,
or repeats one, and nothing that is counted follows it.
"""

from bisect import bisect_right
from collections.abc import Iterable

from confparse.labels.types import Removal, SeriesLabel
from confparse.layout.types import PageLayout
from confparse.numerals import in_mark
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget
from confparse.rules.structure import NoteRef

_SKIP = 2  # marks that may have been lost between two
_FIRST = 9  # an excerpt may start with any of the first marks


def note_refs(
    layout: PageLayout, labels: Iterable[SeriesLabel], grammar: Grammar, budget: TimeBudget
) -> tuple[Removal, ...]:
    """The marks in running text, in order."""
    lines = layout.lines
    starts = [line.start for line in lines.lines]
    known = {(lines.lines[note.lines[0]].page, note.num) for note in layout.notes if note.num}
    labelled = {label.start for label in labels}
    found: dict[int, tuple[NoteRef, int, str]] = {}
    for rule in grammar.of(NoteRef):
        for match in grammar.matcher(rule).scan(lines.text.match, budget):
            start, end = match.span("num")
            i = bisect_right(starts, start) - 1
            if (
                (i >= layout.cover_end or rule.known)
                and i not in layout.claims
                and start not in found
                and start not in labelled
            ):
                found[start] = (rule, end, match["num"])
    out: list[Removal] = []
    highest = 0
    for start in sorted(found):
        rule, end, num = found[start]
        if rule.known:
            believed = (lines.lines[bisect_right(starts, start) - 1].page, num) in known
        else:
            n = in_mark(num)
            believed = n is not None and 1 <= n <= (highest + 1 + _SKIP if highest else _FIRST)
            highest = max(highest, n or 0) if believed else highest
        if believed:
            out.append(Removal("footnote_mark", start, end, rule.id))
    return tuple(out)
