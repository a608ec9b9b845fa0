"""The tables of a batch as a folder of CSV files, and a Data Package that describes them."""

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path

from confparse.batch.lock import open_own
from confparse.batch.sinks import Extent, Places, places
from confparse.diagnostics import InputError
from confparse.files import write_whole
from confparse.formats.table_cells import csv_head, csv_rows
from confparse.formats.table_package import data_package
from confparse.formats.table_rows import Rows
from confparse.formats.table_schema import tables

_COPIED = 1 << 20  # bytes at once


class CsvFolder:
    """One file for each table, written beside its name."""

    def __init__(self, out: Path) -> None:
        self._files = [out / f"{table.name}.csv" for table in tables()]
        self._partials = [file.with_name(f".{file.name}.partial") for file in self._files]
        self._earlier: list[FileIO] = []
        self._outs: list[FileIO] = []
        self._places: Places = {}
        self._package = out / "datapackage.json"

    def begin(self, names: Sequence[str], noted: Sequence[tuple[str, Extent]], wanted: set[str]) -> set[str]:
        with suppress(OSError):
            for partial, file in zip(self._partials, self._files, strict=True):
                self._earlier.append(
                    os.fdopen(open_own(str(partial if partial.is_file() else file), 0), "rb", buffering=0)
                )
            heads = tuple(len(csv_head(table)) for table in tables())
            self._places = places(heads, noted, tuple(os.fstat(file.fileno()).st_size for file in self._earlier))
        for partial, table in zip(self._partials, tables(), strict=True):
            partial.unlink(missing_ok=True)
            self._outs.append(os.fdopen(open_own(str(partial), os.O_CREAT | os.O_EXCL), "wb", buffering=0))
            _write(self._outs[-1], partial, csv_head(table))
        return wanted & self._places.keys()

    def keep(self, name: str) -> Extent:
        extent = []
        places = zip(self._earlier, self._outs, self._partials, *self._places[name], strict=True)
        for earlier, out, partial, start, end in places:
            earlier.seek(start)
            for at in range(start, end, _COPIED):
                _write(out, partial, earlier.read(min(_COPIED, end - at)))
            extent.append(end - start)
        return tuple(extent)

    def write(self, name: str, rows: Rows) -> Extent:
        extent = []
        for table, out, partial in zip(tables(), self._outs, self._partials, strict=True):
            extent.append(_write(out, partial, csv_rows(table, rows[table.name])))
        return tuple(extent)

    def finish(self) -> None:
        self.close()
        for file in self._files:
            if file.is_dir():
                raise InputError("unwritable", name=file, why=IsADirectoryError(errno.EISDIR, ""))
        for partial, file in zip(self._partials, self._files, strict=True):
            os.replace(partial, file)
        write_whole(self._package, [data_package()])

    def close(self) -> None:
        for file in (*self._earlier, *self._outs):
            file.close()


def _write(out: FileIO, name: Path, data: bytes) -> int:
    """Write all bytes, and give their number. Raises InputError with the name of the file."""
    at = 0
    try:
        while at < len(data):
            at += out.write(data[at:]) or 0
    except OSError as error:
        raise InputError("unwritable", name=name, why=error) from None
    return len(data)
