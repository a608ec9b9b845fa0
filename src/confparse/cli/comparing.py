"""What `compare` and `view` do: each one call, its output written, its exit code returned."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from confparse.checks import LEAST, RANK
from confparse.cli.batching import cores
from confparse.cli.commands import STDOUT, ParseOptions, read_source
from confparse.cli.output import complain, data, note
from confparse.comparison.read import compare
from confparse.comparison.types import Comparison
from confparse.diagnostics import InputError, messages
from confparse.files import read_input, same_file, write_output, write_whole
from confparse.rules.load import load_grammar

_ENDINGS = {"text": "txt", "mnbvc": "jsonl"}  # of the files that --pairs writes, if they differ from the format


class CompareRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What all pairs of one call share."""

    format: str
    sentences: bool
    fail_on: str
    how: ParseOptions


class _Pair(NamedTuple):
    """Two files of a list, and the file that their comparison is written to."""

    one: Path
    other: Path
    output: Path


def compare_two(one: str, other: str, output: Path | None, request: CompareRequest) -> int:
    """Compare two files. 1 if a disagreement is as bad as `fail_on`. Raises InputError."""
    for name in (one, other):
        if not name:
            raise InputError("empty_name")
        if output is not None and same_file(Path(name), output):
            raise InputError("output_is_input", name=name)
    comparison = _compare(Path(one), Path(other), request)
    if output is None and request.format == "text":
        from confparse.cli.pairs import show

        show(comparison, request.how.ui)
    else:
        _write(written(comparison, request), output)
        if request.format != "text":
            from confparse.cli.pairs import note_disagreements

            note_disagreements(comparison, request.how.ui)
    return _failed(comparison, request.fail_on)


def _compare(one: Path, other: Path, request: CompareRequest) -> Comparison:
    rules, how = load_grammar(request.how.grammar), request.how
    comparison = compare(one, other, grammar=rules, sentences=request.sentences, encoding=how.encoding, ui=how.ui)
    rules.store.save()
    return comparison


def written(comparison: Comparison, request: CompareRequest) -> Iterable[bytes]:
    """A comparison in the format asked for, piece by piece."""
    from confparse.formats import comparison as rows

    if request.format == "tmx":
        from confparse.formats.tmx import tmx

        return tmx(comparison, "sentence" if request.sentences else "paragraph")
    if request.format == "html":
        from confparse.formats.page import comparison_page

        return comparison_page(comparison, request.how.ui)
    if request.format == "text":
        from confparse.cli.pairs import plain

        return plain(comparison, request.how.ui)
    format: Iterator[bytes] = getattr(rows, request.format)(comparison)
    return format


def _write(chunks: Iterable[bytes], output: Path | None) -> None:
    if output is None or str(output) in STDOUT:
        data(chunks)
    else:
        write_output(output, chunks)


def _failed(comparison: Comparison, fail_on: str) -> int:
    return int(any(RANK[item.severity] >= LEAST[fail_on] for item in comparison.disagreements))


def compare_pairs(listed: Path, folder: Path, request: CompareRequest, jobs: int | None) -> int:
    """Compare many pairs, each into a file of a folder. 1 if one failed or disagrees as `fail_on` says.

    A line of the list holds two file names, relative to the list, and may hold a name for the output.
    """
    ui = request.how.ui
    pairs = list(_pairs(listed, folder, _ENDINGS.get(request.format, request.format)))
    _refuse_inputs_as_outputs(pairs)
    load_grammar(request.how.grammar).store.save()  # once, before the workers ask for it
    failed = disagreements = unread = 0
    with ProcessPoolExecutor(max_workers=max(1, min(jobs or cores(), len(pairs)))) as pool:
        for error, count, code in pool.map(partial(_one_of_many, request=request), pairs):
            failed += code
            disagreements += count
            if error is not None:
                unread += 1
                complain(error, ui)
    note(messages()["compared_pairs"].said(ui, pairs=len(pairs) - unread, disagreements=disagreements))
    return int(failed > 0)


def _pairs(listed: Path, folder: Path, ending: str) -> Iterator[_Pair]:
    """The pairs of a list, each with its own output."""
    used: set[str] = set()
    text = read_input(listed).decode("utf-8-sig", "replace")
    for number, row in enumerate(text.splitlines(), 1):
        fields = [field.strip() for field in row.split("\t")]
        if not row.strip():
            continue
        if len(fields) not in (2, 3) or not all(fields[:2]):
            raise InputError("bad_pairs", name=listed, line=number)
        stem = fields[2].removesuffix(f".{ending}") if fields[2:] and fields[2] else Path(fields[0]).stem
        if not _is_inside(folder / stem, folder):
            raise InputError("bad_pairs", name=listed, line=number)
        name, count = stem, 1
        while name in used:
            count += 1
            name = f"{stem}_{count}"
        used.add(name)
        yield _Pair(listed.parent / fields[0], listed.parent / fields[1], folder / f"{name}.{ending}")


def _is_inside(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)) and path.name not in ("", "..")


def _refuse_inputs_as_outputs(pairs: Iterable[_Pair]) -> None:
    """Raises InputError if the output of one pair would replace a file of any."""
    pairs = list(pairs)
    inputs = {os.path.realpath(path) for pair in pairs for path in (pair.one, pair.other)}
    for pair in pairs:
        if os.path.realpath(pair.output) in inputs:
            raise InputError("inside_output", name=pair.output)


def _one_of_many(pair: _Pair, request: CompareRequest) -> tuple[InputError | None, int, int]:
    """Compare one pair in a worker: why it failed, how many disagreements there are, and whether they count."""
    try:
        comparison = _compare(pair.one, pair.other, request)
        write_whole(pair.output, written(comparison, request))
    except InputError as error:
        return error, 0, 1
    return None, len(comparison.disagreements), _failed(comparison, request.fail_on)


def view(name: str, output: Path | None, how: ParseOptions) -> None:
    """Write the page of one dump: its source beside its record. Raises InputError."""
    from confparse.formats.page import report_page
    from confparse.pipeline import parse_with_decisions

    if output is not None and same_file(Path(name), output):
        raise InputError("output_is_input", name=name)
    rules = load_grammar(how.grammar)
    parsed, flow = parse_with_decisions(read_source(name, how), rules)
    _write(report_page(parsed, flow, rules, how.ui), output)
    rules.store.save()
