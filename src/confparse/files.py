"""Reading inputs and writing outputs: whole files or nothing, and one clear line where it cannot be."""

import contextlib
import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from confparse.diagnostics import InputError

_PARTIAL = ".part"  # ends the name of a file that is being written
_TOKEN = "[0-9a-f]" * 8
_KEPT = 80  # characters of the name it is to get: names end at 255 bytes


def read_input(path: Path) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises InputError."""
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("stdin_closed")
        return sys.stdin.buffer.read()
    try:
        if stat.S_ISDIR(os.stat(path).st_mode):
            raise InputError("is_directory", name=path)
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("no_file", name=path) from None
    except PermissionError:
        raise InputError("no_permission", name=path) from None
    except OSError as error:
        raise InputError("unreadable", name=path, why=error.strerror or error) from None
    except ValueError:
        raise InputError("no_file_name", name=repr(str(path))) from None


def write_whole(path: Path, data: Iterable[bytes], private: bool = False) -> None:
    """Write beside the name, then rename: a reader sees the old file or the new one, never half. Raises InputError.

    A new file may be `private`: for its owner alone. A link is followed, a device or a pipe is written to as it stands, and an existing file keeps its permissions.
    """
    partial = None
    try:
        mode = os.stat(path).st_mode if path.exists() else None
        if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            with path.open("wb") as out:
                out.writelines(data)
            return
        path = path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        allowed = 0o600 if private or mode is not None else 0o666  # until it is that of the file it replaces
        partial = path.with_name(f".{path.name[:_KEPT]}.{os.urandom(4).hex()}{_PARTIAL}")
        with open(partial, "xb", opener=lambda name, flags: os.open(name, flags, allowed)) as out:
            out.writelines(data)
        if mode is not None and not private:
            os.chmod(partial, stat.S_IMODE(mode))
        os.replace(partial, path)
    except OSError as error:
        raise InputError("unwritable", name=path, why=error.strerror or error) from None
    finally:
        if partial is not None:  # gone already where it got its name
            partial.unlink(missing_ok=True)


def drop_partials(paths: Iterable[Path]) -> None:
    """Remove what killed runs left beside the names of these outputs, as far as that can be done."""
    folders: dict[Path, set[str]] = {}
    for path in map(Path.resolve, paths):
        folders.setdefault(path.parent, set()).add(path.name[:_KEPT])
    for folder, names in folders.items():
        for left in folder.glob(f".*.{_TOKEN}{_PARTIAL}"):
            if left.name[1:].rsplit(".", 2)[0] in names:
                with contextlib.suppress(OSError):
                    left.unlink()


def same_file(one: Path, other: Path) -> bool:
    """Whether two names are those of one regular file, by whatever links."""
    try:
        return one.is_file() and os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def shown_path(path: Path) -> str:
    """A whole name as text that can be written anywhere."""
    return os.fsencode(path).decode("utf-8", "replace")


def shown_name(path: Path) -> str:
    """The last part of a name as text that can be written anywhere."""
    return os.fsencode(path.name).decode("utf-8", "replace") or str(path)


def inputs(paths: Iterable[str]) -> Iterator[tuple[Path, PurePath]]:
    """Every file that is named, in a folder that is named, or that a pattern matches: with its place below the output.

    Hidden files of a folder are no documents; a link that leads nowhere, and a pattern that matches nothing, come out
    as they are named and fail.
    """
    for name in paths:
        path = Path(name)
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                below = file.relative_to(path)
                if (file.is_file() or not file.exists()) and not any(part.startswith(".") for part in below.parts):
                    yield file, below
        elif not path.exists() and glob.has_magic(name):
            found = [Path(match) for match in sorted(glob.glob(name, recursive=True)) if os.path.isfile(match)]
            yield from ((file, _below(file)) for file in found or [path])
        else:
            yield path, _below(path)


def _below(path: Path) -> PurePath:
    """The place of a file that is named by itself: its folders are kept where they are below the one at hand."""
    return PurePath(path.name) if path.is_absolute() or ".." in path.parts else PurePath(path)
