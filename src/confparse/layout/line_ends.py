"""Which lines end a sentence, an item of a list or a footnote: found once, by the stop rules, for all phases."""

from typing import get_args

from confparse.layout.line_table import LineEnds, LineTable
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet, JoinedTexts
from confparse.rules.structure import Stop, StopStrength
from confparse.rules.time_budget import TimeBudget
from confparse.text.types import Text

TAIL = 12  # characters at the end of a line or a text that tell whether it ends with a stop


def line_ends(text: Text, lines: LineTable, grammar: Grammar, budget: TimeBudget) -> LineEnds:
    """The indexes of the lines that end with a stop, by what it ends."""
    tails = JoinedTexts(
        (i, text.match[max(start, end - TAIL) : end])
        for i, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True))
    )
    ends = {strength: IndexSet() for strength in get_args(StopStrength)}
    for rule in grammar.of(Stop):
        tails.matching(grammar.matcher(rule), budget, ends[rule.strength])
    return LineEnds(ends["sentence"], ends["clause"], ends["pause"], ends["note"])
