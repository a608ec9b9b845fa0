"""Where the first pages of two versions do not say the same: their days and their symbols."""

from collections.abc import Iterator, Sequence

from confparse.comparison.findings import disagreement
from confparse.comparison.types import Disagreement, Place
from confparse.model import Cover, Report

_UNPLACED = (0, 0), (1, 1)  # span and lines of a value that a record gives no place
_DATE, _SYMBOL = "C002", "C003"


def of_covers(zh: Report, en: Report, disagreements: Sequence[Disagreement], ui: str) -> Iterator[Disagreement]:
    """The disagreements of two first pages; what a pair of titles says in `disagreements` is not said again."""
    title_codes = {item.code for item in disagreements if item.zh is not None and item.zh.eid.startswith("title")}
    days, symbols = (_days(zh.cover), _days(en.cover)), (zh.cover.symbol, en.cover.symbol)
    for code, field, (one, other) in ((_DATE, "date", days), (_SYMBOL, "symbol", symbols)):
        if one and other and one != other and code not in title_codes:
            yield disagreement(code, (_place(zh.cover, field), _place(en.cover, field)), ui, zh=one, en=other)


def _place(cover: Cover, field: str) -> Place:
    span, lines = next(((p.span, p.lines) for p in cover.places if p.field == field), _UNPLACED)
    return Place(eid="cover", span=span, lines=lines)


def _days(cover: Cover) -> str | None:
    return None if cover.date is None else "/".join(str(day) for day in (cover.date.start, cover.date.end) if day)
