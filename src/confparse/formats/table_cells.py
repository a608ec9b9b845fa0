"""Rows as CSV (RFC 4180) and for SQLite: a list is a JSON array, a truth `true` or 1."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from confparse.formats.table_rows import Row
from confparse.formats.table_schema import Table

_JSON_TYPES = ("strings", "integers", "records")


def csv_head(table: Table) -> bytes:
    """The line with the names of the columns."""
    return _lines([[column.name for column in table.columns]])


def csv_rows(table: Table, rows: Iterable[Row]) -> bytes:
    """Rows as lines that end in `\\n`; an absent value is empty."""
    truths = [i for i, column in enumerate(table.columns) if column.type == "boolean"]

    def cells(row: list[Any]) -> list[Any]:
        for i in truths:
            row[i] = None if row[i] is None else str(row[i]).lower()
        return row

    return _lines(cells(flat(table, row)) for row in rows)


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def flat(table: Table, row: Row) -> list[Any]:
    """A row whose lists are JSON."""
    return [
        _json(value) if column.type in _JSON_TYPES else value for column, value in zip(table.columns, row, strict=True)
    ]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode("utf-8")
