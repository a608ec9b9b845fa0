"""What the tests share: the grammar, the project's folder, and ways to read a record."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import settings

from confparse.model import Node, Report
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar

# The same examples in every run, so that a change fails only by its own fault; `make search` looks for new ones.
settings.register_profile("suite", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*/raw.txt"))
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def grammar() -> Grammar:
    return load_grammar()


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from walk(node.children)


def characters(text: str | None) -> Counter[str]:
    return Counter("".join((text or "").split()))


def held(report: Report) -> Counter[str]:
    """Every character that the record holds, white space aside."""
    out: Counter[str] = Counter()
    for node in walk(report.outline):
        for part in (node.num, node.heading, node.content):
            out += characters(part)
    for note in report.footnotes:
        out += characters(note.num) + characters(note.content)
    for item in report.furniture:
        out += characters(item.text)
    return out


def plain(report: Report) -> dict[str, object]:
    return msgspec.to_builtins(report)
