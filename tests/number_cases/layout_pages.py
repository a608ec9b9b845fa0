"""Numbers that decide what is page matter."""

from confparse.layout.furniture import _Finder
from confparse.layout.number_counts import Numbered, longest_count, longest_even_count, regular
from confparse.layout.page_counts import PageCounts
from confparse.layout.page_numbers import between, repeated
from confparse.layout.recurring import PageEdges, _Edge, _least, _unlike
from confparse.layout.running import Turns, beside_same_words, beside_text, labelled, lettered, shapes
from confparse.layout.surroundings import Surroundings
from confparse.layout.types import LineClaim
from confparse.rules.page_matter import PageBetween
from confparse.rules.time_budget import TimeBudget
from number_cases.case import case, furniture, grammar, lines_of, measured, word, words


def at(*lines: int) -> list[Numbered]:
    """Numbers that count up from 1, on some lines."""
    return [Numbered(line, n, "apart") for n, line in enumerate(lines, 1)]


def anywhere(_: int) -> bool:
    return True


@case("layout.number_counts._PAGE")
def pages_of_eight_lines_are_the_shortest() -> None:
    assert regular(at(0, 8, 16, 24))
    assert not regular(at(0, 7, 14, 21))


@case("layout.number_counts._LEAST")
def no_page_but_the_last_is_much_shorter_than_the_usual_one() -> None:
    assert regular(at(0, 40, 80, 96, 136, 176))
    assert not regular(at(0, 40, 80, 95, 135, 175))


@case("layout.number_counts._MOST")
def no_page_is_much_longer_than_the_usual_one() -> None:
    assert regular(at(0, 40, 80, 180, 220))
    assert not regular(at(0, 40, 80, 181, 221))


@case("layout.number_counts._EVEN")
def pages_whose_words_are_the_same_differ_by_two_fifths_at_most() -> None:
    assert longest_even_count(at(0, 50, 100, 170, 230))
    assert not longest_even_count(at(0, 50, 100, 171, 230))


@case("layout.running._TOP")
def the_words_of_a_title_are_as_good_as_once_more() -> None:
    def found(above: int) -> int:
        lines = lines_of(
            "\n".join(["words"] * above + ["Report of the board"] + ["words"] * 40 + ["Report of the board 2"])
        )
        return len(beside_same_words(lines, shapes(lines), anywhere))

    assert found(19) == 1
    assert found(20) == 0


@case("layout.page_counts._NEAR")
def a_missing_number_is_within_a_tenth_of_a_page_from_its_place() -> None:
    def found(off: int) -> int:
        rows = ["words and words"] * 81
        rows[40 + off] = "Other words 2"
        lines = lines_of("\n".join(rows))
        around = Surroundings(lines, {}, 0, grammar(), TimeBudget())
        counts = PageCounts(lines, shapes(lines), {}, around, grammar(), TimeBudget())
        return len(counts._filled([Numbered(0, 1, ""), Numbered(80, 3, "")]))

    assert found(4) == 3
    assert found(5) == 2


@case("layout.page_counts._CENTRED")
def a_number_in_the_middle_of_a_line_starts_a_fifth_of_the_measure_from_the_edge() -> None:
    def centred(indent: int) -> bool:
        lines = measured("words\n\n" + " " * indent + "45\n\nwords", 100)
        around = Surroundings(lines, {}, 0, grammar(), TimeBudget())
        return PageCounts(lines, shapes(lines), {}, around, grammar(), TimeBudget())._centred(1)

    assert centred(20)
    assert not centred(19)


@case("layout.running._TWICE")
def a_line_with_a_number_recurs_if_it_is_there_twice() -> None:
    lines = lines_of("Report of the board 1\nwords\nReport of the board 2\nDay 1")
    assert len(beside_same_words(lines, shapes(lines), anywhere)) == 2


@case("layout.number_counts.MISSING")
def a_count_goes_on_over_two_missing_numbers() -> None:
    assert len(longest_count([Numbered(0, 1, ""), Numbered(40, 4, "")])) == 2
    assert len(longest_count([Numbered(0, 1, ""), Numbered(40, 5, "")])) == 1


@case("layout.running.DEPTH")
def page_matter_is_four_lines_deep() -> None:
    assert len(Turns(lines_of(words(*[9] * 30)), ["x"] * 30, anywhere, anywhere).around(15)) == 2 * 4


@case("layout.running._RAGGED")
def a_paragraph_that_a_number_opens_runs_to_85_hundredths_of_the_measure() -> None:
    lines = measured(f"12 {word(82)}\n12 {word(81)}")
    assert [labelled(lines, 0), labelled(lines, 1)] == [True, False]


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
        lines = lines_of(f"{text}\n{word(60)}")
        return [item.number for item in beside_text(lines, shapes(lines), anywhere)]

    assert numbers("Report 1234 annex\nReport 1235 annex") == [1234, 1235]
    assert numbers("Report 12345 annex\nReport 12346 annex") == []


