"""Grammars by name: those that come with confparse, and folders and files that may extend them."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from confparse.diagnostics import GrammarError
from confparse.resources import grammars
from confparse.rules.cache import Store, open_cache
from confparse.rules.grammar import Grammar, Parts
from confparse.rules.kinds import Manifest, RuleFile

if TYPE_CHECKING:
    from confparse.rules.read import Places

DEFAULT = "un-report"


def shipped() -> list[str]:
    """The names of the grammars that come with confparse."""
    return sorted(path.parent.name for path in grammars().glob("*/grammar.yaml"))


@cache
def _shipped(name: str) -> Grammar:
    path = grammars() / name
    store = open_cache(name, (file.read_bytes() for file in sorted(path.rglob("*.yaml"))))
    try:
        parts = msgspec.msgpack.decode(store.kept.grammar, type=Parts)
    except (msgspec.DecodeError, msgspec.ValidationError):  # nothing is kept yet
        from confparse.rules.build import build

        parts, _, _ = build(path, f"grammars/{name}", lambda base, _: _shipped(base))
        store.keep(msgspec.msgpack.encode(parts))
    return Grammar(parts, store, shipped=True)


def _load(name: str, seen: tuple[Path, ...], beside: Path | None = None, places: "Places | None" = None) -> Grammar:
    """A grammar by name or path. `seen`: those that extend it; `beside`: the folder of the one that does, `places` its own."""
    if name in shipped():
        return _shipped(name)
    path = Path(name) if beside is None or Path(name).is_absolute() else beside / name
    if not path.is_dir() and not path.is_file():
        at = places.of("extends") if places else f"{name}:1:1"
        raise GrammarError(at, "G009", name=name, shipped=", ".join(shipped()))
    if path.resolve() in seen and places is not None:
        raise GrammarError(places.of("extends"), "G013", name=name)
    from confparse.rules.build import build, check_patterns

    def extend(base: str, at: "Places") -> Grammar:
        return _load(base, (*seen, path.resolve()), path.parent, at)

    parts, own, base = build(path, str(path), extend)
    grammar = Grammar(parts, base.store if base is not None else Store())
    check_patterns(grammar, own)
    return grammar


def load_grammar(name: str = DEFAULT) -> Grammar:
    """A grammar by its shipped name, or from a folder or file. Raises GrammarError for a wrong one."""
    return _load(name, ())


def grammar_schema() -> dict[str, object]:
    """The JSON Schema 2020-12 of grammar files: a manifest or a rule file."""
    (manifest, rules), defs = msgspec.json.schema_components([Manifest, RuleFile], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "confparse grammar file",
        "anyOf": [manifest, rules],
        "$defs": defs,
    }
