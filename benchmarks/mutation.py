"""Which tests notice a number: each number of the deciding phases, moved down by a fifth and up by a quarter.

    python benchmarks/mutation.py [NAME...] [--corpus FOLDER]

Of each number whose name holds one of the NAMEs (all if none is given), for both moves: whether its own case in
`tests/test_numbers.py` fails, and how many of the cases in `tests/cases` and of the samples get another outline; "-" if
nothing notices it. With a folder of dumps, also how many of them get another outline. Exits with 1 if there is a number
that nothing notices.
"""

import argparse
import ast
import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PHASES = ("labels", "layout", "reflow", "outline")
MOVES = (0.8, 1.25)
LEVELS = "outline.tree"  # its numbers only put kinds of nodes in order
MEMORY = ("labels.paths.SETTLED", "reflow.compose.PARTS")  # how much is held at once: any number gives the same outline


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
        return (
            self.value + min(-1, round(self.value * (factor - 1)))
            if factor < 1
            else self.value + max(1, round(self.value * (factor - 1)))
        )


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
    return [number for number in out if str(number) not in MEMORY]


@contextlib.contextmanager
def moved(number: Number, factor: float) -> Iterator[None]:
    """A number with another value, in its module and in those of the phases that import it."""
    modules = [m for name, m in list(sys.modules.items()) if name.startswith(tuple(f"confparse.{p}." for p in PHASES))]
    own = import_module(f"confparse.{number.module}")
    holders = [
        m for m in modules if m is own or (number.name[0] != "_" and getattr(m, number.name, None) == number.value)
    ]
    for module in {own, *holders}:
        setattr(module, number.name, number.moved(factor))
    try:
        yield
    finally:
        for module in {own, *holders}:
            setattr(module, number.name, number.value)


def own_cases() -> Mapping[str, Callable[[], object]]:
    """The case of each number, by the name of the number: it raises AssertionError if the number has moved."""
    sys.path.insert(0, str(ROOT / "tests"))
    cases: Mapping[str, Callable[[], object]] = import_module("test_numbers").CASES
    return cases


def fails(case: Callable[[], object]) -> bool:
    """Whether a case does not hold; a number with which the program does not work is noticed as well."""
    try:
        case()
    except Exception:
        return True
    return False


def outlines(texts: Iterable[str | Path]) -> list[int]:
    """A sign for the outline of each text or file, the same for the same outline."""
    import msgspec

    from confparse.labels.read import read as read_labels
    from confparse.layout.read import read as read_layout
    from confparse.outline.read import read as read_outline
    from confparse.reflow.read import read as read_blocks
    from confparse.rules.load import load_grammar
    from confparse.rules.time_budget import TimeBudget
    from confparse.sources.inputs import read_source
    from confparse.text.normalize import normalize

    grammar, budget = load_grammar(), TimeBudget()

    def outline(text: str | Path) -> int:
        layout = read_layout(normalize(read_source(text), grammar, budget, "keep"), grammar, budget)
        blocks = read_blocks(read_labels(layout, grammar, budget), grammar, "tight", budget)
        found = read_outline(blocks, grammar, budget)
        return hash(msgspec.json.encode((found.nodes, found.footnotes, found.furniture)))

    out = []
    for text in texts:
        try:
            out.append(outline(text))
        except Exception:  # a number that makes no sense, such as a share above 1
            out.append(0)
    return out


def texts(corpus: Path | None) -> dict[str, list[str | Path]]:
    """The texts whose outlines are compared, by where they are from."""
    import yaml

    cases = sorted((ROOT / "tests" / "cases").glob("*.yaml"))
    found: dict[str, list[str | Path]] = {
        "cases": [case["text"] for file in cases for case in yaml.safe_load(file.read_text(encoding="utf-8"))],
        "samples": [*sorted((ROOT / "samples").glob("*/raw.txt"))],
    }
    return found | ({"corpus": [*sorted(corpus.rglob("*.txt"))]} if corpus else {})


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("name", nargs="*", default=[""])
    options.add_argument("--corpus", type=Path)
    chosen = options.parse_args()
    own, found = own_cases(), texts(chosen.corpus)
    before = {where: outlines(of) for where, of in found.items()}
    unnoticed = 0
    for number in numbers():
        if not any(name in str(number) for name in chosen.name):
            continue
        row, silent = [f"{number} = {number.value}"], True
        for factor in MOVES:
            notices = []
            with moved(number, factor):
                if str(number) in own and fails(own[str(number)]):
                    notices.append("own case")
                for where, of in found.items():
                    changed = sum(a != b for a, b in zip(before[where], outlines(of), strict=True))
                    notices += [f"{changed} {where}"] if changed else []
            silent = silent and all("corpus" in notice for notice in notices)
            row.append(", ".join(notices) or "-")
        unnoticed += silent
        print(" | ".join(row), flush=True)
    print(f"{unnoticed} numbers that nothing notices")
    return int(unnoticed > 0)


if __name__ == "__main__":
    sys.exit(main())
