"""A project's defaults: `confparse.toml`, or `[tool.confparse]` in pyproject.toml, in this folder or the next above.

What the command line gives wins. Keys are the long names of options.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from confparse.diagnostics import InputError
from confparse.text.types import Script, Spacing

FailOn = Literal["error", "warning", "never"]
Ui = Literal["en", "zh"]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """Defaults for options that a project fixes once."""

    grammar: str = "un-report"
    encoding: str | None = None
    script: Script = "keep"
    spacing: Spacing = "tight"
    ui: Ui | None = None
    jobs: Annotated[int, msgspec.Meta(ge=1)] | None = None
    fail_on: FailOn = "error"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def find_settings(start: Path) -> Settings:
    """The settings that hold in a folder; the defaults where no file gives any. Raises InputError for a wrong file."""
    for folder in (start, *start.parents):
        own, shared = folder / "confparse.toml", folder / "pyproject.toml"
        if own.is_file():
            return _settings(own, _read(own), folder)
        if shared.is_file() and b"[tool.confparse" in shared.read_bytes():
            table = _read(shared).get("tool", {}).get("confparse")
            if table is not None:
                return _settings(shared, table, folder)
    return Settings()


def _read(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError("bad_settings", name=file, why=str(error).rstrip(".")) from None


def _settings(file: Path, table: dict[str, Any], folder: Path) -> Settings:
    """A grammar that is a path is one beside the file."""
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise InputError("bad_settings", name=file, why=str(error)) from None
    beside = folder / settings.grammar
    return msgspec.structs.replace(settings, grammar=str(beside)) if beside.exists() else settings
