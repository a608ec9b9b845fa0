"""A grammar as the stages use it: its rules in the order in which they are tried, and their matchers."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeVar

import msgspec
import regex

from confparse.rules.base import Pattern, Patterns, Rule
from confparse.rules.cache import Store
from confparse.rules.kinds import AnyRule, Fragment, Name, WordList
from confparse.rules.optimize import from_break
from confparse.rules.patterns import Choice, Matcher, ScriptMatcher, Vocabulary, alternatives
from confparse.rules.structure import Boundary

R = TypeVar("R", bound=Rule)


class Parts(msgspec.Struct, frozen=True):
    """All that makes a grammar, read from its files and checked."""

    name: str
    version: str
    rules: list[AnyRule]
    fragments: dict[str, Fragment]
    words: dict[str, WordList]
    places: dict[str, str]
    names: dict[str, list[Name]]


class Grammar:
    """The rules of a grammar, in the order in which they are tried, and their matchers."""

    def __init__(self, parts: Parts, store: Store, shipped: bool = False) -> None:
        self.name, self.version, self.places = parts.name, parts.version, parts.places
        self.rules = {rule.id: rule for rule in parts.rules}
        self.fragments, self.words = parts.fragments, parts.words
        self.names = {kind: tuple(entries) for kind, entries in parts.names.items()}
        self.vocabulary = Vocabulary(parts.fragments, parts.words)
        self.store, self._shipped = store, shipped  # only a shipped grammar's sources are those of the store
        self._matchers: dict[str, Matcher] = {}
        self._choices: dict[tuple[str, ...], Choice] = {}
        self._kinds: dict[type[Rule], list[Any]] = {}
        self._named: dict[str, tuple[regex.Pattern[str], dict[str, Name]]] = {}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the grammar says: what makes two grammars the same."""
        said = (self.name, self.version, list(self.rules.values()), self.fragments, self.words, self.names)
        return hashlib.sha256(msgspec.msgpack.encode(said)).hexdigest()

    def of(self, kind: type[R]) -> list[R]:
        """All rules of one kind, in order."""
        if kind not in self._kinds:
            self._kinds[kind] = [rule for rule in self.rules.values() if isinstance(rule, kind)]
        return self._kinds[kind]

    def choice(self, rules: "Sequence[Pattern]") -> Choice:
        """Several rules as one pattern."""
        key = tuple(rule.id for rule in rules)
        if key not in self._choices:
            self._choices[key] = Choice([self.matcher(rule) for rule in rules], self.store)
        return self._choices[key]

    def matcher(self, rule: Pattern | Boundary) -> Matcher:
        """The compiled patterns of a rule."""
        if rule.id not in self._matchers:
            self._matchers[rule.id] = self._matcher(rule)
        return self._matchers[rule.id]

    def _matcher(self, rule: Pattern | Boundary) -> Matcher:
        if isinstance(rule, Pattern) and rule.by_script and set(rule.patterns) != {"any"}:
            latin: Patterns = {language: source for language, source in rule.patterns.items() if language != "zh"}
            han: Patterns = {language: source for language, source in rule.patterns.items() if language != "en"}
            sources = self._source(f"{rule.id} en", latin), self._source(f"{rule.id} zh", han)
            return ScriptMatcher(rule.id, *sources, self.store)
        source = self._source(rule.id, rule.patterns)
        return Matcher(rule.id, from_break(source) if isinstance(rule, Boundary) else source, self.store)

    def _source(self, name: str, patterns: Patterns) -> str:
        if self._shipped:
            return self.store.source(name, lambda: self.vocabulary.union(patterns))
        return self.vocabulary.union(patterns)

    def named(self, kind: str) -> "tuple[regex.Pattern[str], dict[str, Name]]":
        """A pattern that finds any name of a kind, longest first, and the entry behind each name."""
        if kind not in self._named:
            entries = {name: entry for entry in self.names.get(kind, ()) for name in (*entry.en, *entry.zh)}
            latin = alternatives(name for name in entries if name[0] < "\u2e80")
            han = alternatives(name for name in entries if name[0] >= "\u2e80")
            pattern = self.store.compile(rf"(?<![\p{{Latin}}]){latin}(?![\p{{Latin}}])|{han}")
            self._named[kind] = (pattern, entries)
        return self._named[kind]

    def word(self, name: str, printed: str) -> int | None:
        """The place, 1-based, of a printed word in a word list that counts (ordinals, months), in either language."""
        if name not in self.words:
            return None
        wanted = printed.casefold()
        for listed in (self.words[name].en, self.words[name].zh):
            for place, entry in enumerate(listed, 1):
                if entry.casefold() == wanted:
                    return place
        return None
