"""The options of the command line: typer reads them, the verbs do the work. Help is said in the language of messages."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer.exceptions import TyperException

from confparse import __version__
from confparse.cli.commands import complain, language
from confparse.cli.help import DefaultToParse, Verb, Verbs, asked_ui, helped, told
from confparse.cli.settings import FailOn, Settings, Ui, find_settings
from confparse.diagnostics import GrammarError, InputError
from confparse.text.types import Script, Spacing

app = typer.Typer(
    cls=DefaultToParse, no_args_is_help=True, pretty_exceptions_enable=False, help=helped("app"),
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
grammar_app = typer.Typer(cls=Verbs, no_args_is_help=True, help=helped("grammar"))
app.add_typer(grammar_app, name="grammar")

GrammarName = Annotated[str | None, typer.Option("-g", "--grammar", help=helped("grammar_name"), show_default=False)]
GrammarArgument = Annotated[str, typer.Argument(help=helped("grammar_name"))]
Encoding = Annotated[str | None, typer.Option("--encoding", help=helped("encoding"), show_default=False)]
UiOption = Annotated[Ui | None, typer.Option("--ui", help=helped("ui"), show_default=False)]


def _settings() -> Settings:
    return find_settings(Path.cwd())


def _ui(chosen: Ui | None, settings: Settings) -> str:
    return language(chosen or settings.ui)


def _codes(given: str | None, default: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip() for code in given.split(",")) if given is not None else default


def _version(asked: bool) -> None:
    if asked:
        print(f"confparse {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=helped("version"))
    ] = False,
) -> None:
    pass


@app.command(cls=Verb, help=helped("parse"))
def parse(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=helped("files"))],
    format: Annotated[Literal["yaml", "json", "jsonl"], typer.Option("-f", "--format", help=helped("format"))] = "yaml",
    output: Annotated[Path | None, typer.Option("-o", "--output", help=helped("output"), show_default=False)] = None,
    grammar: GrammarName = None,
    encoding: Encoding = None,
    script: Annotated[Script | None, typer.Option("--script", help=helped("script"), show_default="keep")] = None,
    spacing: Annotated[Spacing | None, typer.Option("--spacing", help=helped("spacing"), show_default="tight")] = None,
    ui: UiOption = None,
) -> None:
    from confparse.cli import commands as verbs

    settings = _settings()
    said = _ui(ui, settings)
    raise typer.Exit(verbs.parse(files, settings, format, output, grammar, encoding, script, spacing, said))


@app.command(cls=Verb, help=helped("batch"))
def batch(
    output: Annotated[Path, typer.Option("-o", "--output", help=helped("batch_output"))],
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH...", help=helped("paths"))] = None,
    files_from: Annotated[
        str | None, typer.Option("--files-from", metavar="FILE", help=helped("files_from"), show_default=False)
    ] = None,
    format: Annotated[
        Literal["json", "yaml", "jsonl"], typer.Option("-f", "--format", help=helped("batch_format"))
    ] = "json",
    jobs: Annotated[int | None, typer.Option("-j", "--jobs", min=1, help=helped("jobs"), show_default=False)] = None,
    resume: Annotated[bool, typer.Option("--resume", help=helped("resume"))] = False,
    grammar: GrammarName = None,
    encoding: Encoding = None,
    ui: UiOption = None,
) -> None:
    from confparse.cli import commands as verbs

    if not paths and files_from is None:
        raise InputError("usage_nothing")
    settings = _settings()
    name, said = grammar or settings.grammar, _ui(ui, settings)
    raise typer.Exit(verbs.batch(paths or [], files_from, output, format, name, encoding, jobs, resume, settings, said))


@app.command(cls=Verb, help=helped("check"))
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=helped("check_files"))],
    format: Annotated[
        Literal["text", "json", "sarif", "github", "junit"], typer.Option("-f", "--format", help=helped("check_format"))
    ] = "text",
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help=helped("fail_on"), show_default="error")] = None,
    select: Annotated[
        str | None, typer.Option("--select", metavar="CODES", help=helped("select"), show_default=False)
    ] = None,
    ignore: Annotated[
        str | None, typer.Option("--ignore", metavar="CODES", help=helped("ignore"), show_default=False)
    ] = None,
    grammar: GrammarName = None,
    encoding: Encoding = None,
    ui: UiOption = None,
) -> None:
    from confparse.cli import commands as verbs

    settings = _settings()
    raise typer.Exit(
        verbs.check(
            files, format, fail_on or settings.fail_on, _codes(select, settings.select),
            _codes(ignore, settings.ignore), grammar or settings.grammar, encoding or settings.encoding,
            _ui(ui, settings),
        )
    )  # fmt: skip


@app.command(cls=Verb, help=helped("explain"))
def explain(
    what: Annotated[str, typer.Argument(metavar="FILE[:LINE]|CODE|RULE", help=helped("what"))],
    grammar: GrammarName = None,
    encoding: Encoding = None,
    ui: UiOption = None,
) -> None:
    from confparse.cli import commands as verbs

    settings = _settings()
    said = _ui(ui, settings)
    verbs.explain(what, grammar or settings.grammar, encoding or settings.encoding, said)


@grammar_app.command("list", cls=Verb, help=helped("grammar_list"))
def grammar_list(ui: UiOption = None) -> None:
    from confparse.rules.load import load_grammar, shipped

    for name in shipped():
        grammar = load_grammar(name)
        print(f"{name}\t{grammar.version}\t{len(grammar.rules)}")


@grammar_app.command("show", cls=Verb, help=helped("grammar_show"))
def grammar_show(name: GrammarArgument, ui: UiOption = None) -> None:
    from confparse.rules.load import load_grammar

    for rule in load_grammar(name).rules.values():
        print(f"{rule.id}\t{type(rule).__struct_config__.tag}\t{' '.join(rule.why.split())}")


@grammar_app.command("test", cls=Verb, help=helped("grammar_test"))
def grammar_test(path: GrammarArgument, ui: UiOption = None) -> None:
    from confparse.cli import commands as verbs

    raise typer.Exit(verbs.test_grammar(path, _ui(ui, _settings())))


@app.command(cls=Verb, help=helped("schema"))
def schema(
    what: Annotated[Literal["report", "grammar"], typer.Argument(help=helped("schema_what"))] = "report",
    ui: UiOption = None,
) -> None:
    import msgspec

    from confparse.formats.record import report_schema
    from confparse.rules.load import grammar_schema

    value = report_schema() if what == "report" else grammar_schema()
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def run() -> int:
    """Read the command line and do what it says. The exit code: 2 where that cannot be, which is told in one sentence."""
    try:
        return app(standalone_mode=False) or 0
    except (TyperException, InputError, GrammarError) as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # the help was printed
            return 2
        ui = language(asked_ui() or _settings().ui)
        complain(told(error, sys.argv[1:], ui) if isinstance(error, TyperException) else error, ui)
        return 2
