"""Diagnostics as a person reads them: place, severity, code, message, and the line with a caret under the place."""

import re
from collections import Counter
from collections.abc import Sequence

from confparse.checks import RANK, FileDiagnostics
from confparse.cli.output import SEVERITY_STYLE, complain, line, note, table, width
from confparse.diagnostics import catalogue, messages
from confparse.letters import LINE_ENDS
from confparse.model import Diagnostic
from confparse.visible import visible

_LINE_END = re.compile(f"[{LINE_ENDS}]")
_BEFORE = 20  # columns of a long line that are shown before the place


def checked(file: FileDiagnostics, ui: str) -> None:
    """What was found in a file."""
    say = messages()
    for d in file.diagnostics:
        first, last = file.column(d)
        place = f":{d.lines[0]}:{first}" if d.lines else ""
        severity = (say[d.severity].said(ui), SEVERITY_STYLE[d.severity])
        line((f"{file.name}{place}", "bold"), ": ", severity, f" {d.code} {d.name}: {d.message}")
        if d.lines is not None and d.span is not None and file.source is not None:
            start = d.span[0] - first + 1
            text = _LINE_END.split(file.source.text[start : start + last + width()], maxsplit=1)[0]
            _marked(text, d, first, last)


def _marked(text: str, diagnostic: Diagnostic, first: int, last: int) -> None:
    """A source line, cut to the width of the screen around the place, and carets under the place."""
    from rich.cells import cell_len, set_cell_size

    if diagnostic.lines is None or first > len(text):
        return
    number = str(diagnostic.lines[0])
    shown, room = visible(text), width() - len(number) - len("  | ")
    before, marked = shown[: first - 1], shown[first - 1 : last]
    if cell_len(before) + cell_len(marked) > room and cell_len(before) > _BEFORE:
        before = "…" + before[-_BEFORE // 2 :]
    rest = before + shown[first - 1 :]
    cut = rest if cell_len(rest) <= room else set_cell_size(rest, room - 1).rstrip() + "…"
    carets = max(1, min(cell_len(marked), room - cell_len(before)))
    line((f" {number} | ", "dim"), cut)
    line(
        (f" {' ' * len(number)} | ", "dim"), " " * cell_len(before), ("^" * carets, SEVERITY_STYLE[diagnostic.severity])
    )


def checked_summary(every: Sequence[FileDiagnostics], ui: str) -> None:
    """The counts, on standard error: files that could not be read were not checked."""
    by = Counter(d.severity for file in every for d in file.diagnostics)
    unread = sum(file.error is not None for file in every)
    counts = {"errors": by["error"], "warnings": by["warning"], "infos": by["info"]}
    key = "checked_unread" if unread else "checked"
    note(messages()[key].said(ui, files=len(every) - unread, unread=unread, **counts))


def statistics(every: Sequence[FileDiagnostics], ui: str) -> None:
    """One row per code: count, files, severity, code, name; the worst and the most frequent first."""
    counts = Counter(d.code for file in every for d in file.diagnostics)
    files = Counter(code for file in every for code in {d.code for d in file.diagnostics})
    entries, say = catalogue(), messages()
    order = sorted(counts, key=lambda code: (-RANK[entries[code].severity], -counts[code], code))
    rows = [say["statistics"].said(ui).split("\t")] if order else []
    for code in order:
        entry = entries[code]
        rows.append([str(counts[code]), str(files[code]), say[entry.severity].said(ui), code, entry.name])
    table(rows, ["dim", *(SEVERITY_STYLE[entries[code].severity] for code in order)])


def unread(file: FileDiagnostics, ui: str) -> None:
    """Why a file could not be read, on standard error."""
    if file.error is not None:
        complain(file.error, ui)
