"""Which files a batch is to parse, and what each becomes."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

import msgspec

from confparse.diagnostics import InputError
from confparse.emit import Format
from confparse.text import Script, Spacing

SUFFIX: dict[Format, str] = {"yaml": ".yaml", "json": ".json", "jsonl": ".jsonl"}


class Job(msgspec.Struct, frozen=True):
    """One input, and where its output goes: a file of its own, or none where all go into one; or why it cannot."""

    source: Path
    target: Path | None = None
    error: InputError | None = None


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a batch parses and writes."""

    grammar: str
    format: Format
    encoding: str | None = None
    script: Script = "keep"
    spacing: Spacing = "tight"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one job: its line where all go into one file, its counts, or the error."""

    source: Path
    sha256: str = ""
    line: bytes = b""
    size: int = 0  # bytes read
    paragraphs: int = 0
    records: int = 0
    codes: dict[str, int] = {}
    skipped: bool = False
    error: InputError | None = None


def inputs(paths: Iterable[str]) -> Iterator[tuple[Path, PurePath]]:
    """Every file that is named, in a folder that is named, or that a pattern matches: with its place below the output."""
    for name in paths:
        path = Path(name)
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file()):
                yield file, file.relative_to(path)
        elif not path.exists() and glob.has_magic(name):
            for found in sorted(glob.glob(name, recursive=True)):
                if os.path.isfile(found):
                    yield Path(found), _below(Path(found))
        else:
            yield path, _below(path)


def _below(path: Path) -> PurePath:
    """The place of a file that is named by itself: its folders are kept where they are below the one at hand."""
    return PurePath(path.name) if path.is_absolute() or ".." in path.parts else PurePath(path)


def jobs(paths: Iterable[str], out: Path, format: Format) -> Iterator[Job]:
    """A job for each input; one fails where its output would be that of another, or the input itself."""
    taken: dict[Path, Path] = {}
    for source, place in inputs(paths):
        if format == "jsonl":
            if source != out:
                yield Job(source)
            continue
        target = (out / place).with_suffix(SUFFIX[format])
        if out in source.parents and source.suffix == SUFFIX[format]:
            continue  # an output of an earlier run, in a folder that holds both
        if target in taken:
            yield Job(source, error=InputError("would_overwrite", name=source, other=taken[target]))
        elif target == source:
            yield Job(source, error=InputError("inside_output", name=source))
        else:
            taken[target] = source
            yield Job(source, target)
