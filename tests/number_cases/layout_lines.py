"""Numbers that decide how the lines of a dump are measured, and where its cover and its contents table end."""

from confparse.layout.contents import _Reader, contents
from confparse.layout.cover_end import _by_labels, _noted, _paragraph_start, cover_end
from confparse.layout.line_ends import one_sentence_each
from confparse.layout.line_table import Line, LineTable, Measure
from confparse.layout.lines import _gaps, _measure, _measures, _stretches, _uneven, _whole_paragraphs
from confparse.rules.time_budget import TimeBudget
from number_cases.case import case, ends, furniture, grammar, layout_of, lines_of, measured, rows, word, words

OTHER = Measure(0, 9, False)  # the measure of the whole text, where a stretch shows none of its own


def right(*widths: int, sentence: int = 0) -> int:
    """The measure of lines of some widths, of which the last end sentences; that of the whole text is at column 9."""
    lines = rows(*widths)
    return _measure(lines, ends(range(len(lines) - sentence, len(lines))), set(), OTHER).right


def wrapped(*widths: int, sentence: int = 0) -> bool:
    """Whether such lines are cut at a measure; the first ones end sentences."""
    return _measure(rows(*widths), ends(range(sentence)), set(), OTHER).wrapped


def uneven(*widths: int, sentence: int = 0) -> Measure:
    return _uneven(rows(*widths), ends(range(sentence)), OTHER)


def spread(count: int, low: float, high: float) -> list[int]:
    """Widths of lines from one to another that pile up nowhere."""
    return [round(low * (high / low) ** (i / (count - 1))) for i in range(count)]


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


@case("layout.lines._WRAPPED")
def more_than_three_tenths_of_the_longer_lines_end_at_the_measure() -> None:
    assert wrapped(*[100] * 7, *spread(13, 51, 90))
    assert not wrapped(*[100] * 6, *spread(14, 51, 90))


@case("layout.lines._LONGISH")
def lines_of_half_the_measure_tell_whether_there_is_one() -> None:
    assert wrapped(*[1000] * 20, *spread(47, 401, 500))
    assert not wrapped(*[1000] * 20, *spread(47, 501, 625))


@case("layout.lines._OVER")
def a_line_of_thirteen_tenths_of_the_measure_may_be_cut_at_it() -> None:
    assert right(*[100] * 20, *[130] * 10) == 100
    assert right(*[100] * 20, *[131] * 10) == 131


@case("layout.lines._MANY_OVER")
def three_tenths_of_wider_lines_show_another_measure() -> None:
    assert right(*[100] * 15, *[131] * 5) == 100
    assert right(*[100] * 14, *[131] * 6) == 131


@case("layout.lines._OWN_MEASURE")
def a_page_of_eight_long_lines_has_a_measure_of_its_own() -> None:
    assert right(*[100] * 8) == 100
    assert right(*[100] * 7) == OTHER.right


def whole(*widths: int) -> int:
    """The measure of a whole text whose lines end inside sentences."""
    return _measure(rows(*widths), ends(()), set(), None).right


@case("layout.lines._FEW_LONG")
def under_two_tenths_of_the_lines_of_narrow_columns_are_long() -> None:
    assert whole(*[26] * 33, *[90] * 8) == 26
    assert whole(*[26] * 32, *[90] * 8) == 90


@case("layout.lines._MOSTLY_FULL")
def half_of_the_lines_of_a_narrow_column_reach_its_measure() -> None:
    assert whole(*[26] * 40, *spread(39, 2, 22), 90) == 26
    assert whole(*[26] * 39, *spread(40, 2, 22), 90) == 90


def short_page(pages: int, wrapped: int, *widths: int) -> bool:
    """Whether a page of some widths is cut at its own measure, behind others of which some are."""
    lines = LineTable()
    sizes = [*[[100] * 10] * wrapped, *[spread(10, 40, 100)] * (pages - wrapped), widths]
    for page, own in enumerate(sizes, 1):
        for right in own:
            lines.add(0, 0, 0, right, 0, page)
    return list(_measures(lines, ends(), set(), OTHER))[-1][0].wrapped


@case("layout.lines._MOSTLY_WRAPPED")
def a_short_page_is_cut_if_most_pages_are() -> None:
    assert short_page(4, 3, 90, 90)
    assert not short_page(5, 3, 90, 90)


@case("layout.lines._MOSTLY_LONG")
def a_short_page_of_prose_has_more_than_four_long_lines_in_ten() -> None:
    assert short_page(3, 3, 90, 90, 90, 9, 9, 9)
    assert not short_page(3, 3, 90, 90, 9, 9, 9)


@case("layout.lines._LONG")
def a_line_of_more_than_thirty_columns_is_long() -> None:
    assert right(*[31] * 8) == 31
    assert right(*[30] * 8) == OTHER.right


@case("layout.lines._PAGE")
def a_dump_without_pages_is_measured_by_sixty_lines() -> None:
    lines = LineTable()
    for _ in range(61):
        lines.add(0, 9, 0, 9, 0, 0)
    assert [len(stretch) for stretch in _stretches(lines)] == [60, 1]


