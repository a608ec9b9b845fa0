"""Texts made to be slow or to break: what the fuzzer found, and repeated pieces whose work must grow as they do."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import held
from fuzz.fuzz_grammar import FINE, fault

from confparse.model import Report
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


PIECES = [
    "(", "（", "“", "1", "1. ", "1. A.\n", "(a) ", "(a) x;\n", "• x\n", "and ", ",", "Aa Bb, ", "the Committee ", "第", "第1次会议",
    "说", "，", "；", "A/CONF.1/", "A/", "—", ".", "\t", "\n", "\f", "x\fy\n", "\u3000", "AB ", "Ms. ", "Ms. Dorn (Finland) ", "法国、",
    "法国代表作了发言，", "At its 1st meeting, ", "the Board adopted ", "A. Head ........ 1-2 3\n", "1 See A/1.\n", "决定", "委员会",
    "1.1.1.1.1. x\n", "the Minister of ", "a-\n", " x", "the theme “A” ", "I. X\n", "on behalf of ", "代表", "以", "12 345   67   8\n",
    "Annex I\nTitle\n1. x\n", "The representatives of Peru and Nepal made statements. ", "秘鲁和尼泊尔的代表作了发言。",
    "1. The representative of Peru made a statement.\n\n", "•\n", "1.\n", "①\n", "Peru, ", "panel 1 discussed seed; ", "workshop on ", "see paragraph 7 above ",
    "1/ ", "The Board met. 1/\n\f1/ See A/1.\n", "900/ See A/1.\n", "Report*\n* a note\n", "- 2 -\n", "2/9\nx\n", "Chile and ", "4th, ",
    "1. Lesotho welcomed it.\n", "Decision 1/CP.3\nThe Board,\n1. Decides to meet;\nAnnex\n1. x\n", "The Chair of the Board said so. ",
    "对", "就在对于", "以名义，", "经某事，", "玛丽·安", "秘鲁对", " by the representative of Peru", " was made by Peru, ", ", and the Seed Council ",
    "In the ", "Ana Bo, a ", "Minister of ", "1\n\n2\n\nx.\n\f", "The Secretariat said ", "According to ", "（秘鲁）女士",
    "[English only]\n", "10th meeting\n13 May 2027\n", "  3 号A/1\n", "委员会的报告1 及",
]  # fmt: skip
OPENING = "1. The Committee met.\n\n2. "  # without it, the text would be a title, and no records read from it
SIZE, TIMES, MOST = 6_000, 4, 2.4  # characters; how much more; what doubling may cost at most


def work(call: Callable[[], Report], runs: int) -> float:
    """Processor time, the least of some runs: as near to a count of steps as a shared machine allows."""
    times = []
    for _ in range(runs):
        began = time.process_time()
        call()
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_work_grows_as_the_text_does(piece: str) -> None:
    small, large = (OPENING + piece * (size // len(piece)) for size in (SIZE, SIZE * TIMES))
    least = work(lambda: parse(small), 3)
    reports: list[Report] = []
    grown = work(lambda: reports.append(parse(large)) or reports[0], 1)
    if grown > least * MOST**2:  # once more, with patience: another process may have been busy
        least, grown = work(lambda: parse(small), 5), work(lambda: parse(large), 3)
    assert grown <= least * MOST**2
    report = reports[0]
    assert report.coverage.unclaimed == 0
    assert [d.rule for d in report.diagnostics if d.code == "G012"] == []


GRAMMARS = 30  # of the fuzzer's, which runs for longer by itself


@pytest.mark.parametrize("seed", range(GRAMMARS))
def test_a_grammar_of_any_kind_is_refused_at_its_place_or_parses(seed: int, tmp_path: Path) -> None:
    kind, why = fault(seed, tmp_path)
    assert kind in FINE, why
