"""Report to YAML, JSON, JSON Lines; and by their own modules to Markdown and CSV."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from confparse.formats.endings import FORMATS, Format
from confparse.formats.outline_places import Pages
from confparse.model import Furniture, Node, Report


def dumps(report: Report, format: Format = "yaml", records: str = "statements", anchors: bool = False) -> str:
    """A report as text: one YAML document with its `---`, one indented JSON value, one line of JSON, Markdown, or one
    record list (`records`) as CSV. Blocks of Markdown may have `anchors`, which lead back to their lines. A report
    alone does not know its pages: CSV and anchors have none. Raises ValueError for another format or list.
    """
    return b"".join(parts(report, format, records, anchors=anchors)).decode("utf-8")


def parts(
    report: Report,
    format: Format,
    records: str = "statements",
    head: bool = True,
    anchors: bool = False,
    pages: Pages | None = None,
) -> Iterator[bytes]:
    """A report as the UTF-8 that is written, piece by piece: the whole takes much memory for a large one.

    CSV has the names of its columns if `head`, Markdown has `anchors`; both say the page of the source if its `pages`
    are given. Raises ValueError for an unknown format or record list, at once.
    """
    if format == "yaml":
        return _yaml(report)
    if format == "json":
        return _json(report)
    if format == "jsonl":
        return _jsonl(report)
    return iter((_whole(report, format, records, head, anchors, pages or Pages()),))


def _whole(report: Report, format: Format, records: str, head: bool, anchors: bool, pages: Pages) -> bytes:
    if format == "md":
        from confparse.formats.markdown import markdown

        return markdown(report, pages if anchors else None).encode("utf-8", "replace")
    if format == "csv":
        from confparse.formats.tables import LISTS, csv

        if records not in LISTS:
            raise ValueError(f"no record list {records!r}; choose from {', '.join(LISTS)}")
        return csv(report, records, head, pages)
    raise ValueError(f"no format {format!r}; choose from {', '.join(FORMATS)}")


def _jsonl(report: Report) -> Iterator[bytes]:
    """One line; of a very large report an entry at a time."""
    if isinstance(report.outline, tuple) and isinstance(report.furniture, tuple):
        yield msgspec.json.encode(report) + b"\n"
        return
    opening = b"{"
    for field in msgspec.structs.fields(report):
        value = getattr(report, field.name)
        yield opening + b'"%s":' % field.encode_name.encode()
        if field.name in ("outline", "furniture"):
            yield from _entries(value)
        else:
            yield msgspec.json.encode(value)
        opening = b","
    yield b"}\n"


def _entries(entries: Sequence[Node | Furniture]) -> Iterator[bytes]:
    """Entries as one JSON list. The children of a node are the last of its fields."""
    opening = b"["
    for entry in entries:
        if isinstance(entry, Node) and entry.children:
            yield opening + msgspec.json.encode(msgspec.structs.replace(entry, children=()))[:-1] + b',"children":'
            yield from _entries(entry.children)
            yield b"}"
        else:
            yield opening + msgspec.json.encode(entry)
        opening = b","
    yield b"]" if opening == b"," else b"[]"


def _json(report: Report) -> Iterator[bytes]:
    """One indented value, formatted an entry at a time."""

    def shown(value: Any, depth: int) -> bytes:
        data = msgspec.json.encode(value, enc_hook=tuple)
        return msgspec.json.format(data, indent=1).replace(b"\n", b"\n" + b" " * depth)

    opening = b"{"
    for field in msgspec.structs.fields(report):
        yield b'%s\n "%s": ' % (opening, field.encode_name.encode())
        value, opening = getattr(report, field.name), b","
        if value and isinstance(value, Sequence) and not isinstance(value, str):
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
        if value and isinstance(value, Sequence) and not isinstance(value, str):
            yield f"{key}:\n".encode()
            for entry in value:
                yield dump([msgspec.to_builtins(entry, enc_hook=tuple)])
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
