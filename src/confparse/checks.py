"""Diagnostics of many files: which count, and how bad the worst is."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from confparse.diagnostics import Finding, InputError, catalogue
from confparse.discovery import Input
from confparse.files import read_input, shown_path
from confparse.model import Diagnostic
from confparse.rules.grammar import Grammar
from confparse.text.types import Source
from confparse.vocabularies import Severity

RANK: dict[Severity, int] = {"info": 0, "warning": 1, "error": 2}
NEVER = 3  # a rank that no severity has
LEAST = {
    "info": 0,
    "warning": 1,
    "error": 2,
    "never": NEVER,
}  # the rank from which a check fails, by the word of --fail-on


class FileDiagnostics(msgspec.Struct, frozen=True):
    """A file, its text, and what was found in it; or why it could not be read."""

    name: str
    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()
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


def check_inputs(
    inputs: Iterable[Input],
    grammar: Grammar,
    encoding: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    ui: str = "en",
    stdin_name: str | None = None,
) -> Iterator[FileDiagnostics]:
    """Check files; only codes that start with one of `select`, and none with one of `ignore`."""
    from confparse.pipeline import parse_source
    from confparse.sources.read import read

    wanted, unwanted = codes(select) or ("",), codes(ignore)
    for one in inputs:
        name = (stdin_name or "-") if str(one.path) == "-" else shown_path(one.path)
        try:
            if one.error is not None:
                raise one.error
            source = read(read_input(one.path), name, encoding)
        except InputError as error:
            yield FileDiagnostics(name, None, error=error)
            continue
        parsed = parse_source(source, grammar)
        pairs = zip(parsed.report.diagnostics, parsed.findings, strict=True)
        chosen_pairs = [
            (d, f) for d, f in pairs if d.code.startswith(wanted) and not (unwanted and d.code.startswith(unwanted))
        ]
        yield FileDiagnostics(name, source, tuple(d if ui == "en" else in_language(d, f, ui) for d, f in chosen_pairs))


def in_language(diagnostic: Diagnostic, finding: Finding, ui: str) -> Diagnostic:
    """A diagnostic with its message in a language."""
    message = catalogue()[finding.code].message.said(ui, **finding.values)
    return msgspec.structs.replace(diagnostic, message=message)


def check(
    source: str | bytes | Path,
    *,
    grammar: Grammar | str | Path | None = None,
    name: str = "-",
    encoding: str | None = None,
) -> tuple[Diagnostic, ...]:
    """The diagnostics of one dump, in the order of the text. Takes and raises what parse() does."""
    from confparse.pipeline import parse

    return parse(source, grammar=grammar, name=name, encoding=encoding).diagnostics


def worst(checked: Iterable[FileDiagnostics]) -> int:
    """The rank of the worst diagnostic, -1 if there is none."""
    return max((RANK[d.severity] for c in checked for d in c.diagnostics), default=-1)
