"""The order of the phases, each called by its one door, and parse()."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import get_args

import msgspec

from confparse.diagnostics import Finding, InputError, catalogue
from confparse.extract.read import read as read_records
from confparse.extract.types import Records
from confparse.guard import check_record, guarded
from confparse.labels.read import read as read_labels
from confparse.layout.read import read as read_layout
from confparse.model import SCHEMA, Diagnostic, GrammarInfo, Report, SourceInfo
from confparse.outline.read import read as read_outline
from confparse.outline.types import Outline
from confparse.reflow.read import read as read_blocks
from confparse.reflow.types import Flow
from confparse.room import require_for_text, too_large
from confparse.rules.grammar import Grammar
from confparse.rules.load import grammar_of
from confparse.rules.time_budget import TimeBudget
from confparse.text.normalize import normalize
from confparse.text.types import Script, Source, Spacing, Text
from confparse.validate import validate

_LONGEST_NAME = 4096  # characters of a path, at most


class Parse(msgspec.Struct, frozen=True):
    """A report, and the findings behind its diagnostics in their order."""

    report: Report
    findings: tuple[Finding, ...]


def _structure(
    source: Source, grammar: Grammar, script: Script, spacing: Spacing, budget: TimeBudget
) -> tuple[Flow, Outline]:
    """The phases that put a text in order."""
    text = normalize(source, grammar, budget, script)
    layout = read_layout(text, grammar, budget)
    series = read_labels(layout, grammar, budget)
    blocks = read_blocks(series, grammar, spacing, budget)
    return blocks.flow, read_outline(blocks, grammar, budget)


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
        del flow  # what the outline was made of is let go, for its memory
        records = read_records(outline, rules, budget)
        report = _report(outline, records, rules)
        if not rules.shipped:
            check_record(report, outline.text)
        findings = [*_early(outline.text), *outline.findings, *records.findings]
        return report, [*findings, *validate(report, outline.text.text, rules, budget)], outline.text

    require_for_text(source.name, source.text)
    try:
        outcome = guarded(attempt, grammar)
    except MemoryError:
        raise too_large(source.name, len(source.text)) from None
    report, findings, text = outcome.result
    stopped = [Finding("G012", max(0, at), max(0, at), rule) for rule, at in budget.stopped.items()]
    late = [Finding("G016", 0, 0)] if budget.used_up else []
    return _with_findings(report, [*findings, *stopped, *late, *outcome.findings], text)


def _report(outline: Outline, records: Records, grammar: Grammar) -> Report:
    return Report(
        schema=SCHEMA,
        source=_source_info(outline.text),
        grammar=GrammarInfo(name=grammar.name, version=grammar.version),
        cover=records.cover,
        outline=outline.nodes,
        footnotes=outline.footnotes,
        furniture=outline.furniture,
        workshops=records.workshops,
        meetings=records.meetings,
        panels=records.panels,
        statements=records.statements,
        documents=records.documents,
        conclusions=records.conclusions,
        decisions=records.decisions,
        diagnostics=(),
        coverage=outline.coverage,
    )


def _with_findings(report: Report, findings: Iterable[Finding], text: Text) -> Parse:
    ordered = tuple(sorted(findings, key=lambda f: (f.start, f.end, f.code)))
    diagnostics = tuple(_diagnostic(finding, text) for finding in ordered)
    return Parse(msgspec.structs.replace(report, diagnostics=diagnostics), ordered)


def _diagnostic(finding: Finding, text: Text) -> Diagnostic:
    code = catalogue()[finding.code]
    span = (finding.start, finding.end) if finding.start >= 0 else None
    return Diagnostic(
        code=finding.code,
        name=code.name,
        severity=code.severity,
        message=code.message.said("en", **finding.values),
        span=span,
        lines=text.lines_of(*span) if span else None,
        rule=finding.rule,
    )


def _early(text: Text) -> list[Finding]:
    """What decoding and normalizing noticed."""
    source, out = text.source, []
    if source.undecodable:
        at = source.first_undecodable
        values = {"count": source.undecodable, "line": text.line_at(at), "encoding": source.encoding}
        out.append(Finding("N001", at, at + 1, None, values))
    for r in text.repairs:
        out.append(Finding("N002", r.first, r.first + 1, r.rule, {"count": r.count, "rule": r.rule}))
    return out


def _source_info(text: Text) -> SourceInfo:
    source = text.source
    lines = len(source.text.splitlines()) if "\r" in source.text else source.text.count("\n")
    unended = "\r" not in source.text and bool(source.text) and not source.text.endswith("\n")
    name = PurePosixPath(source.name).name or source.name
    path = source.name if source.name != "-" else None
    return SourceInfo(
        path=path,
        name=name,
        sha256=source.sha256,
        encoding=source.encoding,
        language=text.script,
        lines=lines + unended,
        characters=len(source.text),
        format=source.format,
        pages=source.pages,
    )


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
    for value, known in ((script, get_args(Script)), (spacing, get_args(Spacing))):
        if value not in known:
            raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return parse_source(read_source(source, name, encoding), grammar_of(grammar), script, spacing).report


def read_source(source: str | bytes | Path, name: str = "-", encoding: str | None = None) -> Source:
    """A dump, given as parse() takes it, as decoded text. Raises InputError as parse() does."""
    from confparse.files import read_input, shown_path
    from confparse.sources.read import read
    from confparse.text.decode import decode

    if isinstance(source, Path):
        return read(read_input(source), shown_path(source), encoding)
    if isinstance(source, bytes):
        return read(source, name, encoding)
    if not isinstance(source, str):
        raise TypeError(f"a report is a str, bytes or a Path, not {type(source).__name__}")
    if len(source) < _LONGEST_NAME and "\n" not in source and os.path.isfile(source):
        raise InputError("text_is_name", name=source)
    return decode(source.encode("utf-8", "surrogatepass"), name, "utf-8")
