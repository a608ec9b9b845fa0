"""Reading inputs and writing outputs: whole files or nothing, and one clear line if that cannot be done."""

import contextlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from confparse.diagnostics import InputError
from confparse.room import require_for_file

_PARTIAL = ".part"  # ends the name of a file that is being written
_PART = 1 << 24  # bytes that are read at once from what is not a regular file
_TOKEN = "[0-9a-f]" * 8
_NAME_CHARACTERS = 80  # characters of the name it is to get: names end at 255 bytes


def read_input(path: Path) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises InputError."""
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("stdin_closed")
        return sys.stdin.buffer.read()
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise InputError("is_directory", name=path)
        require_for_file(shown_path(path), status.st_size)
        return path.read_bytes() if stat.S_ISREG(status.st_mode) else _read_stream(path)
    except FileNotFoundError:
        raise InputError("no_file", name=path) from None
    except PermissionError:
        raise InputError("no_permission", name=path) from None
    except OSError as error:
        raise InputError("unreadable", name=path, why=error) from None
    except ValueError:
        raise InputError("no_file_name", name=repr(str(path))) from None


def _read_stream(path: Path) -> bytes:
    """The bytes of a pipe or a device, which may never end. Raises InputError once there are too many for memory."""
    parts = bytearray()
    with path.open("rb", buffering=0) as stream:
        while part := stream.read(_PART):
            parts += part
            require_for_file(shown_path(path), len(parts))
    return bytes(parts)


def write_output(path: Path, data: Iterable[bytes]) -> None:
    """Write to a name that a person gave: a link is followed, a device or a pipe is written to as it is, and a file is
    written whole. Raises InputError."""
    try:
        if not os.path.exists(path) or os.path.isfile(path):
            write_whole(path.resolve(), data)
            return
        with path.open("wb") as out:
            out.writelines(data)
    except OSError as error:
        raise InputError("unwritable", name=path, why=error) from None


def write_whole(path: Path, data: Iterable[bytes], private: bool = False) -> None:
    """Write beside the name, then rename: a reader sees the old file or the new one, never half. Raises InputError.

    A new file may be `private`: for its owner alone. A link of this name is replaced, never written through; an
    existing file keeps its permissions.
    """
    partial = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = os.lstat(path).st_mode if os.path.lexists(path) else None
        permissions = stat.S_IMODE(mode) if mode is not None and stat.S_ISREG(mode) else None
        allowed = 0o600 if private or permissions is not None else 0o666  # until it is that of the file it replaces
        partial = path.with_name(f".{path.name[:_NAME_CHARACTERS]}.{os.urandom(4).hex()}{_PARTIAL}")
        with open(partial, "xb", opener=lambda name, flags: os.open(name, flags, allowed)) as out:
            out.writelines(data)
        if permissions is not None and not private:
            os.chmod(partial, permissions)
        os.replace(partial, path)
    except OSError as error:
        raise InputError("unwritable", name=path, why=error) from None
    finally:
        if partial is not None:  # gone already if it got its name
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)


def drop_partials(paths: Iterable[Path]) -> None:
    """Remove what killed runs left beside the names of these outputs, as far as that can be done."""
    folders: dict[str, set[str]] = {}
    for path in paths:
        folders.setdefault(os.path.realpath(path.parent), set()).add(path.name[:_NAME_CHARACTERS])
    for folder, names in folders.items():
        with contextlib.suppress(OSError):
            for left in Path(folder).glob(f".*.{_TOKEN}{_PARTIAL}"):
                if left.name[1:].rsplit(".", 2)[0] in names:
                    left.unlink()


def same_file(one: Path, other: Path) -> bool:
    """Whether two names are those of one regular file, by whatever links."""
    try:
        return os.path.isfile(one) and os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def shown_path(path: Path) -> str:
    """A name as it was given, with `/`, as text that can be written anywhere."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
