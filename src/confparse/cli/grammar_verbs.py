"""What the verbs of `confparse grammar` do."""

import re
from pathlib import Path

from confparse.cli.output import complain, entry, line, row
from confparse.diagnostics import InputError, messages
from confparse.files import write_output
from confparse.reasons import reason
from confparse.resources import grammars
from confparse.rules.load import load_grammar, shipped

_NAME = re.compile(r"[A-Za-z][\w-]*")
_TEMPLATES = {"en": "template.en.yaml", "zh": "template.zh.yaml"}
_SCHEMA_COMMENT = "# yaml-language-server: $schema="


def list_shipped(ui: str) -> None:
    """The grammars that come with confparse: name, version, number of rules."""
    for name in shipped():
        grammar = load_grammar(name)
        row((name, grammar.version, messages()["rules_count"].said(ui, count=len(grammar.rules))))


def show(name: str, ui: str) -> None:
    """Every rule in the order in which it is tried: id, kind, reason."""
    for rule in load_grammar(name).rules.values():
        entry(rule.id, str(type(rule).__struct_config__.tag), reason(rule, ui))


def test(path: str, ui: str) -> int:
    """Try every example of a grammar, and list the alternatives that none of them reaches. 2 if an example does not
    hold.

    Raises GrammarError for a wrong grammar.
    """
    from confparse.mentions.selftest import failures, unreached

    grammar, say = load_grammar(path), messages()
    wrong = failures(grammar)
    for failure in wrong:
        blanks = {
            "place": failure.place,
            "rule": failure.rule,
            "text": failure.text,
            "expected": failure.expected.said(ui),
            "read": failure.read,
        }
        complain(say["failed_example" if failure.read is None else "failed_example_read"].said(ui, **blanks), ui)
    for gap in unreached(grammar):
        blanks = {"place": gap.place, "rule": gap.rule, "language": gap.language, "alternative": gap.alternative}
        complain(say["unreached"].said(ui, **blanks), ui)
    if not wrong:
        examples = sum(len(rule.examples) for rule in grammar.rules.values())
        line(say["tested"].said(ui, name=grammar.name, rules=len(grammar.rules), examples=examples))
    return 2 if wrong else 0


def new(name: str, output: Path | None, ui: str) -> None:
    """Write a starting grammar with comments in the language of messages, one that passes its test. Raises InputError
    if there is a file already.
    """
    from confparse.formats.schemas import BASE, FILES

    if not _NAME.fullmatch(name):
        raise InputError("bad_grammar_name", name=name)
    file = output or Path(f"{name}.yaml")
    if file.exists():
        raise InputError("exists_already", name=file)
    text = (grammars() / _TEMPLATES[ui]).read_text(encoding="utf-8").replace("NAME", name)
    write_output(file, [f"{_SCHEMA_COMMENT}{BASE}{FILES['grammar']}\n{text}".encode()])
    line(messages()["grammar_made"].said(ui, name=file))
