"""Numbers that decide what is a footnote."""

from confparse.layout.line_table import Line
from confparse.layout.note_marks import note_marks
from confparse.layout.note_numbers import NumberedLines, note_starts
from confparse.layout.note_openings import Opening, _marked
from confparse.layout.note_seeker import NoteSeeker, Region
from confparse.layout.page_feet import PageFeet
from confparse.layout.ruled_notes import ruled_notes
from confparse.layout.title_notes import title_notes
from confparse.layout.types import LineClaim, Note, NoteMarks, PageMatter
from confparse.rules.page_matter import NoteNumber, NoteRef
from confparse.rules.time_budget import TimeBudget
from number_cases.case import case, grammar, lines_of, words


def first(lines: int, at: int, blanks: int) -> int | None:
    """The first note of a page of some lines, whose only number is on one of them, below some blank lines."""
    opening = Opening(Line(at, 0, 40, 0, 40, blanks, 0), "1", 2, (0, 1), "some.rule")
    return PageFeet(lines_of(""), {}, {at: opening}, {}, ())._first(0, range(lines))


@case("layout.page_feet._AHEAD")
def two_notes_may_be_missing_between_two_that_were_found() -> None:
    feet = PageFeet(lines_of(""), {}, {}, {}, ())
    feet._last = 4
    assert feet._is_next(7)
    assert not feet._is_next(8)


@case("layout.page_feet._TEXT")
def five_lines_below_a_note_are_text_again() -> None:
    def end(below: int) -> int:
        """Where the notes of a page end whose only note is on its second line, with some lines below it."""
        lines = lines_of("\n".join(["The cable", "1 It was mended.", "", *["word"] * below]))
        opening = Opening(lines.lines[1], "1", 12, (10, 11), "some.rule")
        return PageFeet(lines, {}, {1: opening}, {}, ())._end(1, range(2 + below))

    assert end(5) == 2
    assert end(4) == 6


@case("layout.page_feet._GAP")
def two_blank_lines_part_notes_from_the_text() -> None:
    assert first(30, at=25, blanks=2) == 25
    assert first(30, at=25, blanks=1) is None


@case("layout.note_openings.FOOT_LINES")
def notes_are_among_the_last_fourteen_lines_of_a_page() -> None:
    assert first(30, at=16, blanks=2) == 16
    assert first(30, at=15, blanks=2) is None


@case("layout.note_openings._SHARE")
def notes_take_45_hundredths_of_a_long_page_at_most() -> None:
    assert first(100, at=55, blanks=2) == 55
    assert first(100, at=54, blanks=2) is None


@case("layout.note_openings._LAST")
def a_starred_note_of_an_earlier_page_is_in_the_last_three_lines() -> None:
    def marked(after: int) -> bool:
        """Whether a note on the second page counts, with some lines after it, whose mark is on the first."""
        lines = lines_of("\n".join(["The cable failed.*", "* It was mended.", *["word"] * after]))
        return _marked("*", lines.lines[1], {0: {"*"}}, [0, *[1] * (after + 1)])

    assert marked(after=2)
    assert not marked(after=3)


def seeker(text: str, marks: NoteMarks | None = None) -> NoteSeeker:
    return NoteSeeker(lines_of(text), PageMatter({}, 0, True, ()), {}, marks or NoteMarks(text), grammar())


def foot(lines: int, formal: bool) -> int:
    """How many notes are found at the foot of a page, of one that is so many lines long."""
    rule = next(rule for rule in grammar().of(NoteNumber) if rule.formal == formal)
    starts = NumberedLines(rule.id, lines_of("1").text)
    starts.add(0, (0, 1), (0, 1))
    return len(seeker(words(*[9] * lines)).foot(starts, range(lines)))


@case("layout.note_seeker._LONGEST")
def a_note_has_twelve_lines_at_most() -> None:
    assert foot(12, formal=False) == 1
    assert foot(13, formal=False) == 0


