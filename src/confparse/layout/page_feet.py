"""Footnotes known by their place: at the foot of a page, with numbers that continue from page to page."""

from collections.abc import Container, Mapping

import msgspec

from confparse.layout.claims import is_rule_line
from confparse.layout.line_table import Line, Lines
from confparse.layout.note_openings import FOOT_LINES, Marks, Opening, foot_lines
from confparse.layout.note_seeker import Region
from confparse.layout.note_texts import filled, to_sentence_end
from confparse.layout.types import LineClaim, Note
from confparse.numerals import in_mark

_GAP = 2  # blank lines that part footnotes from text
_TEXT = 4  # lines below the notes of a page that are text again: more than a job number and what is beside it
_AHEAD = 3  # numbers may be missing between two notes that were found


class PageFeet:
    """Reads the notes of one page after another. `openings` are the lines that may open one, `marks` the numbers that
    are marks in the text, by page, `telling` the rules that know an opening by its own words.
    """

    def __init__(
        self,
        lines: Lines,
        claims: Mapping[int, LineClaim],
        openings: Mapping[int, Opening],
        marks: Marks,
        telling: Container[str],
    ) -> None:
        self._lines, self._claims, self._openings = lines, claims, openings
        self._marks, self._telling = marks, telling
        self._last = 0  # the number of the last note of the pages before

    def notes(self, page: int, within: range, region: Region | None) -> list[Note]:
        """The notes of the next page on its lines. `region` holds those all of whose marks were found, if any were."""
        first = self._first(page, within)
        if first is None:
            return []
        if self._openings[first].num is None and first < within.stop - foot_lines(len(within)):
            notice = self._notice(page, first)
            return [notice, *self.notes(page, range(notice.lines[-1] + 1, within.stop), region)]
        if (
            region is not None
            and _is_mark_of(self._openings[first], region)
            and region.starts[0].line in self._openings
        ):
            first = region.starts[0].line
        group = self._group(page, range(first, self._end(first, within)))
        numbers = [n for note in group if (n := in_mark(note.num)) is not None]
        self._last = max([self._last if group and numbers[:1] != [1] else 0, *numbers])
        return filled(group, self._lines, self._ended)

    def _end(self, first: int, within: range) -> int:
        """Where the notes of a page end: with it, or below a sentence where a blank line separates them from some lines
        of text, among which no other note opens.
        """
        if not self._lines.blanks_tell:
            return within.stop
        last = max(i for i in range(first, within.stop) if i in self._openings)
        below = (i for i in range(last + 1, within.stop - _TEXT) if self._lines.lines[i].blanks)
        return next((i for i in below if i - 1 in self._lines.ends.sentence), within.stop)

    def _notice(self, page: int, line: int) -> Note:
        """A note that its words alone make one, above the foot of its page: up to the end of a sentence."""
        start = self._openings[line]
        own = to_sentence_end(self._lines, self._claims, line)
        return Note(None, own, start.text_start, None, start.rule, (page, page))

    def _ended(self, line: Line) -> bool:
        return line.index in self._lines.ends.sentence or line.index in self._lines.ends.note

    def _first(self, page: int, within: range) -> int | None:
        """The line of a page where its notes begin: a number that continues from the last note, or starts again at one.

        A number alone proves little: its mark must be in the text above, or a rule line or blank lines above it and
        little below it, or the number of the page between it and its text. If it continues from one that opens a line
        further up, both are labels.
        """
        deep = within.stop - foot_lines(len(within))
        marked = self._marks.get(page, set()) | self._marks.get(page - 1, set())
        lowest = {n: i for i in within if i in self._openings and (n := in_mark(self._openings[i].num)) is not None}
        above: set[tuple[str, int]] = set()  # the rules and the numbers that open lines of words further up
        for i in range(self._below_rule(within), within.stop):
            if i not in self._openings:
                continue
            line, num, _, _, rule = self._openings[i]
            number = in_mark(num)
            if num is None or number is None:
                return i
            bare = line.end - line.start == len(num)
            if not bare:
                above.add((rule, number))
                if (rule, number - 1) in above:
                    continue
            followed = lowest.get(number + 1, -1) > i
            apart = i >= deep and (line.blanks >= _GAP or followed)
            likely = num in marked or self._tells(i, within) or is_rule_line(self._claims.get(i - 1))
            if number == 1:
                torn = (below := self._claims.get(i + 1)) is not None and not below.seam
                if i >= deep and (likely or line.blanks >= _GAP or (bare and (followed or torn))):
                    return i
            elif self._is_next(number):
                if likely or apart or (bare and i >= deep):
                    return i
            elif number > self._last and bare and apart:
                return i
        return None

    def _tells(self, line: int, within: range) -> bool:
        """Whether a line among the last of its page has the words of a note."""
        return line >= within.stop - FOOT_LINES and self._openings[line].rule in self._telling

    def _is_next(self, number: int) -> bool:
        return self._last < number <= self._last + _AHEAD

    def _below_rule(self, within: range) -> int:
        """The line of a page right below the last rule line over some text; its first line if there is none."""
        ruled = (i + 1 for i in within if is_rule_line(self._claims.get(i)))
        return max((i for i in ruled if i in within and i not in self._claims), default=within.start)

    def _group(self, page: int, within: range) -> list[Note]:
        """The notes on the lines from the first of them on."""
        group: list[Note] = []
        for i in within:
            if i in self._claims:
                continue
            start = self._openings.get(i)
            if start is not None and (i == within.start or not group or _opens(start.num, group, self._last)):
                group.append(Note(start.num, (i,), start.text_start, start.span, start.rule, (page, page)))
            elif group:
                group[-1] = msgspec.structs.replace(group[-1], lines=(*group[-1].lines, i))
        return group


def _is_mark_of(start: Opening, region: Region) -> bool:
    """Whether a number alone on a line is the mark of a note of a region below it, and opens none itself."""
    line, num, *_ = start
    bare = line.end - line.start == len(num or "")
    return bare and line.index < region.starts[0].line and in_mark(num) in {note.number for note in region.starts}


def _opens(num: str | None, group: list[Note], last: int) -> bool:
    """Whether a number may open the next note of a page: it continues by one or two from some note above.

    Under notes with stars alone it continues from the last number of the pages before, or starts again.
    """
    number = in_mark(num)
    if number is None:
        return True
    numbers = {n for note in group if (n := in_mark(note.num)) is not None} or {last, 0}
    return number not in numbers and any(number - 2 <= s < number for s in numbers)
