"""Where the program starts: the plain call, files and nothing else, goes straight to its verb; all others read
options.
"""

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from confparse import VERBS

if TYPE_CHECKING:
    from confparse.diagnostics import GrammarError, InputError

_OBJECTS = (
    200_000  # new objects between two searches for cycles: records hold none, and searching cost 16 % of the time
)


def main() -> None:
    """Run the command line; errors that people can mend are one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    arguments = sys.argv[1:]
    gc.set_threshold(_OBJECTS)
    files = all(argument and (argument == "-" or not argument.startswith("-")) for argument in arguments)
    plain = bool(arguments) and arguments[0] not in VERBS and files
    code = guarded(_parse_all if plain else _read_options)
    if plain or code == 130:  # nothing is left but to take the interpreter, and a stopped pool, down piece by piece
        os._exit(code)
    sys.exit(code)


def guarded(call: Callable[[], int]) -> int:
    """The exit code of a call: errors become one line, a closed pipe ends quietly."""
    from confparse.diagnostics import GrammarError, InputError

    try:
        code = call()
        sys.stdout.flush()
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # the reader of a help text left
            return 0
        return stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    except BrokenPipeError:
        _discard_output()
        return 0
    except (InputError, GrammarError) as error:
        _complain(error)
        return 2
    except OSError as error:
        named = InputError("system_error", name=error.filename, why=error) if error.filename is not None else None
        _discard_output()
        _complain(named or InputError("stdout_broken", why=error))
        return 2
    except KeyboardInterrupt:
        return 130
    return code


def _discard_output() -> None:
    """Write nothing more to a pipe that is closed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(error: "GrammarError | InputError") -> None:
    from confparse.cli.help import asked_ui
    from confparse.cli.output import complain, language

    complain(error, language(asked_ui()))


def _parse_all() -> int:
    from confparse.cli.commands import ParseOptions, parse
    from confparse.cli.output import complain, language
    from confparse.cli.settings import find_settings
    from confparse.diagnostics import GrammarError, InputError

    files = sys.argv[1:]
    defaults = find_settings(files).settings
    ui = language(defaults.ui)
    try:
        return parse(
            files,
            ParseOptions(
                grammar=defaults.grammar,
                encoding=defaults.encoding,
                script=defaults.script,
                spacing=defaults.spacing,
                ui=ui,
            ),
        )
    except (InputError, GrammarError) as error:
        complain(error, ui)
        return 2


def _read_options() -> int:
    from confparse.cli.options import run

    return run()
