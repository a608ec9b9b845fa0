"""Tables: runs of lines that look like rows."""

from array import array
from collections.abc import Mapping
from itertools import chain

from confparse.layout.claims import Claims
from confparse.layout.line_table import Lines
from confparse.layout.types import LineClaim
from confparse.rules.joined_texts import IndexSet


def marked_tables(lines: Lines, claims: Mapping[int, LineClaim], rule: str) -> dict[int, LineClaim]:
    """The tables of the file itself, as claims."""
    out: dict[int, LineClaim] = {}
    for mark in lines.text.marks:
        if mark.kind == "table":
            own = [i for i in lines.marked(mark) if i not in claims]
            out |= dict.fromkeys(own, LineClaim("table", f"table_{own[0]}", rule)) if own else {}
    return out


def tables(lines: Lines, claims: Mapping[int, LineClaim], rows: IndexSet, least: int, rule: str) -> Claims:
    """Runs of `least` table rows or more, by their indexes, with nothing but claimed lines between them, as claims."""
    out = Claims()
    run = array("I")
    for i in chain((i for i in rows if i not in claims), [len(lines.lines) + 2]):
        if run and any(j not in claims for j in range(run[-1] + 1, i)):
            if len(run) >= least:
                claim = LineClaim("table", f"table_{run[0]}", rule)
                for j in run:
                    out.put(j, claim)
            del run[:]
        run.append(i)
    return out
