"""The verbs that show a text beside another one, and their options: compare, view."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from confparse.cli import option_types as option
from confparse.cli.help import Verb, help_key
from confparse.cli.settings import FailOn
from confparse.diagnostics import InputError
from confparse.formats.endings import PAIR_FORMATS, PairFormat, chosen_format

Segment = Literal["sentence", "paragraph"]


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    for verb in (compare, view):
        app.command(cls=Verb, help=help_key(verb.__name__))(verb)


def compare(
    files: Annotated[list[str] | None, typer.Argument(metavar="ZH EN", help=help_key("compare_files"))] = None,
    format: Annotated[
        PairFormat | None, typer.Option("-f", "--format", help=help_key("compare_format"), show_default="text")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="PATH", help=help_key("compare_output"), show_default=False),
    ] = None,
    sentences: Annotated[bool, typer.Option("--sentences", help=help_key("sentences"))] = False,
    segment: Annotated[
        Segment | None, typer.Option("--segment", help=help_key("segment"), show_default="sentence")
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", metavar="FILE", help=help_key("pairs"), show_default=False)
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", metavar="N", min=1, help=help_key("jobs"), show_default=False)
    ] = None,
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help=help_key("fail_on"), show_default="error")] = None,
    grammar: option.Grammar = None,
    encoding: option.Encoding = None,
    config: option.Config = None,
    show_config: option.ShowConfig = False,
    ui: option.UiOption = None,
) -> None:
    from confparse.cli import comparing

    names = files or []
    defaults = option.settings(names or ([str(pairs)] if pairs else []), config, show_config, ui)
    one_file = output if pairs is None else None  # many pairs go into a folder
    chosen = chosen_format(one_file, format, "text", PAIR_FORMATS)
    if segment == "paragraph" and sentences:
        raise InputError("segment_contradicts")
    if segment is None:
        segment = "sentence" if chosen == "tmx" or sentences else "paragraph"
    request = comparing.CompareRequest(
        format=chosen,
        sentences=sentences or segment == "sentence",
        fail_on=fail_on or defaults.fail_on,
        how=option.reading(defaults, ui, grammar, encoding),
    )
    if pairs is not None and output is not None and not names:
        raise typer.Exit(comparing.compare_pairs(pairs, output, request, jobs or defaults.jobs))
    if pairs is not None or len(names) != 2:
        raise InputError("usage_compare")
    if names == ["-", "-"]:
        raise InputError("stdin_twice")
    _refuse_unnamed(output)
    raise typer.Exit(comparing.compare_two(names[0], names[1], output, request))


def view(
    file: Annotated[str, typer.Argument(metavar="FILE", help=help_key("file"))],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=help_key("output"), show_default=False)
    ] = None,
    grammar: option.Grammar = None,
    encoding: option.Encoding = None,
    stdin_name: option.StdinName = None,
    config: option.Config = None,
    ui: option.UiOption = None,
) -> None:
    from confparse.cli import comparing

    defaults = option.settings([file], config, False, ui)
    _refuse_unnamed(output)
    chosen_format(output, None, "html", ("html",))
    comparing.view(file, output, option.reading(defaults, ui, grammar, encoding, stdin_name=stdin_name))


def _refuse_unnamed(output: Path | None) -> None:
    if output is not None and str(output) in (".", ""):
        raise InputError("no_output_name")
