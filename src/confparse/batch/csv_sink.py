"""The tables of a batch as a folder of CSV files, and a Data Package that describes them."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from confparse.batch.lock import open_own
from confparse.batch.sinks import Extent, Places, places
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
        self._earlier: list[BinaryIO] = []
        self._outs: list[BinaryIO] = []
        self._places: Places = {}
        self._package = out / "datapackage.json"

    def begin(self, names: Sequence[str], noted: Sequence[tuple[str, Extent]], wanted: set[str]) -> set[str]:
        with suppress(OSError):
            for partial, file in zip(self._partials, self._files, strict=True):
                self._earlier.append(os.fdopen(open_own(str(partial if partial.is_file() else file), 0), "rb"))
            heads = tuple(len(csv_head(table)) for table in tables())
            self._places = places(heads, noted, tuple(os.fstat(file.fileno()).st_size for file in self._earlier))
        for partial, table in zip(self._partials, tables(), strict=True):
            partial.unlink(missing_ok=True)
            self._outs.append(os.fdopen(open_own(str(partial), os.O_CREAT | os.O_EXCL), "wb"))
            self._outs[-1].write(csv_head(table))
        return wanted & self._places.keys()

    def keep(self, name: str) -> Extent:
        extent = []
        for earlier, out, start, end in zip(self._earlier, self._outs, *self._places[name], strict=True):
            earlier.seek(start)
            for at in range(start, end, _COPIED):
                out.write(earlier.read(min(_COPIED, end - at)))
            out.flush()
            extent.append(end - start)
        return tuple(extent)

    def write(self, name: str, rows: Rows) -> Extent:
        extent = []
        for table, out in zip(tables(), self._outs, strict=True):
            extent.append(out.write(csv_rows(table, rows[table.name])))
            out.flush()
        return tuple(extent)

    def finish(self) -> None:
        self.close()
        for partial, file in zip(self._partials, self._files, strict=True):
            os.replace(partial, file)
        write_whole(self._package, [data_package()])

    def close(self) -> None:
        for file in (*self._earlier, *self._outs):
            file.close()
