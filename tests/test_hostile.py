"""Texts made to be slow or to break: what the fuzzer found, and short pieces repeated many times."""

from pathlib import Path

import pytest
from conftest import held
from fuzz.fuzz_grammar import FINE, fault
from fuzz.pieces import PIECES, repeated

from confparse.pipeline import parse

FOUND = [  # by coverage-guided fuzzing, cut down
    "a\n\u036fb",  # a mark that opens the second line: the text put together is longer than its source
    "2\n4 C.\n.\x0ci",  # a footnote number that waits for a text, and one with its text beside it: counted twice
    "1. The a\ufdd1b c.\n\n2. Two.\n",  # the sign that stands between texts that are mended together
    f"1. The Committee had before it A/CONF.1/{'9' * 5000}-7 and 9.\n",  # a number that is none
]


@pytest.mark.parametrize("text", FOUND)
def test_what_was_found_once_is_not_lost_again(text: str) -> None:
    report = parse(text)
    assert report.coverage.unclaimed == 0
    assert held(report).total() == report.coverage.characters


def test_more_headings_than_labels_have_numbers_for_stay_flat_enough() -> None:
    text = "".join(f"{i}. Heading {i} ........ {i // 10}\n" for i in range(1, 1600))
    text = f"Contents\n\n{text}\f\n\n" + "".join(f"{i}. Heading {i}\n\n" for i in range(1, 1600))
    depth, level = 0, parse(text).outline
    while level:
        depth, level = depth + 1, [child for node in level for child in node.children]
    assert depth < 20


SIZE = 24_000  # characters: enough for a rule that tries every pair of places to use up its time


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_repeated_piece_is_read_whole_and_within_its_time(piece: str) -> None:
    report = parse(repeated(piece, SIZE))
    assert report.coverage.unclaimed == 0
    assert [d.rule for d in report.diagnostics if d.code == "G012"] == []


GRAMMARS = 30  # of the fuzzer's, which runs for longer by itself


@pytest.mark.parametrize("seed", range(GRAMMARS))
def test_a_grammar_of_any_kind_is_refused_at_its_place_or_parses(seed: int, tmp_path: Path) -> None:
    kind, why = fault(seed, tmp_path)
    assert kind in FINE, why
