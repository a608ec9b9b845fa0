"""Entry point of the labels: PageLayout to Series."""

from confparse.labels.candidates import candidates
from confparse.labels.main_series import numbering
from confparse.labels.note_refs import note_refs
from confparse.labels.part_starts import PromisedHeadings, marked_headings, part_starts
from confparse.labels.series import resolve
from confparse.labels.types import Series
from confparse.layout.types import PageLayout
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.time_budget import TimeBudget


def read(layout: PageLayout, grammar: Grammar, budget: TimeBudget) -> Series:
    """The labels that their series confirm, the starts of parts, and the marks of footnotes in running text."""
    all_candidates = candidates(layout, grammar, budget)
    expected = PromisedHeadings(layout).of_candidates(all_candidates)
    numbered = {heading.letters for heading in expected.values()}
    last_lines = {line: heading.last for line, heading in expected.items()}
    starts = part_starts(layout, grammar, IndexSet(c.line for c in all_candidates), numbered, budget)
    labels = resolve(layout, all_candidates, starts, last_lines, numbering(all_candidates, layout))
    labelled = IndexSet(label.line for label in labels)
    starts = marked_headings(layout, grammar) | starts
    # A label decides over its line.
    unlabelled = {line: start for line, start in starts.items() if line not in labelled}
    return Series(layout, labels, unlabelled, last_lines, note_refs(layout, labels, unlabelled.values()))