@case("layout.lines._WIDE_SHARE")
def nine_tenths_of_uneven_lines_are_no_wider_than_the_measure() -> None:
    assert uneven(*range(151, 251)).right == 241


@case("layout.lines._MOSTLY_CUT")
def six_of_ten_uneven_lines_end_inside_a_sentence() -> None:
    assert uneven(*[100] * 10, sentence=4).wrapped
    assert not uneven(*[100] * 10, sentence=5).wrapped


@case("layout.lines._FAR")
def uneven_lines_that_are_cut_reach_seven_tenths_of_the_measure() -> None:
    assert uneven(*[70] * 8, 100, 100).wrapped
    assert not uneven(*[69] * 8, 100, 100).wrapped


@case("layout.lines._MOSTLY_FAR")
def three_quarters_of_the_uneven_lines_that_are_cut_reach_far() -> None:
    assert uneven(*[31] * 5, *[100] * 15).wrapped
    assert not uneven(*[31] * 6, *[100] * 14).wrapped


@case("layout.lines._FEWEST_OPEN")
def one_full_line_inside_a_sentence_may_be_a_heading() -> None:
    assert wrapped(100, 100, 100, 31, 35, 39, 44, 49, sentence=1)
    assert not wrapped(100, 100, 100, 31, 35, 39, 44, 49, sentence=2)


@case("layout.lines._OPEN")
def three_tenths_of_the_full_lines_end_inside_a_sentence() -> None:
    assert wrapped(*[100] * 20, sentence=14)
    assert not wrapped(*[100] * 20, sentence=15)


def blanks_tell(tight: int, reaching: int, apart: int, reaching_apart: int) -> bool:
    """Whether blank lines mean something: some lines follow without one, more below one, some of either reach the
    measure.
    """
    widths = [100] * reaching + [9] * (tight - reaching) + [100] * reaching_apart + [9] * (apart - reaching_apart) + [9]
    blanks = [0] * (tight + 1) + [1] * apart
    lines = [Line(i, 0, 0, 0, width, blank, 0) for i, (width, blank) in enumerate(zip(widths, blanks, strict=True))]
    return _gaps(lines, [Measure(0, 100, True)] * len(lines))[1]  # type: ignore[arg-type]


@case("layout.lines._TIGHT")
def blank_lines_mean_something_if_a_tenth_of_the_lines_follow_without_one() -> None:
    assert blanks_tell(10, 10, 90, 0)
    assert not blanks_tell(9, 9, 91, 0)


@case("layout.lines._GOING_ON")
def two_fifths_of_the_lines_with_none_below_reach_the_measure() -> None:
    assert blanks_tell(20, 8, 80, 0)
    assert not blanks_tell(20, 7, 80, 0)


@case("layout.lines._PARTED")
def three_tenths_of_the_lines_above_a_blank_one_may_reach_the_measure() -> None:
    assert blanks_tell(20, 20, 80, 24)
    assert not blanks_tell(20, 20, 80, 25)


def aligned(text: str) -> bool:
    lines = lines_of(text)
    return one_sentence_each(lines.text, lines.lines, lines.ends, grammar(), TimeBudget())


@case("layout.line_ends._SEVERAL")
def lines_hold_a_sentence_each_if_no_more_than_one_in_seven_ends_inside() -> None:
    one, two = "The committee met.\n", "The committee met. It was long.\n"
    assert aligned(one * 86 + two * 14)
    assert not aligned(one * 84 + two * 16)


@case("layout.line_ends._LABEL")
def the_stop_of_a_number_at_the_start_of_a_line_ends_no_sentence() -> None:
    assert aligned("12345. The committee met.")
    assert not aligned("123456. The committee met.")


@case("layout.lines._MANY_WIDE")
def where_lines_are_whole_paragraphs_a_fifth_is_wider_than_any_page() -> None:
    def whole(*widths: int) -> bool:
        return _whole_paragraphs(rows(*widths), OTHER)  # type: ignore[arg-type]

    assert whole(*[131] * 5, *[90] * 15)
    assert not whole(*[131] * 4, *[90] * 16)


@case("layout.line_table._CUT")
def a_line_that_reaches_94_hundredths_of_the_measure_was_cut_there() -> None:
    lines = measured(words(93, 94))
    assert [lines.goes_on(0), lines.goes_on(1)] == [False, True]


@case("layout.types._NO_COVER")
def twelve_lines_are_read_where_no_cover_was_found() -> None:
    assert len(layout_of(words(*[9] * 30)).first_page().printed.splitlines()) == 12


@case("layout.types._MATTER")
def twelve_lines_of_page_matter_may_belong_to_the_cover() -> None:
    layout = layout_of(words(*[9] * 30), furniture(*range(1, 30)), cover_end=1)
    assert len(layout.first_page().printed.splitlines()) == 1 + 12


