"""One input of a batch parsed: the outcome, and its output if it has its own file."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from confparse.batch.plan import Job, Options, Outcome
from confparse.diagnostics import InputError
from confparse.files import read_input, shown_path, write_whole
from confparse.formats.endings import FORMATS, as_tables
from confparse.formats.outline_places import pages_of
from confparse.formats.record import parts
from confparse.formats.table_rows import packed
from confparse.model import RECORD_LISTS, Report
from confparse.room import too_large
from confparse.rules.grammar import Grammar
from confparse.text.types import Source


def parse_job(job: Job, grammar: Grammar, options: Options) -> Outcome:
    """Parse one input, and write its output if it has its own file."""
    if job.error is not None:
        return Outcome(source=job.source, error=job.error)
    return parse_input(job.source, lambda: read_input(job.source), grammar, options, job.target)


def parse_input(
    name: Path | str, read: Callable[[], bytes], grammar: Grammar, options: Options, target: Path | None = None
) -> Outcome:
    """Parse what is read, which is called by this name; write it to a target, or hand over what it gives to an output
    of all."""
    from confparse.pipeline import parse_source
    from confparse.sources.read import read as read_text

    data = b""
    try:
        data = read()
        source = read_text(data, shown_path(name) if isinstance(name, Path) else name, options.encoding)
        report = parse_source(source, grammar, options.script, options.spacing).report
        if target is None:
            return _outcome(name, report, len(data), _line(report, source, options))
        write_whole(target, _parts(report, source, options))
        return _outcome(name, report, len(data), b"")
    except InputError as error:
        return _failed(name, data, error)
    except MemoryError:
        return _failed(name, data, too_large(str(name), len(data)))
    except Exception as error:  # a bug: it fails its file, and no other
        return _failed(name, data, InputError("internal", name=name, why=f"{type(error).__name__}: {error}"))


def _line(report: Report, source: Source, options: Options) -> bytes:
    """What a report gives to the one output of all."""
    return packed(report, source.text) if as_tables(options.format) else b"".join(_parts(report, source, options))


def _parts(report: Report, source: Source, options: Options) -> Iterator[bytes]:
    assert options.format in FORMATS
    pages = pages_of(source.text) if options.anchors else None
    return parts(report, options.format, anchors=options.anchors, pages=pages)


def _failed(name: Path | str, data: bytes, error: InputError) -> Outcome:
    return Outcome(source=name, sha256=hashlib.sha256(data).hexdigest() if data else "", error=error)


def _outcome(name: Path | str, report: Report, size: int, line: bytes) -> Outcome:
    paragraphs = sum(node.element == "paragraph" for node in report.walk())
    records = sum(len(getattr(report, kind)) for kind in RECORD_LISTS)
    codes = Counter(diagnostic.code for diagnostic in report.diagnostics)
    return Outcome(
        source=name,
        sha256=report.source.sha256,
        line=line,
        size=size,
        paragraphs=paragraphs,
        records=records,
        codes=dict(codes),
    )
