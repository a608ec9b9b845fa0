"""Report to YAML, JSON or JSON Lines."""

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
        return _yaml(msgspec.to_builtins(report))
    data = msgspec.json.encode(report)
    return (msgspec.json.format(data, indent=1) if format == "json" else data) + b"\n"


def _yaml(value: Any) -> bytes:
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    data: bytes = yaml.dump(
        value, Dumper=_styled(dumper), allow_unicode=True, sort_keys=False, width=10_000_000, explicit_start=True,
        encoding="utf-8",
    )  # fmt: skip
    return data


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
