"""Real dumps, where they are at hand: each parses, keeps every character, and stays lossless in every option."""

from pathlib import Path

import pytest
from conftest import CORPUS, held

from confparse.pipeline import parse

FILES = sorted(p for folder in ("blocks/raw", "wild", "pairs") for p in (CORPUS / folder).rglob("*.txt"))

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of real dumps is not beside this checkout")


@pytest.mark.parametrize("file", FILES or [Path()], ids=lambda p: p.name)
def test_a_real_dump_loses_nothing(file: Path) -> None:
    report = parse(file)
    assert report.coverage.unclaimed == 0
    assert held(report).total() == report.coverage.characters
    assert report.outline