@case("layout.line_ends.TAIL")
def a_stop_is_looked_for_in_the_last_twelve_characters() -> None:
    from confparse.outline.headings import Words

    seen: list[int] = []

    class Counting(Words):
        def _matched(self, text: str) -> str:
            seen.append(len(text))
            return text

    Counting("en", grammar(), TimeBudget()).stops("a" * 500)
    assert set(seen) == {12}


@case("layout.cover_end._COVER")
def a_cover_has_120_lines_at_most() -> None:
    def end(before: int) -> int | None:
        return cover_end(lines_of(f"{words(*[9] * before)}\n1. The Board met.\n"), grammar(), TimeBudget())

    assert end(119) == 119
    assert end(120) is None


@case("layout.cover_end._SURE")
def a_label_of_seven_tenths_ends_a_cover_and_one_of_six_does_not() -> None:
    def first(text: str) -> list[int]:
        return list(_by_labels(lines_of(text), text, grammar(), TimeBudget()))

    assert first("Minutes\n1) Survey of the coast")
    assert not first("Minutes\n[1] The survey of the coast")


@case("layout.cover_end._NOTE")
def a_note_to_the_title_has_three_lines_below_its_star() -> None:
    lines = lines_of("* The annex is circulated as received\n" + words(*[9] * 9))
    assert _noted(lines, 3, grammar(), TimeBudget())
    assert not _noted(lines, 4, grammar(), TimeBudget())


@case("layout.cover_end._FULL")
def the_first_paragraph_goes_up_over_lines_of_nine_tenths_of_the_measure() -> None:
    below = f"A {word(98)}"
    assert _paragraph_start(measured(f"{word(90)}\n{below}"), 1) == 0
    assert _paragraph_start(measured(f"{word(89)}\n{below}"), 1) == 1


def table(*lines: str) -> _Reader:
    return _Reader(lines_of("\n".join(lines)), {}, grammar(), TimeBudget())


ENTRY = "Survey of the coast ........ 3"


@case("layout.contents._LOOK")
def a_table_goes_on_if_one_of_ten_lines_is_an_entry() -> None:
    assert table(*["words"] * 9, ENTRY)._goes_on(0)
    assert not table(*["words"] * 10, ENTRY)._goes_on(0)


@case("layout.contents._LONGEST")
def a_table_has_400_lines_at_most() -> None:
    assert len(table("CONTENTS", *[ENTRY] * 600).read(0)) == 400


@case("layout.contents._HEADING_LINES")
def a_heading_of_the_table_has_three_lines_at_most() -> None:
    assert len(list(table(*["words"] * 9)._headings_at(0))) == 3


@case("layout.contents._NEAR")
def the_lines_of_a_heading_are_among_ten() -> None:
    def count(matter: int) -> int:
        reader = table(*["words"] * 20)
        reader.claims = furniture(*range(1, matter + 1))
        return len(list(reader._headings_at(0)))

    assert count(9) == 1
    assert count(10) == 0


@case("layout.contents._TITLE_WITHIN")
def the_title_of_the_table_is_one_of_the_first_400_lines() -> None:
    def table_below(before: int) -> bool:
        text = "\n".join(["words"] * before + ["CONTENTS", ENTRY, "Minutes of the board ........ 7"])
        return contents(lines_of(text), {}, grammar(), TimeBudget()) is not None

    assert table_below(399)
    assert not table_below(400)


@case("layout.contents._ENTRY_LENGTH")
def an_entry_has_300_characters_at_most() -> None:
    reader = table(word(300), word(301))
    assert [reader._too_long(0), reader._too_long(1)] == [False, True]


@case("layout.contents._OPENING_LENGTH")
def the_first_words_of_the_body_are_on_a_line_of_more_than_forty_characters() -> None:
    def lines(opening: int) -> int:
        """The lines of a table with a line of some length that starts as the body does, and far below it another
        entry.
        """
        body = "Chapter II " + word(opening - 11)
        return len(table("CONTENTS", ENTRY, body, *["words"] * 12, "Minutes of the board ........ 7").read(0))

    assert lines(40) == 16
    assert lines(41) == 2


@case("layout.contents._ENTRIES")
def a_table_without_page_numbers_has_two_entries_at_least() -> None:
    assert table("CONTENTS", "Survey", "Minutes", "Survey", "Minutes").read(0)
    assert not table("CONTENTS", "Survey", "Survey").read(0)


def fused(*entries: str) -> list[int]:
    return table("CONTENTS", *entries, *["words"] * 9).read(0)


@case("layout.contents._FUSED")
def a_table_whose_page_numbers_ran_into_it_has_five_entries_at_least() -> None:
    assert len(fused(*(f"Survey{n}" for n in range(1, 6)))) == 6
    assert not fused(*(f"Survey{n}" for n in range(1, 5)))


@case("layout.contents._PLAIN")
def two_lines_without_a_number_are_part_of_such_a_table_and_three_are_not() -> None:
    entries = [f"Survey{n}" for n in range(1, 6)]
    assert len(fused(*entries, "words", "words", "Minutes9")) == 9
    assert len(fused(*entries, "words", "words", "words", "Minutes9")) == 6
