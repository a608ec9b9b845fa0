"""What the verbs of the command line do: each one call, its output on standard output, its exit code returned."""

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from confparse import VERBS
from confparse.cli.output import complain, data, note
from confparse.diagnostics import InputError, messages
from confparse.discovery import Selection, inputs
from confparse.files import read_input, same_file, shown_path, write_output
from confparse.formats.endings import Format
from confparse.rules.load import load_grammar
from confparse.text.types import Script, Source, Spacing

STDOUT = ("-", "/dev/stdout")  # renaming a file over the one that a shell has open would lose what it holds


class ParseOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How inputs are read: grammar, encoding, output script and spacing, the name of standard input, the language of
    messages."""

    grammar: str = "un-report"
    encoding: str | None = None
    script: Script = "keep"
    spacing: Spacing = "tight"
    stdin_name: str | None = None
    ui: str = "en"


def read_source(name: str, how: ParseOptions) -> Source:
    """One input, decoded. Raises InputError."""
    from confparse.sources.read import read

    if not name:
        raise InputError("empty_name")
    shown = (how.stdin_name or "-") if name == "-" else shown_path(Path(name))
    return read(read_input(Path(name)), shown, how.encoding)


def parse(
    files: Sequence[str],
    how: ParseOptions,
    format: Format = "yaml",
    output: Path | None = None,
    records: str = "statements",
    anchors: bool = False,
) -> int:
    """Parse files one after the other; what cannot be read is reported and left out. 0, or 2 if something was left
    out.
    """
    from confparse.formats.outline_places import pages_of
    from confparse.formats.record import parts
    from confparse.pipeline import parse_source

    rules = load_grammar(how.grammar)
    for name in files:
        if output is not None and same_file(Path(name), output):
            raise InputError("output_is_input", name=name)
    if verb := _verb_meant(files[0]):  # the other files are for that verb
        raise InputError("no_file_but_verb", name=files[0], verb=verb)
    code, count, outputs = 0, 0, list[Iterator[bytes]]()
    for name in files:
        try:
            source = read_source(name, how)
        except InputError as error:
            complain(error, how.ui)
            code = 2
            continue
        report = parse_source(source, rules, how.script, how.spacing).report
        paged = anchors or format == "csv"
        pages = pages_of(source.text) if paged else None
        pieces = parts(report, format, records, head=count == 0, anchors=anchors, pages=pages)
        count += 1
        if output is None or str(output) in STDOUT:
            data(pieces)
        else:
            outputs.append(pieces)
    if outputs and output is not None:
        write_output(output, chain.from_iterable(outputs))
    rules.store.save()
    return code


def _verb_meant(name: str) -> str | None:
    """The verb that a first argument may have been meant for: one that was misspelt, or that follows options."""
    from difflib import get_close_matches

    near = get_close_matches(name, VERBS, n=1)
    return near[0] if near and not os.path.lexists(name) else None


class CheckRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be checked, and how that is printed."""

    files: Sequence[str]
    selection: Selection
    format: str
    fail_on: str
    select: Sequence[str]
    ignore: Sequence[str]
    statistics: bool
    quiet: bool
    verbose: bool


def check(request: CheckRequest, how: ParseOptions) -> int:
    """Print diagnostics. 2 if a file cannot be read, 1 if one is as bad as `fail_on`."""
    from confparse.checks import LEAST, check_inputs, worst
    from confparse.cli import check_text
    from confparse.formats.reporters import report

    rules, text = load_grammar(how.grammar), request.format == "text"
    language = how.ui if text else "en"
    all_inputs = inputs(request.files, request.selection)
    every = []
    for one in check_inputs(all_inputs, rules, how.encoding, request.select, request.ignore, language, how.stdin_name):
        every.append(msgspec.structs.replace(one, source=None) if text else one)  # the text is not needed any more
        check_text.unread(one, how.ui)
        if request.verbose and one.error is None:
            note(messages()["check_file"].said(how.ui, name=one.name, count=len(one.diagnostics)))
        if text and not request.statistics:
            check_text.checked(one, how.ui)
    if request.statistics and text:
        check_text.statistics(every, how.ui)
    if text and not request.quiet:
        check_text.checked_summary(every, how.ui)
    elif not text:
        data(_encoded(report(every, request.format, request.fail_on)))
    rules.store.save()
    if any(one.error is not None for one in every):
        return 2
    return 1 if worst(every) >= LEAST[request.fail_on] else 0


def _encoded(text: str) -> Iterator[bytes]:
    sys.stdout.flush()
    yield text.encode("utf-8", "replace")
