"""A record that is printed one block per paragraph and parsed again holds the same blocks."""

import runpy
from collections import Counter
from pathlib import Path

import pytest
from conftest import CORPUS, ROOT, SAMPLES, walk

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


@pytest.mark.parametrize(
    ("article", "text", "announcing", "chapter"),
    [
        (
            "Article", "The Panel keeps the lights of all harbours, and reports on them to the Assembly each year.",
            "The Panel has these duties:", "Chapter III: Boats",
        ),
        ("第{}条", "小组应当维护各港口的灯，并每年向大会提出报告。", "小组的职责如下：", "第三章：船只"),
    ],
    ids=["en", "zh"],
)  # fmt: skip
def test_the_text_of_an_article_is_its_own(article: str, text: str, announcing: str, chapter: str) -> None:
    """Neither a heading above the next article nor a sentence that ends with a colon is the title of an article."""
    numbers = "一二三四五六"
    names = [article.format(n) if "{" in article else f"{article} {i}" for i, n in enumerate(numbers, 1)]
    parts = [f"{name}\n{text}\n\n" for name in names]
    parts[1] = f"{names[1]}\n{announcing}\n\n{text}\n{text}\n"
    parts[2] += f"{chapter}\n"
    report = parse("".join(parts))
    articles = [node for node in walk(report.outline) if node.num and node.num in {"".join(n.split()) for n in names}]
    assert [node.heading for node in articles] == [None] * len(names)
    assert [node.content for node in walk(report.outline) if node.element == "p"].count(announcing) == 1
    assert chapter in [f"{node.num or ''}{node.heading or node.content or ''}" for node in walk(report.outline)]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real dumps is not beside this checkout")
@pytest.mark.parametrize("name", ["wild/un_charter.en.txt", "unfccc/raw/CMA_4_12_24.txt"])
def test_real_papers_printed_and_read_again(name: str) -> None:
    """Articles; and lines that recur in the contents of a paper whose lines are paragraphs, which turn no page."""
    source = (CORPUS / name).read_text(encoding="utf-8")
    first = parse(source)
    again = Counter(AGAIN["blocks"](parse(AGAIN["printed"](first, source))))
    lost = Counter(AGAIN["blocks"](first)) - again
    assert lost.total() <= 0.01 * again.total(), lost
