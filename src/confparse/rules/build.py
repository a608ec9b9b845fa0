"""The files of a grammar to its parts: strict, in a fixed order, over what it extends; every mistake at its place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from confparse.diagnostics import Clause, GrammarError
from confparse.rules.base import Extraction, Pattern
from confparse.rules.faults import meant
from confparse.rules.grammar import Grammar, Parts
from confparse.rules.kinds import COUNTING_WORDS, AnyRule, Fragment, Manifest, Name, RuleFile, WordList
from confparse.rules.line_breaks import Boundary
from confparse.rules.mention_classes import NameKind
from confparse.rules.mentions import Lexicon
from confparse.rules.page_matter import Marked, Recurring
from confparse.rules.read import LoadBudget, Places, read_yaml
from confparse.rules.structure import Unmarked

Extend = Callable[[str, Places, LoadBudget], Grammar]  # the grammar of a name, and where the name is
MANIFEST = "grammar.yaml"
_REFERENCE = re.compile(r"\$\{(\w+)\}")
_NAMES = 300_000  # characters of the names and words of one grammar: the shipped one has 40,000


class _Draft:
    """A grammar while its files are read."""

    def __init__(self) -> None:
        self.rules: dict[str, AnyRule] = {}
        self.fragments: dict[str, Fragment] = {}
        self.words: dict[str, WordList] = {}
        self.places: dict[str, str] = {}
        self.example_places: dict[str, list[str]] = {}
        self.names: dict[NameKind, Sequence[Name]] = {}
        self.lexicon: dict[str, Lexicon] = {}
        self.list_places: dict[str, str] = {}  # of its own word lists

    def add(self, part: Manifest | RuleFile, places: Places) -> None:
        for i, rule in enumerate(part.rules):
            at = places.of("rules", i, "id")
            if rule.id in self.rules:
                raise GrammarError(at, "G005", id=rule.id, first=self.places[rule.id])
            self.rules[rule.id], self.places[rule.id] = rule, at
            self.example_places[rule.id] = [places.of("rules", i, "examples", j) for j in range(len(rule.examples))]
            if fault := rule.fault():
                raise GrammarError(places.of("rules", i, fault[0]), "G002", why=fault[1])
            _check_examples(rule, places.of("rules", i))
        self.fragments |= part.fragments
        self.words |= part.words
        self.list_places |= {name: places.of("words", name) for name in part.words}
        self.names |= {kind: tuple(entries) for kind, entries in part.names.items()}
        self.lexicon = merged(self.lexicon, part.lexicon)
        lists: list[WordList | Name | Lexicon] = [*self.words.values(), *chain.from_iterable(self.names.values())]
        lists += self.lexicon.values()
        if sum(map(len, chain.from_iterable((*entry.en, *entry.zh) for entry in lists))) > _NAMES:
            at = places.of("names" if part.names else "words")
            raise GrammarError(at, "G017", what=Clause("limit_names"), most=f"{_NAMES:,}")

    def over(self, base: Grammar, disabled: list[str], places: Places) -> None:
        """Put these rules over a base: same id replaces in place, a new one goes before all of the base."""
        for i, name in enumerate(disabled):
            if name not in base.rules:
                raise GrammarError(
                    places.of("disable", i), "G008", id=name, base=base.name, hint=meant(name, base.rules)
                )
        base_rules = {k: self.rules.get(k, v) for k, v in base.rules.items() if k not in disabled}
        self.rules = {k: v for k, v in self.rules.items() if k not in base_rules} | base_rules
        self.places = base.places | self.places
        self.example_places = base.example_places | self.example_places
        self.fragments = base.fragments | self.fragments
        self.words = base.words | self.words
        for kind, entries in self.names.items():
            self.names[kind] = added_names(base.names.get(kind, ()), entries)
        self.names = {**base.names, **self.names}
        self.lexicon = merged(base.lexicon, self.lexicon)


def merged(base: Mapping[str, Lexicon], more: Mapping[Any, Lexicon]) -> dict[str, Lexicon]:
    """Word lists of classes with further words: none is replaced."""
    out = dict(base)
    for name, entry in more.items():
        own = out.get(name, Lexicon())
        out[name] = Lexicon(
            en=[*own.en, *entry.en],
            zh=[*own.zh, *entry.zh],
            names=[*own.names, *entry.names],
            within=entry.within or own.within,
            act=entry.act or own.act,
            panel=entry.panel or own.panel,
            wakes=own.wakes or entry.wakes,
            stays=own.stays or entry.stays,
            drop=own.drop or entry.drop,
            capitals=own.capitals or entry.capitals,
        )
    return out


def added_names(base: Sequence[Name], more: Sequence[Name]) -> tuple[Name, ...]:
    """A list of names with further ones; an entry with the code or key of one that is there replaces it."""
    keys = {entry.code or entry.key for entry in more} - {None}
    return (*(entry for entry in base if (entry.code or entry.key) not in keys), *more)


def _check_examples(rule: AnyRule, at: str) -> None:
    """Each language of a rule is proved by an example, and one example must not match. What only evidence decides has
    none.
    """
    if isinstance(rule, Recurring | Marked | Unmarked) or (isinstance(rule, Boundary) and not rule.patterns):
        return
    languages = sorted(rule.patterns) if isinstance(rule, Pattern) else []
    proved = {e.lang for e in rule.examples if e.match}
    lacking = [lang for lang in languages if lang != "any" and lang not in proved]
    own = [*languages, *sorted(e.lang for e in rule.examples), "en"]
    if lacking or not proved:
        raise GrammarError(at, "G004", id=rule.id, lacking=Clause("example_matching", {"lang": [*lacking, *own][0]}))
    if all(e.match for e in rule.examples):
        raise GrammarError(at, "G004", id=rule.id, lacking=Clause("example_not_matching", {"lang": own[0]}))
    if isinstance(rule, Extraction):
        for example in rule.examples:
            if example.match and not any(literal in example.text for literal in rule.literals):
                raise GrammarError(at, "G011", id=rule.id, text=example.text)


def _check_lists(draft: _Draft) -> None:
    """Each word list is taken by a pattern or a fragment, or is one that numbers and dates are read with."""
    pieces = [piece for rule in draft.rules.values() for piece in getattr(rule, "patterns", {}).values()]
    pieces += [piece for f in draft.fragments.values() for piece in (f.en, f.zh, f.any) if piece is not None]
    references = {name for piece in pieces for name in _REFERENCE.findall(piece)}.union(COUNTING_WORDS)
    for name, place in draft.list_places.items():
        if name not in references:
            raise GrammarError(
                place, "G002", why=Clause("word_list_unused", {"name": name, "hint": meant(name, references)})
            )


def _files(folder: Path, extends: str | None) -> Iterator[Path]:
    """The files of a grammar folder beside its manifest, by depth and name; a folder with a manifest is another
    grammar.
    """
    base = folder / extends if extends else None
    files = sorted(folder.rglob("*.yaml"), key=lambda path: (len(path.parts), path.parts))
    others = {path.parent for path in files if path.name == MANIFEST and path.parent != folder}
    for file in files:
        if file != folder / MANIFEST and file != base and others.isdisjoint(file.parents):
            yield file


def _read(path: Path, shown: str, budget: LoadBudget) -> tuple[_Draft, Manifest, Places]:
    """All files of one grammar: grammar.yaml first, then the others by name, folders after files."""
    manifest_path, named = (path / MANIFEST, f"{shown}/{MANIFEST}") if path.is_dir() else (path, shown)
    if path.is_dir():
        _require_inside(manifest_path, path, named)
    manifest, places = read_yaml(manifest_path, named, Manifest, budget)
    draft = _Draft()
    draft.add(manifest, places)
    for file in _files(path, manifest.extends) if path.is_dir() else ():
        named = f"{shown}/{file.relative_to(path).as_posix()}"
        _require_inside(file, path, named)
        draft.add(*read_yaml(file, named, RuleFile, budget))
    return draft, manifest, places


def _require_inside(file: Path, folder: Path, named: str) -> None:
    """Raises GrammarError for a file that a link leads out of the folder of its grammar."""
    if not file.resolve().is_relative_to(folder.resolve()):
        raise GrammarError(f"{named}:1:1", "G018", name=named)


def build(path: Path, shown: str, extend: Extend, budget: LoadBudget) -> tuple[Parts, set[str], Grammar | None]:
    """The parts of the grammar in a folder or a file, the ids of its own rules, and the grammar that it extends."""
    draft, manifest, places = _read(path, shown, budget)
    own, base = set(draft.rules), None
    if manifest.extends is not None:
        base = extend(manifest.extends, places, budget)
        draft.over(base, manifest.disable, places)
    elif manifest.disable:
        hint = Clause("disable_none")
        raise GrammarError(places.of("disable", 0), "G008", id=manifest.disable[0], base=manifest.name, hint=hint)
    _check_lists(draft)
    parts = Parts(
        manifest.name,
        manifest.version,
        list(draft.rules.values()),
        draft.fragments,
        draft.words,
        draft.places,
        {kind: list(entries) for kind, entries in draft.names.items()},
        draft.lexicon,
        draft.example_places,
    )
    return parts, own, base
