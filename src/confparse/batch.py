"""Many files: one output each, folders kept, and a line for each that failed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from confparse.diagnostics import InputError
from confparse.emit import Format, dumps
from confparse.files import read_input, shown_name, write_whole
from confparse.pipeline import parse_source
from confparse.rules.grammar import Grammar
from confparse.stages.decode import decode

SUFFIX: dict[Format, str] = {"yaml": ".yaml", "json": ".json", "jsonl": ".jsonl"}


class Job(msgspec.Struct, frozen=True):
    """One input and the output that it gets."""

    source: Path
    target: Path


class Outcome(msgspec.Struct, frozen=True):
    """What became of one job: an error in one sentence, or none."""

    job: Job
    error: str | None = None


def jobs(paths: Sequence[Path], out: Path, format: Format) -> list[Job]:
    """Every file of the folders named, and every file named; a/b.txt of a folder becomes OUT/a/b.json."""
    found: list[Job] = []
    for path in paths:
        inside = (p for p in path.rglob("*") if p.is_file() and out not in p.parents)
        files = sorted(inside) if path.is_dir() else [path]
        root = path if path.is_dir() else path.parent
        found += [Job(file, (out / file.relative_to(root)).with_suffix(SUFFIX[format])) for file in files]
    return found


def run(work: Sequence[Job], grammar: Grammar, format: Format, encoding: str | None = None) -> Iterator[Outcome]:
    """Parse and write each job in turn. A file that fails does not stop the rest."""
    taken: dict[Path, Path] = {}
    for job in work:
        if job.target in taken:
            yield Outcome(
                job, f"{job.source}: would overwrite the output of {taken[job.target]}; give it another name."
            )
            continue
        taken[job.target] = job.source
        try:
            name = shown_name(job.source)
            source = decode(read_input(job.source), name, encoding)
            write_whole(job.target, dumps(parse_source(source, grammar).report, format).encode("utf-8"))
            yield Outcome(job)
        except InputError as error:
            yield Outcome(job, str(error).replace(f"{job.source.name}:", f"{job.source}:", 1))
