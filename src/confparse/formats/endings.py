"""Formats and the endings of their files: `-o report.json` writes JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from confparse.diagnostics import InputError

Format = Literal["yaml", "json", "jsonl", "md", "csv"]
TableFormat = Literal["parquet", "csv", "sqlite"]  # of many reports
BatchFormat = Literal["json", "yaml", "md", "jsonl", "parquet", "csv", "sqlite"]
Engine = Literal["local", "dask"]  # what does the work of a batch
FORMATS: tuple[Format, ...] = get_args(Format)
PairFormat = Literal["text", "tsv", "jsonl", "tmx", "html", "mnbvc"]  # of `compare`
PAIR_FORMATS: tuple[PairFormat, ...] = get_args(PairFormat)
SUFFIX: dict[Format, str] = {"yaml": ".yaml", "json": ".json", "jsonl": ".jsonl", "md": ".md", "csv": ".csv"}
SHARD_MEGABYTES = 2  # of inputs in a shard of tables: some 4 s of work for one core; no worker waits long at the end
DATABASE_ENDINGS = (".sqlite", ".sqlite3", ".db")
_OF_ENDING: dict[str, Any] = {suffix: format for format, suffix in SUFFIX.items()} | {
    ".yml": "yaml",
    ".ndjson": "jsonl",
    ".markdown": "md",
    ".tsv": "tsv",
    ".tmx": "tmx",
    ".html": "html",
    ".htm": "html",
}
_PLAIN = (".txt", ".text", ".log")  # endings of files for people: of the format `text`, if a verb writes it
_ENDS_LIKE = {"mnbvc": "jsonl"}  # formats whose files have the ending of another one
F = TypeVar("F", bound=str)


def format_of(output: Path) -> Format | None:
    """The format of records that the ending of a name says, None if it says none."""
    ending = _OF_ENDING.get(output.suffix.lower())
    return ending if ending in FORMATS else None


def as_tables(format: BatchFormat) -> TableFormat | None:
    """The format, if it is one of tables."""
    return format if format == "parquet" or format == "csv" or format == "sqlite" else None


def chosen_format(output: Path | None, format: F | None, default: F, formats: Sequence[F]) -> F:
    """The format, of those that a verb knows, for an output: as given, else by the ending, else, without one, the
    default.

    Raises InputError if the ending contradicts what is given, is that of a format which only other verbs write, or is
    that of none and nothing is given.
    """
    suffix = output.suffix.lower() if output is not None else ""
    ending = _OF_ENDING.get(suffix)
    if format is not None:
        if ending is not None and ending != _ENDS_LIKE.get(format, format):
            raise InputError("format_contradicts", name=output, ending=ending, format=format)
        return format
    if ending is not None and ending not in formats:
        raise InputError("format_of_others", name=output, ending=ending, choices=", ".join(formats))
    if ending is None and suffix and not (suffix in _PLAIN and "text" in formats):
        endings = ", ".join(end for end, name in _OF_ENDING.items() if name in formats)
        key = "ending_unknown" if len(formats) > 1 else "ending_unknown_here"
        raise InputError(key, name=output, endings=endings)
    return default if ending is None else ending


def is_file_name(output: Path) -> bool:
    """Whether a name ends as those of files do, of records or of plain text."""
    return output.suffix.lower() in (*_OF_ENDING, *_PLAIN)
