"""Reading inputs and writing outputs: whole files or nothing, and one clear line where it cannot be."""

import os
import stat
import sys
from pathlib import Path

from confparse.diagnostics import InputError


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


def write_whole(path: Path, data: bytes, private: bool = False) -> None:
    """Write beside the name, then rename: a reader sees the old file or the new one, never half. Raises InputError.

    A new file may be `private`: for its owner alone. A link is followed, a device or a pipe is written to as it stands, and an existing file keeps its permissions.
    """
    import tempfile

    temporary = None
    try:
        mode = os.stat(path).st_mode if path.exists() else None
        if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            path.write_bytes(data)
            return
        path = path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        if not private:
            os.chmod(temporary, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise InputError("unwritable", name=path, why=error.strerror or error) from None
    finally:
        if temporary is not None:
            os.unlink(temporary)


def same_file(one: Path, other: Path) -> bool:
    """Whether two names are those of one regular file, by whatever links."""
    try:
        return one.is_file() and os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def shown_path(path: Path) -> str:
    """A whole name as text that can be written anywhere."""
    return os.fsencode(path).decode("utf-8", "replace")


def shown_name(path: Path) -> str:
    """The last part of a name as text that can be written anywhere."""
    return os.fsencode(path.name).decode("utf-8", "replace") or str(path)
