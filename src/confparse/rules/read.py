"""Grammar files to typed entries: YAML in which every scalar is a string until its field says otherwise.

`10:00` stays 10:00 and `no` stays no. Every mistake is a GrammarError at `file:line:column`, 1-based.
"""

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from confparse.diagnostics import GrammarError

T = TypeVar("T")
Place = tuple[int, int]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STEP = re.compile(r"\[(\d+|\.\.\.)\]|\.([^.\[]+)")


class Places:
    """Where each value of one file stands, by its path."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._at: dict[tuple[str, ...], Place] = {}

    def note(self, path: tuple[str, ...], node: yaml.Node) -> None:
        self._at[path] = (node.start_mark.line + 1, node.start_mark.column + 1)

    def of(self, *path: object) -> str:
        """`file:line:column` of a value, or of the nearest value around it."""
        steps = tuple(str(p) for p in path)
        while steps and steps not in self._at:
            steps = steps[:-1]
        line, column = self._at.get(steps, (1, 1))
        return f"{self.file}:{line}:{column}"


def _plain(node: yaml.Node, path: tuple[str, ...], places: Places) -> Any:
    """A YAML node as dict, list and str, its places noted."""
    places.note(path, node)
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in out:
                places.note((*path, "?"), key)
                raise GrammarError(
                    places.of(*path, "?"), "G001", why=f"key {getattr(key, 'value', '?')!r} twice or no name"
                )
            out[key.value] = _plain(value, (*path, key.value), places)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, str(i)), places) for i, item in enumerate(node.value)]
    return node.value


_DEEPEST = 400  # brackets that a file may open inside one another
_BRACKETS = re.compile(r"[\[\]{}]")


def _refuse_traps(text: str, shown: str) -> None:
    """Aliases may grow without end, and brackets nested by the thousand crash the parser: neither is needed here."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth = max(0, depth + (1 if match[0] in "[{" else -1))
        if depth > _DEEPEST:
            raise GrammarError(
                f"{shown}:{text.count(chr(10), 0, match.start()) + 1}:1", "G001", why="nested too deeply"
            )
    alias = re.search(r"(?m)^[^'\"#\n]*?(?:[:\-\[,{]\s+|^)([&*]\w+)(?=\s|$|[,\]}])", text)
    if alias:
        line = text.count("\n", 0, alias.start(1)) + 1
        raise GrammarError(f"{shown}:{line}:1", "G001", why=f"part_starts and aliases such as {alias[1]} are not taken")


def _path(message: str) -> tuple[str, ...]:
    """The path that msgspec names at the end of its message: `$.rules[3].patterns[...]`."""
    found = re.search(r"`\$(.*)`$", message)
    return tuple(a or b for a, b in _STEP.findall(found[1])) if found else ()


def read_yaml(path: Path, shown: str, as_type: type[T]) -> tuple[T, Places]:
    """One grammar file as a typed value, and the places in it. `shown` names the file in messages."""
    places = Places(shown)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GrammarError(f"{shown}:1:1", "G010", why=getattr(error, "strerror", None) or str(error)) from None
    _refuse_traps(text, shown)
    try:
        node = yaml.compose(text, _LOADER)
        value = _plain(node, (), places) if node is not None else {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"{shown}:{mark.line + 1}:{mark.column + 1}" if mark else f"{shown}:1:1"
        raise GrammarError(at, "G001", why=error.problem or "no YAML") from None
    except RecursionError:
        raise GrammarError(f"{shown}:1:1", "G001", why="nested too deeply") from None
    except yaml.YAMLError as error:
        raise GrammarError(f"{shown}:1:1", "G001", why=str(error).split("\n")[0]) from None
    try:
        return msgspec.convert(value, as_type, strict=False), places
    except msgspec.ValidationError as error:
        message = str(error)
        path_in_file = _path(message)
        unknown = re.search(r"unknown field `([^`]+)`", message)
        spot = places.of(*path_in_file, unknown[1]) if unknown else places.of(*path_in_file)
        raise GrammarError(spot, "G002", why=message) from None
