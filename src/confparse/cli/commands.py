"""What the verbs of the command line do: each one call, its output on standard output, its exit code returned."""

import contextlib
import os
import re
import signal
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from confparse import VERBS
from confparse.cli.settings import Settings
from confparse.diagnostics import GrammarError, InputError, catalogue, messages
from confparse.files import read_input, same_file, shown_name, write_whole
from confparse.formats.record import Format, parts
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar
from confparse.text.types import Script, Spacing

_STDOUT = ("-", "/dev/stdout")  # renaming a file over the one that a shell has open would lose what it holds
_LINE = re.compile(r"^(?P<file>.+):(?P<line>\d+)$")


def language(chosen: str | None) -> str:
    """The language of messages: as chosen, else by the locale of the environment."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return chosen or ("zh" if locale.startswith("zh") else "en")


def complain(error: InputError | GrammarError | str, ui: str) -> None:
    """One line on standard error, without characters that a terminal would obey."""
    text = error if isinstance(error, str) else error.said(ui)
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text)
    with contextlib.suppress(OSError):  # where nobody can be told, the exit code still tells
        print(f"confparse: {shown}", file=sys.stderr)


def parse(
    files: Sequence[str], settings: Settings, format: Format = "yaml", output: Path | None = None,
    grammar: str | None = None, encoding: str | None = None, script: Script | None = None, spacing: Spacing | None = None,
    ui: str = "en",
) -> int:  # fmt: skip
    """Parse files one after the other; what cannot be read is told and left out. 0, or 2 where something was left out."""
    from confparse.pipeline import parse_source
    from confparse.text.decode import decode

    rules = load_grammar(grammar or settings.grammar)
    for name in files:
        if output is not None and same_file(Path(name), output):
            raise InputError("output_is_input", name=name)
    code, kept = 0, []
    for name in files:
        try:
            source = decode(read_input(Path(name)), shown_name(Path(name)), encoding or settings.encoding)
        except InputError as error:
            complain(_with_verb(error, name), ui)
            code = 2
            continue
        report = parse_source(source, rules, script or settings.script, spacing or settings.spacing).report
        if output is None or str(output) in _STDOUT:
            sys.stdout.buffer.writelines(parts(report, format))
            sys.stdout.buffer.flush()
        else:
            kept.append(parts(report, format))
    if kept and output is not None:
        write_whole(output, chain.from_iterable(kept))
    rules.store.save()
    return code


def _with_verb(error: InputError, name: str) -> InputError:
    """A file that is not there may be a verb that was misspelt."""
    from difflib import get_close_matches

    near = get_close_matches(name, VERBS, n=1)
    return InputError("no_file_but_verb", name=name, verb=near[0]) if error.key == "no_file" and near else error


def batch(
    paths: Sequence[str], files_from: str | None, output: Path, format: Format, grammar: str, encoding: str | None,
    jobs: int | None, resume: bool, settings: Settings, ui: str,
) -> int:  # fmt: skip
    """Parse many files. 1 where one failed."""
    from confparse.batch.plan import Options, Outcome
    from confparse.batch.run import run_batch
    from confparse.cli.console import Progress, batch_summary

    rules = load_grammar(grammar)
    named = [*paths, *(_names(files_from) if files_from else ())]
    options = Options(
        grammar=grammar, format=format, encoding=encoding or settings.encoding, script=settings.script,
        spacing=settings.spacing,
    )  # fmt: skip
    processes = jobs or settings.jobs or _cores()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a batch that is told to end leaves whole files too
    with Progress(ui) as progress:

        def seen(outcome: Outcome, total: int) -> None:
            progress.seen(total)
            if outcome.error is not None:
                complain(outcome.error, ui)

        try:
            summary = run_batch(named, output, options, rules, processes, resume, seen)
        except KeyboardInterrupt:
            for number in (signal.SIGINT, signal.SIGTERM):  # once is enough
                signal.signal(number, signal.SIG_IGN)
            complain(messages()["interrupted"].said(ui), ui)
            return 130
    if not summary.done + summary.failed + summary.skipped:
        complain(messages()["nothing"].said(ui, name=named[0] if named else "-"), ui)
    batch_summary(summary, ui)
    rules.store.save()
    return 1 if summary.failed else 0


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _names(files_from: str) -> list[str]:
    """Names of inputs, one a line."""
    return [name for name in os.fsdecode(read_input(Path(files_from))).replace("\r\n", "\n").split("\n") if name]


def check(
    files: Sequence[str], format: str, fail_on: str, select: Sequence[str], ignore: Sequence[str], grammar: str,
    encoding: str | None, ui: str,
) -> int:  # fmt: skip
    """Print diagnostics. 2 where a file cannot be read, 1 where one is as bad as `fail_on`."""
    from confparse.check import RANK, check, worst
    from confparse.cli import console as render
    from confparse.formats import reporters as annotations

    rules = load_grammar(grammar)
    every = []
    for found in check(files, rules, encoding, select, ignore, ui if format == "text" else "en"):
        every.append(found)
        if found.error is not None:
            complain(found.error, ui)
        elif format == "text":
            render.checked(found, ui)
    if format == "text":
        render.checked_summary(every, ui)
    else:
        sys.stdout.write(getattr(annotations, format)(every))
    rules.store.save()
    if any(found.error is not None for found in every):
        return 2
    return 1 if fail_on != "never" and worst(every) >= RANK[fail_on] else 0  # type: ignore[index]


def explain(what: str, grammar: str, encoding: str | None, ui: str) -> None:
    """Print the page of a rule or a code, or what each line of a file became. Raises InputError."""
    from confparse.cli import console as render

    rules = load_grammar(grammar)
    if not Path(what).exists() and what in rules.rules:
        render.rule_page(what, rules, ui)
    elif not Path(what).exists() and what.upper() in catalogue():
        render.code_page(what.upper(), ui)
    else:
        _explain_file(what, rules, encoding, ui)
    rules.store.save()


def _explain_file(what: str, rules: Grammar, encoding: str | None, ui: str) -> None:
    from confparse.cli import console as render
    from confparse.explain import explain as explain_parse
    from confparse.pipeline import parse_with_decisions
    from confparse.text.decode import decode

    place = _LINE.match(what)
    name, line = (place["file"], int(place["line"])) if place and not Path(what).exists() else (what, None)
    if name != "-" and not Path(name).exists() and "/" not in name:
        raise InputError("no_rule", name=name, grammar=rules.name)
    source = decode(read_input(Path(name)), shown_name(Path(name)), encoding)
    parsed, flow = parse_with_decisions(source, rules)
    explained, count = explain_parse(parsed.report, flow), parsed.report.source.lines
    if line is None:
        render.lines(explained)
    elif not 1 <= line <= count:
        raise InputError("no_line", name=name, count=count, line=line)
    else:
        render.one_line(explained, line, rules, ui)


def test_grammar(path: str, ui: str) -> int:
    """Try every example of a grammar. 2 where one does not hold. Raises GrammarError for a wrong one."""
    from confparse.rules.selftest import failures

    grammar, say = load_grammar(path), messages()
    wrong = failures(grammar)
    for failure in wrong:
        complain(
            say["failed_example"].said(
                ui, place=failure.place, rule=failure.rule, text=failure.text, expected=failure.expected
            ),
            ui,
        )
    if not wrong:
        examples = sum(len(rule.examples) for rule in grammar.rules.values())
        print(say["tested"].said(ui, name=grammar.name, rules=len(grammar.rules), examples=examples))
    return 2 if wrong else 0
