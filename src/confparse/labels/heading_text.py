"""Whether the text of a label may be a heading."""

from confparse.labels.types import Candidate
from confparse.labels.weights import HEADING, HEADING_WIDTH
from confparse.layout.types import PageLayout


def may_be_heading(c: Candidate, layout: PageLayout) -> bool:
    """Whether the text of a label may be a heading: a line without a stop, and short if lines are cut at a measure."""
    return c.headingish >= HEADING and _short(c, layout)


def _short(c: Candidate, layout: PageLayout) -> bool:
    """Whether the line with the text of a label ends well before the measure."""
    lines = layout.lines
    text = lines.lines[min(c.line + c.alone, len(lines.lines) - 1)]
    measure = lines.measures[text.index]
    return not measure.wrapped or text.right - text.indent <= HEADING_WIDTH * (measure.right - measure.left)
