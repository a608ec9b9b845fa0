"""Whether the text of a label may be a heading, and what is below it."""

from confparse.labels.types import Candidate
from confparse.labels.weights import HEADING, HEADING_WIDTH
from confparse.layout.types import PageLayout
from confparse.numerals import number_parts, ordinal
from confparse.rules.joined_texts import IndexSet


def may_be_heading(c: Candidate, layout: PageLayout) -> bool:
    """Whether the text of a label may be a heading: a line without a stop, and short if lines are cut at a measure."""
    return c.headingish >= HEADING and is_short(min(c.line + c.alone, len(layout.lines.lines) - 1), layout)


def is_short(line: int, layout: PageLayout) -> bool:
    """Whether a line ends well before the measure, as that of a heading does; any does if no line is wrapped."""
    own, measure = layout.lines.lines[line], layout.lines.measures[line]
    return not measure.wrapped or own.right - own.indent <= HEADING_WIDTH * (measure.right - measure.left)


def text_below(c: Candidate, labelled: IndexSet, layout: PageLayout) -> bool:
    """Whether the line below the text of a label has no label."""
    line = c.line + (2 if c.alone else 1)
    while line in layout.claims:
        line += 1
    return line < len(layout.lines.lines) and line not in labelled


def opens_series(c: Candidate) -> bool:
    """Whether a candidate may be the first of its series."""
    return any(ordinal(number_parts(c.num)[-1], reading.sequence) == 1 for reading in c.rule.reads)
