"""The files of a grammar to its parts: strict, in a fixed order, over what it extends; every mistake at its place."""

from collections.abc import Callable, Sequence
from pathlib import Path

import regex

from confparse.diagnostics import GrammarError
from confparse.rules.base import Extraction, Pattern
from confparse.rules.cache import FLAGS
from confparse.rules.grammar import Grammar, Parts
from confparse.rules.kinds import AnyRule, Fragment, Manifest, Name, RuleFile, WordList
from confparse.rules.patterns import UnknownName
from confparse.rules.read import Places, read_yaml
from confparse.rules.structure import Boundary, Recurring, Spacing

Extend = Callable[[str, Places], Grammar]  # the grammar of a name, and where the name stands


class _Draft:
    """A grammar while its files are read."""

    def __init__(self) -> None:
        self.rules: dict[str, AnyRule] = {}
        self.fragments: dict[str, Fragment] = {}
        self.words: dict[str, WordList] = {}
        self.places: dict[str, str] = {}
        self.names: dict[str, Sequence[Name]] = {}

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
    """Each language of a rule is proved by an example, and one example must not match. What only evidence decides has none."""
    if isinstance(rule, Recurring) or (isinstance(rule, Boundary) and not rule.patterns):
        return
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
            compiled = regex.compile(grammar.vocabulary.expand(pattern, language), FLAGS)
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
    except (regex.error, IndexError, ValueError, OverflowError, RecursionError, MemoryError) as error:
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


def build(path: Path, shown: str, extend: Extend) -> tuple[Parts, set[str], Grammar | None]:
    """The parts of the grammar in a folder or a file, the ids of its own rules, and the grammar that it extends."""
    draft, manifest, places = _read(path, shown)
    own, base = set(draft.rules), None
    if manifest.extends:
        base = extend(manifest.extends, places)
        draft.over(base, manifest.disable, places)
    parts = Parts(
        manifest.name, manifest.version, list(draft.rules.values()), draft.fragments, draft.words, draft.places,
        {kind: list(entries) for kind, entries in draft.names.items()},
    )  # fmt: skip
    return parts, own, base
