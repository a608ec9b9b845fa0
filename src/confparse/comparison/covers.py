"""Where the first pages of two versions do not say the same: their days and their symbols."""

from collections.abc import Iterator, Sequence

from confparse.comparison.findings import disagreement
from confparse.comparison.types import Disagreement, Place
from confparse.model import Cover, Report

_COVER = Place(eid="cover", span=(0, 0), lines=(1, 1))  # a record does not keep where on the first page a value stands
_DATE, _SYMBOL = "C002", "C003"


def of_covers(zh: Report, en: Report, known: Sequence[Disagreement], ui: str) -> Iterator[Disagreement]:
    """The disagreements of two first pages; what a pair of titles is `known` to disagree about is not said again."""
    said = {item.code for item in known if item.zh is not None and item.zh.eid.startswith("title")}
    for code, one, other in ((_DATE, _days(zh.cover), _days(en.cover)), (_SYMBOL, zh.cover.symbol, en.cover.symbol)):
        if one and other and one != other and code not in said:
            yield disagreement(code, (_COVER, _COVER), ui, zh=one, en=other)


def _days(cover: Cover) -> str | None:
    return None if cover.date is None else "/".join(str(day) for day in (cover.date.start, cover.date.end) if day)
