"""How a paper numbers its paragraphs: which style of label runs through it, read from all candidates before any is
decided.

Every house numbers its paragraphs in one style and its headings and items in others. The style of the paragraphs counts
without a break through most of the paper, and sentences follow its labels; a style whose labels are before short
lines, with unnumbered text below, numbers headings.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise

from confparse.labels.heading_text import may_be_heading, opens_series, text_below
from confparse.labels.members import Member, Members, Run, count_from_one, members_of, runs
from confparse.labels.restarts import anew_under_headings, headings_over_lists
from confparse.labels.types import Candidate, Numbering, SeriesKey, covered
from confparse.labels.weights import FEW, LONG_RUN, MOSTLY, RUN, TRUSTED
from confparse.layout.types import PageLayout
from confparse.numerals import number_parts
from confparse.rules.joined_texts import IndexSet
from confparse.rules.structure import Label, LabelReading


def numbering(candidates: Sequence[Candidate], layout: PageLayout) -> Numbering:
    """The style of the paragraphs and the styles of headings over prose. The paragraphs have none if no style runs
    on.
    """
    members = members_of(candidates, _by_itself)
    if all(member.dotted for own in members.values() for member in own):
        members = members_of(candidates, lambda _, reading: not reading.through)
    dotted = Members(candidates)
    plain: dict[SeriesKey, Members] = {}
    for key, own in members.items():
        rest = Members(candidates)
        for member in own:
            (dotted if member.dotted else rest).append(member.place, member.ordinal)
        if rest:
            plain[key] = rest
    labelled = IndexSet(c.line for c in candidates if not c.inline)
    headings = frozenset(key for key, own in plain.items() if _heads(own, labelled, layout))
    paragraphs = {key: own for key, own in plain.items() if key not in headings and _bears_sentences(key, own, layout)}
    reach = {key: _reach(own) for key, own in paragraphs.items()}
    main = max((key for key in paragraphs if reach[key] is not None), key=lambda key: reach[key] or 0, default=None)
    through = members_of(candidates, lambda rule, reading: not _by_itself(rule, reading))
    bare, its_reach = _through_the_paper(through, headings, candidates, layout)
    if main is None or its_reach > (reach[main] or 0):
        main = bare or main
    if main is None and not headings:
        main = next((key for key, own in paragraphs.items() if _is_all_the_body(own, layout)), None)
    proven = main is not None and main == bare
    lists = frozenset(
        key
        for key, own in plain.items()
        if key not in headings | {main} and _announced(runs(own)) and not _over_series(own, candidates, layout)
    )
    over = IndexSet()
    for key in headings if main is None else {main}.intersection(plain):
        if own_headings := headings_over_lists(plain[key], candidates, layout):
            main, headings, over = key, headings - {key}, own_headings
    counted = plain[main] if main is not None and main in plain else Members(candidates)
    firsts = IndexSet(m.candidate.line for m in counted if m.ordinal == 1 and m.candidate.line not in over)
    anew = firsts if over else anew_under_headings(counted, candidates, layout)
    chapters = any(member.ordinal == 0 for member in dotted)
    if not _counting(dotted):
        return Numbering(main, headings, lists, "subparagraph", False, proven, anew, over)
    if _heads(dotted, labelled, layout):
        return Numbering(main, headings, lists, "division", chapters, proven, anew, over)
    if main is not None and _over_dotted(plain[main], candidates, layout):
        return Numbering(None, headings | {main}, lists, "paragraph", chapters, proven, anew, over)
    under = not chapters and (_under(dotted, plain[main]) if main is not None else _deep(dotted))
    return Numbering(main, headings, lists, "subparagraph" if under else "paragraph", chapters, proven, anew, over)


def _through_the_paper(
    members: Mapping[SeriesKey, Members],
    headings: Container[SeriesKey],
    candidates: Sequence[Candidate],
    layout: PageLayout,
) -> tuple[SeriesKey | None, int]:
    """The style whose labels count from one through most of the paper, and how far it numbers the paper; none if there
    is none. Other lists may be between its labels; if these are not digits, most of them must be in that count, and it
    must be longer than a chapter has sections, or count on under one heading after another. Sentences follow them.
    """
    body = len(layout.lines.lines) - layout.cover_end
    through: dict[SeriesKey | None, int] = {None: 0}
    for key, own in members.items():
        run = count_from_one(own) if key not in headings else []
        over_headings = len(run) == len(own) and _under_headings(run, candidates, layout)
        least = RUN if key[1] == "arabic" or over_headings else max(LONG_RUN, len(own) / 2)
        span = run[-1].candidate.line - run[0].candidate.line if len(run) >= least else 0
        if span and span >= MOSTLY * body and _bears_sentences(key, run, layout):
            through[key] = len(run) * span
    best = max(through, key=lambda key: through[key])
    return best, through[best]


def _is_all_the_body(members: Sequence[Member], layout: PageLayout) -> bool:
    """Whether labels count from one through most of the paper, each below the end of a sentence: what minutes decided,
    below the words that announce it.
    """
    lines = layout.lines
    apart = sum(next(layout.above(m.candidate.line), 0) in lines.ends.sentence for m in members[1:])
    through = covered([m.candidate.line for m in members]) >= MOSTLY * (len(lines.lines) - layout.cover_end)
    return through and apart == len(members) - 1 and FEW <= len(members) == len(count_from_one(members))


def _under_headings(run: Sequence[Member], candidates: Sequence[Candidate], layout: PageLayout) -> bool:
    """Whether labels count on under headings with labels of another style: two of them at least, the first aside."""
    above = (candidates[m.place - 1] for m in run[1:] if candidates[m.place - 1].rule.style != m.candidate.rule.style)
    return sum(may_be_heading(c, layout) for c in above) > 1


def _by_itself(rule: Label, reading: LabelReading) -> bool:
    """Whether labels number paragraphs by their form, wherever they are in the paper."""
    return rule.weight >= TRUSTED and not reading.through


def _heads(members: Sequence[Member], labelled: IndexSet, layout: PageLayout) -> bool:
    """Whether most labels are before short lines without a stop, and above unnumbered text."""
    over_text = (m.candidate for m in members if text_below(m.candidate, labelled, layout))
    return sum(may_be_heading(c, layout) for c in over_text) >= MOSTLY * len(members)


def _bears_sentences(key: SeriesKey, members: Sequence[Member], layout: PageLayout) -> bool:
    """Whether the labels of a style that often numbers headings, as all but digits do, are before sentences here."""
    sentences = sum(not may_be_heading(member.candidate, layout) for member in members)
    return key[1] == "arabic" or 2 * sentences >= len(members)


def _counting(dotted: Sequence[Member]) -> bool:
    """Whether most dotted numbers continue the one before: those in the cells of a table do not."""
    steps = ((a.ordinal, b.ordinal) for a, b in pairwise(dotted))
    return bool(dotted) and 2 * sum(b == a + 1 or b <= 1 for a, b in steps) >= len(dotted) - 1


def _under(dotted: Sequence[Member], paragraphs: Sequence[Member]) -> bool:
    """Whether most dotted numbers count under paragraphs: 96.2 under 96."""
    numbers = {str(member.ordinal) for member in paragraphs}
    own = sum(number_parts(member.candidate.num)[0] in numbers for member in dotted)
    return 2 * own >= len(dotted)


def _over_dotted(members: Sequence[Member], candidates: Sequence[Candidate], layout: PageLayout) -> bool:
    """Whether most labels of a style, as far down as there are dotted ones, are those of headings right above numbers
    of their own: 2. above 2.1.
    """
    last = max((c.line for c in candidates if not c.inline and len(number_parts(c.num)) > 1), default=0)
    members = [m for m in members if m.candidate.line <= last]
    over = (
        m
        for m in members
        if may_be_heading(m.candidate, layout)
        and m.place + 1 < len(candidates)
        and number_parts(candidates[m.place + 1].num) == [str(m.ordinal), "1"]
    )
    return bool(members) and sum(1 for _ in over) >= MOSTLY * len(members)


def _over_series(members: Sequence[Member], candidates: Sequence[Candidate], layout: PageLayout) -> bool:
    """Whether most labels are those of headings right above the first label of another series."""
    over = (
        m
        for m in members
        if may_be_heading(m.candidate, layout)
        and m.place + 1 < len(candidates)
        and m.candidate.rule.style != candidates[m.place + 1].rule.style
        and opens_series(candidates[m.place + 1])
    )
    return bool(members) and sum(1 for _ in over) >= MOSTLY * len(members)


def _deep(dotted: Sequence[Member]) -> bool:
    """Whether most dotted numbers have three parts or more, as the clauses of standards do."""
    return 2 * sum(len(number_parts(member.candidate.num)) > 2 for member in dotted) > len(dotted)


def _announced(runs: Iterable[Run]) -> bool:
    """Whether colons announce most of the runs that start at one."""
    first = announced = 0
    for run in runs:
        first += run.first.ordinal == 1
        announced += run.first.ordinal == 1 and run.first.candidate.announced
    return 2 * announced > first


def _reach(members: Sequence[Member]) -> int | None:
    """How far the runs of a style number the paper: for each, its labels times the lines between the first and the
    last.

    None if it has none but lists, which colons announce.
    """
    own = [
        run.size * (run.last.candidate.line - run.first.candidate.line)
        for run in runs(members)
        if not run.first.candidate.announced
    ]
    return sum(own) if own else None
