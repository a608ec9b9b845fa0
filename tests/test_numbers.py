"""The numbers that decide: a small case for each, which fails when the number moves. `benchmarks/mutation.py` lists the rest."""

import runpy
import sys
from importlib import import_module

import pytest
from conftest import ROOT
from number_cases.case import CASES

from confparse import parse

for file in (ROOT / "tests" / "number_cases").glob("*.py"):
    import_module(f"number_cases.{file.stem}")
MUTATION = runpy.run_path(str(ROOT / "benchmarks" / "mutation.py"))
KNOWN = {str(item): item for item in MUTATION["numbers"]()}


@pytest.mark.parametrize("number", CASES)
def test_the_case_of_a_number_holds(number: str) -> None:
    CASES[number]()


@pytest.mark.parametrize("number", CASES)
def test_the_case_of_a_number_fails_when_it_moves(number: str) -> None:
    for factor in MUTATION["MOVES"]:
        with MUTATION["moved"](KNOWN[number], factor):
            assert MUTATION["fails"](CASES[number]), factor


def test_every_number_has_its_case() -> None:
    assert KNOWN.keys() == CASES.keys()


@pytest.mark.parametrize(("module", "name"), [number.rsplit(".", 1) for number in MUTATION["MEMORY"]])
def test_what_is_held_at_once_changes_no_outline(module: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(
        f"{n}. The Board heard the town of Alverstad on har-\nbour {n}.\n(a) Its walls;\n(b) Its piers."
        for n in range(1, 40)
    )
    expected = parse(text).outline
    for size in (2, 7):
        for holder in [
            held for held in sys.modules.values() if vars(held).get("__name__", "").startswith("confparse.")
        ]:
            if name in vars(holder):
                monkeypatch.setattr(holder, name, size)
        assert parse(text).outline == expected
