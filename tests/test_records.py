"""Small texts in both languages, and the rows that each gives: one record from both."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from conftest import ROOT

from confparse.model import Report
from confparse.pipeline import parse

CASES = yaml.safe_load((ROOT / "tests" / "records" / "rows.yaml").read_text(encoding="utf-8"))


def _paragraph(eid: str) -> str:
    return eid.removeprefix("para_")


ROWS: dict[str, Callable[[Report], list[str]]] = {
    "statements": lambda r: [
        f"{_paragraph(s.paragraph)} {s.speaker.kind} {s.speaker.code or '-'} {s.act}{' +' if s.on_behalf_of else ''}"
        for s in r.statements
    ],
    "decisions": lambda r: [f"{_paragraph(d.paragraph)} {d.act}" for d in r.decisions],
    "panels": lambda r: [f"{p.ordinal} {p.kind} {'+'.join(map(_paragraph, p.paragraphs))}" for p in r.panels],
    "meetings": lambda r: [f"{m.number} {m.date or '-'}" for m in sorted(r.meetings, key=lambda m: m.number or 0)],
    "documents": lambda r: [d.symbol for d in r.documents],
    "footnotes": lambda r: [f"{note.num} {'+'.join(note.refs)}" for note in r.footnotes],
    "diagnostics": lambda r: [d.code for d in r.diagnostics],
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any], language: str) -> None:
    report = parse(case["texts"][language].replace("PAGE", "\f"))
    for kind, rows in ROWS.items():
        if kind in case:
            assert rows(report) == [str(row) for row in case[kind]], kind


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        (
            "At its 1st meeting, on 3 May 2031, Ana Torres (Chile) was elected Chair by acclamation.",
            ["Ana Torres (Chile) was elected Chair by acclamation"],
        ),
        (
            "On 4 May 2031, Mr. Kofi Boateng (Ghana) was elected Rapporteur.",
            ["Mr. Kofi Boateng (Ghana) was elected Rapporteur"],
        ),
        (
            "At its 2nd meeting, held on 4 May 2031, Ms. Holm (Norway) was designated Rapporteur.",
            ["Ms. Holm (Norway) was designated Rapporteur"],
        ),
        (
            "Ana Torres (Chile) was elected Chair of the Committee, and the Committee adopted its agenda.",
            ["Ana Torres (Chile) was elected Chair of the Committee", "its agenda"],
        ),
        (
            "Chile and Peru were elected members of the Bureau for two years.",
            ["Chile and Peru were elected members of the Bureau for two years"],
        ),
        (
            "在2031年5月3日第1次会议上，安娜·托雷斯女士（智利）以鼓掌方式当选主席。",
            ["安娜·托雷斯女士（智利）以鼓掌方式当选主席"],
        ),
        ("加纳代表门萨女士于2031年5月5日当选为副主席。", ["加纳代表门萨女士于2031年5月5日当选为副主席"]),
        ("智利和秘鲁当选为主席团成员，任期两年。", ["智利和秘鲁当选为主席团成员，任期两年"]),
    ],
)
def test_the_object_of_an_election_is_who_was_elected_to_what(text: str, objects: list[str]) -> None:
    assert [d.object for d in parse(f"1. {text}\n2. It rose.\n").decisions] == objects


@pytest.mark.parametrize(
    "text",
    [
        "I. Opening\n\n1. The session was opened.\n\nII. Conclusions and recommendations\n\n2. Peru will examine these:\n\n"
        "2.1 Ratify the Convention (Chile);\n\n2.2 Adopt the Act (Kenya).\n",
        "1. 会议开幕。\n\n二、结论和建议\n\n2. 秘鲁将研究下列建议：\n\n2.1 批准《公约》(智利)；\n\n2.2 通过该法(肯尼亚)。\n",
    ],
)
def test_a_conclusion_under_a_numbered_paragraph_keeps_both_numbers(text: str) -> None:
    assert [conclusion.num for conclusion in parse(text).conclusions] == ["2.", "2.1", "2.2"]


def test_what_a_workshop_states_is_counted_against_what_was_found() -> None:
    report = parse(
        "1. The workshop was divided into four panels, with 5 presentations.\n"
        "2. The Committee held a workshop on seed. The first panel focused on lending; the second dealt with drying.\n"
    )
    assert [(d.code, d.message) for d in report.diagnostics if d.code == "V001"] == []
    report = parse(
        "1. The Committee held a workshop on seed.\n2. The workshop was divided into four panels, with 5 presentations.\n"
        "3. The first panel focused on lending; the second dealt with drying.\n"
    )
    assert [d.message for d in report.diagnostics if d.code == "V001"] == [
        "The text states 4 panels, but 2 were found."
    ]


def test_days_out_of_order_and_outside_the_session_are_told() -> None:
    report = parse(
        "Report of the Board on Seed on its second session\nGeneva, 2 to 6 June 2031\n\n"
        "1. At its 1st meeting, on 5 June, the Board met.\n2. At its 2nd meeting, on 3 June, it rose.\n"
        "3. At its 3rd meeting, on 9 June, it met again.\n"
    )
    assert [d.code for d in report.diagnostics] == ["V002", "V003"]


def test_an_unknown_speaker_is_kept_and_told() -> None:
    report = parse("1. Statements were made by the representatives of Peru and the Harbour Sisters Abroad.\n")
    assert [s.speaker.name for s in report.statements] == ["Peru", "Harbour Sisters Abroad"]
    assert [d.code for d in report.diagnostics] == ["X001"]
    assert f"en: [{report.diagnostics[0].message.split(' is in no')[0]}], zh: […]" in report.diagnostics[0].message


@pytest.mark.parametrize(
    "text",
    [
        "1. The Committee recommended that the Council adopt the draft.\n\n2. It further recommended that a register be "
        "opened.\n\n3. Chad noted the report.\n\n4. It recommended that fish be counted.\n",
        "1. 委员会核准了临时议程。\n\n2. 还请秘书处编写一份报告。\n\n3. 乍得代表介绍了报告。\n\n4. 还请秘书处清点鱼类。\n",
    ],
)
def test_what_the_body_did_goes_on_in_the_next_paragraph_and_not_after_a_speech(text: str) -> None:
    assert [row.paragraph for row in parse(text).decisions] == ["para_1", "para_2"]


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in ROOT.glob("samples/*/raw.txt")))
def test_every_value_points_back_to_its_words(folder: str) -> None:
    source = (ROOT / "samples" / folder / "raw.txt").read_text(encoding="utf-8")
    report = parse(source)
    speakers = [statement.speaker for statement in report.statements]
    for panel in report.panels:
        speakers += [one for one in (panel.chair, panel.moderator, *panel.panellists) if one is not None]
    named = [(one.person or one.name, one.span) for one in speakers]
    named += [(partner.name, partner.span) for workshop in report.workshops for partner in workshop.partners]
    assert named
    for name, span in named:
        assert _squeezed(name) in _squeezed(source[slice(*span)])
    stated = {
        field for field, value in report.to_dict()["cover"].items() if value not in (None, False) and field != "places"
    }
    assert stated == {place.field for place in report.cover.places}
    symbol = next((place for place in report.cover.places if place.field == "symbol"), None)
    assert symbol is None or report.cover.symbol in _squeezed(source[slice(*symbol.span)])
