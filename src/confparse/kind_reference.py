"""The reference of rule kinds, made from their types: fields with their values, groups, and texts in both languages.

`explain KIND`, the reference pages and the descriptions of the grammar schema are made from it.
"""

from functools import cache
from typing import get_args

import msgspec
from msgspec import inspect

from confparse.diagnostics import MessageTemplate, messages, read_data
from confparse.rules.base import Rule
from confparse.rules.kinds import AnyRule


class KindTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What pages say about a kind."""

    about: MessageTemplate
    fields: dict[str, MessageTemplate] = {}
    captures: dict[str, MessageTemplate] = {}


class _Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    common: dict[str, MessageTemplate]
    kinds: dict[str, KindTexts]
    types: dict[str, KindTexts]  # of the other types of grammar files


class FieldText(msgspec.Struct, frozen=True):
    """One field of a kind: its type, its default as YAML would write it, None if required, and the keys of its values,
    if those are mappings that this kind alone has.
    """

    name: str
    type: inspect.Type
    default: str | None
    about: MessageTemplate
    keys: "tuple[FieldText, ...]" = ()


class Capture(msgspec.Struct, frozen=True):
    """A group that the patterns of a kind may name, or must."""

    name: str
    needed: bool
    about: MessageTemplate


class Kind(msgspec.Struct, frozen=True):
    """The reference of a kind."""

    name: str
    about: MessageTemplate
    fields: tuple[FieldText, ...]
    captures: tuple[Capture, ...]


@cache
def kinds() -> dict[str, type[Rule]]:
    """The rule types by the name of their kind."""
    return {str(cls.__struct_config__.tag): cls for cls in get_args(AnyRule)}


@cache
def texts() -> _Texts:
    """The texts of kinds.yaml."""
    return msgspec.convert(read_data("kinds.yaml"), _Texts)


def texts_of(name: str) -> KindTexts:
    """The texts of a kind; if there are none yet, the docstring of its type."""
    doc = " ".join((kinds()[name].__doc__ or name).split()).replace("{", "{{").replace("}", "}}")
    return texts().kinds.get(name) or KindTexts(about=MessageTemplate(en=doc, zh=doc))


def kind(name: str) -> Kind:
    """The reference of the kind of this name."""
    cls, common, own = kinds()[name], texts().common, texts_of(name)
    info = inspect.type_info(cls)
    assert isinstance(info, inspect.StructType)
    about = {**common, **own.fields}
    unknown = MessageTemplate(en="-", zh="-")
    tag = FieldText("kind", inspect.LiteralType((name,)), None, common["kind"])
    fields = (
        FieldText(
            f.encode_name,
            f.type,
            _default(f),
            about.get(f.encode_name, unknown),
            () if f.encode_name in common else _keys(f.type),
        )
        for f in info.fields
    )
    captures = (Capture(c, c in cls.needs, own.captures.get(c, unknown)) for c in sorted(cls.captures))
    return Kind(name, own.about, (tag, *fields), tuple(captures))


def _keys(wanted: inspect.Type) -> tuple[FieldText, ...]:
    """The keys of the mappings that a field holds, one or a list of them."""
    item = wanted.item_type if isinstance(wanted, inspect.ListType) else wanted
    if not isinstance(item, inspect.StructType):
        return ()
    descriptions = texts().types[item.cls.__name__].fields
    return tuple(FieldText(f.encode_name, f.type, _default(f), descriptions[f.encode_name]) for f in item.fields)


def holds(wanted: inspect.Type, ui: str) -> str:
    """What a field may hold, in few words: `text`, `true | false`, `a | b`, `list of …`."""
    say = messages()
    if isinstance(wanted, inspect.LiteralType):
        return " | ".join(map(str, wanted.values))
    if isinstance(wanted, inspect.ListType | inspect.VarTupleType):
        return say["holds_list"].said(ui, item=holds(wanted.item_type, ui))
    if isinstance(wanted, inspect.DictType):
        return f"{holds(wanted.key_type, ui)}: {holds(wanted.value_type, ui)}"
    if isinstance(wanted, inspect.StructType):
        return "{" + ", ".join(f.encode_name for f in wanted.fields) + "}"
    if isinstance(wanted, inspect.UnionType):
        return " | ".join(holds(one, ui) for one in wanted.types if not isinstance(one, inspect.NoneType))
    if isinstance(wanted, inspect.BoolType):
        return "true | false"
    return say["holds_number" if isinstance(wanted, inspect.IntType | inspect.FloatType) else "holds_text"].said(ui)


def _default(field: inspect.Field) -> str | None:
    if field.required:
        return None
    if field.default is msgspec.NODEFAULT:
        return "{}" if isinstance(field.type, inspect.DictType) else "[]"
    return msgspec.json.encode(field.default).decode("utf-8") if field.default is not None else "-"
