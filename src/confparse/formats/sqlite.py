"""The tables as one SQLite database, with indexes and full text search; Datasette shows it as it is."""

import sqlite3
from collections.abc import Iterable, Iterator

from confparse.formats.table_cells import flat
from confparse.formats.table_rows import Rows
from confparse.formats.table_schema import ColumnType, Table, tables

_TYPES: dict[ColumnType, str] = {"string": "TEXT", "integer": "INTEGER", "boolean": "INTEGER"}  # lists are JSON texts
_INDEXED = (  # columns that people count and filter by, beside keys and joins
    "symbol",
    "language",
    "date_start",
    "element",
    "role",
    "speaker_code",
    "speaker_name",
    "act",
    "relation",
    "date",
    "code",
)
_SEARCHED = {"paragraphs": ("text",), "footnotes": ("content",), "conclusions": ("text",)}


def create(database: sqlite3.Connection) -> None:
    """Make the tables, and the one that says what their columns mean."""
    with database:
        database.execute("CREATE TABLE columns (table_name TEXT, name TEXT, type TEXT, meaning TEXT, meaning_zh TEXT)")
        for table in tables():
            columns = (f'"{c.name}" {_TYPES.get(c.type, "TEXT")}{" NOT NULL" * c.required}' for c in table.columns)
            database.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
            described = ((table.name, c.name, c.type, c.about.en, c.about.zh) for c in table.columns)
            database.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", described)


def insert(database: sqlite3.Connection, rows: Rows) -> None:
    """Add rows to the open transaction."""
    for table in tables():
        blanks = ", ".join("?" for _ in table.columns)
        values = (flat(table, row) for row in rows[table.name])
        database.executemany(f'INSERT INTO "{table.name}" VALUES ({blanks})', values)


def copy(database: sqlite3.Connection, earlier: str, counts: Iterable[tuple[int, int]]) -> None:
    """Add rows of an attached database to the open transaction: of each table those after `start`, up to `end`."""
    for table, (start, end) in zip(tables(), counts, strict=True):
        database.execute(
            f'INSERT INTO "{table.name}" SELECT * FROM {earlier}."{table.name}" WHERE rowid > ? AND rowid <= ?',
            (start, end),
        )


def counts(database: sqlite3.Connection, name: str) -> tuple[int, ...]:
    """How many rows each table of an attached database has."""
    rows = (
        database.execute(f'SELECT coalesce(max(rowid), 0) FROM {name}."{table.name}"').fetchone() for table in tables()
    )
    return tuple(row[0] for row in rows)


def finish(database: sqlite3.Connection) -> None:
    """Add the indexes and the full text search, once all rows are there."""
    with database:
        for statement in _late():
            database.execute(statement)


def _late() -> Iterator[str]:
    for table in tables():
        for columns in _indexes(table):
            names = ", ".join(f'"{name}"' for name in columns)
            yield f'CREATE INDEX "{table.name}_{"_".join(columns)}" ON "{table.name}" ({names})'
    for name, columns in _SEARCHED.items():
        search, names = f"{name}_fts", ", ".join(columns)
        yield f"CREATE VIRTUAL TABLE {search} USING fts5({names}, content=\"{name}\", tokenize='trigram')"
        yield f"INSERT INTO {search} ({search}) VALUES ('rebuild')"
    yield "ANALYZE"


def _indexes(table: Table) -> Iterator[tuple[str, ...]]:
    yield table.key or ("report", "path")
    yield from (("report", join.column) for join in table.joins)
    yield from ((column.name,) for column in table.columns if column.name in _INDEXED)
