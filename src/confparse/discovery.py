"""Which files are meant by the names, folders and patterns of a command line."""

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

import msgspec

from confparse.diagnostics import InputError

TEXT_PATTERNS = ("*.txt", "*.text")  # what a folder is searched for, unless --include says otherwise
_OUTPUT_SUFFIXES = (".yaml", ".yml", ".json", ".jsonl", ".md", ".csv", ".parquet", ".sqlite", ".sqlite3", ".db")
_RECORD_STARTS = (
    b"---\nschema: confparse/",
    b'{"schema":"confparse/',
    b'{\n "schema": "confparse/',
    b'{\n  "name": "confparse-tables"',
    b"---\n# Tables of confparse/",
    b"report,path,",
    b"PAR1",
    b"SQLite format 3\0",
)
_LONGEST_START = max(map(len, _RECORD_STARTS))


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which files of a folder are inputs: glob patterns, matched with the name or the path below the folder."""

    include: tuple[str, ...] = TEXT_PATTERNS
    exclude: tuple[str, ...] = ()
    follow_links: bool = False  # even if they lead out of the folder

    def takes(self, below: PurePath) -> bool:
        """Whether a file at this place below its folder is an input. Upper and lower case are the same."""
        return _matches(below, self.include) and not _matches(below, self.exclude)


class Input(msgspec.Struct, frozen=True):
    """A file to read, and its place below an output folder; or why it cannot be read."""

    path: Path
    place: PurePath
    error: InputError | None = None


def _matches(below: PurePath, patterns: Sequence[str]) -> bool:
    names = (below.name.lower(), below.as_posix().lower())
    return any(fnmatchcase(name, pattern.lower()) for pattern in patterns for name in names)


def is_record(path: Path) -> bool:
    """Whether a file is an output of confparse, by its name's ending and its first bytes."""
    if path.suffix.lower() not in _OUTPUT_SUFFIXES:
        return False
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_START).startswith(_RECORD_STARTS)
    except OSError:
        return False


def inputs(names: Sequence[str], selection: Selection | None = None) -> Iterator[Input]:
    """Every file that is named, in a folder that is named, or that a pattern matches.

    A folder gives the files that the selection takes, without hidden files and records; a pattern that matches nothing
    comes out as it is named. If several folders are named, the place of a file starts with the name of its folder.
    """
    selection = selection or Selection()
    several = sum(os.path.isdir(name) for name in names) > 1
    for name in names:
        path = Path(name)
        if not name:
            yield Input(path, PurePath(), InputError("empty_name"))
        elif os.path.isdir(name):
            root = _below(path) if several else PurePath()
            yield from _of_folder(path, root, selection)
        elif not os.path.lexists(name) and glob.has_magic(name):
            yield from _of_pattern(name, selection)
        else:
            yield Input(path, _below(path))


def _of_pattern(pattern: str, selection: Selection) -> Iterator[Input]:
    matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True)) if os.path.isfile(match)]
    start = _before_magic(pattern)
    if not matches:
        yield Input(Path(pattern), _below(Path(pattern)))
    for path in matches:
        if not _matches(path, selection.exclude) and not is_record(path):
            yield Input(path, _below(path), _leads_out(path, start, selection))


def _before_magic(pattern: str) -> Path:
    """The folder of a pattern that has no signs: all that it matches is below."""
    parts = Path(pattern).parts
    plain = next((place for place, part in enumerate(parts) if glob.has_magic(part)), len(parts) - 1)
    return Path(*parts[:plain])


def _of_folder(folder: Path, root: PurePath, selection: Selection) -> Iterator[Input]:
    files = sorted(_files(folder, selection), key=lambda file: file.path)
    for one in files:
        yield Input(one.path, root / one.place, one.error)
    if not files:
        patterns = ", ".join(selection.include)
        yield Input(folder, root, InputError("no_inputs", name=folder, patterns=patterns))


def _files(folder: Path, selection: Selection) -> Iterator[Input]:
    """The files of a folder and those below it, in no order. A folder that cannot be read comes out with its error."""
    failed: list[OSError] = []
    visited = {os.path.realpath(folder)}
    for where, folders, names in os.walk(folder, onerror=failed.append, followlinks=selection.follow_links):
        here = Path(where)
        for name in _shown(names):
            below = (here / name).relative_to(folder)
            if not selection.takes(below):
                continue
            wrong = _no_file(here / name) or _leads_out(here / name, folder, selection)
            if wrong or not is_record(here / name):
                yield Input(here / name, below, wrong)
        for name in _shown(folders):
            if outside := _leads_out(here / name, folder, selection):
                yield Input(here / name, (here / name).relative_to(folder), outside)
        folders[:] = [name for name in _shown(folders) if _is_entered(here / name, folder, visited)]
    for error in failed:
        path = Path(os.fsdecode(error.filename))
        yield Input(path, path.relative_to(folder), InputError("unreadable", name=path, why=error))


def _shown(names: Iterable[str]) -> list[str]:
    return [name for name in names if not name.startswith(".")]


def _is_entered(path: Path, folder: Path, visited: set[str]) -> bool:
    """Whether a folder below the named one is read: one that was visited is not, for links may lead around in a circle,
    and no link to what is below the named folder, for that is read in its own place.
    """
    real = os.path.realpath(path)
    if path.is_symlink() and Path(real).is_relative_to(os.path.realpath(folder)):
        return False
    new = real not in visited
    visited.add(real)
    return new


def _no_file(path: Path) -> InputError | None:
    """The error for what is not a regular file and would block: a pipe, a socket, a device."""
    special = os.path.exists(path) and not os.path.isfile(path)
    return InputError("special_file", name=path) if special else None


def _leads_out(path: Path, folder: Path, selection: Selection) -> InputError | None:
    """The error for a link that leads out of the folder that was named, if links are not followed."""
    if selection.follow_links:
        return None
    inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    return None if inside else InputError("link_outside", name=path)


def _below(path: Path) -> PurePath:
    """The place of a file that is named by itself: its folders are kept if they are below the current one."""
    return PurePath(path.name) if path.is_absolute() or ".." in path.parts else PurePath(path)
