"""Record lists as tables: one row per record, nested fields as `speaker.name`, lists as one value.

The columns are made from the record types, so that every report has the same ones.
"""

import csv as csv_module
import io
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from confparse.model import Node, Report

_SEPARATOR = "; "  # between the values of a list
_WITHOUT_TABLE = ("schema", "source", "grammar", "cover", "coverage")  # fields of a report that are no lists
LISTS = tuple(name for name in Report.__struct_fields__ if name not in _WITHOUT_TABLE)
_ENDS = {"span": ("start", "end"), "lines": ("first", "last")}  # pairs of numbers have two columns
_REPORT_COLUMN = "report"  # the path or name of the source


def row_type(records: str) -> type[msgspec.Struct]:
    """The type of the rows of a list: `statements`, `outline` …"""
    hint = get_type_hints(Report)[records]
    row: type[msgspec.Struct] = get_args(hint)[0]
    return row


def columns(records: str) -> list[str]:
    """The names of the columns of a list, in record order."""
    return [_REPORT_COLUMN, *(".".join(path) for path in _paths(row_type(records)))]


def _paths(row: type[msgspec.Struct], seen: tuple[type, ...] = ()) -> Iterator[tuple[str, ...]]:
    hints = get_type_hints(row)
    for field in row.__struct_fields__:
        nested = _struct_in(hints[field])
        if field == "children":
            continue
        if field in _ENDS:
            yield from ((field, end) for end in _ENDS[field])
        elif nested is None or nested in seen:
            yield (field,)
        else:
            yield from ((field, *path) for path in _paths(nested, (*seen, row)))


def _struct_in(hint: Any) -> type[msgspec.Struct] | None:
    """The record type of a field that holds one record or none."""
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return next((o for o in options if isinstance(o, type) and issubclass(o, msgspec.Struct)), None)


def rows(report: Report, records: str) -> Iterator[dict[str, object]]:
    """One dict per record, by the names of the columns; absent values are empty."""
    paths = list(_paths(row_type(records)))
    name = report.source.path or report.source.name
    for record in report.walk() if records == "outline" else getattr(report, records):
        yield {_REPORT_COLUMN: name, **{".".join(path): _value(record, path) for path in paths}}


def _value(record: object, path: tuple[str, ...]) -> object:
    if len(path) > 1 and path[-2] in _ENDS:
        pair = _reach(record, path[:-1])
        return pair[_ENDS[path[-2]].index(path[-1])] if isinstance(pair, tuple) else ""
    return _flat(_reach(record, path))


def _reach(record: object, path: tuple[str, ...]) -> object:
    for step in path:
        record = getattr(record, step, None)
    return record


def _flat(value: object) -> object:
    """A value for one cell: lists are joined, records in them are their names or JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return _SEPARATOR.join(str(_flat(item)) for item in value)
    if isinstance(value, Node):
        return value.eid
    if isinstance(value, msgspec.Struct):
        return msgspec.json.encode(value).decode("utf-8")
    return value


def csv(report: Report, records: str, head: bool) -> str:
    """A list as CSV (RFC 4180, `\\n` line ends), with the names of its columns if `head`."""
    out = io.StringIO()
    writer = csv_module.DictWriter(out, columns(records), lineterminator="\n")
    if head:
        writer.writeheader()
    writer.writerows(rows(report, records))
    return out.getvalue()
