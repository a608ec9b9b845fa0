"""Record lists as tables: one row per record, nested fields as `speaker.name`, lists as one value.

The columns are made from the record types, so that every report has the same ones.
"""

import csv as csv_module
import io
from collections.abc import Iterator

import msgspec

from confparse.formats.table_schema import ENDS, flat_fields, row_type
from confparse.model import Node, Report

_SEPARATOR = "; "  # between the values of a list
_WITHOUT_TABLE = ("schema", "source", "grammar", "cover", "coverage")  # fields of a report that are no lists
LISTS = tuple(name for name in Report.__struct_fields__ if name not in _WITHOUT_TABLE)
_REPORT_COLUMN = "report"  # the path or name of the source


def columns(records: str) -> list[str]:
    """The names of the columns of a list, in record order."""
    return [_REPORT_COLUMN, *(".".join(path) for path, _ in flat_fields(row_type(records)))]


def rows(report: Report, records: str) -> Iterator[dict[str, object]]:
    """One dict per record, by the names of the columns; absent values are empty."""
    paths = [path for path, _ in flat_fields(row_type(records))]
    name = report.source.path or report.source.name
    for record in report.walk() if records == "outline" else getattr(report, records):
        yield {_REPORT_COLUMN: name, **{".".join(path): _value(record, path) for path in paths}}


def _value(record: object, path: tuple[str, ...]) -> object:
    if len(path) > 1 and path[-2] in ENDS:
        pair = _reach(record, path[:-1])
        return pair[ENDS[path[-2]].index(path[-1])] if isinstance(pair, tuple) else ""
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
