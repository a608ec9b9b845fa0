"""What takes long to make of a grammar, kept between runs in the user's cache folder: plain data, and never needed.

A store is one file for one grammar, one version of this program and one of the pattern engine; its name says which, so
an old one is never read. It holds the rules as read and the patterns as the engine compiled them, as MessagePack: no
code, no pickle. A file that somebody else may have written is left alone. `CONFPARSE_CACHE` names another folder, or,
where it is empty, none.
"""

import copyreg
import hashlib
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import regex

from confparse import __version__

FLAGS = regex.VERSION1 | regex.MULTILINE
_SUM = 4  # bytes of the checksum that a store begins with
_REDUCE = copyreg.dispatch_table[regex.Pattern]  # the engine's own way to take a compiled pattern apart


class Kept(msgspec.Struct):
    """The contents of a store: the rules of a grammar, encoded; the sources of their patterns, by rule; those rewritten to
    lead from a line feed, by source, empty where they cannot; patterns as compiled, by source; tables of characters, by
    name.
    """

    grammar: bytes = b""
    sources: dict[str, str] = {}
    leads: dict[str, str] = {}
    patterns: dict[str, Any] = {}
    tables: dict[str, dict[str, str]] = {}


class Store:
    """Compiled patterns, and where they are kept; without a file they live as long as the process."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.kept = _read(file) if file is not None else Kept()
        self._changed = False

    def compile(self, source: str) -> "regex.Pattern[str]":
        """A pattern, from the store or anew. Raises regex.error."""
        known = self.kept.patterns.get(source)
        if known is not None:
            return regex._regex.compile(*known)
        pattern = regex.compile(source, FLAGS)
        if self._file is not None:
            self.kept.patterns[source] = _REDUCE(pattern)[1]
            self._changed = True
        return pattern

    def source(self, rule: str, make: Callable[[], str]) -> str:
        """The source of a rule's pattern in the grammar that the store is for, its fragments filled in."""
        if rule not in self.kept.sources:
            self.kept.sources[rule] = make()
            self._changed = self._file is not None
        return self.kept.sources[rule]

    def lead(self, source: str, make: Callable[[str], str | None]) -> str:
        """A source rewritten, from the store or made now; empty where it cannot be."""
        if source not in self.kept.leads:
            self.kept.leads[source] = make(source) or ""
            self._changed = self._file is not None
        return self.kept.leads[source]

    def table(self, name: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
        """A table of characters, from the store or made now."""
        if name not in self.kept.tables:
            self.kept.tables[name] = make()
            self._changed = self._file is not None
        return self.kept.tables[name]

    def keep(self, grammar: bytes) -> None:
        """Note the rules of the grammar, encoded."""
        self.kept.grammar, self._changed = grammar, self._file is not None

    def save(self) -> None:
        """Write what is new; a folder that cannot be written is no error."""
        if not self._changed or self._file is None:
            return
        from confparse.diagnostics import InputError
        from confparse.files import write_whole

        try:
            data = msgspec.msgpack.encode(self.kept)
            write_whole(self._file, (zlib.crc32(data).to_bytes(_SUM, "big"), data), private=True)
        except InputError:
            self._file = None
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


def _read(file: Path) -> Kept:
    """The contents of a file that is ours alone; nothing where there is none, or where it is damaged."""
    try:
        status = os.lstat(file)
        ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
        if not ours or not stat.S_ISREG(status.st_mode) or stat.S_IMODE(status.st_mode) & 0o022:
            return Kept()
        data = file.read_bytes()
        if zlib.crc32(memoryview(data)[_SUM:]).to_bytes(_SUM, "big") != data[:_SUM]:
            return Kept()
        return msgspec.msgpack.decode(memoryview(data)[_SUM:], type=Kept)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return Kept()
