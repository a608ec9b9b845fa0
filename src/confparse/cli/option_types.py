"""The options that several verbs share."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from confparse import __version__
from confparse.cli import completion
from confparse.cli.commands import ParseOptions
from confparse.cli.help import help_key
from confparse.cli.output import language, line
from confparse.cli.settings import LocatedSettings, Settings, Ui, find_settings, split
from confparse.diagnostics import InputError, messages
from confparse.discovery import Selection
from confparse.sources.formats import folder_patterns
from confparse.text.types import Script as ScriptName
from confparse.text.types import Spacing as SpacingName


def _option(name: str, *flags: str, metavar: str | None = None, default: bool | str = False) -> object:
    return typer.Option(*flags, help=help_key(name), show_default=default, metavar=metavar)


def _show_version(value: bool) -> None:
    if value:
        line(f"confparse {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help=help_key("version"))]
Grammar = Annotated[
    str | None,
    typer.Option(
        "-g",
        "--grammar",
        metavar="GRAMMAR",
        help=help_key("grammar_name"),
        show_default=False,
        autocompletion=completion.grammars,
    ),
]
GrammarArgument = Annotated[
    str,
    typer.Argument(metavar="GRAMMAR", help=help_key("grammar_name"), autocompletion=completion.grammars),
]
Encoding = Annotated[str | None, _option("encoding", "--encoding", metavar="NAME")]
Script = Annotated[ScriptName | None, _option("script", "--script", default="keep")]
Spacing = Annotated[SpacingName | None, _option("spacing", "--spacing", default="tight")]
StdinName = Annotated[str | None, _option("stdin_name", "--stdin-name", metavar="NAME")]
Include = Annotated[list[str] | None, _option("include", "--include", metavar="GLOB")]
Exclude = Annotated[list[str] | None, _option("exclude", "--exclude", metavar="GLOB")]
FollowLinks = Annotated[bool, _option("follow_links", "--follow-links")]
Config = Annotated[Path | None, _option("config", "--config", metavar="FILE")]
ShowConfig = Annotated[bool, _option("show_config", "--show-config")]
Anchors = Annotated[bool, _option("anchors", "--anchors")]
Quiet = Annotated[bool, _option("quiet", "-q", "--quiet")]
Verbose = Annotated[bool, _option("verbose", "-v", "--verbose")]
UiOption = Annotated[Ui | None, _option("ui", "--ui")]


def anchored(anchors: bool, format: str) -> bool:
    """Whether anchors are wanted. Raises InputError if the format has none."""
    if anchors and format != "md":
        raise InputError("anchors_need_md", format=format)
    return anchors


def settings(names: Sequence[str] | None, config: Path | None, show: bool, ui: str | None) -> Settings:
    """The settings for inputs. With `show`, they are printed, and nothing else is done."""
    located_settings = find_settings(names or (), config)
    if show:
        _print(located_settings, language(ui or located_settings.settings.ui))
        raise typer.Exit
    return located_settings.settings


def _print(located_settings: LocatedSettings, ui: str) -> None:
    """Settings as TOML, with a comment that says where they are from."""
    import msgspec

    key = "config_from" if located_settings.file else "config_defaults"
    line((f"# {messages()[key].said(ui, name=located_settings.file)}", "dim"))
    for name, value in msgspec.to_builtins(located_settings.settings).items():
        if value is not None:
            line(f"{name} = {msgspec.json.encode(value).decode('utf-8')}")


def reading(
    defaults: Settings,
    ui: str | None,
    grammar: str | None,
    encoding: str | None,
    script: ScriptName | None = None,
    spacing: SpacingName | None = None,
    stdin_name: str | None = None,
) -> ParseOptions:
    """How inputs are read: as the command line says, else as the settings say."""
    return ParseOptions(
        grammar=grammar or defaults.grammar,
        encoding=encoding or defaults.encoding,
        script=script or defaults.script,
        spacing=spacing or defaults.spacing,
        stdin_name=stdin_name,
        ui=language(ui or defaults.ui),
    )


def selection(
    defaults: Settings, include: list[str] | None, exclude: list[str] | None, follow_links: bool
) -> Selection:
    """Which files of folders are inputs."""
    return Selection(
        include=tuple(include or split(defaults.include)) or folder_patterns(),
        exclude=tuple(exclude or split(defaults.exclude)),
        follow_links=follow_links,
    )
