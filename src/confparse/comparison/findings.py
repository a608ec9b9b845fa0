"""A disagreement in the words of the catalogue."""

from confparse.comparison.types import Disagreement, Place
from confparse.diagnostics import catalogue

Places = tuple[Place | None, Place | None]  # in the Chinese version and in the English one


def disagreement(code: str, places: Places, ui: str, **values: str) -> Disagreement:
    """A disagreement of a code of the catalogue; `values` fill its message, in the language `ui`."""
    entry = catalogue()[code]
    message = entry.message.said(ui, **values)
    zh, en = places
    return Disagreement(code=code, name=entry.name, severity=entry.severity, message=message, zh=zh, en=en)
