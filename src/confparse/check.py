"""Diagnostics of many files: which count, and how bad the worst is."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from confparse.diagnostics import Finding, InputError, Severity, catalogue
from confparse.files import inputs, read_input, shown_name, shown_path
from confparse.model import Diagnostic
from confparse.rules.grammar import Grammar
from confparse.text.types import Source

RANK: dict[Severity, int] = {"info": 0, "warning": 1, "error": 2}


class FileDiagnostics(msgspec.Struct, frozen=True):
    """A file, its text, and what was found in it; or why it could not be read."""

    name: str
    source: Source | None
    found: tuple[Diagnostic, ...] = ()
    error: InputError | None = None

    def column(self, diagnostic: Diagnostic) -> tuple[int, int]:
        """The first and last column, 1-based in code points, of a diagnostic on its first line."""
        if self.source is None or diagnostic.span is None:
            return 1, 1
        text, (start, end) = self.source.text, diagnostic.span
        line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        line_end = min(at for at in (text.find("\n", start), text.find("\r", start), len(text)) if at >= 0)
        return start - line_start + 1, max(start, min(end, line_end)) - line_start + (end <= start)


def codes(starts: Sequence[str]) -> tuple[str, ...]:
    """Beginnings of codes, checked: each begins one at least. Raises InputError."""
    for start in starts:
        if not start or not any(code.startswith(start.upper()) for code in catalogue()):
            raise InputError("unknown_code", code=start)
    return tuple(start.upper() for start in starts)


def check(
    names: Iterable[str], grammar: Grammar, encoding: str | None, select: Sequence[str], ignore: Sequence[str],
    ui: str = "en",
) -> Iterator[FileDiagnostics]:  # fmt: skip
    """Check files, and all files of folders; only codes that start with one of `select`, and none with one of `ignore`."""
    from confparse.pipeline import parse_source
    from confparse.text.decode import decode

    wanted, unwanted = codes(select) or ("",), codes(ignore)
    for path, _ in inputs(names):
        try:
            source = decode(read_input(path), shown_name(path), encoding)
        except InputError as error:
            yield FileDiagnostics(shown_path(path), None, error=error)
            continue
        parsed = parse_source(source, grammar)
        found = zip(parsed.report.diagnostics, parsed.findings, strict=True)
        kept = (
            (d, f) for d, f in found if d.code.startswith(wanted) and not (unwanted and d.code.startswith(unwanted))
        )
        yield FileDiagnostics(shown_path(path), source, tuple(d if ui == "en" else _said(d, f, ui) for d, f in kept))


def _said(diagnostic: Diagnostic, finding: Finding, ui: str) -> Diagnostic:
    message = catalogue()[finding.code].message.said(ui, **finding.values)
    return msgspec.structs.replace(diagnostic, message=message)


def worst(checked: Iterable[FileDiagnostics]) -> int:
    """The rank of the worst diagnostic, -1 where there is none."""
    return max((RANK[d.severity] for c in checked for d in c.found), default=-1)
