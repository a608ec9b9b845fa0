"""What every rule of a grammar is made of: an id, a reason, examples, and as a rule patterns by language."""

from typing import Annotated, ClassVar, Literal

import msgspec

Language = Literal["en", "zh", "any"]
Named = Annotated[str, msgspec.Meta(min_length=1)]
Patterns = dict[Language, str]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What everything written in a grammar file shares: unknown keys are refused."""


class Example(Entry, kw_only=True, frozen=True):
    """A text that a rule must match (with these captures), or must not, and then why."""

    lang: Language
    text: str
    match: bool = True
    captures: dict[str, str] = {}
    why: str | None = None


class Rule(Entry, kw_only=True, frozen=True, tag_field="kind"):
    """An id that is unique in the grammar, the reason in one sentence or more, and examples for and against."""

    captures: ClassVar[frozenset[str]] = frozenset()  # names of groups that a pattern may have
    needs: ClassVar[frozenset[str]] = frozenset()  # and those that each must have

    id: Named
    why: Named
    examples: list[Example] = []


class Pattern(Rule, kw_only=True, frozen=True):
    """A rule with patterns. Where it reads by script, only those for the characters that the text is written in."""

    by_script: ClassVar[bool] = False

    patterns: Patterns


class Extraction(Pattern, kw_only=True, frozen=True):
    """A rule that reads the text of the outline, and only where one of its `literals` stands: it costs nothing elsewhere."""

    by_script: ClassVar[bool] = True

    literals: Annotated[list[Named], msgspec.Meta(min_length=1)]
