"""Entry point of the outline: Blocks to Outline."""

from confparse.diagnostics import Finding
from confparse.outline import coverage
from confparse.outline.classify import classify
from confparse.outline.headings import Words
from confparse.outline.reading_order import reading_order
from confparse.outline.tree import nodes as to_nodes
from confparse.outline.types import Outline
from confparse.reflow.types import Blocks
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget


def read(blocks: Blocks, grammar: Grammar, budget: TimeBudget) -> Outline:
    """The text as a tree with its footnotes and page matter, and the count of every character."""
    series = blocks.flow.series
    layout, text = series.layout, series.layout.lines.text
    words = Words(text.shown_script, grammar, budget)
    ordered = reading_order(blocks.blocks, words)
    drafts, numbering = classify(blocks.flow, ordered, words, grammar)
    nodes = to_nodes(drafts, text)
    notes = coverage.note_drafts(nodes, series.note_refs, blocks.notes)
    footnotes = coverage.footnotes(notes, text)
    furniture = coverage.furniture(layout, [*series.note_refs, *blocks.removals])
    counts, lost = coverage.coverage(text, nodes, footnotes, furniture)
    empty = () if nodes or footnotes else (Finding("S002"),)
    findings = (*numbering, *lost, *empty)
    printed = coverage.printed(text, blocks.removals)
    return Outline(text, printed, layout.first_page(), drafts, notes, nodes, footnotes, furniture, counts, findings)
