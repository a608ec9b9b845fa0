"""Tables: runs of lines that look like rows."""

from collections.abc import Mapping

from confparse.layout.line_table import Line, Lines
from confparse.layout.types import LineClaim


def marked_tables(lines: Lines, claims: Mapping[int, LineClaim], rule: str) -> dict[int, LineClaim]:
    """The tables of the file itself, as claims."""
    out: dict[int, LineClaim] = {}
    for mark in lines.text.marks:
        if mark.kind == "table":
            own = [i for i in lines.marked(mark) if i not in claims]
            out |= {i: LineClaim("table", f"table_{own[0]}", rule) for i in own}
    return out


def tables(
    lines: Lines, claims: Mapping[int, LineClaim], rows: list[Line], least: int, rule: str
) -> dict[int, LineClaim]:
    """Runs of at least so many table rows with nothing but claimed lines between them, as claims."""
    out: dict[int, LineClaim] = {}
    run: list[int] = []
    marked = {line.index for line in rows if line.index not in claims}
    for i in [*sorted(marked), len(lines.lines) + 2]:
        if run and any(j not in claims for j in range(run[-1] + 1, i)):
            if len(run) >= least:
                out |= {j: LineClaim("table", f"table_{run[0]}", rule) for j in run}
            run = []
        run.append(i)
    return out
