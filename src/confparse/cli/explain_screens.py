"""What each line of a dump became and why: a table on a terminal, tab-separated rows in a pipe."""

from collections.abc import Sequence
from typing import Any

import msgspec

from confparse.cli.output import line, on_terminal, prose, row, width
from confparse.cli.wrapping import wrap
from confparse.diagnostics import messages
from confparse.explanations import LineExplanation, RecordAt, label, labels_left
from confparse.model import Report
from confparse.reasons import reason
from confparse.rules.grammar import Grammar
from confparse.visible import visible

_COLOURS = {
    "division": "cyan",
    "title": "bold",
    "paragraph": "green",
    "subparagraph": "green",
    "footnote": "magenta",
}
_RULE_WIDTH = 26  # columns for the names of rules
_COLUMNS = (
    "line",
    "eid",
    "element",
    "rule",
    "boundary",
    "text",
)  # of the rows in a pipe; and the page, if there are pages


def lines(explained: Sequence[LineExplanation], ui: str) -> None:
    """One row per source line: number, joined or kept, the text, the rule that decided."""
    if on_terminal():
        _table(explained, ui)
        return
    paged = any(e.page is not None for e in explained)
    row((*_COLUMNS, "page") if paged else _COLUMNS)
    for e in explained:
        boundary = f"{e.boundary.decide} {e.boundary.rule}" if e.boundary else "-"
        shown = (str(e.line), e.eid or "-", e.what, e.rule or "-", boundary, e.text)
        row((*shown, str(e.page or "-")) if paged else shown)


def _table(explained: Sequence[LineExplanation], ui: str) -> None:
    """A heading per unit with its eid, element and rule; below it its lines, each whole, with the rule of the break."""
    from rich.cells import cell_len

    say = messages()
    digits = max((len(str(e.line)) for e in explained), default=1)
    rules = min(_RULE_WIDTH, max((len(e.boundary.rule) for e in explained if e.boundary), default=0))
    room = width() - digits - len(" ┌ ") - rules - 1
    head = say["column_text"].said(ui)
    line((f"{'':{digits}}   {head}{' ' * (room + 1 - cell_len(head))}{say['column_break'].said(ui)}", "dim"))
    unit, page = None, None
    for e in explained:
        if e.page != page:
            page = e.page
            line((f"{'':{digits}}   {say['page'].said(ui, page=page)}", "dim"))
        if (e.eid or e.what) != unit:
            unit = e.eid or e.what
            name = f"{e.eid} · {e.what}" if e.eid else e.what
            line(f"{'':{digits}}   ", (f"{name} · {e.rule}", _COLOURS.get(e.what, "" if e.eid else "dim")))
        _source_line(e, digits, room, rules)
    prose(say["explain_legend"].said(ui), style="dim")


def _source_line(e: LineExplanation, digits: int, room: int, rules: int) -> None:
    """One source line, whole, and beside it the rule that joined it to the line above or kept it apart."""
    from rich.cells import cell_len

    joined = e.boundary is not None and e.boundary.decide == "join"
    mark = "╎" if joined else "┌" if e.eid else " "
    names = wrap(e.boundary.rule, rules) if e.boundary else [""]
    texts = wrap(visible(e.text), room)
    for i in range(max(len(names), len(texts))):
        number, sign = (str(e.line), mark) if i == 0 else ("", " ")
        text = texts[i] if i < len(texts) else ""
        rule = names[i] if i < len(names) else ""
        beside = f"{' ' * (room - cell_len(text))} {rule}" if rule else ""
        line((f"{number:>{digits}} ", "dim"), f"{sign} {text}", (beside, "dim"))


def one_line(
    explained: Sequence[LineExplanation], number: int, records: Sequence[RecordAt], grammar: Grammar, ui: str
) -> None:
    """All that was decided about one source line, with the reasons that the rules give, and the records it gave."""
    say = messages()
    explanations = [e for e in explained if e.line == number]
    for e in explanations:
        prose(e.text, style="bold")
        if e.page is not None:
            line((say["page"].said(ui, page=e.page), "dim"))
        key = "is_part_of" if e.eid else "is_taken"
        prose(say[key].said(ui, line=number, eid=e.eid, what=e.what, rule=e.rule))
        _why(e.rule, grammar, ui)
        for rule in labels_left(e, grammar) if e.eid else ():
            prose(say["label_left"].said(ui, rule=rule))
        if e.boundary is not None:
            key = "joined" if e.boundary.decide == "join" else "kept"
            prose(say[key].said(ui, line=e.above, rule=e.boundary.rule))
            _why(e.boundary.rule, grammar, ui)
    if not explanations:
        line(say["blank_line"].said(ui, line=number))
    _records(records, grammar, ui)


def _records(records: Sequence[RecordAt], grammar: Grammar, ui: str) -> None:
    say = messages()
    for record in records:
        prose(say["gave_record"].said(ui, id=record.id, label=record.label, rule=record.rule))
        _why(record.rule, grammar, ui)


def _why(rule: str, grammar: Grammar, ui: str) -> None:
    if rule in grammar.rules:
        prose(messages()["why"].said(ui, why=reason(grammar.rules[rule], ui)), indent="  ")


def record_page(record: Any, report: Report, explained: Sequence[LineExplanation], grammar: Grammar, ui: str) -> None:
    """A node, a footnote or a record: its fields, the rule that made it and why, and the lines that it came from."""
    say = messages()
    name = getattr(record, "eid", None) or record.id
    line((name, "bold"), f" {label(record)}".rstrip())
    for field, value in msgspec.to_builtins(record, enc_hook=tuple).items():
        if field not in ("eid", "id", "children", "span", "rule"):
            text = value if isinstance(value, str) else msgspec.json.encode(value).decode("utf-8")
            prose(f"{field}: {text}", indent="  ")
    rule = getattr(record, "rule", None)
    if rule:
        line(say["made_by"].said(ui, rule=rule))
        _why(rule, grammar, ui)
    span = getattr(record, "span", None)
    if span is not None:
        line("")
        lines([e for e in explained if e.span[0] < span[1] and span[0] < e.span[1]], ui)
