"""One record list of a report as CSV: a table with the columns and cells that a batch writes."""

from confparse.formats.outline_places import Pages
from confparse.formats.table_cells import csv_head, csv_rows
from confparse.formats.table_rows import table_rows
from confparse.formats.table_schema import list_table
from confparse.model import Report

_WITHOUT_TABLE = ("schema", "source", "grammar", "cover", "coverage")  # fields of a report that are not lists
LISTS = tuple(name for name in Report.__struct_fields__ if name not in _WITHOUT_TABLE)


def csv(report: Report, records: str, head: bool, pages: Pages) -> bytes:
    """A list as CSV in UTF-8 (RFC 4180, `\\n` line ends), with the names of its columns if `head`."""
    table = list_table(records)
    return (csv_head(table) if head else b"") + csv_rows(table, table_rows(report, table, pages))
