"""Which files a batch is to parse, and what each becomes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from confparse.diagnostics import InputError
from confparse.files import inputs, same_file
from confparse.formats.record import Format
from confparse.text.types import Script, Spacing

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


def jobs(paths: Sequence[str], out: Path, format: Format) -> Iterator[Job]:
    """A job for each input; one fails where its output would be that of another, or the input itself.

    Raises InputError where the one file for all is an input.
    """
    taken: dict[Path, Path] = {}
    named = {Path(name) for name in paths}
    for source, place in inputs(paths):
        if str(source) == "-":
            yield Job(source, error=InputError("batch_stdin"))
            continue
        if format == "jsonl":
            earlier = source.suffix == SUFFIX[format] and source not in named
            if not same_file(source, out):
                yield Job(source)
            elif not earlier:  # in a folder that holds both, an output of an earlier run
                raise InputError("output_is_input", name=source)
            continue
        target = (out / place).with_suffix(SUFFIX[format])
        if out in source.parents and source.suffix == SUFFIX[format]:
            continue  # an output of an earlier run, in a folder that holds both
        if target in taken:
            yield Job(source, error=InputError("would_overwrite", name=source, other=taken[target]))
        elif same_file(source, target):
            yield Job(source, error=InputError("inside_output", name=source))
        else:
            taken[target] = source
            yield Job(source, target)
