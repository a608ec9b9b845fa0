"""The verbs that show pages, and their options: show, explain, schema."""

from typing import Annotated, Literal

import typer

from confparse.cli import completion
from confparse.cli import option_types as option
from confparse.cli.help import Verb, help_key
from confparse.cli.output import data
from confparse.diagnostics import InputError


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    for verb in (show, explain, schema):
        app.command(cls=Verb, help=help_key(verb.__name__))(verb)


def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help=help_key("file"))],
    grammar: option.Grammar = None,
    encoding: option.Encoding = None,
    stdin_name: option.StdinName = None,
    config: option.Config = None,
    ui: option.UiOption = None,
) -> None:
    from confparse.cli.overview import show as show_report

    defaults = option.settings([file], config, False, ui)
    show_report(file, option.reading(defaults, ui, grammar, encoding, stdin_name=stdin_name))


def explain(
    what: Annotated[str, typer.Argument(metavar="WHAT", help=help_key("what"), autocompletion=completion.names)] = "",
    eid: Annotated[str | None, typer.Argument(metavar="EID", help=help_key("eid"), show_default=False)] = None,
    list_all: Annotated[bool, typer.Option("--list", help=help_key("list"))] = False,
    grammar: option.Grammar = None,
    encoding: option.Encoding = None,
    config: option.Config = None,
    ui: option.UiOption = None,
) -> None:
    from confparse.cli import explaining

    how = option.reading(option.settings([what], config, False, ui), ui, grammar, encoding)
    if list_all:
        explaining.list_all(how)
    elif not what:
        raise InputError("usage_missing", name="WHAT", verb="confparse explain")
    else:
        explaining.explain(what, eid, how)


def schema(
    what: Annotated[
        Literal["report", "grammar", "tables"],
        typer.Argument(metavar="report|grammar|tables", help=help_key("schema_what")),
    ] = "report",
    ui: option.UiOption = None,
) -> None:
    from confparse.formats.schemas import printed_schema

    data([printed_schema(what)])
