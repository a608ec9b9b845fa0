"""The command line: thin verbs, each one call of the API and an exit code."""

import os
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from confparse import __version__
from confparse.diagnostics import GrammarError, InputError, catalogue, messages

_OWN_OPTIONS = {"--help", "-h", "--version", "--install-completion", "--show-completion"}
_LINE = re.compile(r"^(?P<file>.+):(?P<line>\d+)$")


class DefaultToParse(TyperGroup):
    """`confparse FILE` is `confparse parse FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in _OWN_OPTIONS:
            args = ["parse", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=DefaultToParse, no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn raw text dumps of conference reports, Chinese and English, into validated records.",
)  # fmt: skip
grammar_app = typer.Typer(no_args_is_help=True, help="List, show and test grammars.")
app.add_typer(grammar_app, name="grammar")

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Text dumps; - is standard input.")]
GrammarName = Annotated[str, typer.Option("-g", "--grammar", help="A shipped grammar, a folder, or a YAML file.")]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help="Read the input in this encoding, whatever it looks like.")
]
Ui = Annotated[
    Literal["en", "zh"] | None, typer.Option("--ui", help="Language of messages; LANG decides where it is not given.")
]


def _ui(chosen: str | None) -> str:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return chosen or ("zh" if locale.startswith("zh") else "en")


def _fail(message: str) -> None:
    from confparse.render import visible

    print(f"confparse: {visible(message)}", file=sys.stderr)


def _version(asked: bool) -> None:
    if asked:
        print(f"confparse {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def parse(
    files: Files,
    format: Annotated[Literal["yaml", "json", "jsonl"], typer.Option("-f", "--format", help="Output format.")] = "yaml",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file, whole or not at all.")
    ] = None,
    grammar: GrammarName = "un-report",
    encoding: Encoding = None,
    script: Annotated[
        Literal["keep", "hans", "hant"], typer.Option("--script", help="Chinese script of the output.")
    ] = "keep",
    spacing: Annotated[
        Literal["tight", "keep"],
        typer.Option("--spacing", help="Blanks beside Han characters: none, or as they stand."),
    ] = "tight",
) -> None:
    """Parse dumps and print their records.

    Examples: confparse report.txt · confparse -f json zh.txt en.txt · pdftotext a.pdf - | confparse - -o a.yaml
    """
    from confparse.emit import dumps
    from confparse.files import read_input, shown_name, write_whole
    from confparse.pipeline import parse_source
    from confparse.rules.load import load_grammar
    from confparse.stages.decode import decode

    rules, failed, out = load_grammar(grammar), False, []
    for name in files:
        try:
            source = decode(read_input(Path(name)), shown_name(Path(name)), encoding)
        except InputError as error:
            _fail(str(error))
            failed = True
            continue
        text = dumps(parse_source(source, rules, script, spacing).report, format)
        if output is None or str(output) == "-":
            sys.stdout.buffer.write(text.encode("utf-8"))
            sys.stdout.buffer.flush()
        else:
            out.append(text)
    if out and output is not None:
        write_whole(output, "".join(out).encode("utf-8"))
    rules.store.save()
    if failed:
        raise typer.Exit(2)


@app.command()
def batch(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder for the records; the folders of the inputs are kept.")
    ],
    format: Annotated[Literal["yaml", "json"], typer.Option("-f", "--format", help="Output format.")] = "json",
    grammar: GrammarName = "un-report",
    encoding: Encoding = None,
    ui: Ui = None,
) -> None:
    """Parse many files, one record each. A file that fails does not stop the rest; then the exit code is 1.

    Example: confparse batch dumps/ -o records/ -f json
    """
    from confparse.batch import jobs, run
    from confparse.rules.load import load_grammar

    rules, say = load_grammar(grammar), messages()
    work = jobs(paths, output, format)
    if not work:
        _fail(say["nothing"].said(_ui(ui), name=paths[0]))
    outcomes = list(run(work, rules, format, encoding))
    errors = [outcome.error for outcome in outcomes if outcome.error]
    for error in errors:
        _fail(error)
    print(say["summary"].said(_ui(ui), done=len(outcomes) - len(errors), failed=len(errors)), file=sys.stderr)
    if errors:
        raise typer.Exit(1)


@app.command()
def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FILE[:LINE]|CODE|RULE", help="A dump, one line of it, a code such as O002, or a rule id."
        ),
    ],
    grammar: GrammarName = "un-report",
    encoding: Encoding = None,
    ui: Ui = None,
) -> None:
    """Show what each line became and why, or the page of a code or a rule.

    Examples: confparse explain report.txt · confparse explain report.txt:17 · confparse explain label.arabic
    """
    from confparse import render
    from confparse.rules.load import load_grammar

    rules = load_grammar(grammar)
    if not Path(what).exists() and what in rules.rules:
        render.rule_page(what, rules, _ui(ui))
    elif not Path(what).exists() and what.upper() in catalogue():
        render.code_page(what.upper(), _ui(ui))
    else:
        _explain_file(what, rules, encoding, _ui(ui))


def _explain_file(what: str, rules: Any, encoding: str | None, ui: str) -> None:
    from confparse import render
    from confparse.explain import explain as explain_parse
    from confparse.files import read_input, shown_name
    from confparse.pipeline import parse_source
    from confparse.stages.decode import decode

    place = _LINE.match(what)
    name, line = (place["file"], int(place["line"])) if place and not Path(what).exists() else (what, None)
    if name != "-" and not Path(name).exists() and "/" not in name:
        raise InputError(messages()["no_rule"].said(ui, name=name, grammar=rules.name))
    parsed = parse_source(decode(read_input(Path(name)), shown_name(Path(name)), encoding), rules)
    explained = explain_parse(parsed)
    count = parsed.report.source.lines
    if line is None:
        render.lines(explained)
    elif not 1 <= line <= count:
        raise InputError(messages()["no_line"].said(ui, name=name, count=count, line=line))
    else:
        render.one_line(explained, line, rules, ui)


@grammar_app.command("list")
def grammar_list() -> None:
    """Name the grammars that come with confparse."""
    from confparse.rules.load import load_grammar, shipped

    for name in shipped():
        grammar = load_grammar(name)
        print(f"{name}\t{grammar.version}\t{len(grammar.rules)}")


@grammar_app.command("show")
def grammar_show(name: Annotated[str, typer.Argument(help="A shipped grammar, a folder, or a YAML file.")]) -> None:
    """Print every rule in the order in which it is tried: id, kind, reason."""
    from confparse.rules.load import load_grammar

    for rule in load_grammar(name).rules.values():
        print(f"{rule.id}\t{type(rule).__struct_config__.tag}\t{' '.join(rule.why.split())}")


@grammar_app.command("test")
def grammar_test(
    path: Annotated[str, typer.Argument(help="A shipped grammar, a folder, or a YAML file.")], ui: Ui = None
) -> None:
    """Check a grammar: its form, its patterns, and every example both ways. A wrong grammar exits with 2."""
    from confparse.rules.load import load_grammar
    from confparse.rules.selftest import failures

    grammar, say = load_grammar(path), messages()
    wrong = failures(grammar)
    for failure in wrong:
        _fail(
            say["failed_example"].said(
                _ui(ui), place=failure.place, rule=failure.rule, text=failure.text, expected=failure.expected
            )
        )
    if wrong:
        raise typer.Exit(2)
    examples = sum(len(rule.examples) for rule in grammar.rules.values())
    print(say["tested"].said(_ui(ui), name=grammar.name, rules=len(grammar.rules), examples=examples))


@app.command()
def schema(what: Annotated[Literal["report", "grammar"], typer.Argument(help="Which schema.")] = "report") -> None:
    """Print the JSON Schema 2020-12 of records or of grammar files."""
    import msgspec

    from confparse.emit import report_schema
    from confparse.rules.load import grammar_schema

    value = report_schema() if what == "report" else grammar_schema()
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def main() -> None:
    """Run the command line; errors that people can mend are one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    try:
        app()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (InputError, GrammarError) as error:
        _fail(error.said(_ui(None)) if isinstance(error, GrammarError) else str(error))
        sys.exit(2)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _fail(f"standard output cannot be written: {error.strerror or error}.")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
