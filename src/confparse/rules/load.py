"""Grammars by name: those that come with confparse, and folders and files that may extend them."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from confparse.diagnostics import Clause, GrammarError
from confparse.resources import grammars
from confparse.rules.cache import Store, open_cache
from confparse.rules.grammar import Grammar, Parts
from confparse.rules.kinds import Manifest, RuleFile

if TYPE_CHECKING:
    from confparse.rules.read import LoadBudget, Places

DEFAULT = "un-report"
_CHAIN = 20  # grammars that extend one another: each is loaded inside the next


def shipped() -> list[str]:
    """The names of the grammars that come with confparse."""
    return sorted(path.parent.name for path in grammars().glob("*/grammar.yaml"))


def _files(name: str) -> list[Path]:
    return sorted((grammars() / name).rglob("*.yaml"))


@cache
def _shipped(name: str) -> Grammar:
    store = open_cache(name, (file.read_bytes() for file in _files(name)))
    try:
        return Grammar(
            msgspec.msgpack.decode(store.contents.grammar, type=Parts), store, shipped=True, renew=lambda: _built(name)
        )
    except (msgspec.DecodeError, msgspec.ValidationError):  # nothing is kept yet, or something else
        parts = _built(name)
        store.keep(msgspec.msgpack.encode(parts))
        return Grammar(parts, store, shipped=True)


def _built(name: str) -> Parts:
    """The parts of a shipped grammar, read from its files."""
    from confparse.rules.build import build
    from confparse.rules.read import LoadBudget

    return build(grammars() / name, f"grammars/{name}", lambda base, *_: _shipped(base), LoadBudget())[0]


def _load(path: Path, shown: str, chain: tuple[Path, ...], budget: "LoadBudget") -> Grammar:
    """A grammar from a folder or file. `chain`: those that extend it."""
    from confparse.rules.build import build
    from confparse.rules.checks import check_patterns

    def extend(base: str, places: "Places", left: "LoadBudget") -> Grammar:
        if base in shipped():
            return _shipped(base)
        return _load(*_inside(path, base, (*chain, path.resolve()), places), (*chain, path.resolve()), left)

    parts, own, base = build(path, shown, extend, budget)
    if base is None:
        grammar = Grammar(parts, Store(), own=frozenset(own))
    else:
        own |= base.own.intersection(rule.id for rule in parts.rules) | _changed(parts, base)
        root = base.base or base
        grammar = Grammar(
            parts, base.store, base=root, own=frozenset(own), inherits=base, changed=frozenset(own - base.own)
        )
    check_patterns(grammar, own, budget)
    return grammar


def _changed(parts: Parts, base: Grammar) -> set[str]:
    """The rules of a base that fragments or word lists of the grammar that extends it give another meaning."""
    extended = Grammar(parts, base.store)
    same = (rule for rule in parts.rules if base.rules.get(rule.id) is rule)
    return {rule.id for rule in same if extended.meaning(rule) != base.meaning(rule)}


def _inside(path: Path, name: str, chain: tuple[Path, ...], places: "Places") -> tuple[Path, str]:
    """The path of a grammar in the folder of the one at `path`, which extends it, and how it is shown. Raises
    GrammarError.
    """
    folder = path if path.is_dir() else path.parent
    try:
        target = (folder / name).resolve()
        there = bool(name) and (target.is_dir() or target.is_file())
    except (OSError, ValueError, RuntimeError):  # no name at all, or links that go round
        raise GrammarError(places.of("extends"), "G009", name=name, shipped=", ".join(shipped())) from None
    if target in chain:
        raise GrammarError(places.of("extends"), "G013", name=name)
    if len(chain) >= _CHAIN:
        raise GrammarError(places.of("extends"), "G017", what=Clause("limit_chain"), most=_CHAIN)
    if not target.is_relative_to(folder.resolve()):
        raise GrammarError(places.of("extends"), "G018", name=name)
    if not there:
        raise GrammarError(places.of("extends"), "G009", name=name, shipped=", ".join(shipped()))
    return folder / name, str(folder / name)


def load_grammar(name: str = DEFAULT) -> Grammar:
    """A grammar by its shipped name, or from a folder or file. Raises GrammarError for a wrong one."""
    if name in shipped():
        return _shipped(name)
    path = Path(name)
    if not name or not _is_there(path):
        raise GrammarError(f"{name}:1:1", "G009", name=name, shipped=", ".join(shipped()))
    from confparse.rules.read import LoadBudget

    return _load(path, str(path), (), LoadBudget())


def grammar_of(grammar: Grammar | str | Path | None) -> Grammar:
    """A grammar, also by its name or its path; the shipped one for None. Raises GrammarError for a wrong one."""
    return grammar if isinstance(grammar, Grammar) else load_grammar(DEFAULT if grammar is None else str(grammar))


def _is_there(path: Path) -> bool:
    try:
        return path.is_dir() or path.is_file()
    except (OSError, ValueError):  # too long for a name, or none at all
        return False


def grammar_schema() -> dict[str, object]:
    """The JSON Schema 2020-12 of grammar files: a manifest or a rule file."""
    (manifest, rules), defs = msgspec.json.schema_components([Manifest, RuleFile], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "confparse grammar file",
        "anyOf": [manifest, rules],
        "$defs": defs,
    }
