"""The verbs of the command line and their options: typer reads them, `commands` does the work."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer.exceptions import TyperException

from confparse.cli import compare_options, completion, page_options
from confparse.cli import option_types as option
from confparse.cli.grammar_options import grammar_app
from confparse.cli.help import DefaultToParse, Verb, asked_ui, help_key, sentence
from confparse.cli.output import complain, language
from confparse.cli.settings import FailOn, find_settings, split
from confparse.diagnostics import GrammarError, InputError
from confparse.formats.endings import FORMATS, SHARD_MEGABYTES, BatchFormat, Engine, Format, chosen_format

RecordList = Literal[
    "statements",
    "meetings",
    "panels",
    "workshops",
    "documents",
    "conclusions",
    "decisions",
    "outline",
    "footnotes",
    "furniture",
    "diagnostics",
]

app = typer.Typer(
    cls=DefaultToParse,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help=help_key("app"),
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _root(
    version: option.Version = False,
    ui: option.UiOption = None,
) -> None:
    pass


@app.command(cls=Verb, help=help_key("parse"))
def parse(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=help_key("files"))],
    format: Annotated[
        Format | None, typer.Option("-f", "--format", help=help_key("format"), show_default="yaml")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=help_key("output"), show_default=False)
    ] = None,
    records: Annotated[
        RecordList | None,
        typer.Option("--records", help=help_key("records"), metavar="LIST", show_default="statements"),
    ] = None,
    anchors: option.Anchors = False,
    grammar: option.Grammar = None,
    encoding: option.Encoding = None,
    script: option.Script = None,
    spacing: option.Spacing = None,
    stdin_name: option.StdinName = None,
    config: option.Config = None,
    show_config: option.ShowConfig = False,
    ui: option.UiOption = None,
) -> None:
    from confparse.cli import commands

    defaults = option.settings(files, config, show_config, ui)
    how = option.reading(defaults, ui, grammar, encoding, script, spacing, stdin_name)
    if output is not None and str(output) in (".", ""):
        raise InputError("no_output_name")
    chosen: Format = chosen_format(output, format, "yaml", FORMATS)
    if records is not None and chosen != "csv":
        raise InputError("records_need_csv", format=chosen)
    wanted: RecordList = records or "statements"
    raise typer.Exit(commands.parse(files, how, chosen, output, wanted, option.anchored(anchors, chosen)))


@app.command(cls=Verb, help=help_key("batch"))
def batch(
    output: Annotated[str, typer.Option("-o", "--output", metavar="PATH", help=help_key("batch_output"))],
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH...", help=help_key("paths"))] = None,
    files_from: Annotated[
        str | None, typer.Option("--files-from", metavar="FILE", help=help_key("files_from"), show_default=False)
    ] = None,
    format: Annotated[
        BatchFormat | None,
        typer.Option("-f", "--format", help=help_key("batch_format"), show_default="json"),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", metavar="N", min=1, help=help_key("jobs"), show_default=False)
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help=help_key("resume"))] = False,
    anchors: option.Anchors = False,
    engine: Annotated[Engine, typer.Option("--engine", help=help_key("engine"))] = "local",
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="URL", help=help_key("scheduler"), show_default=False)
    ] = None,
    shard_size: Annotated[
        int, typer.Option("--shard-size", metavar="MB", min=1, help=help_key("shard_size"))
    ] = SHARD_MEGABYTES,
    include: option.Include = None,
    exclude: option.Exclude = None,
    follow_links: option.FollowLinks = False,
    grammar: option.Grammar = None,
    encoding: option.Encoding = None,
    script: option.Script = None,
    spacing: option.Spacing = None,
    quiet: option.Quiet = False,
    verbose: option.Verbose = False,
    config: option.Config = None,
    show_config: option.ShowConfig = False,
    ui: option.UiOption = None,
) -> None:
    from confparse.batch.plan import batch_format
    from confparse.cli import batching

    defaults = option.settings(paths or [], config, show_config, ui)
    if not paths and files_from is None:
        raise InputError("usage_nothing")
    shards: BatchFormat | None = "parquet" if engine == "dask" or scheduler is not None else None
    chosen = batch_format(Path(output), format or shards)
    request = batching.BatchRequest(
        paths=paths or [],
        files_from=files_from,
        output=output,
        format=chosen,
        selection=option.selection(defaults, include, exclude, follow_links),
        jobs=jobs or defaults.jobs,
        resume=resume,
        anchors=option.anchored(anchors, chosen),
        engine=engine,
        scheduler=scheduler,
        shard_size=shard_size,
        quiet=quiet,
        verbose=verbose,
    )
    raise typer.Exit(batching.batch(request, option.reading(defaults, ui, grammar, encoding, script, spacing)))


@app.command(cls=Verb, help=help_key("check"))
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=help_key("check_files"))],
    format: Annotated[
        Literal["text", "json", "sarif", "github", "gitlab", "junit"],
        typer.Option("-f", "--format", help=help_key("check_format")),
    ] = "text",
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help=help_key("fail_on"), show_default="error")] = None,
    select: Annotated[
        str | None,
        typer.Option(
            "--select", metavar="CODES", help=help_key("select"), show_default=False, autocompletion=completion.codes
        ),
    ] = None,
    ignore: Annotated[
        str | None,
        typer.Option(
            "--ignore", metavar="CODES", help=help_key("ignore"), show_default=False, autocompletion=completion.codes
        ),
    ] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help=help_key("statistics"))] = False,
    include: option.Include = None,
    exclude: option.Exclude = None,
    follow_links: option.FollowLinks = False,
    grammar: option.Grammar = None,
    encoding: option.Encoding = None,
    stdin_name: option.StdinName = None,
    quiet: option.Quiet = False,
    verbose: option.Verbose = False,
    config: option.Config = None,
    show_config: option.ShowConfig = False,
    ui: option.UiOption = None,
) -> None:
    from confparse.cli import commands

    defaults = option.settings(files, config, show_config, ui)
    request = commands.CheckRequest(
        files=files,
        selection=option.selection(defaults, include, exclude, follow_links),
        format=format,
        fail_on=fail_on or defaults.fail_on,
        select=split(select if select is not None else defaults.select),
        ignore=split(ignore if ignore is not None else defaults.ignore),
        statistics=statistics,
        quiet=quiet,
        verbose=verbose,
    )
    raise typer.Exit(commands.check(request, option.reading(defaults, ui, grammar, encoding, stdin_name=stdin_name)))


page_options.register(app)
compare_options.register(app)
app.add_typer(grammar_app, name="grammar")


def run() -> int:
    """Read the command line and do what it says. The exit code: 2 if that cannot be done, and one sentence says why."""
    try:
        return app(standalone_mode=False) or 0
    except (TyperException, InputError, GrammarError) as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # the help was printed
            return 2
        ui = language(asked_ui() or find_settings().settings.ui)
        complain(sentence(error, sys.argv[1:], ui) if isinstance(error, TyperException) else error, ui)
        return 2
