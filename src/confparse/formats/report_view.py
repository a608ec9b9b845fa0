"""What the page of a report shows: lines with what they became, the record as a tree and as tables, the rules
behind.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from confparse.diagnostics import catalogue, messages
from confparse.explanations import LineExplanation, explain_lines
from confparse.model import RECORD_LISTS, Node, Report
from confparse.pipeline import Parse
from confparse.reasons import reason
from confparse.reflow.types import Flow
from confparse.rules.grammar import Grammar
from confparse.text.types import Text
from confparse.visible import in_markup

_TABLES = (*RECORD_LISTS, "footnotes", "furniture")
_HIDDEN = frozenset({"span", "lines", "rule"})


def report_view(parsed: Parse, flow: Flow, grammar: Grammar, ui: str) -> dict[str, Any]:
    """The values that the template of a report takes."""
    report, text = parsed.report, flow.series.layout.lines.text
    explained = explain_lines(report, flow)
    nodes = {node.eid: node for node in report.walk()}
    tables = [_table(name, getattr(report, name), nodes, text) for name in _TABLES if getattr(report, name)]
    used = [rule for e in explained for rule in (e.rule, e.boundary.rule if e.boundary else "")]
    used += [rule for table in tables for row in table["rows"] if (rule := row["rule"])]
    used += [node.rule for node in nodes.values()]
    rules = {rule: reason(grammar.rules[rule], ui) for rule in dict.fromkeys(used) if rule in grammar.rules}
    parts = [_part(e) for e in explained]
    captions = {key: messages()[f"page_{key}"].said(ui) for key in ("rule", "became", "joined", "kept")}
    return {
        "title": report.cover.title or report.cover.symbol or report.source.name,
        "about": _about(report, ui),
        "language": report.source.language,
        "outline": report.outline,
        "tables": tables,
        "source": list(_lines(text, explained, ui)),
        "diagnostics": list(_diagnostics(parsed, ui)),
        "rules": rules,
        "data": {"rules": rules, "parts": parts, "say": captions},
    }


def _about(report: Report, ui: str) -> list[str]:
    values = [report.cover.symbol, report.source.name, report.source.encoding, report.source.language]
    counts = [messages()["page_lines"].said(ui, count=report.source.lines)]
    if report.source.pages is not None:
        counts.append(messages()["page_pages"].said(ui, count=report.source.pages))
    return [value for value in values if value] + counts


def _diagnostics(parsed: Parse, ui: str) -> Iterator[dict[str, Any]]:
    for item, finding in zip(parsed.report.diagnostics, parsed.findings, strict=True):
        message = catalogue()[finding.code].message.said(ui, **finding.values)
        yield {
            "code": item.code,
            "severity": item.severity,
            "message": message,
            "lines": item.lines,
            "rule": item.rule,
        }


def _part(e: LineExplanation) -> dict[str, Any]:
    part: dict[str, Any] = {"what": e.what, "eid": e.eid, "rule": e.rule}
    if e.boundary is not None:
        part |= {
            "join": e.boundary.rule,
            "above": e.above,
            "decide": "joined" if e.boundary.decide == "join" else "kept",
        }
    return part


def _lines(text: Text, explained: Sequence[LineExplanation], ui: str) -> Iterator[dict[str, Any]]:
    """Every line of the source as it is, with the places of its explanations; the first of a page with its number."""
    parts: dict[int, list[int]] = {}
    for index, e in enumerate(explained):
        parts.setdefault(e.line, []).append(index)
    source = text.source.text
    page: int | None = None
    ends = [*text.starts[1:], len(source)]
    for number, (start, end) in enumerate(zip(text.starts, ends, strict=True), 1):
        own = parts.get(number, [])
        explanations = [explained[index] for index in own]
        zones = {"text" if e.eid else "furniture" for e in explanations}
        shown = in_markup(source[start:end].strip("\f").rstrip("\r\n\f"))
        if not shown and start == len(source):
            continue
        turned = next((e.page for e in explanations if e.page not in (None, page)), None)
        page = turned or page
        yield {
            "page": messages()["page"].said(ui, page=page) if turned else "",
            "number": number,
            "text": shown,
            "parts": " ".join(map(str, own)),
            "eid": next((e.eid for e in explanations if e.eid), ""),
            "zone": "mixed" if len(zones) > 1 else "furniture" if zones == {"furniture"} else "",
            "joined": any(e.boundary is not None and e.boundary.decide == "join" for e in explanations),
            "title": " · ".join(f"{e.eid or e.what} {e.rule}" for e in explanations),
        }


def _table(name: str, rows: Sequence[Any], nodes: dict[str, Node], text: Text) -> dict[str, Any]:
    """A list of the record as rows of cells; columns are the fields that some row fills."""
    plain = [msgspec.to_builtins(row) for row in rows]
    columns = [
        field.encode_name
        for field in msgspec.structs.fields(rows[0])
        if field.encode_name not in _HIDDEN and any(field.encode_name in row for row in plain)
    ]
    return {
        "name": name,
        "columns": columns,
        "rows": [
            {
                "cells": [_cell(row.get(column)) for column in columns],
                "rule": row.get("rule"),
                "lines": _lines_of(row, nodes, text),
                "id": row.get("eid") or row.get("id") or "",
            }
            for row in plain
        ],
    }


def _lines_of(row: dict[str, Any], nodes: dict[str, Node], text: Text) -> tuple[int, int] | None:
    if "lines" in row:
        return row["lines"][0], row["lines"][1]
    if "span" in row:
        return text.lines_of(*row["span"])
    first = next((nodes[eid] for eid in row.get("paragraphs", ()) if eid in nodes), None)
    return first.lines if first else None


def _cell(value: Any) -> str:
    """A value as people read it: lists with commas, objects without their keys."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return " · ".join(_cell(item) for key, item in value.items() if key not in _HIDDEN)
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return in_markup(str(value))
