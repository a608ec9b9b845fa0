"""What a shell offers when a person presses Tab: grammars, codes, and all names that `explain` knows."""

from collections.abc import Iterator
from pathlib import Path

from confparse.diagnostics import catalogue


def grammars(incomplete: str) -> list[str]:
    """Shipped grammars, and YAML files and folders that start with what was typed."""
    from confparse.rules.load import shipped

    return [name for name in shipped() if name.startswith(incomplete)] + list(_files(incomplete, (".yaml", ".yml")))


def codes(incomplete: str) -> list[str]:
    """Codes for the last part of a list with commas."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{code}" for code in catalogue() if code.startswith(last.upper())]


def names(incomplete: str) -> list[str]:
    """Codes and their names, rules, kinds of rules, classes of mentions; and files."""
    from confparse.kind_reference import kinds
    from confparse.rules.alphabet import CLASSES
    from confparse.rules.load import load_grammar

    entries = catalogue()
    all_names = [*entries, *(entry.name for entry in entries.values()), *kinds(), *CLASSES, *load_grammar().rules]
    return [name for name in all_names if name.startswith(incomplete)] + list(_files(incomplete, (".txt", ".text")))


def _files(incomplete: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    folder = incomplete.rpartition("/")[0]
    for path in sorted(Path(folder or ".").iterdir()) if Path(folder or ".").is_dir() else ():
        name = f"{folder}/{path.name}" if folder else path.name
        if name.startswith(incomplete) and not path.name.startswith(".") and (path.is_dir() or path.suffix in suffixes):
            yield f"{name}/" if path.is_dir() else name
