"""`confparse show`: one screen of what a report says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from confparse.cli.commands import ParseOptions, read_source
from confparse.cli.output import SEVERITY_STYLE, beside, line, prose
from confparse.cli.wrapping import wrap
from confparse.diagnostics import messages
from confparse.model import Report
from confparse.pipeline import parse_source
from confparse.rules.load import load_grammar
from confparse.visible import visible

_MOST = 12  # rows of a list; the rest is counted
_MOST_COLUMNS = 160  # of a conclusion or a decision: the rest is cut
Row = tuple[str, str]  # what is counted or named, and what is said about it


def show(name: str, how: ParseOptions) -> None:
    """Print one screen about a file. Raises InputError."""
    from confparse.checks import in_language

    rules = load_grammar(how.grammar)
    parsed = parse_source(read_source(name, how), rules, how.script, how.spacing)
    report = parsed.report
    _cover(report, how.ui)
    _list("workshops", [(str(w.number or w.id), w.title or "") for w in report.workshops], how.ui)
    _list("meetings", [_meeting(m) for m in report.meetings], how.ui)
    _list("panels", [_panel(p, how.ui) for p in report.panels], how.ui)
    _speakers(report, how.ui)
    _list("documents", [(d.symbol, d.title or "") for d in report.documents], how.ui)
    _list("conclusions", [(c.num or c.paragraph, _clipped(c.text)) for c in report.conclusions], how.ui)
    _list("decisions", [_decision(d, how.ui) for d in report.decisions], how.ui)
    pairs = zip(report.diagnostics, parsed.findings, strict=True)
    _diagnostics([in_language(d, f, how.ui) for d, f in pairs], how.ui)
    rules.store.save()


def _value(name: str, ui: str) -> str:
    """A word of a closed vocabulary of the record, or the code of a language, as people say it."""
    return messages()[f"value_{name}"].said(ui)


def _listed(items: Iterable[str], ui: str) -> str:
    return messages()["comma"].said(ui).join(items)


def _cover(report: Report, ui: str) -> None:
    cover, say = report.cover, messages()
    line((cover.symbol or report.source.name, "bold"), f"  {_value(cover.kind, ui)}")
    if cover.title:
        prose(cover.title)
    facts: list[str] = []
    if cover.body:
        facts.append(cover.body.name)
    if cover.date:
        facts.append(" – ".join(str(day) for day in (cover.date.start, cover.date.end) if day))
    if cover.agenda_items:
        facts.append(say["show_agenda"].said(ui, items=_listed(map(str, cover.agenda_items), ui)))
    if facts:
        prose(" · ".join(facts))
    paragraphs = sum(node.element == "paragraph" for node in report.walk())
    counts = {"lines": report.source.lines, "paragraphs": paragraphs, "notes": len(report.footnotes)}
    prose(say["show_counts"].said(ui, language=_value(report.source.language, ui), **counts), style="dim")


def _heading(kind: str, count: int, ui: str) -> None:
    line("")
    line((f"{messages()[f'list_{kind}'].said(ui)} ({count})", "bold"))


def _list(kind: str, rows: Sequence[Row], ui: str) -> None:
    if not rows:
        return
    _heading(kind, len(rows), ui)
    beside(rows[:_MOST])
    if len(rows) > _MOST:
        line((f"  {messages()['show_more'].said(ui, count=len(rows) - _MOST)}", "dim"))


def _meeting(meeting: Any) -> Row:
    parts = (meeting.date, meeting.body.name if meeting.body else None)
    return str(meeting.number or meeting.id), "  ".join(str(part) for part in parts if part)


def _panel(panel: Any, ui: str) -> Row:
    led = [person_name(person) for person in (panel.chair, panel.moderator) if person]
    about = f"{_value(panel.kind, ui)} {panel.ordinal or ''}".strip()
    return about, "  ".join(part for part in (panel.topic, _listed(led, ui)) if part)


def _decision(decision: Any, ui: str) -> Row:
    parts = (_value(decision.act, ui), _clipped(decision.object or ""))
    return decision.paragraph, messages()["colon"].said(ui).join(part for part in parts if part)


def person_name(person: Any) -> str:
    """The name of a person, whether the record holds a plain name or more."""
    return str(getattr(person, "name", person))


def _clipped(text: str) -> str:
    """The start of a text, cut between words."""
    first, *rest = wrap(" ".join(visible(text).split()), _MOST_COLUMNS)
    return f"{first}…" if rest else first


def _speakers(report: Report, ui: str) -> None:
    """Who spoke, by kind: names in the order of their first statement, with the number of statements."""
    if not report.statements:
        return
    _heading("statements", len(report.statements), ui)
    say = messages()
    by_kind: dict[str, Counter[str]] = {}
    for statement in report.statements:
        speaker = statement.speaker
        name = f"{speaker.name} [{speaker.code}]" if speaker.code else speaker.name
        by_kind.setdefault(speaker.kind, Counter())[name] += 1
    rows = []
    for kind, names in by_kind.items():
        shown = _listed((f"{name} ({count})" if count > 1 else name for name, count in names.items()), ui)
        rows.append((say[f"speaker_{kind}"].said(ui), shown))
    beside(rows)


def _diagnostics(diagnostics: Sequence[Any], ui: str) -> None:
    if not diagnostics:
        return
    _heading("diagnostics", len(diagnostics), ui)
    for d in diagnostics[:_MOST]:
        place = str(d.lines[0]) if d.lines else "-"
        beside(
            [(place, f"{messages()[d.severity].said(ui)} {d.code} {d.name}: {d.message}")], SEVERITY_STYLE[d.severity]
        )
    if len(diagnostics) > _MOST:
        line((f"  {messages()['show_more'].said(ui, count=len(diagnostics) - _MOST)}", "dim"))
