"""What a record promises: real days, persons with names, whole words, and text after items that is read as any other."""

import pytest
from conftest import ROOT

from confparse import explain, parse
from confparse.rules.load import load_grammar

WRAPPED = "1. The Board:\n(a) Opened the session;\n(b) Heard the Chair;\nand took note of document A/CONF.391/L.4.\n2. It rose.\n"


@pytest.mark.parametrize(
    "text",
    [
        "1. At its 1st meeting, on 31 February 2031, the Board heard Mr. Aker.\n2. It rose.\n",
        "1. 在2031年2月31日第1次会议上，主席发了言。\n2. 委员会结束了审议。\n",
    ],
)
def test_a_day_that_no_calendar_has_is_no_date(text: str) -> None:
    assert [(meeting.number, meeting.date) for meeting in parse(text).meetings] == [(1, None)]


@pytest.mark.parametrize("text", ["先生和女士发了言。", "先生发言说，工程已经完工。"])
def test_a_form_of_address_alone_is_no_speaker(text: str) -> None:
    assert parse(f"1. {text}\n2. 挪威代表发了言。\n").statements[0].speaker.name == "挪威"


def test_a_no_break_hyphen_at_a_line_end_is_mended() -> None:
    text = (
        "1. The Board heard of the har‑\nbour works, and of harbour dues.\n2. It rose, and the har‑\nbour was closed.\n"
    )
    assert "har‑" not in "".join(node.content or "" for node in parse(text).walk())


def test_text_after_items_is_a_node_that_records_and_explain_know() -> None:
    (document,) = parse(WRAPPED).documents
    assert (document.symbol, document.paragraphs) == ("A/CONF.391/L.4", ("para_1__wrap_up",))
    assert [(line.what, line.eid) for line in explain(WRAPPED)][3] == ("wrap_up", "para_1__wrap_up")


def test_workshops_and_conclusions_name_the_rules_that_made_them() -> None:
    path = ROOT / "samples" / "workshop-zh-double" / "raw.txt"
    report, text = parse(path), path.read_text(encoding="utf-8")
    kinds = {rule.id: type(rule).__name__ for rule in load_grammar().rules.values()}
    assert [(text[slice(*w.span)].strip()[:3], kinds[w.rule]) for w in report.workshops] == [
        ("讲习班", "WorkshopMention")
    ]
    assert {kinds[conclusion.rule] for conclusion in report.conclusions} == {"Heading"}
