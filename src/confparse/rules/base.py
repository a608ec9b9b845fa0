"""What every rule of a grammar is made of: an id, a reason, examples, and as a rule patterns by language.

A kind of rule says what it reads from a match: the names of groups, those that must hold text (`needs`), and in `fits`
what else must hold of them. Matchers return no match that does not fit, so that no phase has to check.
"""

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec

from confparse.diagnostics import Clause

if TYPE_CHECKING:
    import regex

Language = Literal["en", "zh", "any"]
Named = Annotated[str, msgspec.Meta(pattern=r"\S")]  # a text that is not blank
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
    needs: ClassVar[frozenset[str]] = (
        frozenset()
    )  # those that each must have; a match in which one is empty does not fit

    id: Named
    why: Named
    examples: list[Example] = []

    def fault(self) -> tuple[str, Clause] | None:
        """What contradicts itself in the values of the rule: the field, and why. None if nothing does."""
        return None


class Pattern(Rule, kw_only=True, frozen=True):
    """A rule with patterns. If it reads by script, only those for the characters that the text is written in."""

    by_script: ClassVar[bool] = False

    patterns: Annotated[Patterns, msgspec.Meta(min_length=1)]

    def fits(self, match: "regex.Match[str]") -> bool:
        """Whether a match holds what the kind of rule reads from it; one that does not is not a match."""
        return all(match[group] for group in self.needs)


class Extraction(Pattern, kw_only=True, frozen=True):
    """A rule that reads the text of the outline, and only if one of its `literals` occurs: it costs nothing
    elsewhere.
    """

    by_script: ClassVar[bool] = True

    literals: Annotated[list[Annotated[str, msgspec.Meta(min_length=1)]], msgspec.Meta(min_length=1)]
