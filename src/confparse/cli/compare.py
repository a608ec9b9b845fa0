"""The options of `compare` and `view`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from confparse.cli import option_types as option
from confparse.cli.help import Verb, helped
from confparse.cli.settings import FailOn
from confparse.diagnostics import InputError

CompareFormat = Literal["text", "tsv", "jsonl", "tmx", "html", "mnbvc"]
Segment = Literal["sentence", "paragraph"]


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    app.command("compare", cls=Verb, help=helped("compare"))(compare)
    app.command("view", cls=Verb, help=helped("view"))(view)


def compare(
    files: Annotated[list[str] | None, typer.Argument(metavar="ZH EN", help=helped("compare_files"))] = None,
    format: Annotated[CompareFormat, typer.Option("-f", "--format", help=helped("compare_format"))] = "text",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help=helped("compare_output"), show_default=False)
    ] = None,
    sentences: Annotated[bool, typer.Option("--sentences", help=helped("sentences"))] = False,
    segment: Annotated[
        Segment | None, typer.Option("--segment", help=helped("segment"), show_default="sentence")
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", metavar="FILE", help=helped("pairs"), show_default=False)
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", metavar="N", min=1, help=helped("jobs"), show_default=False)
    ] = None,
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help=helped("fail_on"), show_default="error")] = None,
    grammar: option.Grammar = None,
    encoding: option.Encoding = None,
    config: option.Config = None,
    show_config: option.ShowConfig = False,
    ui: option.UiOption = None,
) -> None:
    from confparse.cli import comparison as verbs

    defaults = option.settings(files or [], config, show_config, ui)
    named = files or []
    if (len(named) != 2 and pairs is None) or (pairs is not None and (output is None or named)):
        raise InputError("usage_compare")
    if segment is None:
        segment = "sentence" if format == "tmx" or sentences else "paragraph"
    how = option.reading(defaults, ui, grammar, encoding)
    options = verbs.Options(format=format, sentences=sentences or segment == "sentence", how=how)
    failing = fail_on or defaults.fail_on
    if pairs is not None and output is not None:
        raise typer.Exit(verbs.compare_pairs(pairs, output, options, jobs or defaults.jobs, failing))
    raise typer.Exit(verbs.compare_two(Path(named[0]), Path(named[1]), output, options, failing))


def view(
    file: Annotated[str, typer.Argument(metavar="FILE", help=helped("view_file"))],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=helped("output"), show_default=False)
    ] = None,
    grammar: option.Grammar = None,
    encoding: option.Encoding = None,
    stdin_name: option.StdinName = None,
    config: option.Config = None,
    show_config: option.ShowConfig = False,
    ui: option.UiOption = None,
) -> None:
    from confparse.cli import comparison as verbs

    defaults = option.settings([file], config, show_config, ui)
    verbs.view(file, output, option.reading(defaults, ui, grammar, encoding, stdin_name=stdin_name))
