"""`confparse show`: one screen of what a report says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from confparse.cli.commands import Reading, read_source
from confparse.cli.output import SEVERITY_STYLE, Part, line, prose
from confparse.diagnostics import messages
from confparse.model import Report
from confparse.pipeline import parse_source
from confparse.rules.load import load_grammar

_MOST = 12  # rows of a list; the rest is counted
_WORDS = 160  # characters of a conclusion


def show(name: str, how: Reading) -> None:
    """Print one screen about a file. Raises InputError."""
    from confparse.checks import in_language

    rules = load_grammar(how.grammar)
    parsed = parse_source(read_source(name, how), rules, how.script, how.spacing)
    report = parsed.report
    _cover(report, how.ui)
    _list("meetings", [_meeting(m) for m in report.meetings], how.ui)
    _list("panels", [_panel(p, how.ui) for p in report.panels], how.ui)
    _speakers(report, how.ui)
    _list("documents", [f"{d.symbol}  {d.title or ''}".rstrip() for d in report.documents], how.ui)
    _list("conclusions", [_clipped(f"{c.num or c.paragraph}  {c.text}") for c in report.conclusions], how.ui)
    _list(
        "decisions",
        [_clipped(f"{d.paragraph}  {_value(d.act, how.ui)}  {d.object or ''}") for d in report.decisions],
        how.ui,
    )
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


def _list(kind: str, rows: Sequence[str], ui: str) -> None:
    if not rows:
        return
    _heading(kind, len(rows), ui)
    for text in rows[:_MOST]:
        prose(text, indent="  ")
    if len(rows) > _MOST:
        line((f"  {messages()['show_more'].said(ui, count=len(rows) - _MOST)}", "dim"))


def _meeting(meeting: Any) -> str:
    parts = (str(meeting.number or meeting.id), meeting.date, meeting.body.name if meeting.body else None)
    return "  ".join(str(part) for part in parts if part)


def _panel(panel: Any, ui: str) -> str:
    led = [person_name(person) for person in (panel.chair, panel.moderator) if person]
    about = f"{_value(panel.kind, ui)} {panel.ordinal or ''}".strip()
    return "  ".join(part for part in (about, panel.topic, _listed(led, ui)) if part)


def person_name(person: Any) -> str:
    """The name of somebody who is named, whether the record holds a name or more."""
    return str(getattr(person, "name", person))


def _clipped(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _WORDS else words[: _WORDS - 1].rstrip() + "…"


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
    for kind, names in by_kind.items():
        shown = _listed((f"{name} ({count})" if count > 1 else name for name, count in names.items()), ui)
        prose(f"{say[f'speaker_{kind}'].said(ui)}{say['colon'].said(ui)}{shown}", indent="  ")


def _diagnostics(found: Iterable[Any], ui: str) -> None:
    rows = list(found)
    if not rows:
        return
    _heading("diagnostics", len(rows), ui)
    for d in rows[:_MOST]:
        severity: Part = (messages()[d.severity].said(ui), SEVERITY_STYLE[d.severity])
        place = f"{d.lines[0]}: " if d.lines else ""
        line(f"  {place}", severity, f" {d.code} {d.name}: {d.message}")
    if len(rows) > _MOST:
        line((f"  {messages()['show_more'].said(ui, count=len(rows) - _MOST)}", "dim"))