@case("layout.note_seeker._LONGEST_FORMAL")
def a_note_whose_number_is_that_of_a_note_for_sure_has_forty_lines_at_most() -> None:
    assert foot(40, formal=True) == 1
    assert foot(41, formal=True) == 0


def certain(*notes: str, blanks: int = 0) -> bool:
    """Whether what is below a line with the marks of some notes is known to be these notes."""
    own = region(*notes, blanks=blanks)
    return own is not None and own.certain


def region(*notes: str, blanks: int = 0, rule_id: str = "note_number.plain", page: int | None = 0) -> Region | None:
    """The notes below a line with the marks of all of them, each a text of some lines, the first below blank lines."""
    above = "".join(f" word{n}" for n in range(1, len(notes) + 1)).strip()
    text = above + "\n" * (1 + blanks) + "\n".join(f"{n} {note}" for n, note in enumerate(notes, 1))
    rule = next(rule for rule in grammar().of(NoteRef) if not rule.formal)
    marks, starts = NoteMarks(text), NumberedLines(rule_id, lines_of(text).text)
    lines = lines_of(text)
    at = 1
    for n, note in enumerate(notes, 1):
        mark = text.index(f"word{n}") + len("word")
        marks.add(0, (mark, mark + 1), (mark, mark + 1), rule)
        start = lines.lines.starts[at]
        starts.add(at, (start, start + 1), (start, start + 1))
        at += 1 + note.count("\n")
    return seeker(text, marks).region(list(starts), range(len(lines.lines)), page)


@case("layout.note_seeker._ONE")
def a_single_note_that_a_blank_line_parts_from_the_text_has_three_lines_at_most() -> None:
    assert certain("See the\nannex to\nthe report.", blanks=1)
    assert not certain("See the\nannex to\nthe whole\nreport.", blanks=1)


@case("layout.note_seeker._MANY")
def two_notes_in_a_row_are_believed_without_a_blank_line() -> None:
    assert certain("See the annex.", "See the report.")
    assert not certain("See the annex.")


@case("layout.note_seeker.COUNTED")
def three_notes_at_the_end_are_believed_whose_numbers_look_like_those_of_items() -> None:
    def counted(count: int) -> bool:
        own = region(*["See the annex."] * count, rule_id="note_number.stopped", page=None)
        return own is not None and own.certain

    assert counted(3)
    assert not counted(2)


def titled(*below: str) -> list[Note]:
    """The notes to the title of a paper of two lines of text, with some lines below them."""
    text = "\n".join(["Report of the Pier Board*", "1. The Board met.", *below])
    return list(title_notes(lines_of(text), PageMatter({}, 1, True, ()), {}, grammar(), TimeBudget()))


@case("layout.title_notes._BELOW")
def a_note_to_the_title_opens_among_twenty_lines_below_the_cover() -> None:
    assert len(titled(*["words"] * 18, "* Adopted in May.")) == 1
    assert not titled(*["words"] * 19, "* Adopted in May.")


@case("layout.note_texts._LONGEST")
def a_note_to_the_title_has_eight_lines_at_most() -> None:
    assert len(titled("* Adopted in", *["words"] * 12)[0].lines) == 8


def ruled(above: int) -> list[Note]:
    """The notes below the rule line of a text, whose mark is so many lines above that line."""
    text = "\n".join(["The cable failed.[1]", *["words"] * (above - 1), "_____", "[1] It was mended."])
    lines, budget = lines_of(text), TimeBudget()
    claims = {above: LineClaim("furniture", "rule_line", "some.rule")}
    starts = note_starts(lines, claims, grammar(), budget)
    marks = note_marks(lines, grammar(), budget)
    return list(ruled_notes(lines, PageMatter({}, 0, True, ()), claims, marks, starts))


@case("layout.ruled_notes._PAGE")
def the_mark_of_a_note_is_among_eighty_lines_above_its_rule_line() -> None:
    assert len(ruled(80)) == 1
    assert not ruled(81)
