"""Folders and files to a Grammar: strict, in a fixed order, with what it extends underneath."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import regex

from confparse.diagnostics import GrammarError
from confparse.rules.base import Extraction, Pattern, Rule
from confparse.rules.kinds import AnyRule, Fragment, Manifest, Name, RuleFile, WordList
from confparse.rules.patterns import Choice, Matcher, UnknownName, Vocabulary
from confparse.rules.read import Places, read_yaml
from confparse.rules.structure import Boundary, Spacing

R = TypeVar("R", bound=Rule)
DEFAULT = "un-report"


class Grammar:
    """The rules of a grammar, in the order in which they are tried, and their matchers."""

    def __init__(
        self,
        name: str,
        version: str,
        rules: Mapping[str, AnyRule],
        fragments: Mapping[str, Fragment],
        words: Mapping[str, WordList],
        places: Mapping[str, str],
        names: Mapping[str, Sequence[Name]],
    ) -> None:
        self.name, self.version, self.rules, self.places = name, version, dict(rules), dict(places)
        self.fragments, self.words = dict(fragments), dict(words)
        self.names = {kind: tuple(entries) for kind, entries in names.items()}
        self.vocabulary = Vocabulary(fragments, words)
        self._matchers: dict[str, Matcher] = {}
        self._choices: dict[tuple[str, ...], Choice] = {}
        self._kinds: dict[type[Rule], list[Any]] = {}
        self._named: dict[str, tuple[regex.Pattern[str], dict[str, Name]]] = {}

    def of(self, kind: type[R]) -> list[R]:
        """All rules of one kind, in order."""
        if kind not in self._kinds:
            self._kinds[kind] = [rule for rule in self.rules.values() if isinstance(rule, kind)]
        return self._kinds[kind]

    def choice(self, rules: "Sequence[Pattern]") -> Choice:
        """Several rules as one pattern."""
        key = tuple(rule.id for rule in rules)
        if key not in self._choices:
            self._choices[key] = Choice([self.matcher(rule) for rule in rules])
        return self._choices[key]

    def matcher(self, rule: Pattern | Boundary) -> Matcher:
        """The compiled patterns of a rule."""
        if rule.id not in self._matchers:
            self._matchers[rule.id] = Matcher(rule.id, self.vocabulary.union(rule.patterns))
        return self._matchers[rule.id]

    def named(self, kind: str) -> "tuple[regex.Pattern[str], dict[str, Name]]":
        """A pattern that finds any name of a kind, longest first, and the entry behind each name."""
        if kind not in self._named:
            entries = {name: entry for entry in self.names.get(kind, ()) for name in (*entry.en, *entry.zh)}
            longest = sorted(entries, key=len, reverse=True)
            latin = "|".join(regex.escape(name) for name in longest if name[0] < "\u2e80")
            han = "|".join(regex.escape(name) for name in longest if name[0] >= "\u2e80")
            pattern = regex.compile(rf"(?<![\p{{Latin}}])(?:{latin or '(?!)'})(?![\p{{Latin}}])|(?:{han or '(?!)'})")
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


class _Draft:
    """A grammar while its files are read."""

    def __init__(self) -> None:
        self.rules: dict[str, AnyRule] = {}
        self.fragments: dict[str, Fragment] = {}
        self.words: dict[str, WordList] = {}
        self.places: dict[str, str] = {}
        self.names: dict[str, tuple[Name, ...]] = {}

    def add(self, part: Manifest | RuleFile, places: Places) -> None:
        for i, rule in enumerate(part.rules):
            at = places.of("rules", i, "id")
            if rule.id in self.rules:
                raise GrammarError(at, "G005", id=rule.id, first=self.places[rule.id])
            self.rules[rule.id], self.places[rule.id] = rule, at
            _check_examples(rule, places.of("rules", i))
        self.fragments |= part.fragments
        self.words |= part.words
        self.names |= {kind: tuple(entries) for kind, entries in part.names.items()}

    def over(self, base: Grammar, disabled: list[str], places: Places) -> None:
        """Put these rules over a base: same id replaces in place, a new one goes before all of the base."""
        for i, name in enumerate(disabled):
            if name not in base.rules:
                raise GrammarError(places.of("disable", i), "G008", id=name, base=base.name)
        kept = {k: self.rules.get(k, v) for k, v in base.rules.items() if k not in disabled}
        self.rules = {k: v for k, v in self.rules.items() if k not in kept} | kept
        self.places = base.places | self.places
        self.fragments = base.fragments | self.fragments
        self.words = base.words | self.words
        self.names = base.names | self.names


def _check_examples(rule: AnyRule, at: str) -> None:
    """Each language of a rule is proved by an example, and one example must not match."""
    languages = set(rule.patterns) if isinstance(rule, Pattern) else set()
    proved = {e.lang for e in rule.examples if e.match}
    lacking = sorted(lang for lang in languages - proved if lang != "any")
    if lacking or not any(e.match for e in rule.examples) or all(e.match for e in rule.examples):
        raise GrammarError(at, "G004", id=rule.id, lacking=", ".join(lacking) or "match / match: false")
    if isinstance(rule, Extraction):
        for example in rule.examples:
            if example.match and not any(literal in example.text for literal in rule.literals):
                raise GrammarError(at, "G011", id=rule.id, text=example.text)


def check_patterns(grammar: Grammar, only: set[str] | None = None) -> None:
    """Compile every pattern (of the rules named) and check its group names. Raises GrammarError."""
    for rule in grammar.rules.values():
        if isinstance(rule, Pattern | Boundary) and (only is None or rule.id in only):
            _check_rule(rule, grammar)


def _check_rule(rule: Pattern | Boundary, grammar: Grammar) -> None:
    """Each pattern compiles alone, so that none can leak into another; so does what the rule puts in its place."""
    at = grammar.places[rule.id]
    try:
        for language, pattern in rule.patterns.items():
            compiled = regex.compile(grammar.vocabulary.expand(pattern, language), regex.VERSION1 | regex.MULTILINE)
            groups = set(compiled.groupindex)
            if wrong := sorted((groups - rule.captures) | (rule.needs - groups)):
                known = ", ".join(sorted(rule.captures)) or "-"
                raise GrammarError(at, "G007", id=rule.id, name=", ".join(wrong), known=known)
        if rule.patterns:
            whole = grammar.matcher(rule).pattern
            if isinstance(rule, Spacing):
                _template(whole, rule.put)
    except UnknownName as error:
        raise GrammarError(at, "G006", id=rule.id, name=str(error)) from None
    except (regex.error, IndexError) as error:
        raise GrammarError(at, "G003", id=rule.id, why=str(error)) from None


def _template(pattern: "regex.Pattern[str]", put: str) -> None:
    """Whether a replacement names only groups that the pattern has. Raises IndexError."""
    for group in regex.findall(r"\\(\d+|g<\w+>)", put):
        name = group[2:-1] if group.startswith("g<") else group
        if name not in pattern.groupindex and not (name.isdigit() and int(name) <= pattern.groups):
            raise IndexError(f"no group {name} to put")


def _read(path: Path, shown: str) -> tuple[_Draft, Manifest, Places]:
    """All files of one grammar: grammar.yaml first, then the others by name, folders after files."""
    manifest_path = path / "grammar.yaml" if path.is_dir() else path
    manifest_shown = f"{shown}/grammar.yaml" if path.is_dir() else shown
    manifest, places = read_yaml(manifest_path, manifest_shown, Manifest)
    draft = _Draft()
    draft.add(manifest, places)
    if path.is_dir():
        others = sorted((p for p in path.rglob("*.yaml") if p != manifest_path), key=lambda p: (len(p.parts), p.parts))
        for file in others:
            part, part_places = read_yaml(file, f"{shown}/{file.relative_to(path).as_posix()}", RuleFile)
            draft.add(part, part_places)
    return draft, manifest, places


def _build(path: Path, shown: str, trusted: bool, seen: tuple[str, ...]) -> Grammar:
    draft, manifest, places = _read(path, shown)
    own = set(draft.rules)
    if manifest.extends:
        if manifest.extends in seen:
            raise GrammarError(places.of("extends"), "G009", name=manifest.extends)
        base = _load(manifest.extends, (*seen, manifest.extends), path.parent, places)
        draft.over(base, manifest.disable, places)
    grammar = Grammar(
        manifest.name, manifest.version, draft.rules, draft.fragments, draft.words, draft.places, draft.names
    )
    if not trusted:
        check_patterns(grammar, own)
    return grammar


def _load(name: str, seen: tuple[str, ...], beside: Path | None = None, places: Places | None = None) -> Grammar:
    if name in shipped():
        return _shipped(name)
    path = Path(name) if beside is None or Path(name).is_absolute() else beside / name
    if path.is_dir() or path.is_file():
        return _build(path, str(path), trusted=False, seen=seen)
    at = places.of("extends") if places else f"{name}:1:1"
    raise GrammarError(at, "G009", name=name)


@cache
def _shipped(name: str) -> Grammar:
    with as_file(files("confparse.grammars").joinpath(name)) as path:
        return _build(path, f"grammars/{name}", trusted=True, seen=(name,))


def shipped() -> list[str]:
    """The names of the grammars that come with confparse."""
    return sorted(
        p.name for p in files("confparse.grammars").iterdir() if p.is_dir() and p.joinpath("grammar.yaml").is_file()
    )


def load_grammar(name: str = DEFAULT) -> Grammar:
    """A grammar by its shipped name, or from a folder or file. Raises GrammarError for a wrong one."""
    return _load(name, (name,))


def grammar_schema() -> dict[str, object]:
    """The JSON Schema 2020-12 of grammar files: a manifest or a rule file."""
    (manifest, rules), defs = msgspec.json.schema_components([Manifest, RuleFile], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "confparse grammar file",
        "anyOf": [manifest, rules],
        "$defs": defs,
    }
