"""Properties of every input: nothing lost, spans exact, names unique, the same again, and no exception."""

import os
import unicodedata
from collections import Counter
from itertools import pairwise

from conftest import held, walk
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from confparse import InputError
from confparse.formats.record import dumps
from confparse.pipeline import parse
from confparse.rules.characters import Character, character_class
from confparse.rules.load import load_grammar

PIECES = st.sampled_from(
    [
        "1. The Committee met.",
        "2. 委员会举行了会议。",
        "3.",
        "(a) First;",
        "(b)",
        "(i) 一项；",
        "I. Introduction",
        "II.",
        "A.",
        "一、导言",
        "（二）",
        "①",
        "• Point",
        "Annex I",
        "附件一",
        "Contents",
        "目录",
        "A. Attendance .......... 5-7 2",
        "Decision 4/CMP.9",
        "A/CONF.377/2",
        "A/CONF.377/",
        "Page 2",
        "2/5",
        "31-07751",
        "*3107751*",
        "7",
        "8 See A/CONF.377/2.",
        "______",
        "/...",
        "The Conference,",
        "Recalling its mandate,",
        "shared infor-",
        "mation.",
        "text\u00adbreak",
        "\u200b3. Hidden",
        "\u2f00",
        "Ａ组",
        "主席：甲（智利）",
        "年 5 月 6 日",
        "12 345   67   8",
        "1.1.2. Deep",
        "96.2. Item",
        "“11. Quoted",
        "\x00",
        "\ufeff",
        "\ufdd0",
        "\ufdd1",
        "\ufdd2",
        "結論和建議",
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", "\n \n", "\r\n", "\r", "\f", " ", "\t", "\u2028", "\n\n\n\n", ""])
DUMPS = st.lists(st.tuples(PIECES, BREAKS), max_size=40).map(lambda parts: "".join(a + b for a, b in parts))
TEXTS = st.one_of(DUMPS, st.text(max_size=300)).filter(lambda text: not os.path.isfile(text))  # a name is no text
FOLDED = frozenset().union(*(character_class(r) for r in load_grammar().of(Character) if r.to == "fold"))


def expected(text: str) -> Counter[str]:
    """The characters of a source, white space aside, compatibility forms folded as the grammar says."""
    text = "".join("\ufffd" if "\ufdd0" <= c <= "\ufdef" or "\ud800" <= c <= "\udfff" else c for c in text)
    fold = {c: f for c in FOLDED if len(f := unicodedata.normalize("NFKC", c)) == 1}
    return Counter(fold.get(c, c) for c in "".join(text.split()))


@example("A/CONF.377/2 12 345   67   8\x0cA/CONF.377/2\n")
@given(TEXTS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_character_is_held_exactly_once(text: str) -> None:
    report = parse(text)
    assert report.coverage.unclaimed == 0
    assert held(report) == expected(text.removeprefix("\ufeff"))


MARKED = [
    "a",
    " ",
    "\n",
    "\u0301",
    "中",
    "-",
    "\u200b",
    "\u00ad",
    "1",
    ".",
    "(",
    "\u3000",
    "\ufeff",
    "，",
    "\n\n",
    "A",
    "²",
    "\f",
    "—",
]


def clusters(text: str) -> set[str]:
    """Every combining mark with what it is on."""
    return {a + b for a, b in pairwise(text) if unicodedata.combining(b)}


@given(st.lists(st.sampled_from(MARKED), min_size=4, max_size=12).filter(lambda pieces: "\u0301" in pieces))
def test_a_combining_mark_joins_no_other_letter(pieces: list[str]) -> None:
    text = f"1. The Board met in May. {''.join(pieces)}x went on.\n2. Two.\n"
    report = parse(text)
    shown = [part for node in report.walk() for part in (node.content, node.heading) if part]
    joined = set().union(*map(clusters, shown)) - clusters(text)
    assert {cluster for cluster in joined if not cluster[0].isspace()} == set()
    assert report.coverage.unclaimed == 0


@given(DUMPS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_names_are_unique_and_spans_lie_in_the_source(text: str) -> None:
    report = parse(text)
    eids = [node.eid for node in walk(report.outline)] + [note.eid for note in report.footnotes]
    assert len(eids) == len(set(eids))
    size = report.source.characters
    for part in (*walk(report.outline), *report.footnotes, *report.furniture):
        assert 0 <= part.span[0] <= part.span[1] <= size
        assert 1 <= part.lines[0] <= part.lines[1]


@given(DUMPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    assert dumps(parse(text), "json") == dumps(parse(text), "json")


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_record_or_one_clear_line(data: bytes) -> None:
    outcome: int | str
    try:
        outcome = parse(data).coverage.unclaimed
    except InputError as error:
        outcome = str(error)
    assert outcome == 0 or "a binary file" in str(outcome) or str(outcome).startswith("-: ")
