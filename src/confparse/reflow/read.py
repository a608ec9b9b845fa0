"""Entry point of the reflow: Series to Blocks."""

from confparse.labels.types import Series
from confparse.reflow.blocks import reflow
from confparse.reflow.compose import compose
from confparse.reflow.types import Blocks
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget
from confparse.text.types import Spacing


def read(series: Series, grammar: Grammar, spacing: Spacing, budget: TimeBudget) -> Blocks:
    """The blocks of a text and its footnotes, put together, with the decision at each line boundary."""
    return compose(reflow(series, grammar, budget), grammar, spacing, budget)
