"""What people see: explanations, pages of codes and rules. Colour and tables on a terminal, plain lines in a pipe."""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from confparse.batch.run import Summary
from confparse.check import FileDiagnostics
from confparse.diagnostics import catalogue, messages
from confparse.explain import LineExplanation
from confparse.rules.base import Pattern
from confparse.rules.grammar import Grammar
from confparse.rules.line_breaks import Boundary

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as RichProgress

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"[\r\n\f\v\x85\u2028\u2029]")
_EXCERPT, _CARETS = 400, 60  # characters of a line that are shown, and marked
_COLOURS = {
    "division": "bold cyan",
    "title": "bold",
    "paragraph": "green",
    "subparagraph": "green",
    "footnote": "magenta",
}


def visible(text: str) -> str:
    """A text without the control characters that a terminal would obey."""
    return _CONTROL.sub("\ufffd", text)


def console() -> "Console":
    """Standard output, as wide as the terminal; plain where it is none."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def lines(explained: Iterable[LineExplanation]) -> None:
    """One row a source line: number, join or keep, what it became, the rules, the text."""
    out = console()
    if not out.is_terminal:
        for e in explained:
            boundary = f"{e.boundary.decide} {e.boundary.rule}" if e.boundary else "-"
            print(f"{e.line}\t{e.eid or '-'}\t{e.what}\t{e.rule or '-'}\t{boundary}\t{visible(e.text)}")
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=False, expand=True)
    table.add_column(justify="right", style="dim")
    table.add_column(width=1)
    table.add_column(no_wrap=True, max_width=26)
    table.add_column(no_wrap=True, max_width=26, style="dim")
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    for e in explained:
        joined = e.boundary is not None and e.boundary.decide == "join"
        mark = "╎" if joined else "┌" if e.eid else " "
        rule = e.boundary.rule if joined and e.boundary else e.rule
        style = _COLOURS.get(e.what, "dim" if not e.eid else "")
        table.add_row(str(e.line), mark, "" if joined else e.eid or e.what, rule, Text(visible(e.text), style=style))
    out.print(table)


def one_line(explained: list[LineExplanation], number: int, grammar: Grammar, ui: str) -> None:
    """All that was decided about one source line, with the reasons that the rules give."""
    say = messages()
    for e in explained:
        if e.line != number:
            continue
        print(visible(e.text))
        key = "is_part_of" if e.eid else "is_taken"
        print(say[key].said(ui, line=number, eid=e.eid, what=e.what, rule=e.rule))
        _why(e.rule, grammar, ui)
        if e.boundary is not None:
            key = "joined" if e.boundary.decide == "join" else "kept"
            print(say[key].said(ui, line=e.above, rule=e.boundary.rule))
            _why(e.boundary.rule, grammar, ui)
    if not any(e.line == number for e in explained):
        print(say["blank_line"].said(ui, line=number))


def _why(rule: str, grammar: Grammar, ui: str) -> None:
    if rule in grammar.rules:
        print("  " + messages()["why"].said(ui, why=grammar.rules[rule].why))


def code_page(code: str, ui: str) -> None:
    """The page of a diagnostic."""
    entry, say = catalogue()[code], messages()
    message = entry.message.zh if ui == "zh" else entry.message.en
    print(f"{code} {entry.name}")
    print(say["severity"].said(ui, severity=entry.severity))
    print(say["says"].said(ui, message=message))
    print()
    print(entry.page.zh if ui == "zh" else entry.page.en)


def rule_page(rule_id: str, grammar: Grammar, ui: str) -> None:
    """The page of a rule: its reason, its patterns and evidence, its examples."""
    rule, say = grammar.rules[rule_id], messages()
    print(f"{rule.id} ({type(rule).__struct_config__.tag}, {grammar.places[rule_id]})")
    print(rule.why)
    if isinstance(rule, Boundary):
        shown = [rule.decide, *rule.when, *(f"not {name}" for name in rule.unless)]
        print(f"\n{say['evidence'].said(ui)}: {', '.join(shown)}")
    if isinstance(rule, Pattern | Boundary) and rule.patterns:
        print(f"\n{say['patterns'].said(ui)}:")
        for language, pattern in rule.patterns.items():
            print(f"  {language}: {pattern}")
    print(f"\n{say['examples'].said(ui)}:")
    for example in rule.examples:
        verdict = say["matches" if example.match else "matches_not"].said(ui)
        print(f"  {verdict}: {visible(example.text)!r}" + (f" ({example.why})" if example.why else ""))


def checked(found: FileDiagnostics, ui: str) -> None:
    """What was found in a file: place, severity, code, message; the line below, and a caret under the place."""
    from rich.cells import cell_len

    say = messages()
    for d in found.found:
        first, last = found.column(d)
        place = f":{d.lines[0]}:{first}" if d.lines else ""
        severity = say[d.severity].said(ui)
        print(f"{visible(found.name)}{place}: {severity} {d.code} {d.name}: {visible(d.message)}")
        if d.lines is None or d.span is None or found.source is None:
            continue
        start = d.span[0] - first + 1
        line = _LINE_END.split(found.source.text[start : start + _EXCERPT], maxsplit=1)[0].expandtabs(1)
        shown, before = visible(line), line[: first - 1]
        if first <= len(line):
            number = str(d.lines[0])
            print(f" {number} | {shown}")
            under = " " * cell_len(before) + "^" * max(1, min(cell_len(line[first - 1 : last]), _CARETS))
            print(f" {' ' * len(number)} | {under}")


def checked_summary(all_found: list[FileDiagnostics], ui: str) -> None:
    """The counts, on standard error."""
    by = Counter(d.severity for found in all_found for d in found.found)
    print(
        messages()["checked"].said(
            ui, files=len(all_found), errors=by["error"], warnings=by["warning"], infos=by["info"]
        ),
        file=sys.stderr,
    )


def batch_summary(summary: Summary, ui: str) -> None:
    """What a batch did, on standard error."""
    say = messages()
    rate = summary.size / 1e6 / summary.seconds if summary.seconds else 0.0
    print(
        say["batch_files"].said(ui, done=summary.done, failed=summary.failed, skipped=summary.skipped), file=sys.stderr
    )
    print(
        say["batch_found"].said(
            ui, paragraphs=summary.paragraphs, records=summary.records, megabytes=summary.size / 1e6,
            seconds=summary.seconds, rate=rate,
        ),
        file=sys.stderr,
    )  # fmt: skip
    if summary.codes:
        codes = ", ".join(f"{code} {count}" for code, count in sorted(summary.codes.items()))
        print(say["batch_codes"].said(ui, codes=codes), file=sys.stderr)


class Progress:
    """A bar with rate and time left on a terminal; nothing where standard error is none."""

    def __init__(self, ui: str) -> None:
        self._bar: RichProgress | None = None
        self._label = messages()["batch_progress"].said(ui)

    def __enter__(self) -> "Progress":
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as RichProgress

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TaskProgressColumn(show_speed=True),
            )
            self._bar = RichProgress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._label, total=None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def seen(self, total: int) -> None:
        """One more of so many is done."""
        if self._bar is not None:
            self._bar.update(self._task, advance=1, total=total)
