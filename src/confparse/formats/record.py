"""Report to YAML, JSON or JSON Lines."""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from confparse.model import SCHEMA, Report

Format = Literal["yaml", "json", "jsonl"]


def dumps(report: Report, format: Format = "yaml") -> str:
    """A report as text: one YAML document with its `---`, one indented JSON value, or one line of JSON."""
    return b"".join(parts(report, format)).decode("utf-8")


def parts(report: Report, format: Format) -> Iterator[bytes]:
    """A report as the UTF-8 that is written, piece by piece: the whole takes much memory for a large one."""
    if format == "yaml":
        yield from _yaml(report)
    elif format == "json":
        yield from _json(report)
    else:
        yield msgspec.json.encode(report) + b"\n"


def _json(report: Report) -> Iterator[bytes]:
    """One indented value, formatted an entry at a time."""

    def shown(value: Any, depth: int) -> bytes:
        return msgspec.json.format(msgspec.json.encode(value), indent=1).replace(b"\n", b"\n" + b" " * depth)

    opening = b"{"
    for field in msgspec.structs.fields(report):
        yield b'%s\n "%s": ' % (opening, field.encode_name.encode())
        value, opening = getattr(report, field.name), b","
        if value and isinstance(value, tuple):
            for i, entry in enumerate(value):
                yield b"%s\n  %s" % (b"," if i else b"[", shown(entry, 2))
            yield b"\n ]"
        else:
            yield shown(value, 1)
    yield b"\n}\n"


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
