"""The JSON Schemas of records and grammar files, 2020-12, with a description for each type and field."""

from functools import cache
from typing import Any, Literal

import msgspec

from confparse.diagnostics import MessageTemplate, read_data
from confparse.kind_reference import KindTexts, kinds, texts, texts_of
from confparse.model import SCHEMA, Report
from confparse.rules.load import grammar_schema as bare_grammar_schema

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASE = "https://confparse.github.io/confparse/schemas/"
FILES: dict[str, str] = {
    "report": "confparse-1.schema.json",
    "grammar": "grammar-1.schema.json",
    "tables": "tables-1.datapackage.json",
}


class TypeTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a record type and its own fields mean."""

    about: MessageTemplate
    fields: dict[str, MessageTemplate] = {}


class RecordTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The texts of record.yaml: fields that mean the same in all types, the types, and what only tables have."""

    common: dict[str, MessageTemplate]
    types: dict[str, TypeTexts]
    tables: dict[str, MessageTemplate]
    columns: dict[str, MessageTemplate]

    def field(self, type_name: str, field: str) -> MessageTemplate | None:
        """The meaning of a field, None if it has none."""
        own = self.types[type_name].fields if type_name in self.types else {}
        return own.get(field) or self.common.get(field)


@cache
def record_texts() -> RecordTexts:
    """The texts of record.yaml."""
    return msgspec.convert(read_data("record.yaml"), RecordTexts)


def report_schema() -> dict[str, Any]:
    """The schema of a record."""
    (root,), defs = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    descriptions = record_texts()
    for name, definition in defs.items():
        if name in descriptions.types:
            definition["description"] = descriptions.types[name].about.said("en")
        for field, described in definition.get("properties", {}).items():
            about = descriptions.field(name, field)
            if about is not None:
                described["description"] = about.said("en")
    head = {"$schema": _DIALECT, "$id": BASE + FILES["report"], "title": SCHEMA}
    return {**head, **root, "$defs": defs}


def grammar_schema() -> dict[str, Any]:
    """The schema of grammar files."""
    bare: dict[str, Any] = bare_grammar_schema()
    for name, cls in kinds().items():
        _describe(bare["$defs"][cls.__name__], texts_of(name))
    for name, own in texts().types.items():
        if name in bare["$defs"]:
            _describe(bare["$defs"][name], own)
    _drop_named_keys(bare)
    return {"$schema": bare.pop("$schema"), "$id": BASE + FILES["grammar"], **bare}


def _drop_named_keys(part: Any) -> None:
    """Take out the lists of keys that a mapping may have: msgspec writes them from 0.23 on only."""
    if isinstance(part, dict):
        if "enum" in part.get("propertyNames", {}):
            del part["propertyNames"]
        for value in part.values():
            _drop_named_keys(value)
    elif isinstance(part, list):
        for value in part:
            _drop_named_keys(value)


def _describe(definition: dict[str, Any], own: KindTexts) -> None:
    definition["description"] = own.about.said("en")
    for field, described in definition["properties"].items():
        about = own.fields.get(field) or texts().common.get(field)
        if about is not None:
            described["description"] = about.said("en")


def printed_schema(what: Literal["report", "grammar", "tables"]) -> bytes:
    """A schema as it is printed and published."""
    if what == "tables":
        from confparse.formats.table_package import data_package

        return data_package()
    value = report_schema() if what == "report" else grammar_schema()
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
