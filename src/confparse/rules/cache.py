"""What takes long to make of a grammar, kept between runs in the user's cache folder, and checked when read.

A store is one file for one grammar, one version of this program and of Python; its name says which, so an old one is
never read. It holds the rules as read, the tables of characters, the sources of patterns with all their words filled
in, and the compiled patterns, as MessagePack. It is sealed
with a key of the folder, so that a file from elsewhere is not taken for one of ours, and checked against its types; any
fault means that it is made again. A file or a folder that somebody else may have written is left alone, links are not
followed, and nothing but a regular file is read. `CONFPARSE_CACHE` names another folder, or none if it is empty.
"""

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import regex

from confparse import __version__
from confparse.rules.compiled import PATTERNS

_SEAL = 32  # bytes of the keyed hash that a store begins with
_KEY = 32  # bytes of the key
_MOST = 16_000_000  # bytes of a store: that of the shipped grammar has 2,600,000
_PATTERNS = 8_000_000  # bytes of the patterns in a store: those of the shipped grammar have 1,200,000
_OTHERS_WRITE = 0o022  # permission bits of group and others


class StoreContents(msgspec.Struct, forbid_unknown_fields=True):
    """The contents of a store: the parts of a grammar, encoded; tables of characters, by name; the sources of its
    patterns, by rule; compiled patterns and those that start from a line feed, by source.
    """

    grammar: bytes = b""
    tables: dict[str, dict[str, str]] = {}
    sources: dict[str, str] = {}
    patterns: dict[str, bytes] = {}
    leads: dict[str, str] = {}


class Store:
    """What is kept of a grammar; without a file it lives as long as the process."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.contents = _read(file) if file is not None else StoreContents()
        self._changed = False
        PATTERNS.offer(self.contents.patterns, self.contents.leads)

    def table(self, name: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
        """A table of characters, from the store or made now."""
        if name not in self.contents.tables:
            self.contents.tables[name] = make()
            self._changed = self._file is not None
        return self.contents.tables[name]

    def source(self, name: str, make: Callable[[], str]) -> str:
        """The source of a pattern with all its words, from the store or made now. Whatever `make` raises."""
        if name not in self.contents.sources:
            self.contents.sources[name] = make()
            self._changed = self._file is not None
        return self.contents.sources[name]

    def keep(self, grammar: bytes) -> None:
        """Note the parts of the grammar, encoded; what was made of others goes."""
        self.contents.grammar, self.contents.sources = grammar, {}
        self._changed = self._file is not None

    def save(self) -> None:
        """Write what is new; a folder that cannot be written, or that is not the user's alone, is not an error."""
        if self._file is None or not (self._changed or PATTERNS.changed):
            return
        (patterns, leads), PATTERNS.changed = PATTERNS.dump(), False
        if sum(map(len, patterns.values())) <= _PATTERNS:  # those of many grammars may come together in one process
            self.contents.patterns, self.contents.leads = patterns, leads
        data = msgspec.msgpack.encode(self.contents)
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_private(os.lstat(self._file.parent)):
                _write(self._file, _seal(data, _key(self._file.parent)) + data)
        self._changed = False


def open_cache(name: str, contents: Iterable[bytes]) -> Store:
    """The store of a grammar with these files, as it was left by an earlier run."""
    folder = _folder()
    if folder is None:
        return Store()
    digest = hashlib.sha256(f"{__version__} {sys.version} {regex.__version__}".encode())
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return Store(folder / f"{name}-{digest.hexdigest()[:32]}.msgpack")


def _folder() -> Path | None:
    named = os.environ.get("CONFPARSE_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/.cache")
    return Path(base) / "confparse" if os.path.isabs(base) else None


def _is_private(status: os.stat_result) -> bool:
    """Whether a file or a folder is the user's own, is not a link, and cannot be written by others."""
    ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return ours and not stat.S_ISLNK(status.st_mode) and not stat.S_IMODE(status.st_mode) & _OTHERS_WRITE


def _seal(data: bytes | memoryview, key: bytes) -> bytes:
    return hashlib.blake2b(data, key=key, digest_size=_SEAL).digest()


def _key(folder: Path) -> bytes:
    """The key of a folder, made if there is none. Raises OSError."""
    file = folder / "key"
    key = _contents(file)
    if len(key) != _KEY:
        key = os.urandom(_KEY)
        _write(file, key)
    return key


def _write(file: Path, data: bytes) -> None:
    """Write beside the name, then take the name over: a link or a pipe there is replaced, never written through."""
    partial = file.with_name(f".{os.urandom(8).hex()}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(partial, flags, 0o600), "wb") as out:
            out.write(data)
        os.replace(partial, file)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def _contents(file: Path) -> bytes:
    """The bytes of a regular file that is ours alone; none if there is no such file."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(file, flags), "rb") as opened:
            status = os.fstat(opened.fileno())
            good = _is_private(status) and stat.S_ISREG(status.st_mode) and status.st_size <= _MOST
            return opened.read() if good else b""
    except OSError:
        return b""


def _read(file: Path) -> StoreContents:
    """The contents of a store that is ours; nothing if there is none, or if anything about it is wrong."""
    try:
        private = _is_private(os.lstat(file.parent))
    except OSError:
        return StoreContents()
    data, key = memoryview(_contents(file)), _contents(file.parent / "key")
    if not private or len(key) != _KEY or _seal(data[_SEAL:], key) != data[:_SEAL]:
        return StoreContents()
    try:
        contents = msgspec.msgpack.decode(data[_SEAL:], type=StoreContents)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return StoreContents()
    one_for_one = all(len(a) == len(b) == 1 for table in contents.tables.values() for a, b in table.items())
    return contents if one_for_one else StoreContents()
