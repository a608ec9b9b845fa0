"""The numbers that decide: a small case for each, which fails when the number moves. `benchmarks/mutation.py` lists the rest."""

import runpy
from collections.abc import Callable

import msgspec
import pytest
from conftest import ROOT

from confparse.labels.main_series import _Member, _runs
from confparse.labels.readings import Read
from confparse.labels.series import Open, State, _as_paragraph, _steps
from confparse.labels.types import Candidate
from confparse.layout.footnotes import _is_next
from confparse.layout.lines import measure
from confparse.layout.recurring import _Edge, _least
from confparse.layout.running import Numbered, beside_text, lettered, longest_count, regular, shapes
from confparse.layout.types import Lines
from confparse.outline.headings import Words
from confparse.rules.load import load_grammar
from confparse.rules.patterns import TimeBudget
from confparse.rules.structure import Label
from confparse.text.decode import decode
from confparse.text.normalize import normalize

MUTATION = runpy.run_path(str(ROOT / "benchmarks" / "mutation.py"))
CASES: dict[str, Callable[[], object]] = {}


def case(number: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Notes a function as the case of a number: it raises AssertionError if the number has moved."""

    def noted(function: Callable[[], object]) -> Callable[[], object]:
        CASES[number] = function
        return function

    return noted


def lines_of(text: str) -> Lines:
    grammar = load_grammar()
    return measure(normalize(decode(text.encode(), "report.txt"), grammar, TimeBudget()), grammar, TimeBudget())


def word(columns: int) -> str:
    """A word that no repair takes for one printed twice."""
    return "x" + "a" * (columns - 1)


def paragraph(after: int | None, number: int, weight: float = 1.0) -> float:
    """What a label is worth as the paragraph of a number, after that of another or as the first; 0 if it can be none."""
    rule = next(rule for rule in load_grammar().of(Label) if rule.id == "label.arabic")
    rule = msgspec.structs.replace(rule, weight=weight)
    found = Candidate(0, 0, 2, str(number), rule, 1.0, 0.1, False, False, False, 0)
    read = Read(found, rule.reads[0], "x", "", number, True, 9.0)
    lists = () if after is None else (Open("x", rule.reads[0].sequence, after),)
    return next((gain for gain, _, _ in _as_paragraph(State(0.0, (), lists, ()), read)), 0)


def at(*lines: int) -> list[Numbered]:
    """Numbers that count up from 1, on some lines."""
    return [Numbered(line, n, "apart") for n, line in enumerate(lines, 1)]


@case("layout.running._PAGE")
def pages_of_eight_lines_are_the_shortest() -> None:
    assert regular(at(0, 8, 16, 24))
    assert not regular(at(0, 7, 14, 21))


@case("layout.running._LEAST")
def no_page_but_the_last_is_much_shorter_than_the_usual_one() -> None:
    assert regular(at(0, 40, 80, 96, 136, 176))
    assert not regular(at(0, 40, 80, 95, 135, 175))


@case("layout.running._MOST")
def no_page_is_much_longer_than_the_usual_one() -> None:
    assert regular(at(0, 40, 80, 180, 220))
    assert not regular(at(0, 40, 80, 181, 221))


@case("layout.running.MISSING")
def a_count_goes_on_over_two_missing_numbers() -> None:
    assert len(longest_count([Numbered(0, 1, ""), Numbered(40, 4, "")])) == 2
    assert len(longest_count([Numbered(0, 1, ""), Numbered(40, 5, "")])) == 1


@case("layout.lines.WIDEST")
def no_dump_is_cut_at_more_than_130_columns() -> None:
    assert lines_of(word(130)).measures[0].wrapped
    assert not lines_of(word(131)).measures[0].wrapped


@case("layout.lines._WINDOW")
def a_full_line_reaches_92_hundredths_of_the_measure() -> None:
    def left(right: int) -> int:
        """The usual indent of full lines, if three lines with an indent of 2 run to a column and two to 100."""
        return lines_of("\n".join([f"  {word(right - 2)}"] * 3 + [word(100)] * 2)).measures[0].left

    assert left(92) == 2
    assert left(91) == 0


@case("layout.lines._TAB")
def a_tab_is_eight_columns() -> None:
    assert lines_of("\tThe Board met.").lines[0].indent == 8


@case("layout.running._LONGEST")
def page_matter_has_no_line_of_more_than_200_characters() -> None:
    assert [bool(shape) for shape in shapes(lines_of(f"{word(200)}\n{word(201)}"))] == [True, False]


@case("layout.running._LETTERS")
def two_letters_are_more_than_a_number_with_its_ornaments() -> None:
    assert lettered("#ab")
    assert not lettered("#a")


@case("layout.running._DIGITS")
def the_number_of_a_page_has_four_digits_at_most() -> None:
    def numbers(text: str) -> list[int]:
        lines = lines_of(text)
        return [item.number for item in beside_text(lines, shapes(lines), lambda _: True)]

    assert numbers("Report 1234 annex\nReport 1235 annex") == [1234, 1235]
    assert numbers("Report 12345 annex\nReport 12346 annex") == []


@case("layout.recurring._NEXT")
def a_head_recurs_on_the_next_page_or_the_next_of_its_side() -> None:
    assert _Edge(1, 0, ()).repeated_by(_Edge(3, 90, ()), apart=False)
    assert not _Edge(1, 0, ()).repeated_by(_Edge(4, 130, ()), apart=False)


@case("layout.footnotes._AHEAD")
def two_notes_may_be_missing_between_two_that_were_found() -> None:
    assert _is_next(7, 4)
    assert not _is_next(8, 4)


@case("labels.weights.SKIPPED_NUMBERS")
def two_numbers_of_a_list_may_be_left_out() -> None:
    def depths(n: int) -> list[int]:
        return [depth for _, _, depth in _steps((Open("x", "arabic", 1),), "x", "arabic", n, 1.0, 0, False)]

    assert depths(4) == [0]
    assert depths(5) == []


@case("labels.weights.EARLY_NUMBERS")
def a_series_may_open_with_its_third_number_whose_first_two_were_lost() -> None:
    def price(n: int) -> float:
        return 1.0 - _steps((), "x", "arabic", n, 1.0, 0, False)[0][0]

    assert price(3) < 2 < price(4)


@case("labels.weights.DEEPEST")
def eight_series_are_open_at_once_at_most() -> None:
    def open_beside(count: int) -> int:
        stack = tuple(Open(str(i), "arabic", 1) for i in range(count))
        return len(_steps(stack, "x", "arabic", 1, 1.0, 0, False))

    assert open_beside(7) == 1
    assert open_beside(8) == 0


@case("labels.weights.GAP_NUMBERS")
def twelve_numbers_on_a_paragraph_may_follow() -> None:
    assert paragraph(after=1, number=13)
    assert not paragraph(after=1, number=14)


@case("labels.weights.FAR_ON")
def a_first_paragraph_from_200_on_costs_more() -> None:
    assert paragraph(after=None, number=199) > paragraph(after=None, number=200) > 0


@case("labels.weights.SURE")
def a_label_of_less_weight_than_one_half_goes_on_by_one_only() -> None:
    assert not paragraph(after=1, number=3, weight=0.49)
    assert paragraph(after=1, number=3, weight=0.51)


@case("labels.weights.STARTS_AGAIN")
def paragraphs_start_again_at_one_for_more_than_two_labels_that_explain_nothing_else() -> None:
    assert -0.7 < paragraph(after=9, number=1) < -0.5


@case("labels.weights.RESTARTS")
def a_list_that_starts_again_pays_more_than_its_first_label_gains() -> None:
    gain = _steps((Open("x", "arabic", 4),), "x", "arabic", 1, 1.0, 0, False)[0][0]
    assert -0.4 < gain < 0


@case("labels.weights.SKIPS")
def a_list_may_leave_numbers_out_for_less_than_its_label_gains() -> None:
    gain = _steps((Open("x", "arabic", 1),), "x", "arabic", 3, 1.0, 0, False)[0][0]
    assert 0.2 < gain < 0.4


@case("labels.weights.FIRST")
def a_label_of_little_weight_opens_a_series_only_if_the_next_follows() -> None:
    (first,) = _steps((), "x", "arabic", 1, 0.3, 0, False)
    assert -0.1 < first[0] < 0
    assert _steps(first[1], "x", "arabic", 2, 0.3, 0, False)[0][0] == 0.3


@case("outline.headings.TAIL")
def a_stop_is_looked_for_in_the_last_twelve_characters() -> None:
    seen: list[int] = []

    class Counting(Words):
        def _matched(self, text: str) -> str:
            seen.append(len(text))
            return text

    Counting("en", load_grammar(), TimeBudget()).stops("a" * 500)
    assert set(seen) == {12}


@case("layout.recurring._TWICE")
def a_head_stands_on_two_pages_at_least() -> None:
    assert _least(0.1, [range(9)] * 3) == 2


@case("labels.weights.RUN_GAP")
def two_numbers_may_be_missing_in_a_run_of_labels() -> None:
    def runs(*numbers: int) -> int:
        return len(list(_runs([_Member(None, n, 0) for n in numbers])))  # type: ignore[arg-type]

    assert runs(1, 4) == 1
    assert runs(1, 5) == 2


@case("outline.headings._OPENING")
def text_that_ends_a_list_is_known_by_its_start() -> None:
    seen: list[int] = []

    class Counting(Words):
        def _matched(self, text: str) -> str:
            seen.append(len(text))
            return text

    Counting("en", load_grammar(), TimeBudget()).wrap_up("a" * 500)
    assert seen == [60]


@case("outline.headings._LONGEST")
def what_is_longer_than_400_characters_is_no_heading() -> None:
    class Any:
        def search(self, text: str, _: TimeBudget) -> object:
            import re

            return re.search(r"(?s).*", text)

    words = Words("en", load_grammar(), TimeBudget())
    assert words._whole(Any(), "a" * 399)  # type: ignore[arg-type]
    assert not words._whole(Any(), "a" * 400)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", CASES)
def test_the_case_of_a_number_holds(number: str) -> None:
    CASES[number]()


@pytest.mark.parametrize("number", CASES)
def test_the_case_of_a_number_fails_when_it_moves(number: str) -> None:
    known = {str(item): item for item in MUTATION["numbers"]()}
    for factor in MUTATION["MOVES"]:
        with MUTATION["moved"](known[number], factor):
            assert MUTATION["fails"](CASES[number]), factor
