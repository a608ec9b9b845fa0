"""Inputs to versions: dumps are parsed, records are read, and which of the two is Chinese is found out."""

import re
from pathlib import Path
from typing import Any

import msgspec

from confparse.comparison.types import Version
from confparse.diagnostics import Foreign, InputError
from confparse.files import read_input, shown_path
from confparse.model import SCHEMA, Report
from confparse.pipeline import parse_source
from confparse.rules.grammar import Grammar
from confparse.sources.inputs import read_source
from confparse.sources.read import read

_RECORD = re.compile(rb'\A\s*(?:---\s+)?\{?\s*"?schema"?\s*:\s*"?' + re.escape(SCHEMA.encode()) + rb'"?')


def ordered(one: Any, other: Any, grammar: Grammar, encoding: str | None) -> tuple[Version, Version]:
    """Two inputs as versions, the Chinese one first. Raises InputError."""
    first, second = (version(item, grammar, encoding) for item in (one, other))
    return (first, second) if chinese_first(first, second) else (second, first)


def chinese_first(first: Version, second: Version) -> bool:
    """Whether the first of two versions is the Chinese one; a text without letters takes the language that the other
    leaves. Raises InputError if both are in one language.
    """
    if first.language == second.language and (first.has_letters or second.has_letters):
        if not first.has_letters:
            return second.language == "en"
        if not second.has_letters:
            return first.language == "zh"
        names = [one.report.source.path or one.report.source.name for one in (first, second)]
        raise InputError("same_language", name=names[0], other=names[1], language=first.language)
    return first.language == "zh"


def version(item: Any, grammar: Grammar, encoding: str | None = None) -> Version:
    """A Report, a path to a dump or a record, or the text or bytes of a dump, as a version. Raises InputError."""
    if isinstance(item, Version):
        return item
    if isinstance(item, Report):
        return Version(item)
    name, data = "-", item
    if isinstance(item, Path):
        name, data = shown_path(item), read_input(item)
    elif isinstance(item, str):
        data = item.encode("utf-8", "surrogatepass")
    if isinstance(data, bytes) and _RECORD.match(data):
        return Version(_record(data, name))
    source = read(data, name, encoding) if isinstance(item, Path) else read_source(item, name, encoding)
    return Version(parse_source(source, grammar).report, source.text)


def _record(data: bytes, name: str) -> Report:
    """A record as `confparse` wrote it, YAML or JSON. Raises InputError."""
    try:
        if data.lstrip()[:1] == b"{":
            return msgspec.json.decode(data, type=Report)
        return msgspec.yaml.decode(data, type=Report)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise InputError("bad_record", name=name, why=Foreign(str(error))) from None
