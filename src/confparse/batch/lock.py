"""One writer: a lock on an open file, which ends with the process that holds it."""

import os
import sys

_FAR = 1 << 30  # Windows locks bytes: one that no journal reaches


def lock(descriptor: int) -> bool:
    """Whether this process has the lock of an open file now. Worker processes do not inherit it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a file system without locks: nobody can hold one
        return True
    return True


def open_own(path: str, flags: int) -> int:
    """Open a file for reading and writing that belongs to a batch: a link is refused, and no pipe is waited for."""
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(path, flags | os.O_RDWR | safe, 0o666)
