"""The rows of a report in every table, by the columns of the schema."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from confparse.formats.outline_places import Pages, Placed, pages_of, placed
from confparse.formats.table_schema import ENDS, KEY, Column, Path, Table, tables
from confparse.model import Node, Report

Row = list[Any]
Rows = dict[str, list[Row]]  # by the names of the tables
ComputedValues = dict[str, Any]  # the values of a row that no field of its record holds, by the names of their columns
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Rows)


def rows(report: Report, text: str) -> Rows:
    """The rows of a report whose decoded source is `text`: strings, numbers, lists of these or of dicts, and None."""
    pages = pages_of(text)
    return {table.name: list(table_rows(report, table, pages)) for table in tables()}


def packed(report: Report, text: str) -> bytes:
    """The rows of a report as bytes that go from one process to another."""
    return _encoder.encode(rows(report, text))


def unpacked(data: bytes) -> Rows:
    """The rows that were packed."""
    return _decoder.decode(data)


def merged(packs: Iterable[bytes]) -> Rows:
    """The rows of many reports, table by table; a report that gave none is an empty pack."""
    rows: Rows = {table.name: [] for table in tables()}
    for pack in filter(None, packs):
        for name, more in unpacked(pack).items():
            rows[name].extend(more)
    return rows


def table_rows(report: Report, table: Table, pages: Pages) -> Iterator[Row]:
    """The rows of a report in one table."""
    key = dict(zip(KEY, (report.source.sha256, report.source.path or report.source.name), strict=True))
    for record, own in _records(report, table):
        span = getattr(record, "span", None)
        values = {**key, **own, "page": pages.page_at(span[0]) if span else None}
        yield [_value(record, column) if column.path else values[column.name] for column in table.columns]


def _records(report: Report, table: Table) -> Iterator[tuple[Any, ComputedValues]]:
    """The records of a table, with what their own fields do not say."""
    if not table.records:
        yield report, {}
    elif table.records == "outline":
        yield from ((here.node, _of_place(here, position)) for position, here in enumerate(placed(report), 1))
    else:
        yield from ((record, {}) for record in getattr(report, table.records))


def _of_place(here: Placed, position: int) -> ComputedValues:
    return {"position": position, "parent": here.parent, "heading_path": here.headings, "text": own_text(here.node)}


def own_text(node: Node) -> str | None:
    """Heading and content of a node, one below the other."""
    return "\n".join(part for part in (node.heading, node.content) if part) or None


def _value(record: Any, column: Column) -> Any:
    value = _reach(record, column.path)
    return msgspec.to_builtins(value) if column.type == "records" else value


def _reach(record: Any, path: Path) -> Any:
    for depth, step in enumerate(path):
        if record is None:
            return None
        outer = path[depth - 1] if depth else ""
        record = record[ENDS[outer].index(step)] if isinstance(record, tuple) else getattr(record, step)
    return record
