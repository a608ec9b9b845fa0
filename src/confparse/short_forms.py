"""A report (confparse.model.Report) in a few words: on one line, and as a small table for notebooks."""

from html import escape
from typing import Any


def short(report: Any) -> str:
    """One line: the source, and how many entries each list has."""
    counts = ", ".join(f"{count} {name}" for name, count in _counts(report))
    return f"<Report {report.source.path or report.source.name}: {counts}>"


def html(report: Any) -> str:
    """A table with symbol, title, and how many entries each list has."""
    shown = [("symbol", report.cover.symbol), ("title", report.cover.title), *_counts(report)]
    rows = "".join(f"<tr><th>{name}</th><td>{escape(str(value))}</td></tr>" for name, value in shown if value)
    return f"<table><caption>{escape(report.source.path or report.source.name)}</caption>{rows}</table>"


def _counts(report: Any) -> list[tuple[str, int]]:
    """The number of nodes, and of the entries of each list that is not empty."""
    lists = ((name, getattr(report, name)) for name in report.__struct_fields__ if name != "outline")
    counts = [(name, len(value)) for name, value in lists if isinstance(value, tuple) and value]
    return [("nodes", sum(1 for _ in report.walk())), *counts]
