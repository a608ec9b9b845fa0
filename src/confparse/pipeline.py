"""The order of the phases, each called by its one entry point, and parse()."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import msgspec

from confparse.diagnostics import Finding
from confparse.extract.read import read as read_records
from confparse.guard import check_record, guarded
from confparse.labels.read import read as read_labels
from confparse.layout.read import read as read_layout
from confparse.model import Report
from confparse.outline.read import read as read_outline
from confparse.outline.types import Outline
from confparse.reflow.read import read as read_blocks
from confparse.reflow.types import Flow
from confparse.report import in_order, of_reading, report_of, with_diagnostics
from confparse.room import require_for_text, too_large
from confparse.rules.grammar import Grammar
from confparse.rules.load import grammar_of
from confparse.rules.time_budget import TimeBudget
from confparse.sources.inputs import read_source
from confparse.text.normalize import normalize
from confparse.text.types import Script, Source, Spacing, Text
from confparse.validate import validate


class Parse(msgspec.Struct, frozen=True):
    """A report, and the findings behind its diagnostics in their order."""

    report: Report
    findings: tuple[Finding, ...]


def _structure(
    source: Source, grammar: Grammar, script: Script, spacing: Spacing, budget: TimeBudget
) -> tuple[Flow, Outline]:
    """The phases that put a text in order."""
    text = normalize(source, grammar, budget.of_phase(), script)
    layout = read_layout(text, grammar, budget.of_phase())
    series = read_labels(layout, grammar, budget.of_phase())
    blocks = read_blocks(series, grammar, spacing, budget.of_phase())
    return blocks.flow, read_outline(blocks, grammar, budget.of_phase())


def parse_source(source: Source, grammar: Grammar, script: Script = "keep", spacing: Spacing = "tight") -> Parse:
    """Run every phase after decoding."""
    return _parse(source, grammar, script, spacing)


def parse_with_decisions(source: Source, grammar: Grammar) -> tuple[Parse, Flow]:
    """The same, with the decisions that were made on the way, as explain() shows them."""
    flows: list[Flow] = []
    parsed = _parse(source, grammar, "keep", "tight", flows.append)
    return parsed, flows[-1]


def _parse(
    source: Source, grammar: Grammar, script: Script, spacing: Spacing, keep: Callable[[Flow], None] | None = None
) -> Parse:
    """A report by the rules of a grammar that work on this text; `keep` gets the decisions of each attempt."""
    budget = TimeBudget(None if grammar.shipped else len(source.text), grammar.own)

    def attempt(rules: Grammar) -> tuple[Report, list[Finding], Text]:
        flow, outline = _structure(source, rules, script, spacing, budget)
        if keep is not None:
            keep(flow)
        del flow  # what the outline was made of is freed, for its memory
        records = read_records(outline, rules, budget.of_phase())
        report = report_of(outline, records, rules)
        if not rules.shipped:
            check_record(report, outline.text)
        findings = [*of_reading(outline.text), *outline.findings, *records.findings]
        return report, [*findings, *validate(report, outline.text.text, rules, budget.of_phase())], outline.text

    require_for_text(source.name, source.text)
    try:
        outcome = guarded(attempt, grammar)
    except MemoryError:
        raise too_large(source.name, len(source.text)) from None
    report, findings, text = outcome.result
    places = {rule: stop.offset_in(text.match) for rule, stop in budget.stops.items()}
    stopped = [Finding("G012", at, at, rule) for rule, at in places.items()]
    late = [Finding("G016", 0, 0)] if budget.used_up else []
    ordered = in_order([*findings, *stopped, *late, *outcome.findings])
    return Parse(with_diagnostics(report, ordered, text), ordered)


def parse(
    source: str | bytes | Path,
    *,
    grammar: Grammar | str | Path | None = None,
    name: str = "-",
    encoding: str | None = None,
    script: Script = "keep",
    spacing: Spacing = "tight",
) -> Report:
    """A report dump as a record.

    `source` is a Path to read, the bytes of a file, or its text. Raises InputError for a path that cannot be read, a
    binary file, an unknown encoding, a str that is the name of a file, or a text that the free memory cannot hold;
    never for what a text says. Raises ValueError for another script or spacing. A `grammar` may be named, by a shipped
    name or a path; GrammarError if it is wrong.
    """
    for value, choices in ((script, get_args(Script)), (spacing, get_args(Spacing))):
        if value not in choices:
            raise ValueError(f"{value!r} is none of {', '.join(choices)}")
    return parse_source(read_source(source, name, encoding), grammar_of(grammar), script, spacing).report
