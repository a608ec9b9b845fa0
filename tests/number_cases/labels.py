"""Numbers that decide which numbers are labels."""

import msgspec

from confparse.labels import weights as w
from confparse.labels.candidates import _headingish, _sentence, _short, _text_of, candidates
from confparse.labels.heading_text import is_short, may_be_heading
from confparse.labels.main_series import _heads, _is_all_the_body, _through_the_paper, numbering
from confparse.labels.members import Member, members_of
from confparse.labels.members import runs as runs_of
from confparse.labels.note_refs import note_refs
from confparse.labels.part_starts import PromisedHeadings
from confparse.labels.paths import Open
from confparse.labels.readings import Read, late_starts, readings
from confparse.labels.series import State, _as_paragraph, _options, _pruned, _steps
from confparse.labels.types import Candidate, Numbering, Series
from confparse.layout.types import Contents, LineClaim, NoteMark, PageLayout
from confparse.rules.joined_texts import IndexSet
from confparse.rules.time_budget import TimeBudget
from number_cases.case import candidate, case, grammar, label, label_rule, layout_of, measured, word, words


def paragraph(after: int | None, number: int, weight: float = 1.0) -> float:
    """What a label is worth as the paragraph of a number, after that of another or as the first; 0 if it can be
    none.
    """
    rule = msgspec.structs.replace(label_rule("label.arabic"), weight=weight)
    style = Numbering((rule.style, "arabic"), frozenset(), frozenset(), "subparagraph", False, False, ())
    read = next(r for r in readings(candidate(rule, str(number)), style, {}) if r.reading.element == "paragraph")
    lists = () if after is None else (Open(rule.style, "arabic", after),)
    return next((gain for gain, _, _ in _as_paragraph(State(0.0, (), lists, None), read)), 0)


UNNUMBERED = Numbering(None, frozenset(), frozenset(), "subparagraph", False, False, ())


def found(text: str) -> list[Candidate]:
    return list(candidates(layout_of(text), grammar(), TimeBudget()))


def worth(state: State, read: Read, promised: bool = False) -> State:
    """The state after a label, whose score is what the label is worth."""
    return _options(state, read, promised)[0]


@case("labels.candidates._LABELS")
def five_labels_may_be_set_below_each_other_before_their_texts() -> None:
    assert _text_of(0, IndexSet(range(9)), layout_of(words(*[9] * 12))) == 5


@case("labels.candidates._SENTENCE")
def a_sentence_may_end_twelve_lines_below_its_label() -> None:
    def ends_at(line: int) -> bool:
        layout = layout_of("\n".join(word(60) + "." * (i == line) for i in range(20)))
        return _sentence(layout, 0, layout.lines.ends, IndexSet())

    assert ends_at(12)
    assert not ends_at(13)


@case("labels.weights.SHORT_LINE")
def a_line_of_less_than_60_hundredths_of_the_measure_is_short() -> None:
    lines = measured(words(59, 60))
    assert [_short(lines, 0), _short(lines, 1)] == [True, False]


@case("labels.weights.FULL_LINE")
def a_title_that_reaches_98_hundredths_of_the_right_edge_may_go_on() -> None:
    lines = measured(words(97, 98))
    assert [_headingish(lines, lines.lines[i], i, lines.ends) for i in (0, 1)] == [1.0, w.AS_FULL_LINE]


@case("labels.weights.UNDER_SHORT_LINE")
def a_label_under_a_short_line_is_worth_a_little_less_than_one_below_a_stop() -> None:
    (label,) = [c for c in found(f"The survey\n1. {word(60)}\n{words(*[90] * 9)}") if c.line == 1]
    assert 0.7 < label.gain < 0.9


@case("labels.weights.UNDER_FULL_LINE")
def a_number_under_a_full_line_opens_no_series_by_itself() -> None:
    (label,) = [c for c in found(f"{word(90)}\n1. {word(60)}\n{words(*[90] * 9)}") if c.line == 1]
    assert 0.25 < label.gain < w.FIRST


@case("labels.weights.AS_SENTENCE")
def three_sentences_open_no_series_of_headings_and_four_do() -> None:
    sentence, _ = found(f"1. The Board met.\n2. {word(9)}")
    assert 3 * sentence.headingish < w.FIRST < 4 * sentence.headingish


