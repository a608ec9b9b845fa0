"""Which lines end a sentence, an item of a list or a footnote: found once, by the stop rules, for all phases."""

from bisect import bisect_right
from typing import get_args

from confparse.layout.line_table import LineEnds, LineTable
from confparse.rules.extraction import SentenceEnd
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet, JoinedTexts
from confparse.rules.structure import StopRule, StopStrength
from confparse.rules.time_budget import TimeBudget
from confparse.text.types import Text

TAIL = 12  # characters at the end of a line or a text that tell whether it ends with a stop
_SEVERAL = 0.15  # sentence ends inside lines, per line that ends one, from which on lines hold paragraphs
_LABEL = 6  # characters that the number of a paragraph takes, whose stop ends no sentence


def line_ends(text: Text, lines: LineTable, grammar: Grammar, budget: TimeBudget) -> LineEnds:
    """The indexes of the lines that end with a stop, by what it ends."""
    tails = JoinedTexts(
        (i, text.match[max(start, end - TAIL) : end])
        for i, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True))
    )
    ends = {strength: IndexSet() for strength in get_args(StopStrength)}
    for rule in grammar.of(StopRule):
        tails.matching(grammar.matcher(rule), budget, ends[rule.strength])
    return LineEnds(ends["sentence"], ends["clause"], ends["pause"], ends["note"])


def one_sentence_each(text: Text, lines: LineTable, ends: LineEnds, grammar: Grammar, budget: TimeBudget) -> bool:
    """Whether the lines of a text hold a sentence each, as those of aligned texts do: few end inside one."""
    inside = 0
    for rule in grammar.of(SentenceEnd):
        for match in grammar.matcher(rule).each(text.match, budget):
            line = bisect_right(lines.starts, match.start()) - 1
            inside += lines.starts[line] + _LABEL < match.end() < lines.ends[line] if line >= 0 else 0
    return inside < _SEVERAL * max(1, len(ends.sentence))
