"""Reports and comparisons as one self-contained page each: no server, no network, readable without script."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from confparse import __version__
from confparse.comparison.types import LANGUAGES, Comparison, Disagreement, Pair, Place, Side
from confparse.diagnostics import messages
from confparse.formats.comparison import line_range
from confparse.formats.report_view import report_view
from confparse.pipeline import Parse
from confparse.reflow.types import Flow
from confparse.rules.grammar import Grammar

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_CHUNK = 200  # pieces that are written at once
Piece = tuple[str, str | None]


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(template: str, ui: str, values: Mapping[str, object]) -> Iterator[bytes]:
    from markupsafe import Markup

    say = {key: entry.zh if ui == "zh" else entry.en for key, entry in messages().items() if key.startswith("page_")}
    style, script = (Markup((_TEMPLATES / name).read_text(encoding="utf-8")) for name in ("page.css", "page.js"))
    stream = (
        _environment()
        .get_template(template)
        .stream(**values, ui="zh" if ui == "zh" else "en", say=say, version=__version__, css=style, js=script)
    )
    stream.enable_buffering(_CHUNK)
    yield from (piece.encode("utf-8", "replace") for piece in stream)


def report_page(parsed: Parse, flow: Flow, grammar: Grammar, ui: str) -> Iterator[bytes]:
    """The source of a report beside its record. `ui`: the language of what the page says, en or zh."""
    yield from _page("report.html.j2", ui, {"kind": "report", **report_view(parsed, flow, grammar, ui)})


def comparison_page(comparison: Comparison, ui: str) -> Iterator[bytes]:
    """Two versions in two columns, with marks where they disagree."""
    rows = _Rows(comparison.pairs)
    placed = [(rows.of(item), item) for item in comparison.disagreements]
    by_row: dict[int, list[Disagreement]] = {}
    for row, item in placed:
        by_row.setdefault(row, []).append(item)
    count = sum(pair.zh is not None and pair.en is not None for pair in comparison.pairs)
    values = {
        "kind": "comparison",
        "title": comparison.symbol or comparison.zh.name,
        "about": [comparison.zh.name, comparison.en.name, messages()["page_pairs"].said(ui, count=count)],
        "disagreements": [
            {"code": item.code, "message": item.message, "severity": item.severity, "row": row} for row, item in placed
        ],
        "rows": [_row(pair, by_row.get(number, ())) for number, pair in enumerate(comparison.pairs, 1)],
        "zh_name": comparison.zh.name,
        "en_name": comparison.en.name,
        "zh_language": comparison.zh.language,
    }
    yield from _page("comparison.html.j2", ui, values)


class _Rows:
    """The rows of a table of pairs, 1-based, by the places that they hold."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._starts: dict[str, list[tuple[int, int]]] = {}
        for side in LANGUAGES:
            numbered_sides = [(n, part) for n, pair in enumerate(pairs, 1) if (part := getattr(pair, side)) is not None]
            self._starts[side] = sorted((span[0], n) for n, part in numbered_sides for span in part.spans)

    def of(self, item: Disagreement) -> int:
        """The row that holds a disagreement; the first if none does."""
        for side in LANGUAGES:
            place: Place | None = getattr(item, side)
            if place is not None and self._starts[side]:
                at = bisect_right(self._starts[side], (place.span[0], sys.maxsize)) - 1
                return self._starts[side][max(0, at)][1]
        return 1


def _row(pair: Pair, disagreements: Sequence[Disagreement]) -> dict[str, object]:
    return {
        "zh": _pieces(pair.zh, [(item.code, item.zh) for item in disagreements]),
        "en": _pieces(pair.en, [(item.code, item.en) for item in disagreements]),
        "zh_lines": _lines(pair.zh),
        "en_lines": _lines(pair.en),
        "codes": " ".join(pair.codes),
    }


def _lines(side: Side | None) -> str:
    """The lines of a side from its first to its last."""
    return line_range((side.lines[0][0], max(last for _, last in side.lines))).replace("-", "–") if side else ""


def _offset(words: str, place: int, side: Side) -> int:
    """Where words are in the text of a side that are at a place of its source: of several the one that is as far from
    its start as the place is from that of its spans; -1 if nowhere.
    """
    distance = 0
    for low, high in side.spans:
        distance += min(max(place - low, 0), high - low)
        if low <= place < high:
            break
    places = (match.start() for match in re.finditer(re.escape(words), side.text))
    return min(places, key=lambda at: abs(at - distance), default=-1)


def _pieces(side: Side | None, marked: Iterable[tuple[str, Place | None]]) -> list[Piece]:
    """The text of a side, cut where words of a disagreement are in it."""
    if side is None:
        return []
    cuts: list[tuple[int, int, str]] = []
    for code, place in marked:
        if place is None or not place.text or not any(low <= place.span[0] < high for low, high in side.spans):
            continue
        words, at = place.text, _offset(place.text, place.span[0], side)
        if at >= 0 and not any(low < at + len(words) and at < high for low, high, _ in cuts):
            cuts.append((at, at + len(words), code))
    out: list[Piece] = []
    start = 0
    for low, high, code in sorted(cuts):
        out += [(side.text[start:low], None), (side.text[low:high], code)]
        start = high
    return [piece for piece in (*out, (side.text[start:], None)) if piece[0]]
