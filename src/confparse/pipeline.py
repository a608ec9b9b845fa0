"""The order of the stages, and the calls that run them: parse() and what explain() needs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from confparse.diagnostics import Finding, catalogue
from confparse.hops import Claim, Flow, Lines, Sheet, Taken
from confparse.model import (
    SCHEMA,
    Cover,
    Coverage,
    Diagnostic,
    Footnote,
    Furniture,
    GrammarInfo,
    Node,
    Report,
    SourceInfo,
)
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar
from confparse.rules.patterns import Watch
from confparse.rules.structure import Table
from confparse.stages import account
from confparse.stages.anchors import Promised, anchors
from confparse.stages.candidates import candidates
from confparse.stages.compose import Composer, compose
from confparse.stages.conclusions import conclusions
from confparse.stages.contents import contents, tables
from confparse.stages.cover import cover
from confparse.stages.decisions import decisions
from confparse.stages.decode import decode
from confparse.stages.documents import documents
from confparse.stages.furniture import furniture, whole_lines
from confparse.stages.labels import resolve, series
from confparse.stages.marks import marks
from confparse.stages.measure import measure
from confparse.stages.meetings import meetings
from confparse.stages.normalize import convert, normalize
from confparse.stages.notes import notes
from confparse.stages.outline import outline
from confparse.stages.panels import panels
from confparse.stages.reflow import reflow
from confparse.stages.rows import rows
from confparse.stages.statements import statements
from confparse.stages.untangle import untangle
from confparse.stages.validate import validate
from confparse.stages.workshops import workshops
from confparse.text import Script, Source, Spacing, Text
from confparse.told import tell
from confparse.tree import Draft, Noted
from confparse.tree import nodes as to_nodes


class Parse(msgspec.Struct, frozen=True):
    """A report, and the findings behind its diagnostics in their order."""

    report: Report
    findings: tuple[Finding, ...]


class _Structured(NamedTuple):
    """A text put in order: all that records are read from. The lines it came from are let go, for their memory."""

    text: Text
    drafts: Sequence[Draft]
    notes: Sequence[Noted]
    nodes: tuple[Node, ...]
    footnotes: tuple[Footnote, ...]
    furniture: tuple[Furniture, ...]
    coverage: Coverage
    cover: Cover
    findings: list[Finding]


def _layout(lines: Lines, grammar: Grammar, watch: Watch) -> Sheet:
    """Lines to Sheet: each finder sees what the finders before it claimed."""
    page_matter, cover_end = furniture(lines, grammar, watch)
    claims: dict[int, Claim] = dict(page_matter)
    table_of_contents = contents(lines, claims, grammar, watch)
    if table_of_contents:
        claims |= {i: Claim("toc", "toc", table_of_contents.rule) for i in table_of_contents.lines}
    found = notes(lines, claims, cover_end, grammar, watch)
    for note in found:
        claims |= {i: Claim("note", note.num or "", note.rule) for i in note.lines}
    for rule in grammar.of(Table):
        listed = list(whole_lines(lines, grammar.matcher(rule), watch))
        claims |= tables(lines, claims, listed, rule.rows, rule.id)
    return Sheet(lines, claims, found, table_of_contents, cover_end)


def _series_flow(sheet: Sheet, grammar: Grammar, watch: Watch) -> tuple[Flow, tuple[Taken, ...]]:
    """Sheet to Flow: labels over whole series, then each line boundary."""
    found = candidates(sheet, grammar, watch)
    promised = Promised(sheet)
    text = sheet.lines.text.match
    kept = {
        c.line: heading
        for c in found
        if not c.inline
        and c.rule.heads
        and (heading := promised.kept(text[c.end : sheet.lines.lines[c.line].end], c.line, c.num)) is not None
    }
    expected: Mapping[int, int] = {line: heading.last for line, heading in kept.items()}
    numbered = {heading.letters for heading in kept.values()}
    anchored = anchors(sheet, grammar, {c.line for c in found}, numbered, watch)
    known = series(sheet, resolve(sheet, found, anchored, expected), anchored, expected)
    taken = marks(sheet, known.labels, grammar, watch)
    return reflow(known, rows(known, taken), grammar, watch), taken


def _diagnostic(finding: Finding, text: Text) -> Diagnostic:
    code = catalogue()[finding.code]
    span = (finding.start, finding.end) if finding.start >= 0 else None
    return Diagnostic(
        code=finding.code, name=code.name, severity=code.severity, message=code.message.said("en", **finding.values),
        span=span, lines=text.lines_of(*span) if span else None, rule=finding.rule,
    )  # fmt: skip


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


def _read(source: Source, grammar: Grammar, script: Script, watch: Watch) -> tuple[Flow, tuple[Taken, ...]]:
    """The stages from the source to the flow of its lines."""
    text = normalize(source, grammar)
    if script != "keep" and text.language == "zh":
        text = msgspec.structs.replace(text, text=convert(text.text, script, grammar.store))
    return _series_flow(_layout(measure(text), grammar, watch), grammar, watch)


def flow_of(source: Source, grammar: Grammar) -> Flow:
    """The lines of a source and the decisions between them, as `parse_source` makes and `explain` shows them."""
    return _read(source, grammar, "keep", Watch())[0]


def _structured(source: Source, grammar: Grammar, script: Script, spacing: Spacing, watch: Watch) -> _Structured:
    flow, marked = _read(source, grammar, script, watch)
    sheet = flow.series.sheet
    text = sheet.lines.text
    composer = Composer(text, grammar, spacing, watch)
    drafts, numbering = outline(flow, untangle(compose(flow, composer), grammar, watch), grammar, watch)
    nodes = to_nodes(drafts, text)
    notes = account.noted(sheet, nodes, marked, composer.compose)
    noted = account.footnotes(notes, text)
    kept = account.furniture(sheet, [*marked, *composer.taken])
    counted, lost = account.coverage(text, nodes, noted, kept)
    page = cover(sheet, drafts, grammar, watch)
    findings = [*_early(text), *numbering, *lost]
    if not nodes and not noted:
        findings.append(Finding("S002"))
    return _Structured(text, drafts, notes, nodes, noted, kept, counted, page, findings)


def parse_source(source: Source, grammar: Grammar, script: Script = "keep", spacing: Spacing = "tight") -> Parse:
    """Run every stage after decoding."""
    watch = Watch()
    made = _structured(source, grammar, script, spacing, watch)
    text, page = made.text, made.cover
    told, notes = tell(made.drafts, made.notes, text, grammar, watch)
    held = meetings(told, page, grammar, watch)
    spoken, unknown = statements((told, notes), held, grammar, watch)
    discussed = panels(told, held, grammar, watch)
    worked = workshops(told, held, grammar, watch)
    cited = documents(told, notes, page.symbol, grammar, watch)
    concluded = conclusions(told, grammar, watch)
    decided = decisions(told, page, grammar, watch)
    findings = [*made.findings, *unknown]
    report = Report(
        schema=SCHEMA, source=_source_info(text), grammar=GrammarInfo(name=grammar.name, version=grammar.version),
        cover=page, outline=made.nodes, footnotes=made.footnotes, furniture=made.furniture, workshops=worked, meetings=held.meetings, panels=discussed, statements=spoken,
        documents=cited, conclusions=concluded, decisions=decided, diagnostics=(), coverage=made.coverage,
    )  # fmt: skip
    findings += validate(report, grammar, watch)
    findings += [Finding("G012", max(0, at), max(0, at), rule) for rule, at in watch.stopped.items()]
    ordered = tuple(sorted(findings, key=lambda f: (f.start, f.end, f.code)))
    report = msgspec.structs.replace(report, diagnostics=tuple(_diagnostic(finding, text) for finding in ordered))
    return Parse(report, ordered)


def _source_info(text: Text) -> SourceInfo:
    source = text.source
    lines = len(source.text.splitlines()) if "\r" in source.text else source.text.count("\n")
    unended = "\r" not in source.text and bool(source.text) and not source.text.endswith("\n")
    return SourceInfo(
        name=source.name, sha256=source.sha256, encoding=source.encoding, language=text.script,
        lines=lines + unended, characters=len(source.text),
    )  # fmt: skip


def parse(
    source: str | bytes | Path, *, grammar: Grammar | None = None, name: str = "-", encoding: str | None = None,
    script: Script = "keep", spacing: Spacing = "tight",
) -> Report:  # fmt: skip
    """A report dump as a record.

    `source` is a Path to read, the bytes of a file, or its text. Raises InputError for a path that cannot be read, a
    binary file or an unknown encoding; never for what a text says.
    """
    from confparse.files import read_input, shown_name

    grammar = grammar or load_grammar()
    if isinstance(source, Path):
        name, data = shown_name(source), read_input(source)
    else:
        data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
        encoding = "utf-8" if isinstance(source, str) else encoding
    return parse_source(decode(data, name, encoding), grammar, script, spacing).report