@case("labels.weights.AS_FULL_LINE")
def a_full_line_may_be_a_heading_and_gains_a_fifth_less() -> None:
    lines = measured(word(100))
    assert w.HEADING <= _headingish(lines, lines.lines[0], 0, lines.ends) < w.UNDER_SHORT_LINE


@case("labels.weights.SKIPPED_NUMBERS")
def two_numbers_of_a_list_may_be_left_out() -> None:
    def depths(n: int) -> list[int]:
        return [depth for _, _, depth in _steps((Open("x", "arabic", 1),), Open("x", "arabic", n), 1.0, 0, False)]

    assert depths(4) == [0]
    assert depths(5) == []


@case("labels.weights.EARLY_NUMBERS")
@case("labels.weights.EARLY")
def a_series_may_open_with_its_third_number_whose_first_two_were_lost() -> None:
    def price(n: int) -> float:
        return 1.0 - _steps((), Open("x", "arabic", n), 1.0, 0, False)[0][0]

    assert w.UNDER_SHORT_LINE < price(3) < w.EXCERPT < price(4)


@case("labels.weights.DEEPEST")
def eight_series_are_open_at_once_at_most() -> None:
    def open_beside(count: int) -> int:
        stack = tuple(Open(str(i), "arabic", 1) for i in range(count))
        return len(_steps(stack, Open("x", "arabic", 1), 1.0, 0, False))

    assert open_beside(7) == 1
    assert open_beside(8) == 0


@case("labels.weights.BEAM")
def eight_readings_are_kept() -> None:
    assert len(_pruned([State(0.0, (Open("x", "arabic", i),), (), None) for i in range(20)])) == 8


@case("labels.weights.GAP_NUMBERS")
def twelve_numbers_on_a_paragraph_may_follow() -> None:
    assert paragraph(after=1, number=13)
    assert not paragraph(after=1, number=14)


@case("labels.weights.GAP")
@case("labels.weights.GAP_EACH")
def a_paragraph_pays_for_five_numbers_left_out_before_it_and_not_for_six() -> None:
    assert paragraph(after=1, number=7) > 0 > paragraph(after=1, number=8)


@case("labels.weights.GOES_ON")
def of_two_like_readings_the_next_paragraph_wins_by_a_fiftieth() -> None:
    assert 1.016 < paragraph(after=1, number=2) < 1.025


@case("labels.weights.LATE")
def a_first_paragraph_that_is_not_one_loses_half_of_its_worth() -> None:
    assert 0.4 < paragraph(after=None, number=2) < 0.6


@case("labels.weights.LATEST")
def a_first_paragraph_that_may_be_a_year_is_worth_next_to_nothing() -> None:
    assert 0 < paragraph(after=None, number=2014) < 0.2


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
    gain = _steps((Open("x", "arabic", 4),), Open("x", "arabic", 1), 1.0, 0, False)[0][0]
    assert -0.4 < gain < 0


@case("labels.weights.SKIPS")
def a_list_may_leave_numbers_out_for_less_than_its_label_gains() -> None:
    gain = _steps((Open("x", "arabic", 1),), Open("x", "arabic", 3), 1.0, 0, False)[0][0]
    assert 0.2 < gain < 0.4


@case("labels.weights.FIRST")
def a_label_of_little_weight_opens_a_series_only_if_the_next_follows() -> None:
    (first,) = _steps((), Open("x", "arabic", 1), 0.3, 0, False)
    assert -0.1 < first[0] < 0
    assert _steps(first[1], Open("x", "arabic", 2), 0.3, 0, False)[0][0] == 0.3


@case("labels.weights.FIRST_BULLET")
def a_series_of_bullets_opens_for_a_third_of_the_price() -> None:
    price = 1.0 - _steps((), Open("x", "bullet", 1), 1.0, 0, False)[0][0]
    assert w.FIRST / 4 < price < w.FIRST / 3


