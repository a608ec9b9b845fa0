"""What people see of a comparison: a table of pairs on a terminal, plain lines in a pipe."""

from collections.abc import Iterator, Sequence

from confparse.cli.output import SEVERITY_STYLE, Part, line, note, on_terminal, width
from confparse.comparison.types import Comparison, Disagreement, Pair, Side
from confparse.diagnostics import messages
from confparse.formats.comparison import line_range
from confparse.visible import visible

_GAP = "  "  # between two columns
_NARROWEST = 10  # columns of a text, however narrow the terminal


def show(comparison: Comparison, ui: str) -> None:
    """Print the pairs, then the disagreements; the counts on standard error."""
    if on_terminal():
        _table(comparison.pairs)
    else:
        for text in _rows(comparison.pairs):
            line(text)
    for item in comparison.disagreements:
        line(*_disagreement(comparison, item, ui))
    _summary(comparison, ui)


def note_disagreements(comparison: Comparison, ui: str) -> None:
    """Print the disagreements on standard error: a format that programs read says them by their codes only."""
    for item in comparison.disagreements:
        note(*_disagreement(comparison, item, ui))


def plain(comparison: Comparison, ui: str) -> Iterator[bytes]:
    """What a pipe gets, as lines of a file."""
    shown = (_text(_disagreement(comparison, item, ui)) for item in comparison.disagreements)
    for text in (*_rows(comparison.pairs), *shown):
        yield f"{visible(text)}\n".encode("utf-8", "replace")


def _rows(pairs: Sequence[Pair]) -> Iterator[str]:
    """The pairs, three lines each."""
    for pair in pairs:
        yield " ".join((_place(pair), *pair.codes))
        yield f"  zh {_words(pair.zh)}"
        yield f"  en {_words(pair.en)}"


def _table(pairs: Sequence[Pair]) -> None:
    """A row per pair: lines and score, the Chinese text, the English text; yellow if they disagree, red if one
    lacks.
    """
    from rich.cells import cell_len

    from confparse.cli.wrapping import wrap

    first = max((len(_place(pair)) for pair in pairs), default=0)
    room = max(_NARROWEST, (width() - first - 2 * len(_GAP)) // 2)
    for pair in pairs:
        style = "yellow" if pair.codes else "" if pair.zh and pair.en else "red"
        zh, en = (wrap(visible(_words(side)), room) for side in (pair.zh, pair.en))
        for i in range(max(len(zh), len(en))):
            left, right = (texts[i] if i < len(texts) else "" for texts in (zh, en))
            place = _place(pair) if i == 0 else ""
            gap = " " * (room - cell_len(left)) + _GAP if right else ""
            line((f"{place:{first}}{_GAP}", "dim"), (left + gap + right, style))


def _place(pair: Pair) -> str:
    zh, en = (line_range(side.lines[0]) if side else "-" for side in (pair.zh, pair.en))
    return f"{zh} | {en} {pair.score:.2f}"


def _words(side: Side | None) -> str:
    return " ".join(side.text.split()) if side else "-"


def _disagreement(comparison: Comparison, item: Disagreement, ui: str) -> tuple[Part, ...]:
    """As `check` shows a diagnostic: places, severity, code, message."""
    sides = ((comparison.zh, item.zh), (comparison.en, item.en))
    places = " ".join(f"{source.path or source.name}:{place.lines[0]}" for source, place in sides if place is not None)
    severity = (messages()[item.severity].said(ui), SEVERITY_STYLE[item.severity])
    return (places, "bold"), ": ", severity, f" {item.code} {item.name}: {item.message}"


def _text(parts: Sequence[Part]) -> str:
    return "".join(part if isinstance(part, str) else part[0] for part in parts)


def _summary(comparison: Comparison, ui: str) -> None:
    both = sum(pair.zh is not None and pair.en is not None for pair in comparison.pairs)
    alone, disagreements = len(comparison.pairs) - both, len(comparison.disagreements)
    note(messages()["compared"].said(ui, pairs=both, alone=alone, disagreements=disagreements))
