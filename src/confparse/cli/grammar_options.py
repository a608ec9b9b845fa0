"""`confparse grammar`: its verbs and their options."""

from pathlib import Path
from typing import Annotated

import typer

from confparse.cli import option_types as option
from confparse.cli.help import Verb, Verbs, help_key
from confparse.cli.output import language

grammar_app = typer.Typer(cls=Verbs, no_args_is_help=True, help=help_key("grammar"))


def _ui(chosen: str | None) -> str:
    return language(chosen or option.settings([], None, False, None).ui)


@grammar_app.callback()
def _grammar(ui: option.UiOption = None) -> None:
    pass


@grammar_app.command("list", cls=Verb, help=help_key("grammar_list"))
def grammar_list(ui: option.UiOption = None) -> None:
    from confparse.cli import grammar_verbs

    grammar_verbs.list_shipped(_ui(ui))


@grammar_app.command("show", cls=Verb, help=help_key("grammar_show"))
def grammar_show(name: option.GrammarArgument, ui: option.UiOption = None) -> None:
    from confparse.cli import grammar_verbs

    grammar_verbs.show(name, _ui(ui))


@grammar_app.command("test", cls=Verb, help=help_key("grammar_test"))
def grammar_test(path: option.GrammarArgument, ui: option.UiOption = None) -> None:
    from confparse.cli import grammar_verbs

    raise typer.Exit(grammar_verbs.test(path, _ui(ui)))


@grammar_app.command("new", cls=Verb, help=help_key("grammar_new"))
def grammar_new(
    name: Annotated[str, typer.Argument(metavar="NAME", help=help_key("grammar_new_name"))],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=help_key("grammar_new_output"), show_default="NAME.yaml"),
    ] = None,
    ui: option.UiOption = None,
) -> None:
    from confparse.cli import grammar_verbs

    grammar_verbs.new(name, output, _ui(ui))
