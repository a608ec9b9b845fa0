"""Which tests notice a number: each number of the deciding phases, moved down by a fifth and up by a quarter.

    python benchmarks/mutation.py [NAME...] [--corpus FOLDER]

Of each number whose name holds one of the NAMEs (all if none is given): what first notices that it moved, down and up, or
"-" if nothing does: its own case in `tests/test_numbers.py`, the cases in `tests/cases`, the samples, other tests. With a
folder of dumps, also how many of them get another outline. Exits with 1 if there is a number that nothing notices.
"""

import argparse
import ast
import contextlib
import io
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
PHASES = ("labels", "layout", "reflow", "outline")
MOVES = (0.8, 1.25)
LEVELS = "outline.tree"  # its numbers only put kinds of nodes in order
TESTS = ("numbers", "cases", "samples", "candidates", "records")


class Number(NamedTuple):
    """A number of a phase: where it is, its name and its value."""

    module: str  # below confparse
    name: str
    value: int | float

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"

    def moved(self, factor: float) -> int | float:
        """The number times a factor; a whole number moves by one at least."""
        if isinstance(self.value, float):
            return self.value * factor
        return self.value + min(-1, round(self.value * (factor - 1))) if factor < 1 else self.value + max(1, round(self.value * (factor - 1)))


def numbers() -> list[Number]:
    """The numbers that the modules of the phases name, in the order of files and lines."""
    out = []
    for phase in PHASES:
        for file in sorted((ROOT / "src" / "confparse" / phase).glob("*.py")):
            module = f"{phase}.{file.stem}"
            for node in ast.parse(file.read_text(encoding="utf-8")).body if module != LEVELS else ():
                match node:
                    case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int() | float() as value)):
                        out.append(Number(module, name, value))
    return out


@contextlib.contextmanager
def moved(number: Number, factor: float) -> Iterator[None]:
    """A number with another value, in its module and in those of the phases that import it."""
    modules = [m for name, m in list(sys.modules.items()) if name.startswith(tuple(f"confparse.{p}." for p in PHASES))]
    own = import_module(f"confparse.{number.module}")
    holders = [m for m in modules if m is own or (number.name[0] != "_" and getattr(m, number.name, None) == number.value)]
    for module in {own, *holders}:
        setattr(module, number.name, number.moved(factor))
    try:
        yield
    finally:
        for module in {own, *holders}:
            setattr(module, number.name, number.value)


class _Noticed:
    """A pytest plugin that remembers the first test that failed."""

    def __init__(self) -> None:
        self.first = "-"

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and self.first == "-":
            self.first = report.nodeid.removeprefix("tests/test_").replace(".py::", ":").removesuffix("]")


def noticed() -> str:
    """The first test that fails."""
    import pytest

    seen = _Noticed()
    files = [str(ROOT / "tests" / f"test_{name}.py") for name in TESTS]
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["-q", "-x", "-n0", "-p", "no:cacheprovider", "--no-header", *files], plugins=[seen])
    return seen.first


def outlines(files: Sequence[Path]) -> list[int]:
    """A sign for the outline of each dump, the same for the same outline."""
    import msgspec

    from confparse.labels.read import read as read_labels
    from confparse.layout.read import read as read_layout
    from confparse.outline.read import read as read_outline
    from confparse.pipeline import read_source
    from confparse.reflow.read import read as read_blocks
    from confparse.rules.load import load_grammar
    from confparse.rules.patterns import TimeBudget
    from confparse.text.normalize import normalize

    grammar, budget, out = load_grammar(), TimeBudget(), []
    for file in files:
        layout = read_layout(normalize(read_source(file), grammar, budget, "keep"), grammar, budget)
        blocks = read_blocks(read_labels(layout, grammar, budget), grammar, "tight", budget)
        outline = read_outline(blocks, grammar, budget)
        out.append(hash(msgspec.json.encode((outline.nodes, outline.footnotes, outline.furniture))))
    return out


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("name", nargs="*", default=[""])
    options.add_argument("--corpus", type=Path)
    chosen = options.parse_args()
    files = sorted(chosen.corpus.rglob("*.txt")) if chosen.corpus else []
    before = outlines(files)
    unnoticed = 0
    for number in numbers():
        if not any(name in str(number) for name in chosen.name):
            continue
        row = [f"{number} = {number.value}"]
        tests = []
        for factor in MOVES:
            with moved(number, factor):
                tests.append(noticed())
                changed = sum(a != b for a, b in zip(before, outlines(files), strict=True))
            row.append(tests[-1] + (f" ({changed})" if files else ""))
        unnoticed += all(test == "-" for test in tests)
        print(" | ".join(row), flush=True)
    print(f"{unnoticed} numbers that nothing notices")
    return int(unnoticed > 0)


if __name__ == "__main__":
    sys.exit(main())
