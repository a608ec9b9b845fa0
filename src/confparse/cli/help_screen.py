"""The help of a command: usage, what it does, examples, arguments, options, commands; at any width."""

from collections.abc import Callable
from typing import Any

from confparse.cli.output import definition, line, width
from confparse.cli.wrapping import wrap

_COLUMN = 28  # where the texts of options start
_NARROW = 13  # and those of arguments and commands
_EXAMPLE_MARK = " · "  # between the examples in a text of help
Helped = Callable[[str], str]


def show_help(command: Any, ctx: Any, helped: Helped) -> None:
    """Print the help of a command on standard output."""
    params = command.get_params(ctx)
    arguments = [p for p in params if p.param_type_name == "argument"]
    options = [p for p in params if p.param_type_name == "option"]
    commands = [command.get_command(ctx, name) for name in getattr(command, "list_commands", lambda _: ())(ctx)]
    _usage(ctx, arguments, bool(commands), helped)
    _about(command.help or "", helped)
    if arguments:
        _title(helped("title_arguments"))
        for argument in arguments:
            definition(f"  {argument.metavar}", argument.help or "", _NARROW)
    if commands:
        _title(helped("title_commands"))
        for one in commands:
            definition(f"  {one.name}", (one.help or "").split("\n")[0], _NARROW)
    _title(helped("title_options"))
    for option in options:
        definition(f"  {_names(option)}", f"{option.help or ''}{_default(option, helped)}", _COLUMN)


def _title(text: str) -> None:
    line("")
    line((text, "bold"))


def _usage(ctx: Any, arguments: list[Any], group: bool, helped: Helped) -> None:
    words = [ctx.command_path, f"[{helped('usage_options')}]"]
    words += [a.metavar if a.required else f"[{a.metavar}]" for a in arguments]
    if group:
        words += [helped("usage_command"), f"[{helped('usage_args')}]..."]
    line((helped("usage"), "bold"), " ".join(words))


def _about(text: str, helped: Helped) -> None:
    """The text of help, and its examples one per line."""
    description, _, examples = text.partition("\n\n")
    line("")
    for part in wrap(description, width()):
        line(part)
    if examples:
        _title(helped("title_examples"))
        for example in examples.split(_EXAMPLE_MARK):
            line(f"  {example}")


def _names(option: Any) -> str:
    """The names of an option, short ones first, and what it takes."""
    names = ", ".join(sorted(option.opts, key=len))
    choices = getattr(option.type, "choices", None)
    if option.is_flag or option.name in ("install_completion", "show_completion"):
        return names
    return f"{names} {'|'.join(map(str, choices)) if choices and not option.metavar else option.metavar or '…'}"


def _default(option: Any, helped: Helped) -> str:
    shown = option.show_default if isinstance(option.show_default, str) else option.default
    if option.required:
        return f" [{helped('required')}]"
    if option.is_flag or shown in (None, False, ()) or option.show_default is False:
        return ""
    return f" [{helped('default')}{helped('colon')}{shown}]"
