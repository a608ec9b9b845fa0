"""The door of the extraction: Outline to Records."""

from confparse.extract.conclusions import conclusions
from confparse.extract.cover import cover
from confparse.extract.decisions import decisions
from confparse.extract.documents import documents
from confparse.extract.index import index_outline
from confparse.extract.meetings import meetings
from confparse.extract.panels import panels
from confparse.extract.statements import statements
from confparse.extract.types import Records
from confparse.extract.workshops import workshops
from confparse.outline.types import Outline
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget


def read(outline: Outline, grammar: Grammar, budget: TimeBudget) -> Records:
    """What a report reports, and what was noticed while reading it."""
    page = cover(outline, grammar, budget)
    body, notes = index_outline(outline, grammar, budget)
    timeline = meetings(body, page, grammar, budget)
    spoken, unknown = statements((body, notes), timeline, grammar, budget)
    return Records(
        cover=page,
        workshops=workshops(body, timeline, grammar, budget),
        meetings=timeline.meetings,
        panels=panels(body, timeline, grammar, budget),
        statements=spoken,
        documents=documents(body, notes, page.symbol, grammar, budget),
        conclusions=conclusions(body, grammar, budget),
        decisions=decisions(body, page, grammar, budget),
        findings=tuple(unknown),
    )
