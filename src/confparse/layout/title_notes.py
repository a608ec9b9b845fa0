"""The notes to the title of a paper that shows no pages: each opens with the star that ends a line of the cover."""

from collections.abc import Iterator, Mapping

from confparse.layout.line_table import Lines
from confparse.layout.note_openings import is_announced
from confparse.layout.note_texts import to_sentence_end
from confparse.layout.types import LineClaim, Note, PageMatter
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import NoteStart
from confparse.rules.time_budget import TimeBudget

_BELOW = 20  # lines below the cover among which such a note opens


def title_notes(
    lines: Lines, matter: PageMatter, claims: Mapping[int, LineClaim], grammar: Grammar, budget: TimeBudget
) -> Iterator[Note]:
    """The notes to the title, if no page has a foot where they would be found."""
    if matter.page_starts:
        return
    for rule in grammar.of(NoteStart):
        if rule.after != "title":
            continue
        for match in grammar.matcher(rule).each(lines.text.match, budget):
            num = match.groupdict().get("num")
            line = lines.starting(match.start("num")) if num else None
            if line is None or line.index in claims or line.index >= matter.cover_end + _BELOW:
                continue
            if is_announced(num, line, lines, matter.cover_end):
                yield Note(
                    num=num,
                    lines=to_sentence_end(lines, claims, line.index),
                    text_start=match.end("num"),
                    num_span=match.span("num"),
                    rule=rule.id,
                    pages=(0, 0),
                )
