"""The tables of many reports: their columns, made from the record types, with their meanings and keys.

One schema for Parquet, CSV and SQLite. A record in a field becomes columns (`speaker_name`), a span two numbers; a list
stays one value: a list in Parquet, a JSON array in CSV and SQLite.
"""

import types
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from confparse.diagnostics import MessageTemplate
from confparse.formats.schemas import record_texts
from confparse.model import Report

ColumnType = Literal["string", "integer", "boolean", "strings", "integers", "records"]
ENDS = {"span": ("start", "end"), "lines": ("first", "last")}  # pairs of numbers have two columns
KEY = ("report", "path")  # joins all tables: `report` alone does if no input is there twice
_NO_COLUMNS = ("children",)  # a child is a separate row
_LISTS = {  # tables of the lists of a report, by their names
    "paragraphs": "outline",
    "footnotes": "footnotes",
    "statements": "statements",
    "documents": "documents",
    "meetings": "meetings",
    "workshops": "workshops",
    "panels": "panels",
    "conclusions": "conclusions",
    "decisions": "decisions",
    "diagnostics": "diagnostics",
}
_REPORT_FIELDS = {"source": "", "cover": "", "grammar": "grammar_", "coverage": "coverage_"}  # prefix of their columns
_KEY_FIELDS = (("source", "sha256"), ("source", "path"))  # they are the key
_JOINS = {  # columns that name a row of another table of the same report
    "meeting": ("meetings", "id"),
    "paragraph": ("paragraphs", "eid"),
    "parent": ("paragraphs", "eid"),
}
Path = tuple[str, ...]
RecordType = type[msgspec.Struct]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: where in a record its values are, nowhere if they are made of more; for `records`, of which type."""

    name: str
    type: ColumnType
    about: MessageTemplate
    path: Path = ()
    required: bool = False
    record: RecordType | None = None


class TableJoin(msgspec.Struct, frozen=True):
    """The rows of another table that a column names, in the same report."""

    column: str
    table: str
    key: str


class Table(msgspec.Struct, frozen=True):
    """A table: its columns in order, and those that tell its rows apart, if there are such."""

    name: str
    about: MessageTemplate
    columns: tuple[Column, ...]
    key: Path
    joins: tuple[TableJoin, ...]
    records: str = ""  # the list of a report that it holds, none for the reports themselves


@cache
def tables() -> tuple[Table, ...]:
    """Every table, the reports first."""
    return (_reports(), *(_of_list(name, records) for name, records in _LISTS.items()))


@cache
def list_table(records: str) -> Table:
    """The table of a list of a report, by the name of its field; a batch writes them all but `furniture`."""
    return next((table for table in tables() if table.records == records), None) or _of_list(records, records)


def _reports() -> Table:
    hints, columns = get_type_hints(Report), [_computed_column("report"), _computed_column("path")]
    for field, prefix in _REPORT_FIELDS.items():
        columns += [
            _column(hints[field], path, hint, field, prefix + "_".join(path))
            for path, hint in flat_fields(hints[field])
            if (field, *path) not in _KEY_FIELDS
        ]
    return Table("reports", record_texts().tables["reports"], tuple(columns), KEY, ())


def _of_list(name: str, records: str) -> Table:
    row = row_type(records)
    columns = [_column(row, path, hint, "", "_".join(path)) for path, hint in flat_fields(row)]
    at = next(i for i, column in enumerate(columns) if column.name == "span_start")
    columns.insert(at, _computed_column("page"))
    if name == "paragraphs":
        columns = [_computed_column("text") if column.name == "content" else column for column in columns]
        columns[at:at] = [_computed_column("heading_path")]
        columns[0:1] = [_computed_column("position"), columns[0], _computed_column("parent")]
    about = record_texts().tables.get(name) or record_texts().field("Report", records)
    assert about is not None
    own = next((column.name for column in columns if column.name in ("eid", "id")), None)
    joins = tuple(TableJoin(c.name, *_JOINS[c.name]) for c in columns if c.name in _JOINS)
    return Table(
        name,
        about,
        (_computed_column("report"), _computed_column("path"), *columns),
        (*KEY, own) if own else (),
        joins,
        records,
    )


def _computed_column(name: str) -> Column:
    """A column that no single field of a record holds."""
    kinds: dict[str, ColumnType] = {"position": "integer", "page": "integer", "heading_path": "strings"}
    required = name in (*KEY, "position", "heading_path")
    return Column(name=name, type=kinds.get(name, "string"), about=record_texts().columns[name], required=required)


def _column(row: type[msgspec.Struct], path: Path, hint: Any, field: str, name: str) -> Column:
    kind, record = _column_type(hint)
    texts = record_texts()
    about = texts.columns["_".join(path[-2:])] if len(path) > 1 and path[-2] in ENDS else _about(row, path)
    within = (field, *path) if field else path
    required = not _may_be_none(row, path)
    return Column(name=name, type=kind, about=about, path=within, required=required, record=record)


def _about(row: type[msgspec.Struct], path: Path) -> MessageTemplate:
    """What the fields on the way to a value mean, one after the other."""
    sentences = []
    for field in path:
        about = record_texts().field(row.__name__, field)
        sentences += [about] if about else []
        row = struct_in(get_type_hints(row)[field]) or row
    return MessageTemplate(en=" ".join(s.en for s in sentences), zh="".join(s.zh for s in sentences))


def _may_be_none(row: type[msgspec.Struct], path: Path) -> bool:
    for field in path:
        if field in ENDS:
            return type(None) in get_args(get_type_hints(row)[field])
        hint = get_type_hints(row)[field]
        if type(None) in get_args(hint):
            return True
        row = struct_in(hint) or row
    return False


def _column_type(hint: Any) -> tuple[ColumnType, type[msgspec.Struct] | None]:
    """The type of a column, and that of its records if it holds a list of such."""
    plain = plain_type(hint)
    if get_origin(plain) is tuple:
        item = get_args(plain)[0]
        if isinstance(item, type) and issubclass(item, msgspec.Struct):
            return "records", item
        return ("integers" if item is int else "strings"), None
    return ("boolean" if plain is bool else "integer" if plain is int else "string"), None


def row_type(records: str) -> type[msgspec.Struct]:
    """The type of the rows of a list of a report: `statements`, `outline` …"""
    row: type[msgspec.Struct] = get_args(get_type_hints(Report)[records])[0]
    return row


def flat_fields(row: type[msgspec.Struct], outer: tuple[type, ...] = ()) -> Iterator[tuple[Path, Any]]:
    """(path, type) of the single values in a record and in the records it holds, in their order."""
    hints = get_type_hints(row)
    for field in row.__struct_fields__:
        nested = struct_in(hints[field])
        if field in _NO_COLUMNS:
            continue
        if field in ENDS and get_origin(plain_type(hints[field])) is tuple:
            yield from (((field, end), int) for end in ENDS[field])
        elif nested is None or nested in outer:
            yield (field,), hints[field]
        else:
            yield from (((field, *path), hint) for path, hint in flat_fields(nested, (*outer, row)))


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def plain_type(hint: Any) -> Any:
    """The type of a field if it is there."""
    return next(option for option in _options(hint) if option is not type(None))


def struct_in(hint: Any) -> type[msgspec.Struct] | None:
    """The record type of a field that holds one record or none."""
    return next((o for o in _options(hint) if isinstance(o, type) and issubclass(o, msgspec.Struct)), None)
