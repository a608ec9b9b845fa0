"""The tables of a batch as one SQLite database, written beside its name; its indexes are made when all rows are
there.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from confparse.batch.lock import open_own
from confparse.batch.sinks import Extent, Places, places
from confparse.formats.sqlite import copy, counts, create, finish, insert
from confparse.formats.table_rows import Rows
from confparse.formats.table_schema import tables

_EARLIER = "earlier"  # the name of an earlier database inside the new one
_BESIDE = ("", "-journal")  # a database, and what of it was not committed


class Database:
    """One file. Each shard is a transaction."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._partial = file.with_name(f".{file.name}.partial")
        self._old = file.with_name(f".{file.name}.earlier")
        self._places: Places = {}

    def begin(self, names: Sequence[str], noted: Sequence[tuple[str, Extent]], wanted: set[str]) -> set[str]:
        earlier = self._set_aside() if wanted and self._partial.is_file() else self._file
        _remove(self._partial)
        os.close(open_own(str(self._partial), os.O_CREAT | os.O_EXCL))
        self._database = sqlite3.connect(f"{self._partial.as_uri()}", uri=True)
        create(self._database)
        if wanted:
            with suppress(OSError, sqlite3.DatabaseError):  # nothing that can be used again
                os.close(open_own(str(earlier), 0))
                self._database.execute(f"ATTACH ? AS {_EARLIER}", (f"{earlier.as_uri()}?mode=ro",))
                self._places = places((0,) * len(tables()), noted, counts(self._database, _EARLIER))
        return wanted & self._places.keys()

    def _set_aside(self) -> Path:
        """What a stopped run wrote, without what it had not committed."""
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(self._partial)) as stopped:
            stopped.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _remove(self._old)
        os.replace(self._partial, self._old)
        return self._old

    def keep(self, name: str) -> Extent:
        start, end = self._places[name]
        with self._database:
            copy(self._database, _EARLIER, zip(start, end, strict=True))
        return tuple(b - a for a, b in zip(start, end, strict=True))

    def write(self, name: str, rows: Rows) -> Extent:
        with self._database:
            insert(self._database, rows)
        return tuple(len(rows[table.name]) for table in tables())

    def finish(self) -> None:
        if self._places:
            self._database.execute(f"DETACH {_EARLIER}")
        finish(self._database)
        self._database.close()
        os.replace(self._partial, self._file)
        _remove(self._old)

    def close(self) -> None:
        if hasattr(self, "_database"):
            self._database.close()


def _remove(file: Path) -> None:
    for beside in _BESIDE:
        file.with_name(file.name + beside).unlink(missing_ok=True)
