"""What the option parser says, in the language of messages: its help, and what is wrong with a command line."""

import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup

from confparse import VERBS
from confparse.cli.output import language
from confparse.diagnostics import InputError, messages

_KEY = "help:"
_SHOW_CONFIG = "--show-config"
_OWN_OPTIONS = {"--help", "-h", "--version", "--install-completion", "--show-completion"}


def asked_ui() -> str | None:
    """The language that `--ui` names, None if it names none: help must know it before options are read."""
    values = [after for option, after in zip(sys.argv, sys.argv[1:], strict=False) if option == "--ui"]
    values += [argument.partition("=")[2] for argument in sys.argv if argument.startswith("--ui=")]
    return values[-1] if values and values[-1] in ("en", "zh") else None


def helped(key: str) -> str:
    """A text of help in the language of messages."""
    return messages()[f"help_{key}"].said(language(asked_ui()))


def help_key(key: str) -> str:
    """A placeholder for a text of help until a command is made: only then is the language known."""
    return f"{_KEY}{key}"


def _in_language(help_text: str | None) -> str | None:
    return helped(help_text.removeprefix(_KEY)) if help_text and help_text.startswith(_KEY) else help_text


class InLanguage:
    """A command whose help is a plain screen in the language of messages."""

    help: str | None
    params: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help = _in_language(self.help)
        for param in self.params:
            param.help = _in_language(param.help)

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if param.name in ("help", "install_completion", "show_completion"):
                param.help = helped(f"own_{param.name}")
        return params

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from confparse.cli.help_screen import show_help

        show_help(self, ctx, helped)


class Verb(InLanguage, TyperCommand):
    """A verb with its options. Settings are shown without anything else that it needs; no value may be empty."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if _SHOW_CONFIG in args:
            for param in self.get_params(ctx):
                param.required = False
        _refuse_empty(self.get_params(ctx), ctx, args)
        return super().parse_args(ctx, args)


class Verbs(InLanguage, TyperGroup):
    """A group of verbs. The language of messages may be named before the verb too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = _language_named(args)
        if own and not args[own:]:
            args = []
        elif own and not args[own].startswith("-"):
            args = [args[own], *args[:own], *args[own + 1 :]]
        return super().parse_args(ctx, args)


class DefaultToParse(Verbs):
    """`confparse FILE` is `confparse parse FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        rest = args[_language_named(args) :]
        if rest and rest[0] not in VERBS and rest[0] not in _OWN_OPTIONS:
            args = ["parse", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        return [verb for verb in VERBS if verb in self.commands]


def _language_named(args: Sequence[str]) -> int:
    """The number of arguments at the start that name the language of messages."""
    return 2 if args[:1] == ["--ui"] and args[1:] else int(bool(args) and args[0].startswith("--ui="))


def _refuse_empty(params: Sequence[Any], ctx: Any, args: Sequence[str]) -> None:
    """A shell gives an empty argument for a variable that is not set: never what was meant."""
    takes = _that_take(params)
    for before, argument in zip(["", *args], args, strict=False):
        named, sign, value = argument.partition("=")
        name = before if argument == "" else named if sign and not value else ""
        if name in takes:
            raise BadParameter("", ctx=ctx, param=takes[name])
        if argument == "":
            raise InputError("empty_name")


def _that_take(params: Sequence[Any]) -> Mapping[str, Any]:
    """The options that take a value, by each of their names."""
    return {name: p for p in params if p.param_type_name == "option" and not p.is_flag for name in p.opts}


def sentence(error: Any, arguments: Sequence[str], ui: str) -> str:
    """The sentence for an error of the option parser, in a language. `arguments` are those that it read.

    The parser (that of typer) has no public names for its kinds of errors; they are known by what they hold.
    """
    verb = error.ctx.command_path if error.ctx is not None else "confparse"
    param = getattr(error, "param", None)
    name = _name(param) if param is not None else ""
    if hasattr(error, "possibilities"):
        return _or_near("usage_no_option", error.option_name, error.possibilities or (), ui, verb=verb)
    if hasattr(error, "option_name"):
        return _sentence("usage_no_value", ui, verb=verb, name=error.option_name)
    if hasattr(error, "param_type"):
        return _sentence("usage_missing", ui, verb=verb, name=name)
    if param is not None:
        value = _option_value(param, arguments, error.ctx)
        choices = [str(choice) for choice in getattr(param.type, "choices", ())]
        if choices:
            return _or_near("usage_choice", value, choices, ui, verb=verb, name=name, choices=", ".join(choices))
        return _sentence("usage_value", ui, verb=verb, name=name, value=value)
    commands = getattr(getattr(error.ctx, "command", None), "commands", None)
    if commands:
        group = verb.rpartition(" ")[2]
        words = arguments[arguments.index(group) + 1 :] if group in arguments else arguments
        words = words[_language_named(words) :]
        return _or_near("usage_no_command", next(iter(words), ""), commands, ui, verb=verb)
    return _sentence("usage_extra", ui, verb=verb, value=_last_word(arguments, error.ctx))


def _option_value(param: Any, arguments: Sequence[str], ctx: Any) -> str:
    """The value that an option was given, or the last argument that is not an option nor the value of one."""
    for option in param.opts:
        for at, argument in enumerate(arguments):
            if argument == option and at + 1 < len(arguments):
                return arguments[at + 1]
            if argument.startswith(f"{option}="):
                return argument.partition("=")[2]
    return _last_word(arguments, ctx)


def _last_word(arguments: Sequence[str], ctx: Any) -> str:
    """The last argument that is neither an option nor the value of one."""
    takes = _that_take(ctx.command.params if ctx is not None else ())
    words = [word for before, word in pairwise(["", *arguments]) if before not in takes and not word.startswith("-")]
    return words[-1] if words else ""


def _name(param: Any) -> str:
    return " / ".join(param.opts) if param.param_type_name == "option" else param.metavar or param.name.upper()


def _sentence(key: str, ui: str, **values: object) -> str:
    return messages()[key].said(ui, **values)


def _or_near(key: str, value: str, names: Any, ui: str, **values: object) -> str:
    near = get_close_matches(value, list(names), n=1)
    if near:
        return _sentence(f"{key}_near", ui, value=value, near=near[0], **values)
    return _sentence(key, ui, value=value, **values)
