"""Everything in a text that may be the mark of a footnote, found once for all who ask."""

from confparse.layout.types import Lines, NoteMark
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget
from confparse.rules.structure import NoteRef


def note_marks(lines: Lines, grammar: Grammar, budget: TimeBudget) -> tuple[NoteMark, ...]:
    """All matches of the rules of note marks, in the order of the text; of several at one place that of the first rule."""
    found: dict[int, NoteMark] = {}
    for rule in grammar.of(NoteRef):
        for match in grammar.matcher(rule).scan(lines.text.match, budget):
            start, end = match.span("mark" if "mark" in match.re.groupindex else "num")
            i = lines.at(start)
            if i >= 0:
                found.setdefault(start, NoteMark(i, start, end, match["num"], rule.id, rule.known))
    return tuple(found[start] for start in sorted(found))
