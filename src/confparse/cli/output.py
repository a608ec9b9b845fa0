"""The only place that writes for people: each line without characters that a terminal or a log would obey."""

import contextlib
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from confparse.diagnostics import GrammarError, InputError
from confparse.visible import visible

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36"}
SEVERITY_STYLE = {"error": "red", "warning": "yellow", "info": "cyan"}
_PIPE_WIDTH = 80  # columns if there is no terminal to measure
_NARROWEST = 20  # columns of text, however narrow the terminal
_NAMES_WIDTH = 26  # columns that names beside texts take at most
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
    """Data of an output format: as it is, but on a terminal, which would obey some of its characters. Raises InputError
    if standard output cannot be written.
    """
    if on_terminal():
        text = b"".join(chunks).decode("utf-8", "replace")
        chunks = ("\n".join(map(visible, text.split("\n"))).encode(),)
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


def width() -> int:
    """Columns of the terminal."""
    import shutil

    return shutil.get_terminal_size((_PIPE_WIDTH, 0)).columns


def prose(text: str, indent: str = "", style: str = "") -> None:
    """Paragraphs, wrapped between words to the width of the terminal; as they are in a pipe."""
    from confparse.cli.wrapping import wrap

    for paragraph in text.split("\n"):
        shown = visible(paragraph)
        for part in wrap(shown, max(_NARROWEST, width() - len(indent))) if on_terminal() else (shown,):
            line(indent if part else "", (part, style))


def definition(name: str, text: str, column: int, style: str = "cyan") -> None:
    """A name on the left and its text wrapped in a column on the right; a long name has its own line."""
    from rich.cells import cell_len

    from confparse.cli.wrapping import wrap

    shown = wrap(visible(text), max(_NARROWEST, width() - column))
    if not text:
        line((name, style))
    elif cell_len(name) + 1 > column:
        line((name, style))
        line(" " * column, shown[0])
    else:
        line((name, style), " " * (column - cell_len(name)), shown[0])
    for part in shown[1:]:
        line(" " * column, part)


def beside(rows: Sequence[tuple[str, str]], style: str = "cyan") -> None:
    """Names on the left, the text of each on the right: wrapped in a column, in a pipe on one line."""
    from rich.cells import cell_len

    if on_terminal():
        column = min(max(cell_len(visible(name)) for name, _ in rows) + len("    "), _NAMES_WIDTH)
        for name, text in rows:
            definition(f"  {visible(name)}", text, column, style)
        return
    for name, text in rows:
        line(f"  {name}  {text}".rstrip())


def row(values: Iterable[str]) -> None:
    """Tab-separated values on one line of standard output."""
    print("\t".join(map(visible, values)))


def table(rows: Sequence[Sequence[str]], styles: Sequence[str]) -> None:
    """Rows in columns, each in its style; tab-separated in a pipe."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for values, style in zip(rows, styles, strict=False):
        if on_terminal():
            padded = (value + " " * (most - cell_len(value)) for value, most in zip(values, widths, strict=True))
            line(("  ".join(padded).rstrip(), style))
        else:
            row(values)


def entry(name: str, kind: str, text: str) -> None:
    """An entry of a list: a heading and wrapped text on a terminal, three tab-separated values in a pipe."""
    if not on_terminal():
        row((name, kind, text))
        return
    line((name, "cyan"), (f"  {kind}", "dim"))
    prose(text, indent="    ")
