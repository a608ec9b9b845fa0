"""Rows of a table as one Parquet file, by pyarrow (extra `tables`)."""

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import msgspec

from confparse.diagnostics import InputError
from confparse.extras import PACKAGES
from confparse.formats.table_rows import Row
from confparse.formats.table_schema import Column, Table, plain_type, struct_in
from confparse.model import SCHEMA

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 10_000  # of a row group: what is turned into columns at once; the longest real rows take some 10 MB
_COMPRESSION = "zstd"


def require() -> None:
    """Raises InputError if Parquet cannot be written here."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise InputError("needs_packages", what="-f parquet", packages=PACKAGES["tables"]) from None


def parquet(table: Table, rows: Sequence[Row]) -> bytes:
    """A whole file; the same rows give the same bytes with the same pyarrow."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema, out = arrow_schema(table), io.BytesIO()
    with ParquetWriter(out, schema, compression=_COMPRESSION) as writer:
        for start in range(0, len(rows), _ROWS):
            columns = zip(*rows[start : start + _ROWS], strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return out.getvalue()


def row_count(data: bytes) -> int:
    """The rows of a whole file."""
    import pyarrow as pa
    from pyarrow.parquet import read_metadata

    return int(read_metadata(pa.BufferReader(data)).num_rows)


@cache
def arrow_schema(table: Table) -> "pa.Schema":
    """The columns of a table, each with its meaning, as Arrow has them."""
    import pyarrow as pa

    fields = [
        pa.field(column.name, _arrow(column), not column.required, {"description": column.about.en})
        for column in table.columns
    ]
    return pa.schema(fields, {"confparse": f"{SCHEMA} {table.name}", "description": table.about.en})


def _arrow(column: Column) -> "pa.DataType":
    import pyarrow as pa

    if column.record is not None:
        return pa.list_(_arrow_struct(column.record))
    return {
        "string": pa.string(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "strings": pa.list_(pa.string()),
        "integers": pa.list_(pa.int64()),
    }[column.type]


def _arrow_struct(record: type[msgspec.Struct]) -> "pa.DataType":
    import pyarrow as pa

    hints = get_type_hints(record)
    return pa.struct([(field, _arrow_field(hints[field])) for field in record.__struct_fields__])


def _arrow_field(hint: Any) -> "pa.DataType":
    """The type of a field of a record in a list."""
    import pyarrow as pa

    nested, plain = struct_in(hint), plain_type(hint)
    if nested is not None:
        return _arrow_struct(nested)
    if get_origin(plain) is tuple:
        return pa.list_(_arrow_field(get_args(plain)[0]))
    return pa.bool_() if plain is bool else pa.int64() if plain is int else pa.string()