@case("layout.recurring._NEXT")
def a_head_recurs_on_the_next_page_or_the_next_of_its_side() -> None:
    assert _Edge(1, 0, ()).repeated_by(_Edge(3, 90, ()), apart=False)
    assert not _Edge(1, 0, ()).repeated_by(_Edge(4, 130, ()), apart=False)


@case("layout.recurring._TWICE")
def a_head_stands_on_two_pages_at_least() -> None:
    assert _least(0.1, [range(9)] * 3) == 2


@case("layout.recurring._OUTER")
def the_number_of_a_page_is_in_the_second_line_from_its_edge_at_most() -> None:
    def found(above: int) -> int:
        """The numbers found on five pages, each below some lines from the edge and above many more."""
        pages = [["words"] * above + [f"Report of the board     {n}"] + ["words"] * 9 for n in range(1, 6)]
        lines, size = lines_of("\n".join(line for page in pages for line in page)), above + 10
        ranges = [range(i * size, (i + 1) * size) for i in range(5)]
        return len(PageEdges(lines, ranges, shapes(lines), anywhere, anywhere).counting(0.4, {}))

    assert found(1) == 5
    assert found(2) == 0


def share(claims: dict[int, LineClaim]) -> int:
    """The pages of thirty that must have a running head, where some page matter is known."""
    finder = _Finder(lines_of(words(*[9] * 9)), grammar(), TimeBudget())
    finder.claims.update(claims)
    return _least(finder._share(), [range(9)] * 30)


@case("layout.furniture._ALONE")
def a_head_that_changes_with_the_chapters_stands_on_a_tenth_of_the_pages() -> None:
    assert share({}) == 3


@case("layout.furniture._BESIDE_ANOTHER")
def a_second_head_stands_on_two_fifths_of_the_pages() -> None:
    assert share(furniture(0)) == 12


@case("layout.page_numbers._FIRST_YEAR")
def numbers_from_1900_on_that_are_printed_twice_are_years() -> None:
    def years(first: int) -> bool:
        count = [Numbered(40 * n, first + n, "") for n in range(3)]
        return repeated(count, [*count, *(Numbered(200 + n, first + n, "") for n in range(2))])

    assert years(1900)
    assert not years(1899)
    assert not years(1520)


@case("layout.page_numbers._NEAR")
def a_number_counts_on_from_a_page_two_before_it() -> None:
    (rule,) = grammar().of(PageBetween)

    def inside(page: int) -> int:
        """The numbers found inside the text of a page, where the number of the first page is known."""
        pages = ["1\nwords"] + ["words\nwords"] * (page - 1) + [f"words\n{page + 1}\nwords"]
        claims = {0: LineClaim("furniture", rule.name, rule.id)}
        return len(between(lines_of("\f".join(pages)), rule, claims, grammar(), TimeBudget()))

    assert inside(2) == 1
    assert inside(3) == 0


def around(text: str, claims: dict[int, LineClaim]) -> Surroundings:
    return Surroundings(measured(text), claims, 0, grammar(), TimeBudget())


@case("layout.surroundings.DEEP")
def a_sentence_goes_on_over_eight_lines_of_page_matter() -> None:
    def interrupts(matter: int) -> bool:
        return around(words(*[90] * 20), furniture(*range(3, 3 + matter))).interrupts(3 + matter, 3 + matter)

    assert interrupts(8)
    assert not interrupts(9)


@case("layout.surroundings._REACHING")
def a_line_broken_inside_a_sentence_reaches_six_tenths_of_the_measure() -> None:
    assert around(words(60, 9, 90), {}).interrupts(1, 1)
    assert not around(words(59, 9, 90), {}).interrupts(1, 1)


@case("layout.surroundings._OPENS")
def a_label_of_six_tenths_opens_something_and_one_of_less_than_a_half_does_not() -> None:
    lines = around("[1] The survey of the coast\n1.2016年11月，委员会", {})
    assert [lines.unlabelled(0), lines.unlabelled(1)] == [False, True]


@case("layout.recurring._WORDS")
def the_words_above_a_line_are_known_by_six_letters() -> None:
    def alike(ends: str) -> bool:
        lines = lines_of(f"aaa{ends}\nHead\n{word(60)}\nbbb{ends}\nHead")
        return not _unlike([(1, 1), (4, 4)], lines, shapes(lines), anywhere)

    assert alike("tthree")
    assert not alike("three")


def heads(head: str) -> set[int]:
    """The lines that a page number makes running heads below a cover of one line."""
    lines = lines_of(f"Report of the Pier Board\n\nThe lamp was\n\n- 1 -\n\n{head}\n\nmended at once")
    return Turns(lines, shapes(lines), anywhere, anywhere).of_cover([2], 1)


@case("layout.running._OF_COVER")
def four_of_five_words_of_a_running_head_are_on_the_cover() -> None:
    assert heads("Report of the Pier Office") == {3}
    assert not heads("Report of Pier Office")


@case("layout.running._COVER_WORDS")
def a_running_head_of_words_of_the_cover_has_three() -> None:
    assert heads("the Pier Board") == {3}
    assert not heads("Pier Board")
