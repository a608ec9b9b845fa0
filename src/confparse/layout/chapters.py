"""Lines that open chapters by a plain number: what looks like their numbers opens no footnote."""

from confparse.layout.line_table import Lines
from confparse.numerals import number_parts
from confparse.rules.grammar import Grammar
from confparse.rules.structure import Label, PartStartRule
from confparse.rules.time_budget import TimeBudget


def chapters(lines: Lines, grammar: Grammar, budget: TimeBudget) -> set[int]:
    """The lines that a plain number opens as it does the heading of a chapter, if right below one of them section 1.1
    opens.
    """
    openings = [
        (lines.at(match.start("num")), match["num"])
        for rule in grammar.of(Label)
        if rule.over_dotted
        for match in grammar.matcher(rule).each(lines.text.match, budget)
    ]
    below = ((lines.lines[i + 1], number) for i, number in openings if i + 1 < len(lines.lines))
    sections = (number_parts(lines.matched(line).split()[0]) == [number, "1"] for line, number in below)
    return {i for i, _ in openings} if any(sections) else set()


def first_annex(lines: Lines, grammar: Grammar, budget: TimeBudget) -> int:
    """The line where the first annex opens, 0 if there is none: notes may be collected above it."""
    rules = [rule for rule in grammar.of(PartStartRule) if rule.element == "attachment"]
    matches = (grammar.matcher(rule).scan(lines.text.match, budget)[:1] for rule in rules)
    return max(0, min((lines.at(match.end() - 1) for own in matches for match in own), default=0))
