"""Footnotes at the foot of a page: found from their numbers, which run on from page to page, and their marks in the text."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping

import msgspec

from confparse.layout.types import Line, LineClaim, Lines, Note
from confparse.numerals import in_mark
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget
from confparse.rules.structure import NoteRef, NoteStart, Stop

_GAP = 2  # blank lines that part footnotes from text
_FEW, _SHARE = 14, 0.45  # footnotes take at most so many lines, or this share of a page
_AHEAD = 3  # numbers may be missing between two notes that were found
Marks = Mapping[int, set[str]]  # by page
Start = tuple[
    Line, str | None, int, tuple[int, int] | None, str
]  # line, num, offset of the text, span of the num, rule


def _marks(lines: Lines, grammar: Grammar, budget: TimeBudget) -> Marks:
    """The numbers that stand as marks in the text, by page."""
    starts = [line.start for line in lines.lines]
    pages = [line.page for line in lines.lines]

    out: dict[int, set[str]] = {}
    for rule in grammar.of(NoteRef):
        for match in grammar.matcher(rule).scan(lines.text.match, budget):
            i = bisect_right(starts, match.start("num")) - 1
            if i >= 0 and match.start("num") > lines.lines[i].start:
                out.setdefault(pages[i], set()).add(match["num"])
    return out


def _starts(
    lines: Lines, claims: Mapping[int, LineClaim], cover_end: int, marks: Marks, grammar: Grammar, budget: TimeBudget
) -> dict[int, Start]:
    """Lines that look like the start of a footnote, by index."""
    by_start = {line.start: line for line in lines.lines}
    out: dict[int, Start] = {}
    for rule in grammar.of(NoteStart):
        for match in grammar.matcher(rule).scan(lines.text.match, budget):
            lead = len(match[0]) - len(match[0].lstrip())
            line = by_start.get(match.start() + lead)
            if line is None or line.index in claims or line.index in out:
                continue
            num = match.groupdict().get("num")
            if rule.after == "rule_line":
                above = claims.get(line.index - 1)
                if above is None or above.name != "rule_line":
                    continue
            if rule.after == "title" and not _entitled(num, line, lines, cover_end):
                continue
            if rule.after == "mark" and not (num in marks.get(line.page, ()) and _at_foot(line, lines)):
                continue
            span = match.span("num") if num else None
            out[line.index] = (line, num, span[1] if span else line.start, span, rule.id)
    return out


def _at_foot(line: Line, lines: Lines) -> bool:
    below = lines.lines[line.index + 1 : line.index + 1 + _FEW]
    return len(below) < _FEW or below[-1].page != line.page


def _entitled(num: str | None, line: Line, lines: Lines, cover_end: int) -> bool:
    """Whether a line of the first page stands under one that ends with its mark."""
    if not num or line.index >= cover_end:
        return False
    titles = lines.lines[: line.index]
    return any(lines.matched(title).endswith(num) and title.end > title.start + len(num) for title in titles)


def _page_ends(lines: Lines, claims: Mapping[int, LineClaim]) -> Iterator[tuple[int, int]]:
    """Pages as [first, last) indexes: at form feeds, else at running heads; none where a dump has no pages."""
    count = len(lines.lines)
    cuts = [b.index for a, b in zip(lines.lines, lines.lines[1:], strict=False) if a.page != b.page]
    if not cuts:
        cuts = sorted(i for i, c in claims.items() if c.name == "running_head" and i > 0)
    if cuts:
        yield from zip([0, *cuts], [*cuts, count], strict=True)


def _is_next(number: int, last: int) -> bool:
    return last < number <= last + _AHEAD


def _first(
    page: range, starts: dict[int, Start], claims: Mapping[int, LineClaim], last: int, marked: set[str], telling: set[int]
) -> int | None:  # fmt: skip
    """The line of a page where its notes begin: a number that goes on from the last note, or starts again at one.

    A number alone proves little: its mark must stand in the text above, or blank lines above it and little below it, or
    the number of the page between it and its text. `telling` are lines at the foot whose own words are those of a note.
    """
    deep = page.stop - max(_FEW, int(len(page) * _SHARE))
    lowest: dict[int, int] = {}  # the last line of the page that starts with a number
    for i in page:
        if i in starts and (n := in_mark(starts[i][1])) is not None:
            lowest[n] = i
    for i in page:
        if i not in starts:
            continue
        line, num, *_ = starts[i]
        number = in_mark(num)
        if num is None or number is None:
            return i
        bare = line.end - line.start == len(num)
        followed = lowest.get(number + 1, -1) > i
        apart = i >= deep and (line.blanks >= _GAP or followed)
        likely = num in marked or i in telling
        if number == 1:
            torn = (below := claims.get(i + 1)) is not None and not below.seam
            if i >= deep and (likely or line.blanks >= _GAP or (bare and (followed or torn))):
                return i
        elif (_is_next(number, last) and (likely or apart or (bare and i >= deep))) or (
            number > last and bare and apart
        ):
            return i
    return None


def notes(
    lines: Lines, claims: Mapping[int, LineClaim], cover_end: int, grammar: Grammar, budget: TimeBudget
) -> tuple[Note, ...]:
    """The footnotes of all pages, each with its lines."""
    marks = _marks(lines, grammar, budget)
    starts = _starts(lines, claims, cover_end, marks, grammar, budget)
    sure = {rule.id for rule in grammar.of(NoteStart) if rule.after == "anything"}
    stops = [grammar.matcher(rule) for rule in grammar.of(Stop) if rule.strength in ("sentence", "note")]

    def ended(line: Line) -> bool:
        return any(matcher.search(lines.matched(line), budget) for matcher in stops)

    found: list[Note] = []
    last = 0
    for low, high in _page_ends(lines, claims):
        pages = {lines.lines[i].page for i in range(low, high)}
        marked = set().union(*(marks.get(p, set()) for p in pages | {min(pages) - 1})) if pages else set()
        telling = {i for i in range(max(low, high - _FEW), high) if i in starts and starts[i][4] in sure}
        first = _first(range(low, high), starts, claims, last, marked, telling)
        if first is None:
            continue
        group: list[Note] = []
        for i in range(first, high):
            if i in claims:
                continue
            start = starts.get(i)
            opens = start is not None and (i == first or not group or _opens(start[1], group, last))
            if opens and start is not None:
                group.append(Note(start[1], (i,), start[2], start[3], start[4]))
            elif group:
                group[-1] = msgspec.structs.replace(group[-1], lines=(*group[-1].lines, i))
        found += _filled(group, lines, ended)
        numbers = [n for note in group if (n := in_mark(note.num)) is not None]
        last = max([last if group and numbers[:1] != [1] else 0, *numbers])
    return tuple(found)


def _filled(group: list[Note], lines: Lines, ended: Callable[[Line], bool]) -> list[Note]:
    """Notes whose numbers were printed in a column, their texts after the last: each number gets a text, in order.

    A number that finds no text is left out: it stays where it is as a mark.
    """
    out: list[Note] = []
    waiting: list[Note] = []
    for note in group:
        texts = _texts(note, lines)
        if not texts:
            waiting.append(note)
            continue
        beside = note.num_span is not None and lines.lines[note.lines[0]].end > note.text_start
        owners = [note] if beside else [*waiting, note]  # a text beside its number is that of no other
        shares = _shares(texts, ended, len(owners))
        out += [_given(*given) for given in zip(owners[len(owners) - len(shares) :], shares, strict=True)]
        waiting = owners[: len(owners) - len(shares)]
    return _late(out, waiting, lines, ended)


def _late(notes: list[Note], numbers: list[Note], lines: Lines, ended: Callable[[Line], bool]) -> list[Note]:
    """Notes whose numbers were printed below all others, and their texts under those of the numbers before."""
    late = {in_mark(note.num): note for note in numbers}
    out: list[Note] = []
    for note in notes:
        owners = [note]
        while (number := in_mark(owners[-1].num)) is not None and number + 1 in late:
            owners.append(late.pop(number + 1))
        shares = _shares(_texts(note, lines), ended, len(owners)) if len(owners) > 1 else []
        out += [_given(*given) for given in zip(owners, shares, strict=False)] or [note]
    return out


def _texts(note: Note, lines: Lines) -> list[Line]:
    """The lines of a note that hold more than its number."""
    return [line for line in (lines.lines[i] for i in note.lines) if line.end > max(note.text_start, line.start)]


def _given(note: Note, texts: list[int]) -> Note:
    """A number with a text that is its own."""
    own = note.lines[:1] if note.num_span else ()
    return msgspec.structs.replace(note, lines=tuple(dict.fromkeys((*own, *texts))))


def _shares(texts: list[Line], ended: Callable[[Line], bool], count: int) -> list[list[int]]:
    """Lines of text cut into at most so many notes: a note ends where a line ends with a stop."""
    shares: list[list[int]] = [[]]
    for line in texts:
        shares[-1].append(line.index)
        if len(shares) < count and line is not texts[-1] and ended(line):
            shares.append([])
    return shares


def _opens(num: str | None, group: list[Note], last: int) -> bool:
    """Whether a number may open the next note of a page: it goes on by one or two from some note above.

    Under notes with stars alone it goes on from the last number of the pages before, or starts again.
    """
    number = in_mark(num)
    if number is None:
        return True
    seen = {n for note in group if (n := in_mark(note.num)) is not None} or {last, 0}
    return number not in seen and any(number - 2 <= s < number for s in seen)
