"""Entry point of the extraction: Outline to Records."""

from confparse.extract.bodies import ReportingBody
from confparse.extract.conclusions import conclusions
from confparse.extract.cover import cover, tells_of_others
from confparse.extract.decisions import decisions
from confparse.extract.documents import documents
from confparse.extract.meetings import meetings
from confparse.extract.panels import panels
from confparse.extract.statements import statements
from confparse.extract.types import Records
from confparse.extract.workshops import with_results, workshops
from confparse.mentions.cascade import Cascade
from confparse.mentions.index import index_outline
from confparse.outline.types import Outline
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget


def read(outline: Outline, grammar: Grammar, budget: TimeBudget) -> Records:
    """What a report reports, and what was noticed while reading it."""
    page = cover(outline, grammar, budget)
    body, notes = index_outline(outline, grammar, budget)
    reporting = ReportingBody(page, outline.first_page.matched, grammar)
    timeline = meetings(body, reporting, grammar, budget)
    cascades = (Cascade(body, grammar, budget), Cascade(notes, grammar, budget))
    spoken, unknown = statements(cascades, page, timeline, grammar, budget)
    held_panels = panels(cascades[0], page, timeline, grammar, budget)
    concluded = conclusions(body, grammar, budget)
    return Records(
        cover=page,
        workshops=with_results(workshops(body, timeline, grammar, budget), held_panels, concluded),
        meetings=timeline.meetings,
        panels=held_panels,
        statements=spoken,
        documents=documents(body, notes, page.symbol, grammar, budget),
        conclusions=concluded,
        decisions=decisions(cascades[0], reporting, tells_of_others(outline, grammar, budget), grammar),
        findings=tuple(unknown),
    )
