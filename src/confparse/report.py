"""The record of a report out of what the phases found, and its findings as diagnostics."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

import msgspec

from confparse.diagnostics import Finding, catalogue
from confparse.extract.types import Records
from confparse.model import SCHEMA, Diagnostic, GrammarInfo, Report, SourceInfo
from confparse.outline.types import Outline
from confparse.rules.grammar import Grammar
from confparse.text.types import Text


def report_of(outline: Outline, records: Records, grammar: Grammar) -> Report:
    """The record of a report, without diagnostics."""
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


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of the text."""
    return tuple(sorted(findings, key=lambda f: (f.start, f.end, f.code)))


def with_diagnostics(report: Report, findings: Sequence[Finding], text: Text) -> Report:
    """A report with its findings as diagnostics."""
    return msgspec.structs.replace(report, diagnostics=tuple(_diagnostic(finding, text) for finding in findings))


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


def of_reading(text: Text) -> list[Finding]:
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
