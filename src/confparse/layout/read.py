"""Entry point of the layout: Text to PageLayout."""

from confparse.layout.claims import Claims
from confparse.layout.contents import contents
from confparse.layout.footnotes import footnotes
from confparse.layout.furniture import furniture
from confparse.layout.lines import measure
from confparse.layout.note_marks import note_marks
from confparse.layout.page_numbers import whole_lines
from confparse.layout.tables import marked_tables, tables
from confparse.layout.types import LineClaim, PageLayout
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.page_matter import Marked, TableRule
from confparse.rules.time_budget import TimeBudget
from confparse.text.types import Text


def read(text: Text, grammar: Grammar, budget: TimeBudget) -> PageLayout:
    """The lines of a text and what each belongs to; each finder sees what the finders before it claimed."""
    lines = measure(text, grammar, budget)
    matter = furniture(lines, grammar, budget)
    claims = Claims(matter.claims)
    table_of_contents = contents(lines, claims, grammar, budget)
    if table_of_contents:
        claims.update({i: LineClaim("toc", "toc", rule) for i, rule in table_of_contents.lines.items()})
    marks = note_marks(lines, grammar, budget)
    notes = footnotes(lines, matter, claims, marks, grammar, budget)
    for note in notes:
        claims.update(dict.fromkeys(note.lines, LineClaim("note", note.num or "", note.rule)))
    for marked in grammar.of(Marked):
        if marked.what == "table":
            claims.update(marked_tables(lines, claims, marked.id))
    for rule in grammar.of(TableRule):
        rows = IndexSet(line.index for line in whole_lines(lines, grammar.matcher(rule), budget))
        claims.update(tables(lines, claims, rows, rule.rows, rule.id))
    return PageLayout(
        lines, claims, notes, table_of_contents, matter.cover_end, matter.body_shown, matter.page_starts, marks
    )
