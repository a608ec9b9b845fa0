"""What people see: explanations, pages of codes and rules. Colour and tables on a terminal, plain lines in a pipe."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from confparse.diagnostics import catalogue, messages
from confparse.explain import Explained
from confparse.rules.base import Pattern
from confparse.rules.grammar import Grammar
from confparse.rules.structure import Boundary

if TYPE_CHECKING:
    from rich.console import Console

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
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


def lines(explained: Iterable[Explained]) -> None:
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


def one_line(explained: list[Explained], number: int, grammar: Grammar, ui: str) -> None:
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
