"""How a paper numbers its paragraphs: which style of label runs through it, read from all candidates before any is decided.

Every house numbers its paragraphs in one style and its headings and items in others. The style of the paragraphs counts
on without a break through most of the paper, and sentences follow its labels; a style whose labels stand before short
lines, with unnumbered text below, numbers headings.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from confparse.labels.types import Candidate, Numbering, SeriesKey
from confparse.layout.types import PageLayout
from confparse.numerals import number_parts, ordinal

_HEADING = 0.7  # a text looks like a heading from here on
_SHORT = 0.75  # share of the measure that the text of a heading reaches at most
_MOSTLY = 0.6  # share of the labels of a series that make it one of headings
_GAP = 3  # numbers that may be missing between two labels of a run
_TRUSTED = 0.4  # weight of a label that counts as a member of a run before its series is known


class _Member(NamedTuple):
    """A candidate in one of its readings, and the ordinal that it has there."""

    candidate: Candidate
    ordinal: int

    @property
    def dotted(self) -> bool:
        """Whether it is a number such as 4.10."""
        return len(number_parts(self.candidate.num)) > 1


def numbering(found: Sequence[Candidate], layout: PageLayout) -> Numbering:
    """The style of the paragraphs and the styles of headings over prose. The paragraphs have none if no style runs on."""
    members = _members(found, _TRUSTED) or _members(found, 0.0)
    dotted = [member for own in members.values() for member in own if member.dotted]
    plain = {key: rest for key, own in members.items() if (rest := [m for m in own if not m.dotted])}
    labelled = {c.line for c in found if not c.inline}
    headings = frozenset(key for key, own in plain.items() if _heads(own, labelled, layout))
    paragraphs = {key: own for key, own in plain.items() if key not in headings and _bears_sentences(key, own, layout)}
    runs = {key: own for key, rest in paragraphs.items() if (own := _unannounced(_runs(rest)))}
    main = max(runs, key=lambda key: _reach(runs[key]), default=None)
    lists = frozenset(key for key, own in plain.items() if key not in headings | {main} and _announced(_runs(own)))
    chapters = any(member.ordinal == 0 for member in dotted)
    if not _counting(dotted):
        return Numbering(main, headings, lists, "subparagraph", False)
    if _heads(dotted, labelled, layout):
        return Numbering(main, headings, lists, "division", chapters)
    if main is not None and _over_dotted(plain[main], found, layout):
        return Numbering(None, headings | {main}, lists, "paragraph", chapters)
    under = not chapters and (_under(dotted, plain[main]) if main is not None else _deep(dotted))
    return Numbering(main, headings, lists, "subparagraph" if under else "paragraph", chapters)


def _members(found: Sequence[Candidate], least: float) -> Mapping[SeriesKey, list[_Member]]:
    """The candidates that may number paragraphs, by style and sequence, in order; those of less weight are left out."""
    out: dict[SeriesKey, list[_Member]] = {}
    for c in found:
        if c.inline or c.rule.weight < least:
            continue
        for reading in c.rule.reads:
            n = ordinal(number_parts(c.num)[-1], reading.sequence) if reading.element == "paragraph" else None
            if n is not None:
                out.setdefault((c.rule.style, reading.sequence), []).append(_Member(c, n))
    return out


def _heads(members: Sequence[_Member], labelled: set[int], layout: PageLayout) -> bool:
    """Whether most labels stand before short lines without a stop, and above unnumbered text."""
    over_text = [m for m in members if _text_below(m.candidate, labelled, layout)]
    headings = [m for m in over_text if _heading(m.candidate, layout)]
    return len(headings) >= _MOSTLY * len(members)


def _heading(c: Candidate, layout: PageLayout) -> bool:
    """Whether the text of a label may be a heading: a line without a stop, and short if lines are cut at a measure."""
    return c.headingish >= _HEADING and _short(c, layout)


def _short(c: Candidate, layout: PageLayout) -> bool:
    """Whether the line with the text of a label ends well before the measure."""
    lines = layout.lines
    text = lines.lines[min(c.line + c.alone, len(lines.lines) - 1)]
    measure = lines.measures[text.index]
    return not measure.wrapped or text.right - text.indent <= _SHORT * (measure.right - measure.left)


def _bears_sentences(key: SeriesKey, members: Sequence[_Member], layout: PageLayout) -> bool:
    """Whether the labels of a style that often numbers headings, as all but digits do, stand before sentences here."""
    sentences = sum(not _heading(member.candidate, layout) for member in members)
    return key[1] == "arabic" or 2 * sentences >= len(members)


def _counting(dotted: Sequence[_Member]) -> bool:
    """Whether most dotted numbers go on from the one before: those in the cells of a table do not."""
    steps = [(a.ordinal, b.ordinal) for a, b in pairwise(dotted)]
    return bool(dotted) and 2 * sum(b == a + 1 or b <= 1 for a, b in steps) >= len(steps)


def _under(dotted: Sequence[_Member], paragraphs: Sequence[_Member]) -> bool:
    """Whether most dotted numbers count under paragraphs: 96.2 under 96."""
    numbers = {str(member.ordinal) for member in paragraphs}
    own = sum(number_parts(member.candidate.num)[0] in numbers for member in dotted)
    return 2 * own >= len(dotted)


def _over_dotted(members: Sequence[_Member], found: Sequence[Candidate], layout: PageLayout) -> bool:
    """Whether most labels of a style are those of headings right above numbers of their own: 2. above 2.1."""
    after = {c.start: following for c, following in pairwise(found)}
    over = (
        m
        for m in members
        if _heading(m.candidate, layout)
        and (below := after.get(m.candidate.start)) is not None
        and number_parts(below.num) == [str(m.ordinal), "1"]
    )
    return sum(1 for _ in over) >= _MOSTLY * len(members)


def _deep(dotted: Sequence[_Member]) -> bool:
    """Whether most dotted numbers have three parts or more, as the clauses of standards do."""
    return 2 * sum(len(number_parts(member.candidate.num)) > 2 for member in dotted) > len(dotted)


def _text_below(c: Candidate, labelled: set[int], layout: PageLayout) -> bool:
    """Whether the line below the text of a label has no label."""
    line = c.line + (2 if c.alone else 1)
    while line in layout.claims:
        line += 1
    return line < len(layout.lines.lines) and line not in labelled


def _runs(members: Sequence[_Member]) -> list[list[_Member]]:
    """The stretches of labels in which each number goes on from the one before."""
    runs: list[list[_Member]] = []
    for member in members:
        if runs and runs[-1][-1].ordinal < member.ordinal <= runs[-1][-1].ordinal + _GAP:
            runs[-1].append(member)
        else:
            runs.append([member])
    return runs


def _unannounced(runs: Sequence[Sequence[_Member]]) -> list[Sequence[_Member]]:
    """The runs that no colon announces; those that one does are lists."""
    return [run for run in runs if not run[0].candidate.announced]


def _announced(runs: Sequence[Sequence[_Member]]) -> bool:
    """Whether colons announce most of the runs that start at one."""
    first = [run[0].candidate for run in runs if run[0].ordinal == 1]
    return 2 * sum(c.announced for c in first) > len(first)


def _reach(runs: Sequence[Sequence[_Member]]) -> int:
    """How far the runs of a style number the paper: for each, its labels times the lines between the first and the last."""
    return sum(len(run) * (run[-1].candidate.line - run[0].candidate.line) for run in runs)
