"""A grammar as the stages use it: its rules in the order in which they are tried, and their matchers."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any, TypeVar

import msgspec
import regex

from confparse.letters import FIRST_HAN
from confparse.rules.alphabet import Alphabet, Classes, classes_of_words
from confparse.rules.base import Pattern, Patterns, Rule
from confparse.rules.cache import Store
from confparse.rules.choice import Choice
from confparse.rules.extents import Fits
from confparse.rules.faults import PatternFault
from confparse.rules.finder import compiled
from confparse.rules.kinds import AnyRule, Fragment, Name, WordList
from confparse.rules.line_breaks import Boundary
from confparse.rules.mention_classes import NameKind
from confparse.rules.mentions import Lexicon, MentionPattern, Phrase
from confparse.rules.optimize import from_break
from confparse.rules.patterns import Matcher, ScriptMatcher
from confparse.rules.vocabulary import UnknownName, Vocabulary, alternatives

R = TypeVar("R", bound=Rule)


class Parts(msgspec.Struct, frozen=True):
    """All that makes a grammar, read from its files and checked."""

    name: str
    version: str
    rules: list[AnyRule]
    fragments: dict[str, Fragment]
    words: dict[str, WordList]
    places: dict[str, str]
    names: dict[NameKind, list[Name]]
    lexicon: dict[str, Lexicon] = {}
    example_places: dict[str, list[str]] = {}  # by rule


def _fits(rule: Pattern | Boundary) -> Fits | None:
    """How to tell whether a match holds what the rule reads from it; None if every match does."""
    return rule.fits if rule.needs or type(rule).fits is not Pattern.fits else None


class Grammar:
    """The rules of a grammar, in the order in which they are tried, and their matchers.

    `base`: the shipped grammar that a user's extends. `own`: the rules that a user made, or gave other words.
    `inherits`: a grammar whose matchers serve this one too, except for `changed` rules. `renew`: makes the parts of a
    shipped grammar again if they were read from a cache.
    """

    def __init__(
        self,
        parts: Parts,
        store: Store,
        *,
        shipped: bool = False,
        base: "Grammar | None" = None,
        own: frozenset[str] = frozenset(),
        inherits: "Grammar | None" = None,
        changed: frozenset[str] = frozenset(),
        renew: Callable[[], Parts] | None = None,
    ) -> None:
        self.store, self.shipped, self.base, self.own = store, shipped, base, own
        self._inherits, self._changed, self._renew = inherits, changed, renew
        self._take(parts)

    def _take(self, parts: Parts) -> None:
        self._parts = parts
        self.name, self.version, self.places = parts.name, parts.version, parts.places
        self.rules = {rule.id: rule for rule in parts.rules}
        self.fragments, self.words = parts.fragments, parts.words
        self.names = {kind: tuple(entries) for kind, entries in parts.names.items()}
        self.lexicon, self.example_places = parts.lexicon, parts.example_places
        self.vocabulary = Vocabulary(parts.fragments, parts.words, self.names)
        self._matchers: dict[str, Matcher] = {}
        self._choices: dict[tuple[str, ...], Choice] = {}
        self._kinds: dict[type[Rule], list[Any]] = {}
        self._named: dict[NameKind, tuple[regex.Pattern[str], dict[str, Name]]] = {}

    def __repr__(self) -> str:
        return f"<Grammar {self.name} {self.version}: {len(self.rules)} rules>"

    def renewed(self) -> bool:
        """Make the grammar again from its files; returns whether that changed it, because its cache was wrong."""
        if self._renew is None:
            return False
        old_parts, parts, self._renew = self._parts, self._renew(), None
        self._take(parts)
        self.store.keep(msgspec.msgpack.encode(parts))
        return parts != old_parts

    def without(self, rules: Collection[str]) -> "Grammar":
        """The grammar without some of its rules."""
        left = [rule for rule in self._parts.rules if rule.id not in rules]
        parts = msgspec.structs.replace(self._parts, rules=left)
        return Grammar(parts, self.store, base=self.base, own=self.own.difference(rules), inherits=self)

    def meaning(self, rule: AnyRule) -> str | None:
        """The patterns of a rule with its fragments and words filled in; None if they cannot be."""
        try:
            return self.vocabulary.union(getattr(rule, "patterns", {}))
        except (UnknownName, PatternFault, RecursionError):
            return None

    def _shares(self, rule: Rule) -> bool:
        """Whether the matcher of a rule is that of the grammar that it was inherited from."""
        return self._inherits is not None and rule.id not in self._changed and self._inherits.rules.get(rule.id) is rule

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the grammar says: what makes two grammars the same."""
        contents = (
            self.name,
            self.version,
            list(self.rules.values()),
            self.fragments,
            self.words,
            self.names,
            self.lexicon,
        )
        return hashlib.sha256(msgspec.msgpack.encode(contents)).hexdigest()

    def of(self, kind: type[R]) -> list[R]:
        """All rules of one kind, in order."""
        if kind not in self._kinds:
            self._kinds[kind] = [rule for rule in self.rules.values() if isinstance(rule, kind)]
        return self._kinds[kind]

    @cached_property
    def words_of_classes(self) -> dict[str, Classes]:
        """Every word of the lexicon, names included, with its classes."""
        names = {str(kind): [n for e in entries for n in (*e.en, *e.zh)] for kind, entries in self.names.items()}
        return classes_of_words(self.lexicon, names)

    @cached_property
    def alphabet(self) -> Alphabet:
        """The characters that patterns see for mentions."""
        phrase_classes = {rule.makes for rule in self.of(Phrase)}
        class_pairs = (frozenset({own, stays}) for own in phrase_classes for stays in self.staying)
        return Alphabet([*self.words_of_classes.values(), *class_pairs])

    @cached_property
    def staying(self) -> Classes:
        """The classes of words that also are those of the phrases made with them."""
        return frozenset(name for name, words in self.lexicon.items() if words.stays)

    def mention_matcher(self, rule: MentionPattern, language: str) -> Matcher | None:
        """The compiled pattern of a rule that reads mentions, for texts of a language; None if it has none."""
        key = f"{rule.id} {language}"
        if key not in self._matchers:
            own: Patterns = {name: source for name, source in rule.patterns.items() if name in (language, "any")}
            if not own:
                return None
            source = self._source(key, lambda: self.alphabet.expand(self.vocabulary.union(own)))
            self._matchers[key] = Matcher(rule.id, source)
        return self._matchers[key]

    def choice(self, rules: "Sequence[Pattern]") -> Choice:
        """Several rules as one pattern."""
        key = tuple(rule.id for rule in rules)
        if self._inherits and all(map(self._shares, rules)):
            return self._inherits.choice(rules)
        if key not in self._choices:
            self._choices[key] = Choice([self.matcher(rule) for rule in rules])
        return self._choices[key]

    def matcher(self, rule: Pattern | Boundary) -> Matcher:
        """The compiled patterns of a rule."""
        if rule.id not in self._matchers:
            inherited = self._inherits if self._shares(rule) else None
            self._matchers[rule.id] = inherited.matcher(rule) if inherited else self._matcher(rule)
        return self._matchers[rule.id]

    def _matcher(self, rule: Pattern | Boundary) -> Matcher:
        if isinstance(rule, Pattern) and rule.by_script and set(rule.patterns) != {"any"}:
            latin: Patterns = {language: source for language, source in rule.patterns.items() if language != "zh"}
            han: Patterns = {language: source for language, source in rule.patterns.items() if language != "en"}
            by_latin = self._source(f"{rule.id} latin", lambda: self.vocabulary.union(latin))
            by_han = self._source(f"{rule.id} han", lambda: self.vocabulary.union(han))
            return ScriptMatcher(rule.id, by_latin, by_han, _fits(rule))
        around = from_break if isinstance(rule, Boundary) else str
        source = self._source(rule.id, lambda: around(self.vocabulary.union(rule.patterns)))
        return Matcher(rule.id, source, _fits(rule))

    def _source(self, name: str, make: Callable[[], str]) -> str:
        """A source with all its words; those of a shipped grammar are kept between runs."""
        return self.store.source(name, make) if self.shipped else make()

    def named(self, kind: NameKind) -> "tuple[regex.Pattern[str], dict[str, Name]]":
        """A pattern that finds any name of a kind, longest first, and the entry behind each name."""
        if self._inherits and self._inherits.names.get(kind) == self.names.get(kind):
            return self._inherits.named(kind)
        if kind not in self._named:
            entries = {name: entry for entry in self.names.get(kind, ()) for name in (*entry.en, *entry.zh)}
            latin = alternatives(name for name in entries if name[0] < FIRST_HAN)
            han = alternatives(name for name in entries if name[0] >= FIRST_HAN)
            pattern = compiled(rf"(?<![\p{{Latin}}]){latin}(?![\p{{Latin}}])|{han}")
            self._named[kind] = (pattern, entries)
        return self._named[kind]

    def word(self, name: str, printed: str) -> int | None:
        """The place, 1-based, of a printed word in a word list that counts (ordinals, months), in either language."""
        return self.vocabulary.place(name, printed)
