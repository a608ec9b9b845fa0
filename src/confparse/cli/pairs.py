"""What people see of a comparison: a table of pairs at a terminal, plain lines in a pipe."""

import sys
from collections.abc import Iterator

from confparse.cli.output import line, note
from confparse.comparison.types import Comparison, Disagreement, Pair, Side
from confparse.diagnostics import messages
from confparse.formats.comparison import line_range
from confparse.visible import visible


def show(found: Comparison, ui: str) -> None:
    """Print the pairs, then the disagreements; the counts on standard error."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, padding=(0, 1), expand=True, show_header=False)
        table.add_column(no_wrap=True, style="dim")
        table.add_column(ratio=1, overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        for pair in found.pairs:
            style = "yellow" if pair.codes else "" if pair.zh and pair.en else "red"
            sides = (Text(visible(side.text) if side else "-", style=style) for side in (pair.zh, pair.en))
            table.add_row(_place(pair), *sides)
        Console(highlight=False).print(table)
        for item in found.disagreements:
            line(_disagreement(found, item, ui))
    else:
        for row in lines(found, ui):
            line(row)
    _summary(found, ui)


def lines(found: Comparison, ui: str) -> Iterator[str]:
    """The pairs, three lines each, and the disagreements, a line each."""
    for pair in found.pairs:
        yield _place(pair) + (f" {' '.join(pair.codes)}" if pair.codes else "")
        yield f"  zh {_text(pair.zh)}"
        yield f"  en {_text(pair.en)}"
    for item in found.disagreements:
        yield _disagreement(found, item, ui)


def _place(pair: Pair) -> str:
    zh, en = (f"{line_range(side.lines[0])}" if side else "-" for side in (pair.zh, pair.en))
    return f"{zh} | {en} {pair.score:.2f}"


def _text(side: Side | None) -> str:
    return visible(" ".join(side.text.split())) if side else "-"


def _disagreement(found: Comparison, item: Disagreement, ui: str) -> str:
    places = [
        f"{visible(source.name)}:{place.lines[0]}"
        for source, place in ((found.zh, item.zh), (found.en, item.en))
        if place is not None
    ]
    severity = messages()[item.severity].said(ui)
    return f"{' '.join(places)}: {severity} {item.code} {item.name}: {visible(item.message)}"


def _summary(found: Comparison, ui: str) -> None:
    both = sum(pair.zh is not None and pair.en is not None for pair in found.pairs)
    said = messages()["compared"].said(
        ui, pairs=both, alone=len(found.pairs) - both, disagreements=len(found.disagreements)
    )
    note(said)
