"""Lines that open chapters by a plain number: what looks like their numbers opens no footnote."""

from confparse.layout.line_table import Lines
from confparse.numerals import number_parts
from confparse.rules.grammar import Grammar
from confparse.rules.structure import Label
from confparse.rules.time_budget import TimeBudget


def chapters(lines: Lines, grammar: Grammar, budget: TimeBudget) -> set[int]:
    """The lines that a plain number opens as it does the heading of a chapter, if right below one of them section 1.1
    opens.
    """
    found = [
        (lines.at(match.start("num")), match["num"])
        for rule in grammar.of(Label)
        if rule.over_dotted
        for match in grammar.matcher(rule).scan(lines.text.match, budget)
    ]
    below = ((lines.lines[i + 1], number) for i, number in found if i + 1 < len(lines.lines))
    sections = (number_parts(lines.matched(line).split()[0]) == [number, "1"] for line, number in below)
    return {i for i, _ in found} if any(sections) else set()