@case("labels.weights.PROMISED")
def a_promised_heading_that_opens_its_series_loses_to_the_next_paragraph_and_wins_under_a_short_line() -> None:
    rule = label_rule("label.arabic")
    reading = next(reading for reading in rule.reads if reading.element == "division")
    read = Read(candidate(rule), reading, "x", "", 1, False, 9.0, 1.0, True, False)
    opened = worth(State(0.0, (), (), None), read, promised=True).score
    assert w.UNDER_SHORT_LINE < opened < paragraph(after=1, number=2)


@case("labels.weights.NOT_UNDER")
def a_list_of_decimals_under_no_such_number_needs_two_labels() -> None:
    rule = label_rule("label.dotted")
    reading = next(reading for reading in rule.reads if reading.element == "subparagraph")
    state = State(0.0, (), (Open("y", "arabic", 1),), None)
    scores = []
    for n in (1, 2):
        state = worth(state, Read(candidate(rule, f"7.{n}"), reading, "1.17.", "7", n, False, 9.0, 1.0, True, False))
        scores.append(state.score)
    assert scores[0] < 0 < scores[1]


@case("labels.weights.EXCERPT")
def a_series_that_starts_late_pays_for_itself_with_its_second_heading() -> None:
    rule = label_rule("label.capital")
    prices = late_starts([candidate(rule, "IV", 5), candidate(rule, "V", 9)], layout_of(words(*[9] * 12)), UNNUMBERED)
    assert 1 < prices["A.", "upperroman", 4] < 2 * w.AS_FULL_LINE


@case("labels.weights.EXCERPT_AT_TOP")
def a_late_number_that_opens_the_text_costs_less_than_its_heading_gains_on_a_full_line() -> None:
    rule = label_rule("label.capital")
    prices = late_starts([candidate(rule, "IV")], layout_of(words(9, 9)), UNNUMBERED)
    assert w.TRUSTED < prices["A.", "upperroman", 4] < 0.6


@case("labels.weights.TRUSTED")
def a_label_of_less_weight_than_two_fifths_tells_nothing_of_how_the_paper_numbers() -> None:
    def style(weight: float) -> str | None:
        """The style of the paragraphs, of few labels of full weight and more of another weight."""
        sure = msgspec.structs.replace(label_rule("label.arabic"), style="sure")
        other = msgspec.structs.replace(sure, id="other", style="other", weight=weight)
        own = [candidate(sure, str(n), n) for n in (1, 2)] + [candidate(other, str(n), 5 * n) for n in range(1, 9)]
        key = numbering(own, layout_of(words(*[90] * 80))).paragraphs  # too long to be numbered through
        return key[0] if key else None

    assert style(0.4) == "other"
    assert style(0.39) == "sure"


@case("labels.weights.HEADING")
def what_looks_like_a_heading_by_seven_tenths_may_be_one() -> None:
    rule, layout = label_rule("label.arabic"), layout_of(words(9, 90))
    assert may_be_heading(candidate(rule, headingish=0.7), layout)
    assert not may_be_heading(candidate(rule, headingish=0.69), layout)


@case("labels.weights.HEADING_WIDTH")
def a_heading_over_text_reaches_three_quarters_of_the_measure_at_most() -> None:
    layout = PageLayout(measured(words(75, 76)), {}, (), None, 0, True, ())
    assert [is_short(i, layout) for i in (0, 1)] == [True, False]


@case("labels.weights.MOSTLY")
def six_headings_of_ten_labels_make_a_series_one_of_headings() -> None:
    def heads(count: int) -> bool:
        rule, layout = label_rule("label.arabic"), layout_of(words(*[9, 90] * 15))
        own = [candidate(rule, str(n), 2 * n, headingish=1.0 if n < count else 0.1) for n in range(10)]
        return _heads([Member(c, 1, 0) for c in own], IndexSet(c.line for c in own), layout)

    assert heads(6)
    assert not heads(5)


