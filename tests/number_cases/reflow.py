"""Numbers that decide how lines are put together."""

from types import SimpleNamespace
from typing import Any

import msgspec

from confparse.labels.types import PartStart, SeriesLabel
from confparse.layout.line_table import Line
from confparse.reflow.blocks import _only_number
from confparse.reflow.evidence import _end, _head, _of_break, bits
from confparse.reflow.headings import _unlabelled, before_label, over_prose
from confparse.reflow.hyphens import Hyphens
from confparse.reflow.types import Segment
from confparse.reflow.word_list import is_far_more_frequent
from confparse.rules.joined_texts import IndexSet
from confparse.rules.line_breaks import Evidence
from confparse.rules.time_budget import TimeBudget
from number_cases.case import case, grammar, label, lines_of, measured, rows, word, words


def segment(line: Line, size: int = 9, own: SeriesLabel | None = None) -> Segment:
    return Segment(line, 0, size, own, None, None, False, False, False, ((0, size),))


def divides(text: str) -> bool:
    """Whether a dump divides words at line ends."""
    return Hyphens(lines_of(text).text, grammar(), TimeBudget())._divides_many()


def cut(count: int, whole: int) -> str:
    """Words cut at line ends, of which some are whole elsewhere; their halves are words as well."""
    halves = [(f"sun{chr(97 + i)}", f"rise{chr(97 + i)}") for i in range(count)]
    known = [half for pair in halves for half in pair] + [left + right for left, right in halves[:whole]]
    return "\n".join([f"{left}-\n{right} it" for left, right in halves] + [" ".join(known)] * 2)


@case("reflow.hyphens._TORN")
def three_words_whose_halves_are_no_words_show_that_the_dump_divides() -> None:
    assert divides("suna-\nrisea it\nsunb-\nriseb it\nsunc-\nrisec it")
    assert not divides("suna-\nrisea it\nsunb-\nriseb it")


@case("reflow.hyphens._MANY")
def four_cut_words_show_a_habit() -> None:
    assert divides(cut(4, whole=2))
    assert not divides(cut(3, whole=2))


@case("reflow.hyphens._WHOLE")
def three_tenths_of_the_cut_words_are_whole_elsewhere() -> None:
    assert divides(cut(20, whole=6))
    assert not divides(cut(20, whole=5))


@case("reflow.evidence._TAIL")
def a_pattern_sees_forty_characters_of_the_line_above() -> None:
    assert len(_end(segment(rows(90)[0], 90), "x" * 90)) == 40


@case("reflow.evidence._HEAD")
def a_pattern_sees_48_characters_of_the_line_below() -> None:
    assert len(_head(segment(rows(90)[0], 90), "x" * 90)) == 48


def known(name: Evidence, right: int, indent: int = 0) -> bool:
    """Whether something is known at the break below a line that ends at a column, of a measure of 100 columns."""
    above, below = Line(0, 0, 0, indent, right, 0, 0), Line(1, 0, 0, indent, 9, 0, 0)
    lines = measured(words(9, 9))
    return bool(_of_break(lines, segment(above), segment(below), 0) & bits(name))


@case("reflow.evidence._FULL")
def a_full_line_reaches_97_hundredths_of_the_measure() -> None:
    assert known("full", 97)
    assert not known("full", 96)


@case("reflow.evidence._LOOSE")
def a_line_has_room_for_a_word_that_would_not_reach_95_hundredths() -> None:
    assert known("loose", 93)
    assert not known("loose", 94)


@case("reflow.evidence._SHORT")
def a_short_line_and_the_word_below_do_not_reach_eight_tenths() -> None:
    assert known("short", 78)
    assert not known("short", 79)


@case("reflow.evidence._BRIEF")
def a_line_that_reaches_half_of_the_measure_may_hold_more_than_a_name() -> None:
    assert known("brief", 49)
    assert not known("brief", 50)


@case("reflow.evidence._SET_RIGHT")
def lines_that_begin_beyond_two_fifths_of_the_measure_are_set_at_its_right() -> None:
    assert known("brief", 75, indent=41)
    assert not known("brief", 75, indent=40)


@case("reflow.evidence._LONG")
def a_line_of_sixty_columns_is_long() -> None:
    assert known("long", 60)
    assert not known("long", 59)


@case("reflow.headings._LONGEST")
def a_heading_has_200_characters_at_most() -> None:
    line = rows(9)[0]
    assert _unlabelled(segment(line, 200), "x" * 200)
    assert not _unlabelled(segment(line, 201), "x" * 201)


@case("reflow.headings._HEAD_LINES")
def a_heading_before_a_label_has_three_lines_at_most() -> None:
    segments = [segment(line) for line in rows(*[9] * 9)] + [segment(rows(9)[0], own=label("paragraph"))]
    assert list(before_label(segments, IndexSet(range(9)))) == [6, 7, 8]


def heads(right: int, wrapped: bool) -> bool:
    """Whether a line that ends at a column may be a heading over prose."""
    lines = measured(words(right, 90)) if wrapped else lines_of(f"{word(right)}\n{word(131)}")
    series: Any = SimpleNamespace(numbered=False, layout=SimpleNamespace(lines=lines))
    return 0 in over_prose(series, [segment(line) for line in lines.lines], IndexSet([0]))


@case("reflow.headings._SHORT_HEADING")
def a_heading_over_prose_has_67_columns_where_lines_are_cut_at_no_measure() -> None:
    assert heads(67, wrapped=False)
    assert not heads(68, wrapped=False)


@case("reflow.headings._SHORT_HEADING_SHARE")
def a_heading_over_prose_reaches_three_quarters_of_the_measure() -> None:
    assert heads(75, wrapped=True)
    assert not heads(76, wrapped=True)


@case("reflow.blocks._MARK")
def a_mark_after_the_number_of_a_part_has_two_characters_at_most() -> None:
    def alone(length: int) -> bool:
        part = PartStart(0, 0, "attachment", None, "Annex", 5, True, "part_start.annex")
        return _only_number(msgspec.structs.replace(segment(rows(90)[0], 5 + length), part_start=part))

    assert alone(2)
    assert not alone(3)


@case("reflow.word_list._FAR")
def a_word_is_far_commoner_than_its_end_from_four_times_on() -> None:
    assert is_far_more_frequent("request", "quest")
    assert not is_far_more_frequent("deliver", "liver")
