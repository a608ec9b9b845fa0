"""A record that is printed one block per paragraph and parsed again holds the same blocks."""

import runpy
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES, walk

from confparse.pipeline import parse

AGAIN = runpy.run_path(str(ROOT / "benchmarks" / "read_again.py"))
SENTENCE = (
    "The Panel met in the harbour office, and heard what the keepers of the lights had to say about the winter. " * 2
)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda p: p.parent.name)
def test_a_record_printed_and_read_again_is_the_same(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    text = AGAIN["printed"](parse(source), source)
    again = parse(text)
    first, second = Counter(AGAIN["blocks"](parse(source))), Counter(AGAIN["blocks"](again))
    assert (first - second).total() <= 0.01 * first.total(), first - second
    assert Counter(AGAIN["blocks"](parse(AGAIN["printed"](again, text)))) == second


@pytest.mark.parametrize(
    ("text", "element", "num", "heading"),
    [
        (
            "1. The seminar met.\n\n2. It closed.\n\nAnnex Recommendations of the Seminar\n\n1. States should.\n",
            "attachment",
            "Annex",
            "Recommendations of the Seminar",
        ),
        (
            "一、会议开幕。\n\n二、会议闭幕。\n\n附件 研讨会的建议\n\n1. 各国应当行动。\n",
            "attachment",
            "附件",
            "研讨会的建议",
        ),
        (
            f"1. {SENTENCE}\n\n8 May 2031\n\nDecision 6/CMP.11 Rules of the Panel\n\nThe Conference,\n\n1. Decides.\n",
            "division",
            "Decision6/CMP.11",
            "Rules of the Panel",
        ),
        (
            f"1. {SENTENCE}\n\nDraft resolution II Question of Lights\n\nThe Assembly,\n\n1. Decides.\n",
            "division",
            "DraftresolutionII",
            "Question of Lights",
        ),
        (f"{SENTENCE}\n\nChapter I Lights\n\n1. {SENTENCE}\n\n2. {SENTENCE}\n", "division", "ChapterI", "Lights"),
    ],
)
def test_a_number_and_its_title_on_one_line_open_a_part(text: str, element: str, num: str, heading: str) -> None:
    found = [node for node in walk(parse(text).outline) if node.element == element]
    assert [(node.num, node.heading) for node in found] == [(num, heading)]


def test_blank_lines_part_paragraphs_that_no_measure_cuts() -> None:
    blocks = [SENTENCE.strip(), "Rules of the Panel", SENTENCE.strip(), "The keepers, their mates and", "Their dogs"]
    report = parse("\n\n".join(blocks))
    assert [node.content or node.heading for node in walk(report.outline)] == blocks
    torn = parse(f"{SENTENCE}\n\nThe Panel met at the harbour\n\noffice of {SENTENCE}\n")
    assert any("harbour office" in (node.content or "") for node in walk(torn.outline))


def test_numbers_alone_open_no_footnote_across_a_blank_line() -> None:
    text = "\n\n".join([f"1. {SENTENCE}1", f"2. {SENTENCE}2", "1", "18", "2", SENTENCE])
    assert not parse(text).footnotes


def test_a_paragraph_on_one_line_ends_the_contents() -> None:
    """What was left out of a quotation looks like the dots of an entry, but no entry is as long."""
    entries = "".join(
        f"{num} {title} . . . . . . . . {page}\n\n"
        for num, title, page in (
            ("I.", "Lights", 1),
            ("II.", "Harbours", 9),
            ("III.", "Boats", 14),
        )
    )
    items = [
        f"({num}) {SENTENCE}They asked for lamps .... so as to keep the boats. {SENTENCE}" for num in ("i", "ii", "iii")
    ]
    text = (
        "Report of the Panel\n\nCONTENTS\n\n"
        + entries
        + "OPENING\n\n"
        + "\n\n".join(items)
        + f"\n\nI. Lights\n\n1. {SENTENCE}\n"
    )
    report = parse(text)
    shown = [node.content for node in walk(report.outline) if node.element == "toc"]
    assert len(shown) == 4
    assert not any("harbour office" in (content or "") for content in shown)
