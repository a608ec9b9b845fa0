"""What the option parser says, in the language of messages: its help, and what is wrong with a command line."""

import re
import sys
from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand, TyperGroup

from confparse import VERBS
from confparse.diagnostics import messages
from confparse.verbs import language

_QUOTED = re.compile(r"'([^']*)'|\(([^()]*)\)$")
_OWN_OPTIONS = {"--help", "-h", "--version", "--install-completion", "--show-completion"}


def asked_ui() -> str | None:
    """The language that `--ui` names, None where it names none: help must know it before options are read."""
    given = [after for option, after in zip(sys.argv, sys.argv[1:], strict=False) if option == "--ui"]
    given += [argument.partition("=")[2] for argument in sys.argv if argument.startswith("--ui=")]
    return given[-1] if given and given[-1] in ("en", "zh") else None


def helped(key: str) -> str:
    """A text of help in the language of messages."""
    return messages()[f"help_{key}"].said(language(asked_ui()))


class Said:
    """What the framework adds to help is said in the language of messages too."""

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if param.name in ("help", "install_completion", "show_completion"):
                param.help = helped(f"own_{param.name}")
        return params

    def formathelped(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils

        for panel in ("arguments", "options", "commands"):
            setattr(rich_utils, f"{panel.upper()}_PANEL_TITLE", helped(f"title_{panel}"))
        rich_utils.REQUIRED_LONG_STRING = f"[{helped('required')}]"
        rich_utils.DEFAULT_STRING = f"[{helped('default')}: {{}}]"
        super().formathelped(ctx, formatter)  # type: ignore[misc]


class Verb(Said, TyperCommand):
    """A verb with its options."""


class Verbs(Said, TyperGroup):
    """A group of verbs."""


class DefaultToParse(Verbs):
    """`confparse FILE` is `confparse parse FILE`; the language of messages may be named before the verb too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = 2 if args[:1] == ["--ui"] else int(args[:1] != [] and args[0].startswith("--ui="))
        if args[own:] and args[own] in VERBS:
            after = own + (2 if args[own] == "grammar" else 1)
            args = [*args[own:after], *args[:own], *args[after:]]
        elif args and args[0] not in _OWN_OPTIONS:
            args = ["parse", *args]
        return super().parse_args(ctx, args)


def told(error: Any, ui: str) -> str:
    """The sentence for an error of the option parser (of typer, which has no public names for its kinds), in a language."""
    verb = error.ctx.command_path if error.ctx is not None else "confparse"
    quoted = _QUOTED.search(error.message)
    value = next((group for group in quoted.groups() if group is not None), "") if quoted else ""
    param = getattr(error, "param", None)
    name = _name(param) if param is not None else ""
    if hasattr(error, "possibilities"):
        return _or_near("usage_no_option", error.option_name, error.possibilities or (), ui, verb=verb)
    if hasattr(error, "option_name"):
        return _said("usage_no_value", ui, verb=verb, name=error.option_name)
    if hasattr(error, "param_type"):
        return _said("usage_missing", ui, verb=verb, name=name)
    if param is not None and hasattr(param.type, "choices"):
        choices = [str(choice) for choice in param.type.choices]
        return _or_near("usage_choice", value, choices, ui, verb=verb, name=name, choices=", ".join(choices))
    if param is not None:
        return _said("usage_value", ui, verb=verb, name=name, value=value)
    commands = getattr(getattr(error.ctx, "command", None), "commands", None)
    if commands:
        return _or_near("usage_no_command", value, commands, ui, verb=verb)
    return _said("usage_extra", ui, verb=verb, value=value) if value else error.format_message()


def _name(param: Any) -> str:
    return " / ".join(param.opts) if param.param_type_name == "option" else param.make_metavar(None).strip("{}[]")


def _said(key: str, ui: str, **values: object) -> str:
    return messages()[key].said(ui, **values)


def _or_near(key: str, value: str, names: Any, ui: str, **values: object) -> str:
    near = get_close_matches(value, list(names), n=1)
    if near:
        return _said(f"{key}_near", ui, value=value, near=near[0], **values)
    return _said(key, ui, value=value, **values)
