"""Whether the text of a label may be a heading."""

from confparse.labels.types import Candidate
from confparse.labels.weights import HEADING, HEADING_WIDTH
from confparse.layout.types import PageLayout


def may_be_heading(c: Candidate, layout: PageLayout) -> bool:
    """Whether the text of a label may be a heading: a line without a stop, and short if lines are cut at a measure."""
    return c.headingish >= HEADING and is_short(min(c.line + c.alone, len(layout.lines.lines) - 1), layout)


def is_short(line: int, layout: PageLayout) -> bool:
    """Whether a line ends well before the measure, as that of a heading does; any does if no line is wrapped."""
    own, measure = layout.lines.lines[line], layout.lines.measures[line]
    return not measure.wrapped or own.right - own.indent <= HEADING_WIDTH * (measure.right - measure.left)
