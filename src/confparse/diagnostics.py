"""The catalogue of codes: one list, from which messages, `explain CODE` and the docs are made.

The sentences are in grammars/catalogue.yaml and messages.yaml, in English and Chinese; this module only reads and
fills them. A code is a stage letter and three digits: N decode and normalize, L layout, S labels and reflow, O outline,
X extract, V validate, G grammar, C comparison of two versions. A code is never used for anything else later.
"""

import errno
import re
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any

import msgspec

from confparse.resources import grammars
from confparse.vocabularies import Severity

_BLANK = re.compile(r"\\\{(\w+)\\\}")  # of an escaped text


class MessageTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    en: str
    zh: str

    def said(self, ui: str, **values: object) -> str:
        """The sentence in a language, `en` or `zh`, with its blanks filled in; bytes of names that are not text,
        replaced.
        """
        filled = (self.zh if ui == "zh" else self.en).format(**values)
        return filled.encode("utf-8", "replace").decode("utf-8")

    def template(self, ui: str) -> str:
        """The sentence in a language with its blanks as `<name>`."""
        parts = Formatter().parse(self.zh if ui == "zh" else self.en)
        return "".join(text + (f"<{name}>" if name is not None else "") for text, name, _, _ in parts)


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry: the name, how bad it is, what is said, and the page that explains it."""

    name: str
    severity: Severity
    message: MessageTemplate
    page: MessageTemplate


class Breach(Exception):
    """A record, or a text on its way there, does not hold the text of its source."""


class Finding(msgspec.Struct, frozen=True):
    """Something a stage noticed: the code, the span [start, end) in the source if it has one, and the blanks."""

    code: str
    start: int = -1
    end: int = -1
    rule: str | None = None
    values: Mapping[str, object] = {}


def read_data(name: str) -> Any:
    """A YAML file beside the shipped grammars, as plain data."""
    import yaml

    text = (grammars() / name).read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def catalogue() -> dict[str, Code]:
    """Every code with its entry."""
    return msgspec.convert(read_data("catalogue.yaml"), dict[str, Code])


@cache
def messages() -> dict[str, MessageTemplate]:
    """What the command line says, by key."""
    return msgspec.convert(read_data("messages.yaml"), dict[str, MessageTemplate])


class Clause(msgspec.Struct, frozen=True):
    """A part of a message that is itself a message: its key and its blanks."""

    key: str
    values: dict[str, object] = {}

    def said(self, ui: str) -> str:
        return messages()[self.key].said(ui, **_in(ui, self.values))


class Foreign(msgspec.Struct, frozen=True):
    """What a library says, in English, as a part of a message: in Chinese if `libraries.yaml` has it."""

    text: str

    def said(self, ui: str) -> str:
        return _translated(self.text) if ui == "zh" else self.text


@cache
def _libraries() -> list[tuple[re.Pattern[str], str]]:
    """What libraries say, its blanks as groups, with the Chinese."""
    translations: dict[str, str] = msgspec.convert(read_data("libraries.yaml"), dict[str, str])
    return [
        (re.compile(_BLANK.sub(r"(?P<\1>.+)", re.escape(english))), chinese)
        for english, chinese in translations.items()
    ]


def _translated(text: str) -> str:
    for shape, chinese in _libraries():
        if match := shape.fullmatch(text):
            return chinese.format(**{name: _translated(part) for name, part in match.groupdict().items()})
    return text


def _in(ui: str, values: Mapping[str, object]) -> dict[str, object]:
    """The blanks of a message in its language: phrases, and the reasons that a system gives."""
    return {name: _one_in(ui, value) for name, value in values.items()}


def _one_in(ui: str, value: object) -> object:
    if isinstance(value, Clause | Foreign):
        return value.said(ui)
    if isinstance(value, OSError):
        sentence = messages().get(f"errno_{errno.errorcode.get(value.errno or 0, '')}")
        return sentence.said(ui) if sentence else value.strerror or str(value)
    return value


class InputError(Exception):
    """An input that cannot be read or an output that cannot be written: a message by its key, and its blanks."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(self.said("en"))

    def __reduce__(self) -> tuple[Any, ...]:  # worker processes send it home
        return _input_error, (self.key, self.values)

    def said(self, ui: str) -> str:
        """One sentence in a language, `en` or `zh`."""
        return messages()[self.key].said(ui, **_in(ui, self.values))


def _input_error(key: str, values: dict[str, object]) -> InputError:
    return InputError(key, **values)


class GrammarError(Exception):
    """A wrong grammar: where (`file:line:column`), the code, and one sentence."""

    def __init__(self, place: str, code: str, **values: object) -> None:
        self.place, self.code, self.values = place, code, values
        super().__init__(self.said("en"))

    def said(self, ui: str) -> str:
        return f"{self.place}: {self.code} {catalogue()[self.code].message.said(ui, **_in(ui, self.values))}"
