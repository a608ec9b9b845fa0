"""Why a value does not fit a type: where, and a sentence in both languages. For files that people write by hand."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import msgspec
from msgspec import inspect

from confparse.diagnostics import Clause

Path = tuple[str, ...]
_LAX_FLAGS = ("true", "false", "1", "0")


class Mismatch(msgspec.Struct, frozen=True):
    """The first place, as keys and indexes from the top, at which a value does not fit, and why."""

    path: Path
    why: Clause


def find_mismatch(value: object, wanted: Any, lax: bool = False) -> Mismatch | None:
    """The first mismatch of a value and a type, None if it fits. `lax`: scalars may be written as text."""
    return next(_mismatches(value, inspect.type_info(wanted), (), lax), None)


def _mismatches(value: object, wanted: inspect.Type, path: Path, lax: bool) -> Iterator[Mismatch]:
    if isinstance(wanted, inspect.Metadata):
        wanted = wanted.type
    if isinstance(wanted, inspect.UnionType):
        yield from _of_union(value, wanted, path, lax)
    elif isinstance(wanted, inspect.StructType):
        yield from _of_struct(value, wanted, path, lax)
    elif isinstance(wanted, inspect.ListType | inspect.VarTupleType):
        if not isinstance(value, list):
            yield _wrong(path, "list")
        elif wanted.min_length and len(value) < wanted.min_length:
            yield Mismatch(path, Clause("shape_empty", {"name": _name(path)}))
        else:
            for i, item in enumerate(value):
                yield from _mismatches(item, wanted.item_type, (*path, str(i)), lax)
    elif isinstance(wanted, inspect.DictType):
        yield from _of_dict(value, wanted, path, lax)
    else:
        yield from _of_scalar(value, wanted, path, lax)


def _of_union(value: object, wanted: inspect.UnionType, path: Path, lax: bool) -> Iterator[Mismatch]:
    kinds = {str(t.tag): t for t in wanted.types if isinstance(t, inspect.StructType) and t.tag is not None}
    if kinds and isinstance(value, dict):
        tag_field = str(next(iter(kinds.values())).tag_field)
        tag = value.get(tag_field)
        if not isinstance(tag, str | None):
            yield _wrong((*path, tag_field), "text")
        elif tag is None:
            yield Mismatch(path, Clause("shape_missing", {"name": tag_field}))
        elif tag not in kinds:
            yield no_choice((*path, tag_field), tag, list(kinds))
        else:
            yield from _of_struct(value, kinds[tag], path, lax)
        return
    if not isinstance(value, str | list) and _listed(wanted):
        yield _wrong(path, "texts")
        return
    mismatches = [next(_mismatches(value, one, path, lax), None) for one in wanted.types]
    if all(mismatches):
        longest = max((f for f in mismatches if f), key=lambda f: len(f.path))
        yield longest if len(longest.path) > len(path) else next(f for f in mismatches if f)


def _listed(wanted: inspect.UnionType) -> bool:
    """Whether a list may also be written as one text."""
    kinds = [type(one) for one in wanted.types]
    return inspect.StrType in kinds and inspect.VarTupleType in kinds


def _of_struct(value: object, wanted: inspect.StructType, path: Path, lax: bool) -> Iterator[Mismatch]:
    if not isinstance(value, dict):
        yield _wrong(path, "mapping")
        return
    fields = {field.encode_name: field for field in wanted.fields}
    names = [*fields, *([wanted.tag_field] if wanted.tag_field else [])]
    for name in value:
        if name not in names:
            near = get_close_matches(str(name), names, n=1)
            values: dict[str, object] = {"name": name, "known": ", ".join(names), "near": near[0] if near else ""}
            yield Mismatch((*path, str(name)), Clause("shape_unknown_near" if near else "shape_unknown", values))
    for name, field in fields.items():
        if name in value:
            yield from _mismatches(value[name], field.type, (*path, name), lax)
        elif field.required:
            yield Mismatch(path, Clause("shape_missing", {"name": name}))


def _of_dict(value: object, wanted: inspect.DictType, path: Path, lax: bool) -> Iterator[Mismatch]:
    if not isinstance(value, dict):
        yield _wrong(path, "mapping")
        return
    for key, item in value.items():
        yield from _mismatches(key, wanted.key_type, (*path, str(key)), lax)
        yield from _mismatches(item, wanted.value_type, (*path, str(key)), lax)


def _of_scalar(value: object, wanted: inspect.Type, path: Path, lax: bool) -> Iterator[Mismatch]:
    if isinstance(wanted, inspect.LiteralType):
        if isinstance(value, list | dict | bool):
            yield _wrong(path, "text")
        elif value not in wanted.values:
            yield no_choice(path, value, [str(v) for v in wanted.values])
    elif isinstance(wanted, inspect.StrType):
        yield from _of_text(value, wanted, path)
    elif isinstance(wanted, inspect.BoolType):
        if not isinstance(value, bool) and not (lax and str(value).lower() in _LAX_FLAGS):
            yield _wrong(path, "flag")
    elif isinstance(wanted, inspect.IntType | inspect.FloatType):
        yield from _of_number(value, wanted, path, lax)
    elif isinstance(wanted, inspect.NoneType) and value is not None:
        yield _wrong(path, "nothing")


def _of_text(value: object, wanted: inspect.StrType, path: Path) -> Iterator[Mismatch]:
    if not isinstance(value, str):
        yield _wrong(path, "text")
    elif not value.strip() and (wanted.min_length or (wanted.pattern and not re.search(wanted.pattern, value))):
        yield Mismatch(path, Clause("shape_empty", {"name": _name(path)}))
    elif wanted.max_length is not None and len(value) > wanted.max_length:
        yield Mismatch(path, Clause("shape_long", {"name": _name(path), "most": wanted.max_length}))
    elif wanted.pattern and not re.search(wanted.pattern, value):
        yield Mismatch(path, Clause("shape_form", {"name": _name(path), "value": value, "form": wanted.pattern}))


def _of_number(value: object, wanted: inspect.IntType | inspect.FloatType, path: Path, lax: bool) -> Iterator[Mismatch]:
    kind = int if isinstance(wanted, inspect.IntType) else float
    try:
        number = kind(value) if lax and isinstance(value, str) else value
    except ValueError:
        number = None
    if isinstance(number, bool) or not isinstance(number, int if kind is int else (int, float)):
        yield _wrong(path, "number")
    elif wanted.ge is not None and wanted.le is not None and not wanted.ge <= number <= wanted.le:
        bounds: dict[str, object] = {"name": _name(path), "least": wanted.ge, "most": wanted.le}
        yield Mismatch(path, Clause("shape_between", bounds))
    elif wanted.ge is not None and number < wanted.ge:
        yield Mismatch(path, Clause("shape_least", {"name": _name(path), "least": wanted.ge}))


def _name(path: Path) -> str:
    """The last key of a path that is a name, not an index."""
    return next((step for step in reversed(path) if step.strip() and not step.isdecimal()), "-")


def _wrong(path: Path, kind: str) -> Mismatch:
    wanted = Clause(f"type_{kind}")
    if not path:
        return Mismatch(path, Clause("shape_file", {"type": wanted}))
    return Mismatch(path, Clause("shape_type", {"name": _name(path), "type": wanted}))


def no_choice(path: Path, value: object, choices: list[str]) -> Mismatch:
    """A value that is not one of the choices; the closest one is named."""
    near = get_close_matches(str(value), choices, n=1)
    values: dict[str, object] = {"name": _name(path), "value": value, "choices": ", ".join(choices)}
    return Mismatch(
        path, Clause("usage_choice_near" if near else "usage_choice", values | {"near": near[0] if near else ""})
    )
