"""Words that a user adds are enough; patterns that no text can match are found; speakers have one shape."""

from pathlib import Path

import pytest

from confparse import GrammarError
from confparse.model import Speaker
from confparse.pipeline import parse
from confparse.rules.grammar import Grammar
from confparse.rules.literals import hidden_words
from confparse.rules.load import load_grammar
from confparse.rules.mentions import MentionPattern

WORDS = """name: harbour
version: "1"
extends: un-report
names:
  organizations:
    - {key: harbour-lookout, en: [Harbour Lookout], zh: [港口瞭望社]}
lexicon:
  SAY: {en: [opined], zh: [直言]}
  OFFICE: {en: [Port Warden], zh: [港务长]}
  BODY_HEAD: {en: [Moot], zh: [港民聚议]}
  ADOPT: {en: [acclaimed], zh: [欢呼通过了]}
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Grammar:
    file = tmp_path / "harbour.yaml"
    file.write_text(WORDS, encoding="utf-8")
    return load_grammar(str(file))


@pytest.mark.parametrize(
    "text",
    [
        "1. The Port Warden opined that it was late.\n2. The representative of Harbour Lookout spoke.\n"
        "3. The Moot acclaimed the draft report.\n",
        "1. 港务长直言时间已晚。\n2. 港口瞭望社的代表发了言。\n3. 港民聚议欢呼通过了报告草案。\n",
    ],
    ids=["en", "zh"],
)
def test_words_of_a_user_are_enough(text: str, harbour: Grammar) -> None:
    report = parse(text, grammar=harbour)
    assert [(s.paragraph, s.speaker.kind, s.speaker.key) for s in report.statements] == [
        ("para_1", "officer", None),
        ("para_2", "organization", "harbour-lookout"),
    ]
    assert [(d.paragraph, d.act) for d in report.decisions] == [("para_3", "adopted")]
    shipped = parse(text)
    assert [s.speaker.key for s in shipped.statements if s.paragraph == "para_1" or s.speaker.key] == []
    assert shipped.decisions == ()


def test_a_list_of_names_is_extended_not_replaced(harbour: Grammar) -> None:
    keys = [entry.key for entry in harbour.names["organizations"]]
    assert "harbour-lookout" in keys
    assert "unicef" in keys


def test_words_of_a_class_are_of_the_wider_one_too(tmp_path: Path) -> None:
    file = tmp_path / "harbour.yaml"
    file.write_text(WORDS + "  PRESIDING: {en: [Moot Reeve]}\n", encoding="utf-8")
    classes = load_grammar(str(file)).words_of_classes
    assert classes["Moot Reeve"] == {"PRESIDING", "OFFICE"}
    assert classes["Port Warden"] == {"OFFICE"}


def test_an_unknown_class_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(
        'name: wrong\nversion: "1"\nextends: un-report\nrules:\n'
        "- {id: a, kind: statement, why: W., patterns: {en: '(?<speakers><SPEEKER>)'},\n"
        "   examples: [{lang: en, text: x}, {lang: en, text: y, match: false}]}\n",
        encoding="utf-8",
    )
    with pytest.raises(GrammarError, match=r"G006.*SPEEKER"):
        load_grammar(str(file))


def test_no_pattern_holds_a_literal_that_is_a_mention(grammar: Grammar) -> None:
    words = set(grammar.words_of_classes)
    hidden = {
        (rule.id, literal)
        for rule in grammar.rules.values()
        if isinstance(rule, MentionPattern)
        for pattern in rule.patterns.values()
        for literal in hidden_words(pattern, words)
    }
    assert hidden == set()


SPEAKERS = [
    (
        "the Minister of Ports, Trade and Fisheries of Thailand, Ana Paz",
        "泰国港口、贸易和渔业部长安娜·帕斯",
        {"kind": "state", "code": "THA"},
    ),
    ("the representative of UNICEF", "儿基会代表", {"kind": "organization", "key": "unicef"}),
    ("the observer for the State of Palestine", "巴勒斯坦国观察员", {"kind": "observer_state", "code": "PSE"}),
    ("the Chair of the Board, Ms. Paz (Peru),", "理事会主席帕斯女士（秘鲁）", {"kind": "officer", "code": None}),
    ("two individual experts", "两名个人专家", {"kind": "expert", "count": 2}),
]


@pytest.mark.parametrize(("en", "zh", "expected"), SPEAKERS, ids=[en for en, _, _ in SPEAKERS])
def test_a_speaker_has_one_shape_in_both_languages(en: str, zh: str, expected: dict[str, object]) -> None:
    for text in (f"1. Statements were made by {en}.\n", f"1. {zh}作了发言。\n"):
        (row,) = parse(text).statements
        assert {name: getattr(row.speaker, name) for name in expected} == expected


def test_a_minister_has_state_person_and_office() -> None:
    (row,) = parse("1. The Minister of Ports, Trade and Fisheries of Thailand, Ana Paz, spoke.\n").statements
    assert row.speaker == Speaker(
        name="Thailand",
        kind="state",
        code="THA",
        person="Ana Paz",
        role="Minister of Ports, Trade and Fisheries",
        span=(7, 66),
    )


def test_semicolons_part_persons_with_commas_in_their_offices() -> None:
    (first, second) = parse(
        "1. Presentations were made by Ana Paz, Professor, Harbour University; and Juan Sy, Head, Section on Tides, Lima.\n"
    ).statements
    assert (first.speaker.name, second.speaker.name) == ("Ana Paz", "Juan Sy")


def test_each_act_of_a_sentence_is_a_row_with_its_whole_object() -> None:
    report = parse(
        "1. The Board adopted its report and elected the following officers:\n(a) Ms. Paz, Chair;\n(b) Mr. Sy.\n"
    )
    assert [(d.act, d.object) for d in report.decisions] == [
        ("adopted", "its report"),
        ("elected", "the following officers; Ms. Paz, Chair; Mr. Sy"),
    ]
