"""The options of the command line: typer reads them, the verbs do the work. Help is said in the language of messages."""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from confparse import VERBS, __version__
from confparse.diagnostics import messages
from confparse.settings import FailOn, Settings, Ui, find_settings
from confparse.text import Script, Spacing
from confparse.verbs import language

_OWN_OPTIONS = {"--help", "-h", "--version", "--install-completion", "--show-completion"}


def _asked_ui() -> str | None:
    """The language that `--ui` names: help must know it before options are read."""
    given = [after for option, after in zip(sys.argv, sys.argv[1:], strict=False) if option == "--ui"]
    given += [argument.partition("=")[2] for argument in sys.argv if argument.startswith("--ui=")]
    return given[-1] if given and given[-1] in ("en", "zh") else None


def _help(key: str) -> str:
    return messages()[f"help_{key}"].said(language(_asked_ui()))


class Said:
    """What the framework adds to help is said in the language of messages too."""

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if param.name in ("help", "install_completion", "show_completion"):
                param.help = _help(f"own_{param.name}")
        return params

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils

        for panel in ("arguments", "options", "commands"):
            setattr(rich_utils, f"{panel.upper()}_PANEL_TITLE", _help(f"title_{panel}"))
        rich_utils.REQUIRED_LONG_STRING = f"[{_help('required')}]"
        rich_utils.DEFAULT_STRING = f"[{_help('default')}: {{}}]"
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Verb(Said, TyperCommand):
    pass


class Verbs(Said, TyperGroup):
    pass


class DefaultToParse(Verbs):
    """`confparse FILE` is `confparse parse FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in VERBS and args[0] not in _OWN_OPTIONS:
            args = ["parse", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=DefaultToParse, no_args_is_help=True, pretty_exceptions_enable=False, help=_help("app"),
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
grammar_app = typer.Typer(cls=Verbs, no_args_is_help=True, help=_help("grammar"))
app.add_typer(grammar_app, name="grammar")

GrammarName = Annotated[str | None, typer.Option("-g", "--grammar", help=_help("grammar_name"), show_default=False)]
GrammarArgument = Annotated[str, typer.Argument(help=_help("grammar_name"))]
Encoding = Annotated[str | None, typer.Option("--encoding", help=_help("encoding"), show_default=False)]
UiOption = Annotated[Ui | None, typer.Option("--ui", help=_help("ui"), show_default=False)]


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
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_help("version"))
    ] = False,
) -> None:
    pass


@app.command(cls=Verb, help=_help("parse"))
def parse(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=_help("files"))],
    format: Annotated[Literal["yaml", "json", "jsonl"], typer.Option("-f", "--format", help=_help("format"))] = "yaml",
    output: Annotated[Path | None, typer.Option("-o", "--output", help=_help("output"), show_default=False)] = None,
    grammar: GrammarName = None,
    encoding: Encoding = None,
    script: Annotated[Script | None, typer.Option("--script", help=_help("script"), show_default="keep")] = None,
    spacing: Annotated[Spacing | None, typer.Option("--spacing", help=_help("spacing"), show_default="tight")] = None,
    ui: UiOption = None,
) -> None:
    from confparse import verbs

    settings = _settings()
    said = _ui(ui, settings)
    raise typer.Exit(verbs.parse(files, settings, format, output, grammar, encoding, script, spacing, said))


@app.command(cls=Verb, help=_help("batch"))
def batch(
    output: Annotated[Path, typer.Option("-o", "--output", help=_help("batch_output"))],
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH...", help=_help("paths"))] = None,
    files_from: Annotated[
        str | None, typer.Option("--files-from", metavar="FILE", help=_help("files_from"), show_default=False)
    ] = None,
    format: Annotated[
        Literal["json", "yaml", "jsonl"], typer.Option("-f", "--format", help=_help("batch_format"))
    ] = "json",
    jobs: Annotated[int | None, typer.Option("-j", "--jobs", min=1, help=_help("jobs"), show_default=False)] = None,
    resume: Annotated[bool, typer.Option("--resume", help=_help("resume"))] = False,
    grammar: GrammarName = None,
    encoding: Encoding = None,
    ui: UiOption = None,
) -> None:
    from confparse import verbs

    if not paths and files_from is None:
        raise typer.BadParameter("PATH... / --files-from", param_hint="PATH...")
    settings = _settings()
    name, said = grammar or settings.grammar, _ui(ui, settings)
    raise typer.Exit(verbs.batch(paths or [], files_from, output, format, name, encoding, jobs, resume, settings, said))


@app.command(cls=Verb, help=_help("check"))
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=_help("check_files"))],
    format: Annotated[
        Literal["text", "json", "sarif", "github", "junit"], typer.Option("-f", "--format", help=_help("check_format"))
    ] = "text",
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help=_help("fail_on"), show_default="error")] = None,
    select: Annotated[
        str | None, typer.Option("--select", metavar="CODES", help=_help("select"), show_default=False)
    ] = None,
    ignore: Annotated[
        str | None, typer.Option("--ignore", metavar="CODES", help=_help("ignore"), show_default=False)
    ] = None,
    grammar: GrammarName = None,
    encoding: Encoding = None,
    ui: UiOption = None,
) -> None:
    from confparse import verbs

    settings = _settings()
    raise typer.Exit(
        verbs.check(
            files, format, fail_on or settings.fail_on, _codes(select, settings.select),
            _codes(ignore, settings.ignore), grammar or settings.grammar, encoding or settings.encoding,
            _ui(ui, settings),
        )
    )  # fmt: skip


@app.command(cls=Verb, help=_help("explain"))
def explain(
    what: Annotated[str, typer.Argument(metavar="FILE[:LINE]|CODE|RULE", help=_help("what"))],
    grammar: GrammarName = None,
    encoding: Encoding = None,
    ui: UiOption = None,
) -> None:
    from confparse import verbs

    settings = _settings()
    said = _ui(ui, settings)
    verbs.explain(what, grammar or settings.grammar, encoding or settings.encoding, said)


@grammar_app.command("list", cls=Verb, help=_help("grammar_list"))
def grammar_list(ui: UiOption = None) -> None:
    from confparse.rules.load import load_grammar, shipped

    for name in shipped():
        grammar = load_grammar(name)
        print(f"{name}\t{grammar.version}\t{len(grammar.rules)}")


@grammar_app.command("show", cls=Verb, help=_help("grammar_show"))
def grammar_show(name: GrammarArgument, ui: UiOption = None) -> None:
    from confparse.rules.load import load_grammar

    for rule in load_grammar(name).rules.values():
        print(f"{rule.id}\t{type(rule).__struct_config__.tag}\t{' '.join(rule.why.split())}")


@grammar_app.command("test", cls=Verb, help=_help("grammar_test"))
def grammar_test(path: GrammarArgument, ui: UiOption = None) -> None:
    from confparse import verbs

    raise typer.Exit(verbs.test_grammar(path, _ui(ui, _settings())))


@app.command(cls=Verb, help=_help("schema"))
def schema(
    what: Annotated[Literal["report", "grammar"], typer.Argument(help=_help("schema_what"))] = "report",
    ui: UiOption = None,
) -> None:
    import msgspec

    from confparse.emit import report_schema
    from confparse.rules.load import grammar_schema

    value = report_schema() if what == "report" else grammar_schema()
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
