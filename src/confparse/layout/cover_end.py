"""Where the cover ends: before the first words that only the body of a paper has."""

from collections.abc import Iterator
from itertools import islice, takewhile

from confparse.layout.line_table import Lines
from confparse.letters import WORD
from confparse.numerals import number_parts, ordinal
from confparse.rules.grammar import Grammar
from confparse.rules.label_matches import label_matches
from confparse.rules.page_matter import NoteStart
from confparse.rules.structure import BodyStart, Heading, Label, Prose
from confparse.rules.time_budget import TimeBudget

_COVER = 120  # a first page has no more lines than this
_SURE = 0.7  # weight of a label that closes a cover by itself
_NOTE = 3  # lines of a note to the title
_COLUMNS = "   "  # what separates the words of a masthead from each other, and a running head from its number
_FULL = 0.9  # share of the measure that a line reaches if the paragraph continues below it


def cover_end(lines: Lines, grammar: Grammar, budget: TimeBudget) -> int | None:
    """The index of the first line after the cover, 0 if there is none; None if nothing shows in time that the body has
    begun.
    """
    count = min(len(lines.lines), _COVER)
    if not count:
        return None
    page = lines.text.match[: lines.lines[count - 1].end]
    opened = [
        *_by_words(lines, page, grammar, budget),
        *_by_labels(lines, page, grammar, budget),
        *_by_prose(lines, page, grammar, budget),
        *_by_marks(lines),
    ]
    first = min(opened, default=count)
    return first if first < count else None


def _by_marks(lines: Lines) -> Iterator[int]:
    """The first line that the file itself calls a heading."""
    marks = (mark for mark in lines.text.marks if mark.kind == "heading")
    yield from (lines.marked(mark).start for mark in islice(marks, 1))


def _by_words(lines: Lines, page: str, grammar: Grammar, budget: TimeBudget) -> Iterator[int]:
    """The first line that each rule knows as the start of the body, by its own words."""
    for rule in grammar.of(BodyStart):
        yield from (max(0, lines.at(match.end() - 1)) for match in grammar.matcher(rule).scan(page, budget)[:1])
    for heading in grammar.of(Heading):
        if heading.makes == "line" and heading.opens:
            yield from (lines.at(match.end() - 1) for match in grammar.matcher(heading).scan(page, budget)[:1])


def _by_labels(lines: Lines, page: str, grammar: Grammar, budget: TimeBudget) -> Iterator[int]:
    """The lines that start with the first label of a series of paragraphs or headings, or with one that the next
    follows.
    """
    rules = [
        rule for rule in grammar.of(Label) if not rule.inline and (rule.counts or (rule.heads and rule.weight >= _SURE))
    ]
    before: dict[str, tuple[int, int]] = {}  # by rule: the line of its last plain number, and that number
    for rule, match in label_matches(rules, page, grammar, budget):
        parts = number_parts(match["num"])
        readings = (r for r in rule.reads if r.element != "subparagraph")
        i = lines.at(match.start("num"))
        if rule.weight < _SURE and match.end() >= lines.lines[i].end:
            continue  # a number alone on a line may be that of a page
        if i >= 0 and rule.weight >= _SURE and any(ordinal(parts[-1], r.sequence) in (0, 1) for r in readings):
            yield i
        if i >= 0 and len(parts) == 1 and (n := ordinal(parts[0], "arabic")) is not None:
            above, number = before.get(rule.id, (i, n))
            if n == number + 1:
                yield above
            before[rule.id] = (i, n)


def _by_prose(lines: Lines, page: str, grammar: Grammar, budget: TimeBudget) -> Iterator[int]:
    """The first line of the first paragraph of running text."""
    for rule in grammar.of(Prose):
        starts = (
            _paragraph_start(lines, lines.at(match.end() - 1)) for match in grammar.matcher(rule).scan(page, budget)
        )
        yield from islice((i for i in starts if not _noted(lines, i, grammar, budget)), 1)


def _noted(lines: Lines, i: int, grammar: Grammar, budget: TimeBudget) -> bool:
    """Whether a line continues with a note to the title, which a star opened above it and no sentence has ended."""
    stars = [grammar.matcher(rule) for rule in grammar.of(NoteStart) if rule.after == "title"]
    near = takewhile(lambda j: j not in lines.ends.sentence, range(i - 1, max(0, i - _NOTE) - 1, -1))
    return any(star.search(lines.matched(lines.lines[j]), budget) for j in near for star in stars)


def _paragraph_start(lines: Lines, i: int) -> int:
    """The first line of the paragraph that a line belongs to: the lines above reach the measure, or would with the next
    word, without a gap. A small letter opens no paragraph.
    """
    while i > 0:
        above, measure = lines.lines[i - 1], lines.measures[i - 1]
        apart = (lines.blanks_tell or lines.parted) and lines.lines[i].blanks > 0
        text = lines.matched(lines.lines[i])
        word = WORD.match(text)
        reach = above.right + (len(word[0]) if word else 0)
        wide = above.right - measure.left >= _FULL * (measure.right - measure.left)
        full = wide or reach >= measure.right or text[:1].islower()
        columns = _COLUMNS in lines.matched(above)
        if not measure.wrapped or apart or not full or columns or lines.lines[i].indent > above.indent + 1:
            return i
        i -= 1
    return i
