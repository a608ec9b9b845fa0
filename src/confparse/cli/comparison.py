"""What `compare` and `view` do: each one call, its output written, its exit code returned."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import msgspec

from confparse.checks import RANK
from confparse.cli.commands import Reading, cores, read_source
from confparse.cli.output import complain, data, note
from confparse.comparison.read import compare
from confparse.comparison.types import Comparison
from confparse.diagnostics import InputError, messages
from confparse.files import read_input, same_file, write_whole
from confparse.rules.load import load_grammar

_ENDINGS = {"text": "txt", "mnbvc": "jsonl"}  # of the files that --pairs writes, if they differ from the format
_STDOUT = ("-", "/dev/stdout")


class Options(msgspec.Struct, frozen=True):
    """What all pairs of one call share."""

    format: str
    sentences: bool
    how: Reading


def compare_two(one: Path, other: Path, output: Path | None, options: Options, fail_on: str) -> int:
    """Compare two files. 1 if a disagreement is as bad as `fail_on`. Raises InputError."""
    for path in (one, other):
        if output is not None and same_file(path, output):
            raise InputError("output_is_input", name=path)
    found = _compare(one, other, options)
    if output is None and options.format == "text":
        from confparse.cli.pairs import show

        show(found, options.how.ui)
    else:
        _write(written(found, options), output)
    return _failed(found, fail_on)


def _compare(one: Path, other: Path, options: Options) -> Comparison:
    rules = load_grammar(options.how.grammar)
    found = compare(
        one, other, grammar=rules, sentences=options.sentences, encoding=options.how.encoding, ui=options.how.ui,
    )  # fmt: skip
    rules.store.save()
    return found


def written(found: Comparison, options: Options) -> Iterable[bytes]:
    """A comparison in the format asked for, piece by piece."""
    from confparse.formats import comparison as rows

    if options.format == "tmx":
        from confparse.formats.tmx import tmx

        return tmx(found, "sentence" if options.sentences else "paragraph")
    if options.format == "html":
        from confparse.formats.page import comparison_page

        return comparison_page(found, options.how.ui)
    if options.format == "text":
        from confparse.cli.pairs import lines

        return (f"{line}\n".encode("utf-8", "replace") for line in lines(found, options.how.ui))
    format: Iterator[bytes] = getattr(rows, options.format)(found)
    return format


def _write(chunks: Iterable[bytes], output: Path | None) -> None:
    if output is None or str(output) in _STDOUT:
        data(chunks)
    else:
        write_whole(output, chunks)


def _failed(found: Comparison, fail_on: str) -> int:
    if fail_on == "never":
        return 0
    return int(any(RANK[item.severity] >= RANK[fail_on] for item in found.disagreements))  # type: ignore[index]


def compare_pairs(pairs: Path, output: Path, options: Options, jobs: int | None, fail_on: str) -> int:
    """Compare many pairs, each into a file of the output folder. 1 if one failed or disagrees as `fail_on` says.

    A line of the list holds two file names, relative to the list, and may hold a name for the output.
    """
    named = list(_named(pairs, options))
    load_grammar(options.how.grammar).store.save()  # once, before the workers ask for it
    failed = disagreements = 0
    with ProcessPoolExecutor(max_workers=max(1, min(jobs or cores(), len(named)))) as pool:
        for error, found, code in pool.map(partial(_pair, output=output, options=options, fail_on=fail_on), named):
            failed += code
            disagreements += found
            if error is not None:
                complain(error, options.how.ui)
    said = messages()["compared_pairs"].said(options.how.ui, pairs=len(named), disagreements=disagreements)
    note(said)
    return int(failed > 0)


def _named(pairs: Path, options: Options) -> Iterator[tuple[Path, Path, str]]:
    """The pairs of a list with the names of their outputs, each used once."""
    used: set[str] = set()
    text = read_input(pairs).decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        fields = [field.strip() for field in line.split("\t")]
        if not line.strip():
            continue
        if len(fields) not in (2, 3) or not all(fields[:2]):
            raise InputError("bad_pairs", name=pairs, line=number)
        stem = Path(fields[2]).name if fields[2:] and fields[2] else Path(fields[0]).stem
        name, count = stem, 1
        while name in used:
            count += 1
            name = f"{stem}_{count}"
        used.add(name)
        yield pairs.parent / fields[0], pairs.parent / fields[1], name


def _pair(
    named: tuple[Path, Path, str], output: Path, options: Options, fail_on: str
) -> tuple[InputError | None, int, int]:
    """Compare one pair in a worker: why it failed, how many disagreements there are, and whether they count."""
    one, other, name = named
    try:
        found = _compare(one, other, options)
        ending = _ENDINGS.get(options.format, options.format)
        write_whole(output / f"{name}.{ending}", written(found, options))
    except InputError as error:
        return error, 0, 1
    return None, len(found.disagreements), _failed(found, fail_on)


def view(file: str, output: Path | None, how: Reading) -> None:
    """Write the page of one dump: its source beside its record. Raises InputError."""
    from confparse.formats.page import report_page
    from confparse.pipeline import parse_with_decisions

    if output is not None and same_file(Path(file), output):
        raise InputError("output_is_input", name=file)
    rules = load_grammar(how.grammar)
    parsed, flow = parse_with_decisions(read_source(file, how), rules)
    _write(report_page(parsed, flow, rules, how.ui), output)
    rules.store.save()
