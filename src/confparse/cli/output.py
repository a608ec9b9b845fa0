"""The only place that writes for people: each line without characters that a terminal or a log would obey."""

import contextlib
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from confparse.diagnostics import GrammarError, InputError
from confparse.visible import visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36"}
SEVERITY_STYLE = {"error": "red", "warning": "yellow", "info": "cyan"}
_PIPE_WIDTH = 100  # columns of prose if there is no terminal to measure
Part = str | tuple[str, str]  # text, or text and the name of its style


def language(chosen: str | None) -> str:
    """The language of messages: as chosen, else by the locale of the environment."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return chosen or ("zh" if locale.startswith("zh") else "en")


def coloured(stream: TextIO) -> bool:
    """Whether colours are wanted: NO_COLOR and FORCE_COLOR decide, else only a terminal has them."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def line(*parts: Part) -> None:
    """One line on standard output."""
    print(_styled(parts, coloured(sys.stdout)))


def note(*parts: Part) -> None:
    """One line on standard error."""
    with contextlib.suppress(OSError):  # if nobody can read it, the exit code still says it
        print(_styled(parts, coloured(sys.stderr)), file=sys.stderr)


def complain(error: InputError | GrammarError | str, ui: str) -> None:
    """One line on standard error: what is wrong."""
    note(f"confparse: {error if isinstance(error, str) else error.said(ui)}")


def _styled(parts: Iterable[Part], colours: bool) -> str:
    shown = []
    for part in parts:
        text, style = (part, "") if isinstance(part, str) else part
        code = _STYLES.get(style) if colours else None
        shown.append(f"\x1b[{code}m{visible(text)}\x1b[0m" if code else visible(text))
    return "".join(shown)


def data(chunks: Iterable[bytes]) -> None:
    """Data of an output format, as it is. Raises InputError if standard output cannot be written."""
    try:
        sys.stdout.buffer.writelines(chunks)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError("stdout_broken", why=error) from None


def on_terminal() -> bool:
    """Whether standard output is read by a person."""
    return sys.stdout.isatty()


def console() -> "Console":
    """Standard output, as wide as the terminal."""
    from rich.console import Console

    return Console(highlight=False, markup=False)


def cell(text: str, style: str = "") -> "Text":
    """Text for a cell of a table."""
    from rich.text import Text

    return Text(visible(text), style=style)


def table(renderable: "RenderableType") -> None:
    """A table whose texts are cells."""
    console().print(renderable)


def prose(text: str, indent: str = "", style: str = "") -> None:
    """Paragraphs, wrapped between words to the width of the terminal; as they are in a pipe."""
    if not on_terminal():
        for paragraph in text.split("\n"):
            line(f"{indent}{paragraph}" if paragraph else "")
        return
    from rich.padding import Padding

    for paragraph in text.split("\n"):
        console().print(Padding(cell(paragraph, style), (0, 0, 0, len(indent))))


def width() -> int:
    """Columns of standard output."""
    return console().width if on_terminal() else _PIPE_WIDTH


def row(values: Iterable[str]) -> None:
    """Tab-separated values on one line of standard output."""
    print("\t".join(map(visible, values)))
