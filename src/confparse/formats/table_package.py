"""The description of the tables: as a Data Package (Frictionless), and as the card of a dataset folder of Parquet
files.
"""

from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from confparse.formats.table_schema import KEY, Column, ColumnType, Path, Table, tables
from confparse.model import SCHEMA

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES: dict[ColumnType, str] = {"strings": "array", "integers": "array", "records": "array"}
CARD_START = f"---\n# Tables of {SCHEMA}.\n"


def data_package() -> bytes:
    """The descriptor of the tables as CSV files: every column with type and meaning, the keys, what joins what."""
    package = {
        "name": "confparse-tables",
        "$schema": _PROFILE,
        "title": f"Tables of {SCHEMA}",
        "resources": [_resource(table) for table in tables()],
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n"


def _resource(table: Table) -> dict[str, Any]:
    joins: list[tuple[str, Path, Path]] = [("reports", KEY, KEY)] if table.name != "reports" else []
    joins += [(join.table, (*KEY, join.column), (*KEY, join.key)) for join in table.joins]
    foreign = [{"fields": own, "reference": {"resource": name, "fields": other}} for name, own, other in joins]
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    schema |= {"primaryKey": table.key} if table.key else {}
    schema |= {"foreignKeys": foreign} if foreign else {}
    about = {"name": table.name, "path": f"{table.name}.csv", "description": table.about.en}
    return {**about, "type": "table", "format": "csv", "encoding": "utf-8", "schema": schema}


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, "type": _TYPES.get(column.type, column.type), "description": column.about.en}
    return {**field, "constraints": {"required": True}} if column.required else field


def dataset_card(holding: Collection[str]) -> bytes:
    """The README.md of a folder of Parquet files: what Hugging Face `datasets` loads from it, which are the tables that
    are `holding` rows, as it cannot load empty ones; and what is in it.
    """
    lines = [CARD_START.rstrip("\n"), "configs:"]
    for table in (table for table in tables() if table.name in holding):
        lines += [f"- config_name: {table.name}", f"  data_files: {table.name}/*.parquet"]
        lines += ["  default: true"] * (table.name == "paragraphs")
    lines += ["---", "", f"# Tables of {SCHEMA}", "", *described("en", ("column", "type", "meaning"))]
    return ("\n".join(lines) + "\n").encode("utf-8")


def described(ui: str, heads: tuple[str, str, str]) -> Iterator[str]:
    """The tables and their columns as Markdown, in a language, `en` or `zh`; `heads` are those of name, type and
    meaning.
    """
    for table in tables():
        yield from (f"## {table.name}", "", table.about.said(ui), "", f"| {' | '.join(heads)} |", "| --- | --- | --- |")
        yield from (f"| `{c.name}` | {c.type} | {c.about.said(ui)} |" for c in table.columns)
        yield ""
