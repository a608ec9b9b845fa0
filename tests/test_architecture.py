"""The folders are the pipeline: imports go down only, and every package's __init__ is a docstring."""

import ast
from collections import Counter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "confparse"
LAYERS = [  # from the top: a module imports from layers below its own, or from its own package
    {"__main__"},
    {"cli"},
    {"batch"},
    {"formats"},
    {"checks", "explanations", "comparison"},
    {"pipeline"},
    {"validate", "guard", "report"},
    {"extract"},
    {"mentions"},
    {"outline"},
    {"reflow"},
    {"labels"},
    {"layout"},
    {"sources"},
    {"text"},
    {"kind_reference", "reasons"},
    {"rules"},
    {"discovery", "files", "mismatch"},
    {"room"},
    {"model"},
    {"record_types"},
    {"numerals", "diagnostics", "visible", "extras"},
    {"resources", "short_forms", "packing", "letters", "punctuation", "vocabularies"},
]
DEPTH = {name: depth for depth, names in enumerate(LAYERS) for name in names}


def _part(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def _imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("confparse."):
            found.add(_part(node.module))
        elif isinstance(node, ast.ImportFrom) and node.module == "confparse":
            found |= {alias.name for alias in node.names if alias.name in DEPTH}
    return found


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda f: str(f.relative_to(SOURCE)))
def test_imports_go_down_only(file: Path) -> None:
    own = file.relative_to(SOURCE).with_suffix("").parts[0]
    if own == "__init__":
        return
    upwards = {part for part in _imports(file) if part != own and DEPTH[part] <= DEPTH[own]}
    assert not upwards, f"{own} imports {sorted(upwards)}"


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*/__init__.py")), ids=lambda f: f.parent.name)
def test_an_init_is_a_docstring(file: Path) -> None:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    assert [type(node) for node in body] == [ast.Expr]


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda f: str(f.relative_to(SOURCE)))
def test_a_module_has_220_lines_at_most(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 220


def test_a_class_has_a_name_of_its_own() -> None:
    nodes = (node for file in SOURCE.rglob("*.py") for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names = Counter(node.name for node in nodes if isinstance(node, ast.ClassDef))
    assert [name for name, times in names.items() if times > 1] == []
