"""Which files a batch is to parse, and what each becomes."""

import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePath

import msgspec

from confparse.diagnostics import InputError
from confparse.discovery import Input
from confparse.files import same_file
from confparse.formats.endings import (
    DATABASE_ENDINGS,
    SHARD_MEGABYTES,
    BatchFormat,
    TableFormat,
    format_of,
    is_file_name,
)
from confparse.formats.table_schema import tables
from confparse.text.types import Script, Spacing

DATABASE_NAME = "reports.sqlite"  # in an output folder
_INPUT_SUFFIXES = (".txt", ".text", ".pdf", ".docx", ".docm", ".html", ".htm", ".xhtml")  # `report.v1` keeps its ending


class Job(msgspec.Struct, frozen=True):
    """One input, and where its output goes: its own file, or none if all go into one; or why it cannot."""

    source: Path
    target: Path | None = None
    error: InputError | None = None


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a batch parses and writes."""

    grammar: str
    format: BatchFormat
    encoding: str | None = None
    script: Script = "keep"
    spacing: Spacing = "tight"
    anchors: bool = False  # in Markdown
    shard_size: int = SHARD_MEGABYTES  # of tables


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one job: its line if all go into one file, its counts, or the error."""

    source: Path | str  # a name with its protocol is not a path
    sha256: str = ""
    line: bytes = b""
    size: int = 0  # bytes read
    paragraphs: int = 0
    records: int = 0
    codes: dict[str, int] = {}
    skipped: bool = False
    error: InputError | None = None


def jobs_for_lines(inputs: Sequence[Input], out: Path) -> list[Job]:
    """A job for each input, all into one file. Raises InputError if that file is an input."""
    for one in inputs:
        if same_file(one.path, out):
            raise InputError("output_is_input", name=one.path)
    return [Job(one.path, error=_refused(one)) for one in inputs]


def jobs_for_tables(inputs: Sequence[Input], outputs: Sequence[Path]) -> list[Job]:
    """A job for each input, once. Raises InputError if an output is an input."""
    once = list({one.path: one for one in inputs}.values())
    for out in outputs:
        if os.path.lexists(out):
            jobs_for_lines(once, out)
    return [Job(one.path, error=_refused(one)) for one in once]


def jobs_for_files(inputs: Sequence[Input], out: Path, format: BatchFormat) -> list[Job]:
    """One job per input, each with its own file below the output folder."""
    once = list({one.path: one for one in inputs}.values())
    jobs, targets = [], _targets(once, out, format)
    sources: dict[Path, Path] = {}
    for one, target in zip(once, targets, strict=True):
        error = _refused(one) or _unsafe(one.path, target, out, sources.get(target))
        if error is None:
            sources[target] = one.path
        jobs.append(Job(one.path, target if error is None else None, error))
    return jobs


def _refused(one: Input) -> InputError | None:
    return InputError("batch_stdin") if str(one.path) == "-" else one.error


def _unsafe(source: Path, target: Path, out: Path, other: Path | None) -> InputError | None:
    """Why an output cannot be written under this name: it would replace something, or leave the output folder."""
    if other is not None:
        return InputError("would_overwrite", name=source, other=other)
    if same_file(source, target):
        return InputError("inside_output", name=source)
    if not Path(os.path.realpath(target.parent)).is_relative_to(os.path.realpath(out)):
        return InputError("leads_out", name=source, folder=target.parent)
    return None


def _targets(inputs: Sequence[Input], out: Path, format: BatchFormat) -> list[Path]:
    """The output of each input: the stem of its name, or its whole name if several inputs share the stem."""
    names = [(f"{_stem(one.place)}.{format}", f"{one.place}.{format}") for one in inputs]
    chosen = [short for short, _ in names]
    while True:
        sharing: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(chosen):
            sharing[name].append(i)
        longer = [i for same in sharing.values() if len(same) > 1 for i in same if chosen[i] != names[i][1]]
        if not longer:
            return [out / name for name in chosen]
        for i in longer:
            chosen[i] = names[i][1]


def _stem(place: PurePath) -> str:
    return str(place.with_suffix("")) if place.suffix.lower() in _INPUT_SUFFIXES else str(place)


def batch_format(output: Path, format: BatchFormat | None) -> BatchFormat:
    """The format of a batch: as given, else lines or a database if the output is such a file, else JSON.

    Raises InputError if the ending of the output contradicts that, unless it is a folder that exists.
    """
    if os.path.isdir(output):
        return format or "json"
    ending = "sqlite" if is_database(output) else format_of(output)
    if ending is None and format is None and is_file_name(output):
        raise InputError("batch_wants_folder", name=output)
    if ending is None or ending in ("jsonl", "sqlite"):
        if format is not None and ending is not None and ending != format:
            raise InputError("format_contradicts", name=output, ending=ending, format=format)
        return format or ("jsonl" if ending == "jsonl" else "sqlite" if ending == "sqlite" else "json")
    if format == "jsonl":
        raise InputError("format_contradicts", name=output, ending=ending, format=format)
    raise InputError("batch_wants_folder", name=output)


def is_database(output: Path) -> bool:
    """Whether an output is named as a database is."""
    return output.suffix.lower() in DATABASE_ENDINGS and not os.path.isdir(output)


def files_of_tables(out: Path, format: TableFormat) -> list[Path]:
    """The files of tables that would replace an input of the same name."""
    return [out] if format == "sqlite" else [out / f"{table.name}.csv" for table in tables()] if format == "csv" else []


def table_output(output: Path, format: BatchFormat) -> Path:
    """Where tables go: a folder, or the file of a database, in the folder if only that is named."""
    return output / DATABASE_NAME if format == "sqlite" and not is_database(output) else output
