"""Report to YAML, JSON or JSON Lines."""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from confparse.model import SCHEMA, Report

Format = Literal["yaml", "json", "jsonl"]


def dumps(report: Report, format: Format = "yaml") -> str:
    """A report as text: one YAML document with its `---`, one indented JSON value, or one line of JSON."""
    return encode(report, format).decode("utf-8")


def encode(report: Report, format: Format) -> bytes:
    """A report as the UTF-8 that is written."""
    if format == "yaml":
        return b"".join(_yaml(report))
    data = msgspec.json.encode(report)
    return (msgspec.json.format(data, indent=1) if format == "json" else data) + b"\n"


def _yaml(report: Report) -> Iterator[bytes]:
    """One document, written an entry at a time: the emitter's own form of a whole report takes most of the memory
    and, measured on 4 MB, twice the time."""
    import yaml

    styled = _styled(getattr(yaml, "CSafeDumper", yaml.SafeDumper))

    def dump(value: Any) -> bytes:
        data: bytes = yaml.dump(
            value, Dumper=styled, allow_unicode=True, sort_keys=False, width=10_000_000, encoding="utf-8"
        )
        return data

    yield b"---\n"
    for key in report.__struct_fields__:
        value = getattr(report, key)
        if value and isinstance(value, tuple):
            yield f"{key}:\n".encode()
            for entry in value:
                yield dump([msgspec.to_builtins(entry)])
        else:
            yield dump({key: msgspec.to_builtins(value)})


def _styled(dumper: Any) -> Any:
    """A dumper that writes lists of numbers, such as spans, on one line."""

    class Styled(dumper):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def sequence(self: Any, data: Any) -> Any:
        flow = len(data) > 0 and all(isinstance(item, int) for item in data)
        return self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flow)

    Styled.add_representer(list, sequence)
    Styled.add_representer(tuple, sequence)
    return Styled


def report_schema() -> dict[str, Any]:
    """The JSON Schema 2020-12 of a record."""
    (root,), defs = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **root, "$defs": defs}
