"""Word lists against two independent libraries: ISO 3166 codes and names, and the CLDR's Chinese names."""

import re

import pycountry
import pytest
from babel import Locale

from confparse.rules.grammar import Grammar
from confparse.rules.kinds import Name
from confparse.rules.load import load_grammar

STATES = load_grammar().names["states"]
ZH = Locale("zh", "Hans").territories
EN = Locale("en").territories


def _plain(name: str) -> str:
    """A name without articles, quotes, brackets and word order: Bolivia, Plurinational State of."""
    words = re.sub(r"[’',()&.]", " ", name.casefold()).replace(" and ", " ").split()
    return " ".join(sorted(word for word in words if word not in ("the", "of", "st", "saint")))


def _current() -> list[Name]:
    return [state for state in STATES if state.until is None]


def test_all_members_and_observers_are_there() -> None:
    # members, observers, two states in free association, and three economies that take part in their own name
    assert len(_current()) == 193 + 2 + 2 + 3
    assert [state.code for state in STATES if state.observer] == ["VAT", "PSE"]


@pytest.mark.parametrize("state", _current(), ids=lambda s: s.code)
def test_codes_and_names_are_those_of_the_libraries(state: Name) -> None:
    country = pycountry.countries.get(alpha_3=state.code)
    assert country is not None
    known = {
        country.name,
        getattr(country, "common_name", ""),
        getattr(country, "official_name", ""),
        EN[country.alpha_2],
    }
    ours = {_plain(name) for name in state.en}
    assert (
        state.code in ("VAT", "TWN")
        or ours & {_plain(name) for name in known if name}
        or any(_plain(k) in o for k in known if k for o in ours)
    ), known
    chinese = ZH[country.alpha_2]
    head = re.sub(r"[（(].*", "", chinese).removesuffix("领土")
    special = {
        "KOR": "大韩民国",
        "PRK": "朝鲜民主主义人民共和国",
        "GBR": "联合王国",
        "VAT": "教廷",
        "TWN": "中华台北",
        "FSM": "密克罗尼西亚联邦",
    }
    assert any(head in name or name in head for name in state.zh) or special.get(state.code, "") in state.zh, chinese


def test_states_that_were_have_codes_of_their_own_and_a_year() -> None:
    former = [state for state in STATES if state.until is not None]
    assert {state.code for state in former} >= {"SUN", "YUG", "CSK", "DDR"}
    assert all(1945 < (state.until or 0) < 2030 for state in former)


def test_no_name_stands_for_two_states() -> None:
    names = [name for state in STATES for name in (*state.en, *state.zh)]
    assert len(names) == len(set(names))


def test_the_longest_name_wins(grammar: Grammar) -> None:
    pattern, entries = grammar.named("states")
    text = "Bosnia and Herzegovina, Guinea-Bissau, Niger and Nigeria; 多米尼加共和国、刚果民主共和国和几内亚比绍"
    assert [entries[m[0]].code for m in pattern.finditer(text)] == ["BIH", "GNB", "NER", "NGA", "DOM", "COD", "GNB"]
