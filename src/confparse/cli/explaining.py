"""`confparse explain`: finds out what is asked for, and shows its page."""

import os
import re
from difflib import get_close_matches

import msgspec

from confparse.cli import explain_screens as screens
from confparse.cli import pages
from confparse.cli.commands import ParseOptions, read_source
from confparse.diagnostics import InputError, catalogue
from confparse.explanations import LineExplanation, explain_lines, find_record, records_at
from confparse.kind_reference import kinds
from confparse.model import Report
from confparse.pipeline import parse_with_decisions
from confparse.rules.alphabet import CLASSES
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar

_PLACE = re.compile(r"^(?P<file>.+):(?P<first>\d+)(?:-(?P<last>\d+))?$")


def explain(what: str, eid: str | None, how: ParseOptions) -> None:
    """Print the page of a name, or what a file, some of its lines or one of its records became. Raises InputError."""
    rules = load_grammar(how.grammar)
    if what != "-" and not os.path.exists(what) and not _PLACE.match(what):
        _name(what, rules, how.ui)
    else:
        _file(what, eid, rules, how)
    rules.store.save()


def list_all(how: ParseOptions) -> None:
    """Every name that `explain` knows: codes, rules, kinds of rules, classes of mentions."""
    pages.names(load_grammar(how.grammar), how.ui)


def _name(what: str, rules: Grammar, ui: str) -> None:
    """The page of a rule, a code by its number or its name, a kind of rules, a class of mentions; of a rule and a kind
    if both have the name.
    """
    codes = {entry.name: code for code, entry in catalogue().items()}
    if what in rules.rules:
        pages.rule_page(what, rules, ui)
        if what in kinds():
            pages.kind_page(what, rules, ui)
    elif what.upper() in catalogue() or what in codes:
        pages.code_page(codes.get(what, what.upper()), ui)
    elif what in kinds():
        pages.kind_page(what, rules, ui)
    elif what in CLASSES:
        pages.class_page(what, rules, ui)
    elif "/" in what or what.endswith(".txt"):
        raise InputError("no_file", name=what)
    else:
        near = get_close_matches(what, [*rules.rules, *catalogue(), *codes, *kinds(), *CLASSES], n=1)
        raise InputError("no_rule_near" if near else "no_rule", name=what, near=near[0] if near else "")


class _Explained(msgspec.Struct, frozen=True):
    name: str
    report: Report
    lines: list[LineExplanation]


def _parsed(name: str, rules: Grammar, how: ParseOptions) -> _Explained:
    parsed, flow = parse_with_decisions(read_source(name, how), rules)
    return _Explained(name, parsed.report, explain_lines(parsed.report, flow))


def _file(what: str, eid: str | None, rules: Grammar, how: ParseOptions) -> None:
    place = None if os.path.exists(what) else _PLACE.match(what)
    if place is None:
        explained = _parsed(what, rules, how)
        if eid is None:
            screens.lines(explained.lines, how.ui)
        else:
            _record(explained, eid, rules, how.ui)
        return
    explained = _parsed(place["file"], rules, how)
    first, last = int(place["first"]), int(place["last"] or place["first"])
    if not 1 <= first <= explained.report.source.lines:
        raise InputError("no_line", name=explained.name, count=explained.report.source.lines, line=first)
    if last < first:
        raise InputError("range_backwards", name=explained.name, first=first, last=last)
    if place["last"] is not None:
        screens.lines([e for e in explained.lines if first <= e.line <= last], how.ui)
        return
    spans = [e.span for e in explained.lines if e.line == first]
    records = [record for span in spans for record in records_at(explained.report, span)]
    screens.one_line(explained.lines, first, records, rules, how.ui)


def _record(explained: _Explained, eid: str, rules: Grammar, ui: str) -> None:
    record = find_record(explained.report, eid)
    if record is None:
        ids = [node.eid for node in explained.report.walk()]
        near = get_close_matches(eid, ids, n=1)
        raise InputError(
            "no_eid_near" if near else "no_eid", name=explained.name, eid=eid, near=near[0] if near else ""
        )
    screens.record_page(record, explained.report, explained.lines, rules, ui)
