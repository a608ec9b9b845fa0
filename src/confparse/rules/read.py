"""Grammar files to typed entries: YAML in which every scalar is a string until its field says otherwise.

`10:00` stays 10:00 and `no` stays no. Every mistake is a GrammarError at `file:line:column`, 1-based. The file is read
as a stream of events: aliases and anchors, which can make a small file a large one, are refused where they are.
"""

import re
import stat
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

import msgspec
import yaml

from confparse.diagnostics import Clause, Foreign, GrammarError
from confparse.mismatch import Mismatch, find_mismatch

T = TypeVar("T")
LOADING_SECONDS = (
    20.0  # processor time that a grammar with all it extends may take to load; to check the shipped one takes 2
)
_FILE_BYTES = 2_000_000  # of one grammar file: the largest shipped one has 70,000
_VALUES = 200_000  # keys and values of one file
_DEEPEST = 40  # lists and mappings inside one another: a grammar needs six
_INDENT = re.compile(r"expected (?:'-' indicator|<block end>)")  # what PyYAML says about lines in the wrong column
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LoadBudget:
    """The processor time that is left to load a grammar."""

    def __init__(self) -> None:
        self._ends = process_time() + LOADING_SECONDS

    def check(self, place: str) -> None:
        """Raises GrammarError, at the place reached, once the time is used up."""
        if process_time() > self._ends:
            raise GrammarError(place, "G017", what=Clause("limit_seconds"), most=f"{LOADING_SECONDS:g}")


class Places:
    """Where each value of one file is, by its path."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._at: dict[tuple[str, ...], tuple[int, int]] = {}

    def note(self, path: tuple[str, ...], mark: Any) -> None:
        self._at[path] = (mark.line + 1, mark.column + 1)

    def of(self, *path: object) -> str:
        """`file:line:column` of a value, or of the nearest value around it."""
        steps = tuple(str(p) for p in path)
        while steps and steps not in self._at:
            steps = steps[:-1]
        line, column = self._at.get(steps, (1, 1))
        return f"{self.file}:{line}:{column}"


class _Open:
    """A list or a mapping that is being read, and the key that waits for its value."""

    def __init__(self, path: tuple[str, ...], value: "list[Any] | dict[str, Any]") -> None:
        self.path, self.value = path, value
        self.key: str | None = None

    def next_path(self) -> tuple[str, ...]:
        step = self.key if isinstance(self.value, dict) else str(len(self.value))
        return (*self.path, step or "")

    def add(self, value: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        else:
            self.value[self.key or ""] = value
            self.key = None


class _Builder:
    """Events of one document to lists, mappings and strings."""

    def __init__(self, places: Places, budget: LoadBudget) -> None:
        self._places, self._budget = places, budget
        self._stack: list[_Open] = []
        self._values = self._documents = 0
        self.root: Any = {}

    def _refuse(self, mark: Any, why: Clause) -> GrammarError:
        return GrammarError(f"{self._places.file}:{mark.line + 1}:{mark.column + 1}", "G001", why=why)

    def event(self, event: yaml.Event) -> None:
        """Take the next event. Raises GrammarError."""
        mark, anchor = event.start_mark, getattr(event, "anchor", None)
        if anchor is not None:
            raise self._refuse(mark, Clause("yaml_anchor", {"name": anchor}))
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._refuse(mark, Clause("yaml_documents"))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
        elif isinstance(event, yaml.ScalarEvent) and self._awaits_key():
            self._key(event)
        elif isinstance(event, yaml.NodeEvent):
            self._value(event)

    def _awaits_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None

    def _key(self, event: yaml.ScalarEvent) -> None:
        inside = self._stack[-1]
        if event.value in inside.value:
            raise self._refuse(event.start_mark, Clause("yaml_key_twice", {"key": event.value}))
        inside.key = event.value

    def _value(self, event: yaml.NodeEvent) -> None:
        if self._awaits_key():
            raise self._refuse(event.start_mark, Clause("yaml_key_single"))
        path = self._stack[-1].next_path() if self._stack else ()
        self._places.note(path, event.start_mark)
        self._count(event.start_mark)
        value: Any = {}
        if isinstance(event, yaml.ScalarEvent):
            value = event.value
        elif isinstance(event, yaml.SequenceStartEvent):
            value = []
        if self._stack:
            self._stack[-1].add(value)
        else:
            self.root = value
        if not isinstance(value, str):
            self._stack.append(_Open(path, value))

    def _count(self, mark: Any) -> None:
        self._values += 1
        place = f"{self._places.file}:{mark.line + 1}:{mark.column + 1}"
        if self._values > _VALUES:
            raise GrammarError(place, "G017", what=Clause("limit_values"), most=f"{_VALUES:,}")
        if len(self._stack) > _DEEPEST:
            raise self._refuse(mark, Clause("yaml_deep"))
        self._budget.check(place)


def _text(path: Path, shown: str) -> str:
    """The text of a regular file of a fair size. Raises GrammarError."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise GrammarError(f"{shown}:1:1", "G010", why=Clause("not_regular"))
        if status.st_size > _FILE_BYTES:
            raise GrammarError(f"{shown}:1:1", "G017", what=Clause("limit_bytes"), most=f"{_FILE_BYTES:,}")
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = error if isinstance(error, OSError) else Foreign(str(error))
        raise GrammarError(f"{shown}:1:1", "G010", why=why) from None


def _parsed(text: str, places: Places, budget: LoadBudget) -> Any:
    builder = _Builder(places, budget)
    try:
        for event in yaml.parse(text, _LOADER):
            builder.event(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"{places.file}:{mark.line + 1}:{mark.column + 1}" if mark else f"{places.file}:1:1"
        raise GrammarError(at, "G001", why=_why(error, text)) from None
    except yaml.YAMLError as error:
        raise GrammarError(f"{places.file}:1:1", "G001", why=Foreign(str(error).split("\n")[0])) from None
    return builder.root


def _why(error: yaml.MarkedYAMLError, text: str) -> Clause:
    """What is wrong with a file that is not YAML, in words that help."""
    mark, problem = error.problem_mark, error.problem or "no YAML"
    line = text.split("\n")[mark.line] if mark and mark.line < text.count("\n") + 1 else ""
    if mark and line[mark.column : mark.column + 1] == "\t":
        return Clause("yaml_tab")
    key = "yaml_indent" if _INDENT.search(problem) else "yaml_quotes"
    return Clause(key, {"why": Foreign(problem)})


def read_yaml(path: Path, shown: str, as_type: type[T], budget: LoadBudget) -> tuple[T, Places]:
    """One grammar file as a typed value, and the places in it. `shown` names the file in messages. Raises
    GrammarError.
    """
    places = Places(shown)
    value = _parsed(_text(path, shown), places, budget)
    try:
        return msgspec.convert(value, as_type, strict=False), places
    except msgspec.ValidationError as error:
        wrong = find_mismatch(value, as_type, lax=True)
        place = wrong.path if wrong else ()
        why = _with_kind(wrong, value) if wrong else Foreign(str(error))
        raise GrammarError(places.of(*place), "G002", why=why) from None


def _with_kind(wrong: Mismatch, value: Any) -> Clause:
    """What is wrong; of a key of a rule that is missing or unknown, also where the keys of its kind are listed."""
    if wrong.path[:1] != ("rules",) or wrong.why.key not in ("shape_missing", "shape_unknown"):
        return wrong.why
    kind = value["rules"][int(wrong.path[1])].get("kind")
    return Clause("see_kind", {"why": wrong.why, "kind": kind}) if kind else Clause("see_kinds", {"why": wrong.why})
