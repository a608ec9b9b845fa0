"""A project's defaults: `confparse.toml`, or `[tool.confparse]` in pyproject.toml.

They are looked for in the folder of the inputs and those above it, else in the current folder and those above it.
What the command line gives wins. Keys are the long names of options.
"""

import contextlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from confparse.diagnostics import Clause, Foreign, InputError, catalogue
from confparse.rules.load import shipped
from confparse.text.types import Script, Spacing

if TYPE_CHECKING:
    from confparse.mismatch import Mismatch

FailOn = Literal["error", "warning", "never"]
Ui = Literal["en", "zh"]
_OWN, _SHARED = "confparse.toml", "pyproject.toml"
_ENCODINGS = ["utf-8", "gb18030", "big5", "utf-16", "cp1252"]  # to choose from if a name is not an encoding


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """Defaults for options that a project fixes once."""

    grammar: str = "un-report"
    encoding: str | None = None
    script: Script = "keep"
    spacing: Spacing = "tight"
    ui: Ui | None = None
    jobs: Annotated[int, msgspec.Meta(ge=1)] | None = None
    fail_on: FailOn = "error"
    select: str | tuple[str, ...] = ()
    ignore: str | tuple[str, ...] = ()
    include: str | tuple[str, ...] = ()
    exclude: str | tuple[str, ...] = ()


_TOML = {  # what tomllib says, by the keys of our words for it
    "toml_twice": re.compile(r"[Oo]verwrite|[Tt]wice|[Dd]eclare|[Mm]utate|[Rr]edefin"),
    "toml_bracket": re.compile(r"[Ee]xpected '\]|[Uu]nclosed"),
    "toml_equals": re.compile(r"[Ee]xpected '='"),
    "toml_newline": re.compile(r"[Ee]xpected newline"),
    "toml_escape": re.compile(r"[Uu]nescaped"),
    "toml_quote": re.compile(r"[Ii]llegal character|[Uu]nterminated|[Ee]xpected \W*['\"]"),
    "toml_value": re.compile(r"[Ii]nvalid value|[Ii]nvalid statement"),
}


class LocatedSettings(msgspec.Struct, frozen=True):
    """Settings, and the file that they are from, None for the defaults."""

    settings: Settings
    file: Path | None = None


def split(value: str | Sequence[str]) -> tuple[str, ...]:
    """A list of values: as a list, or as text with commas between them."""
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if part.strip())


def find_settings(names: Sequence[str] = (), config: Path | None = None) -> LocatedSettings:
    """The settings for inputs by their names; those of `config` if one is named. Raises InputError for a wrong file."""
    if config is not None:
        table = _read(config)
        own = table.get("tool", {}).get("confparse", {}) if config.name == _SHARED else table
        return _settings(config, own, within=None)
    for folder in _folders(names):
        own, shared = folder / _OWN, folder / _SHARED
        if os.path.isfile(own):
            return _settings(own, _read(own), within=folder)
        if os.path.isfile(shared) and b"[tool.confparse" in _bytes(shared):
            table = _read(shared).get("tool", {}).get("confparse")
            if table is not None:
                return _settings(shared, table, within=folder)
    return LocatedSettings(Settings())


def _folders(names: Sequence[str]) -> Iterable[Path]:
    """The folders to look in: that of all inputs and those above it, then the current one and those above it."""
    try:
        here = Path.cwd()
    except OSError:  # the current folder was deleted
        return
    there = [os.path.abspath(name) for name in names if name and name != "-" and "\0" not in name]
    with contextlib.suppress(ValueError):  # no names, or names on two drives
        common = Path(os.path.commonpath(there))
        yield from (common, *common.parents)
    yield from (here, *here.parents)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError("unreadable", name=file, why=error) from None


def _read(file: Path) -> dict[str, Any]:
    import tomllib

    data = _bytes(file)
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        place, why = _end(data[: error.start].decode("utf-8")), _toml("")
    except tomllib.TOMLDecodeError as error:
        reason, _, said = str(error).rstrip(".").partition(" (at ")
        numbers = re.findall(r"\d+", said)  # line and column; none at the end of the document
        place = (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else _end(data.decode("utf-8").rstrip("\r\n"))
        why = _toml(reason)
    raise InputError("bad_toml", name=file, line=place[0], column=place[1], why=why)


def _toml(reason: str) -> Clause | Foreign:
    """What is wrong with a file that is not TOML, in our words if we have any; no reason: it is not text."""
    if not reason:
        return Clause("toml_utf8")
    return next((Clause(key) for key, shape in _TOML.items() if shape.search(reason)), Foreign(reason))


def _end(text: str) -> tuple[int, int]:
    """Line and column, both 1-based, of what follows a text."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _settings(file: Path, table: dict[str, Any], within: Path | None) -> LocatedSettings:
    """The settings of a table. A grammar that is not shipped must be `within` a folder, or anywhere if that is None:
    settings that came with documents must not have other files read, and quoted in an error.
    """
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError:
        from confparse.mismatch import find_mismatch

        wrong = find_mismatch(table, Settings)
        assert wrong is not None
        raise _wrong(file, wrong) from None
    if unknown := _unknown(settings, file.parent, within):
        raise _wrong(file, unknown)
    if settings.grammar in shipped():
        return LocatedSettings(settings, file)
    return LocatedSettings(msgspec.structs.replace(settings, grammar=str(file.parent / settings.grammar)), file)


def _unknown(settings: Settings, folder: Path, within: Path | None) -> "Mismatch | None":
    """The first value that has the right type and names nothing."""
    from confparse.mismatch import Mismatch, no_choice

    if settings.grammar not in shipped():
        if within and not (folder / settings.grammar).resolve().is_relative_to(within.resolve()):
            return Mismatch(("grammar",), Clause("setting_outside", {"name": settings.grammar}))
        if not os.path.exists(folder / settings.grammar):
            return no_choice(("grammar",), settings.grammar, shipped())
    for key, starts in (("select", settings.select), ("ignore", settings.ignore)):
        for start in split(starts):
            if not any(code.startswith(start.upper()) for code in catalogue()):
                return Mismatch((key,), Clause("unknown_code", {"code": start}))
    try:
        b" ".decode(settings.encoding or "utf-8", "replace")
    except (LookupError, ValueError):
        return no_choice(("encoding",), settings.encoding, _ENCODINGS)
    return None


def _wrong(file: Path, wrong: "Mismatch") -> InputError:
    """What is wrong in a file of settings, and on which line."""
    key = re.compile(rf"^\s*['\"]?{re.escape(wrong.path[0])}['\"]?\s*=", re.M) if wrong.path else re.compile("^")
    text = _bytes(file).decode("utf-8")
    match = key.search(text)
    number = text.count("\n", 0, match.end()) + 1 if match else 1
    return InputError("bad_settings", name=file, line=number, why=wrong.why)