@case("labels.weights.RUN")
def six_bare_numbers_that_count_through_a_paper_number_its_paragraphs() -> None:
    def number(count: int) -> bool:
        rule, layout = label_rule("label.bare"), layout_of(words(*[9] * 20))
        own = [candidate(rule, str(n), 20 * n // count) for n in range(1, count + 1)]
        return _through_the_paper(members_of(own, lambda *_: True), (), own, layout)[0] is not None

    assert number(6)
    assert not number(5)


@case("labels.weights.LONG_RUN")
def twelve_counting_words_in_brackets_through_a_paper_number_its_paragraphs() -> None:
    def number(count: int) -> bool:
        rule, layout = label_rule("label.chinese_in_brackets"), layout_of(words(*[9] * 20))
        nums = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"][:count]
        own = [candidate(rule, num, 20 * n // count, headingish=0.1) for n, num in enumerate(nums)]
        return _through_the_paper(members_of(own, lambda *_: True), (), own, layout)[0] is not None

    assert number(12)
    assert not number(11)


@case("labels.weights.FEW")
def three_announced_items_that_are_all_of_the_body_number_its_paragraphs() -> None:
    def number(count: int) -> bool:
        rule, layout = label_rule("label.chinese"), layout_of("\n".join([word(9) + "."] * 20))
        own = [candidate(rule, num, 18 * n // (count - 1), headingish=0.1) for n, num in enumerate("一二三"[:count])]
        return _is_all_the_body([Member(c, n, n) for n, c in enumerate(own, 1)], layout)

    assert number(3)
    assert not number(2)


@case("labels.weights.NUMBERED")
def numbered_paragraphs_over_three_tenths_of_the_body_make_a_numbered_paper() -> None:
    def numbered(last: int) -> bool:
        labels = [msgspec.structs.replace(label("paragraph"), line=line) for line in (0, last)]
        return Series(layout_of(words(*[9] * 100)), labels, {}, {}, ()).numbered

    assert numbered(15)
    assert not numbered(14)


@case("labels.weights.RUN_GAP")
def two_numbers_may_be_missing_in_a_run_of_labels() -> None:
    def runs(*numbers: int) -> int:
        return len(list(runs_of([Member(None, n, 0) for n in numbers])))  # type: ignore[arg-type]

    assert runs(1, 4) == 1
    assert runs(1, 5) == 2


def marks(*numbers: int) -> list[int]:
    """The lines of the marks that count, of marks with some numbers, each on a line of its own."""
    layout = layout_of(words(*[9] * len(numbers)))
    starts = layout.lines.lines.starts
    own = [NoteMark(i, starts[i] + 1, starts[i] + 2, str(n), "some.rule", False) for i, n in enumerate(numbers)]
    return [layout.lines.at(ref.start) for ref in note_refs(msgspec.structs.replace(layout, marks=own), (), ())]


@case("labels.weights.THROUGH")
def a_count_of_three_quarters_of_all_labels_is_not_made_anew() -> None:
    def anew(under_last: int) -> bool:
        """Whether paragraphs are numbered anew, three under one heading and some under the next."""
        parts = [f"{n}. The Board heard the report of the piers." for n in (1, 2, 3)]
        parts += [f"{n}. The Board heard the report of the boats." for n in range(1, under_last + 1)]
        text = "\n".join(["I. Piers", *parts[:3], "II. Boats", *parts[3:]])
        return 5 in numbering(found(text), layout_of(text)).anew

    assert anew(8)
    assert not anew(9)


@case("labels.note_refs._SKIP")
def two_marks_may_have_been_lost_between_two() -> None:
    assert marks(1, 4) == [0, 1]
    assert marks(1, 5) == [0]


@case("labels.note_refs._FIRST")
def the_first_mark_of_an_excerpt_is_nine_at_most() -> None:
    assert marks(9) == [0]
    assert marks(10) == []


@case("labels.part_starts._REACH")
def the_lines_of_a_promised_heading_are_among_eight() -> None:
    def last(between: int) -> int:
        """The last line of a heading with some lines of notes inside."""
        layout = layout_of("\n".join(["Fishing"] + ["note"] * between + ["grounds"]))
        claims = {i: LineClaim("note", "1", "some.rule") for i in range(1, between + 1)}
        promised = Contents((), {"fishinggrounds": ""}, (), "some.rule")
        heading = PromisedHeadings(msgspec.structs.replace(layout, claims=claims, contents=promised)).starting(
            "Fishing", 0
        )
        return heading.last if heading else -1

    assert last(6) == 7
    assert last(7) == -1
