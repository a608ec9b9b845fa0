"""Why a value is not of its type, and where: asked only when a grammar file was refused, so that its reader gets the near name."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

_NEAR = 0.5  # how like a name must be to be the one that was meant
_LISTED = 24  # names that a message lists


_SHOWN = 60  # characters of a value that a message shows


class Fault(NamedTuple):
    """The path of the value that is wrong, and what is wrong with it."""

    path: tuple[str, ...]
    why: str


def meant(word: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown word: the near one, else the choice."""
    names = sorted(known)
    if near := get_close_matches(word, names, n=1, cutoff=_NEAR):
        return f"did you mean {near[0]}?"
    more = ", ..." if len(names) > _LISTED else ""
    return f"choose from: {', '.join(names[:_LISTED])}{more}" if names else "none is known here"


def _shown(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def first_fault(value: Any, as_type: type) -> Fault | None:
    """The first fault of a value read from YAML; None if it has none that this module knows."""
    return _fault(value, inspect.type_info(as_type), ())


def _fault(value: Any, info: inspect.Type, path: tuple[str, ...]) -> Fault | None:
    if isinstance(info, inspect.Metadata):
        return _fault(value, info.type, path)
    if isinstance(info, inspect.UnionType):
        return _of_union(value, info, path)
    if isinstance(info, inspect.StructType):
        return _of_struct(value, info, path)
    if isinstance(info, inspect.DictType):
        return _of_dict(value, info, path)
    if isinstance(info, inspect.ListType):
        return _of_list(value, info, path)
    return _of_scalar(value, info, path)


def _first(faults: Iterable[Fault | None]) -> Fault | None:
    return next((fault for fault in faults if fault is not None), None)


def _of_union(value: Any, info: inspect.UnionType, path: tuple[str, ...]) -> Fault | None:
    """The kinds of rules are told by their tag; other unions are a type or nothing."""
    structs = {str(t.tag): t for t in info.types if isinstance(t, inspect.StructType)}
    if not structs or len(info.types) != len(structs):
        kinds = [t for t in info.types if not isinstance(t, inspect.NoneType)]
        return _fault(value, kinds[0], path)
    field = next(iter(structs.values())).tag_field or ""
    if not isinstance(value, dict):
        return Fault(path, "a mapping of keys and values is needed here")
    if field not in value:
        return Fault(path, f"the key {field} is missing")
    tag = value[field]
    if not isinstance(tag, str) or tag not in structs:
        return Fault((*path, field), f"unknown {field} {_shown(tag)}; {meant(str(tag), structs)}")
    return _of_struct(value, structs[tag], path)


def _of_struct(value: Any, info: inspect.StructType, path: tuple[str, ...]) -> Fault | None:
    if not isinstance(value, dict):
        return Fault(path, "a mapping of keys and values is needed here")
    fields = {field.encode_name: field for field in info.fields}
    known = {*fields, info.tag_field} - {None}
    for key in value:
        if key not in known:
            return Fault((*path, key), f"unknown key {_shown(key)}; {meant(key, (str(name) for name in known))}")
    lacking = [field.encode_name for field in info.fields if field.required and field.encode_name not in value]
    if lacking:
        return Fault(path, f"the key {lacking[0]} is missing")
    return _first(_fault(own, fields[key].type, (*path, key)) for key, own in value.items() if key in fields)


def _of_dict(value: Any, info: inspect.DictType, path: tuple[str, ...]) -> Fault | None:
    if not isinstance(value, dict):
        return Fault(path, "a mapping of keys and values is needed here")
    if info.min_length is not None and len(value) < info.min_length:
        return Fault(path, "at least one entry is needed here")
    keys = _first(_fault(key, info.key_type, (*path, key)) for key in value)
    return keys or _first(_fault(own, info.value_type, (*path, key)) for key, own in value.items())


def _of_list(value: Any, info: inspect.ListType, path: tuple[str, ...]) -> Fault | None:
    if not isinstance(value, list):
        return Fault(path, "a list is needed here")
    if info.min_length is not None and len(value) < info.min_length:
        return Fault(path, "at least one entry is needed here")
    return _first(_fault(own, info.item_type, (*path, str(i))) for i, own in enumerate(value))


def _of_scalar(value: Any, info: inspect.Type, path: tuple[str, ...]) -> Fault | None:
    if not isinstance(value, str):
        return Fault(path, "a single value is needed here")
    if isinstance(info, inspect.LiteralType):
        wrong = value not in info.values
        return Fault(path, f"unknown value {_shown(value)}; {meant(value, map(str, info.values))}") if wrong else None
    if isinstance(info, inspect.StrType):
        return _of_text(value, info, path)
    plain = {inspect.BoolType: bool, inspect.IntType: int, inspect.FloatType: float}.get(type(info))
    return _of_number(value, info, plain, path) if plain is not None else None


def _of_text(value: str, info: inspect.StrType, path: Sequence[str]) -> Fault | None:
    at = tuple(path)
    if info.pattern is not None and not re.search(info.pattern, value):
        return Fault(at, f"{_shown(value)} does not match {info.pattern}" if value.strip() else "a text is needed here")
    if len(value) < (info.min_length or 0):
        return Fault(at, "a text is needed here")
    if info.max_length is not None and len(value) > info.max_length:
        return Fault(at, f"{_shown(value)} is longer than {info.max_length}")
    return None


def _of_number(value: str, info: Any, plain: type, path: tuple[str, ...]) -> Fault | None:
    number: Any
    try:
        number = msgspec.convert(value, plain, strict=False)
    except msgspec.ValidationError:
        return Fault(path, f"{_shown(value)} is no {plain.__name__}")
    low, high = getattr(info, "ge", None), getattr(info, "le", None)
    if (low is not None and not number >= low) or (high is not None and not number <= high):
        return Fault(
            path,
            f"{_shown(value)} is not between {low} and {high}"
            if high is not None
            else f"{_shown(value)} is below {low}",
        )
    return None
