"""Formats and the endings of their files: `-o report.json` writes JSON."""

from pathlib import Path
from typing import Literal, TypeVar, get_args

from confparse.diagnostics import InputError

Format = Literal["yaml", "json", "jsonl", "md", "csv"]
TableFormat = Literal["parquet", "csv", "sqlite"]  # of many reports
BatchFormat = Literal["json", "yaml", "md", "jsonl", "parquet", "csv", "sqlite"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIX: dict[Format, str] = {"yaml": ".yaml", "json": ".json", "jsonl": ".jsonl", "md": ".md", "csv": ".csv"}
SHARD_MEGABYTES = 8  # of inputs in a shard of tables: some 10 s of work for one core, some 1 MB of Parquet
DATABASE_ENDINGS = (".sqlite", ".sqlite3", ".db")
_OF_ENDING: dict[str, Format] = {suffix: format for format, suffix in SUFFIX.items()} | {
    ".yml": "yaml",
    ".ndjson": "jsonl",
    ".markdown": "md",
}
F = TypeVar("F", bound=str)


def format_of(output: Path) -> Format | None:
    """The format that the ending of a name says, None if it says nothing."""
    return _OF_ENDING.get(output.suffix.lower())


def as_tables(format: BatchFormat) -> TableFormat | None:
    """The format, if it is one of tables."""
    return format if format == "parquet" or format == "csv" or format == "sqlite" else None


def chosen_format(output: Path | None, given: F | None, default: F) -> F | Format:
    """The format for an output: as given, else by the ending. Raises InputError if the two contradict each other."""
    ending = format_of(output) if output is not None else None
    if given is None:
        return ending or default
    if ending is not None and ending != given:
        raise InputError("format_contradicts", name=output, ending=ending, format=given)
    return given
