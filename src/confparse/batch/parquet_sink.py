"""The tables of a batch as a folder of Parquet files: one folder for each table, in it one file for each shard."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from confparse.batch.sinks import Extent
from confparse.diagnostics import InputError
from confparse.files import drop_partials, write_whole
from confparse.formats.parquet import parquet, require, row_count
from confparse.formats.table_package import dataset_card
from confparse.formats.table_rows import Rows
from confparse.formats.table_schema import tables

_PART = re.compile(r"part-\d{6,}")


class ParquetFolder:
    """A folder of folders, with a card that says what is in them. Raises InputError without pyarrow."""

    def __init__(self, out: Path) -> None:
        require()
        self._out = out

    def _file(self, table: str, name: str) -> Path:
        return self._out / table / f"{name}.parquet"

    def begin(self, names: Sequence[str], noted: Sequence[tuple[str, Extent]], wanted: set[str]) -> set[str]:
        """Shards that will not be used again are removed: they must not be read beside those of this batch."""
        reusable = {name for name in wanted if all(self._file(table.name, name).is_file() for table in tables())}
        for table in tables():
            folder = self._out / table.name
            if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(self._out)):
                raise InputError("output_link", name=folder)
            for file in folder.glob("part-*.parquet"):
                if _PART.fullmatch(file.stem) and file.stem not in reusable:
                    file.unlink()
            drop_partials(self._file(table.name, name) for name in names)
        return reusable

    def keep(self, name: str) -> Extent:
        return ()

    def write(self, name: str, rows: Rows) -> Extent:
        for table in tables():
            write_whole(self._file(table.name, name), [parquet(table, rows[table.name])])
        return ()

    def finish(self) -> None:
        holding = {table.name for table in tables() if self._holds_rows(table.name)}
        write_whole(self._out / "README.md", [dataset_card(holding)])

    def _holds_rows(self, table: str) -> bool:
        """Whether any shard of a table has rows: an empty one is smaller than any that has some."""
        sizes = {file: file.stat().st_size for file in (self._out / table).glob("part-*.parquet")}
        return bool(sizes) and row_count(max(sizes, key=lambda file: sizes[file]).read_bytes()) > 0

    def close(self) -> None:
        pass
