"""Where a paper that numbers its paragraphs anew under each heading starts again at one."""

from collections.abc import Sequence

from confparse.labels.heading_text import is_short, may_be_heading, opens_series, text_below
from confparse.labels.members import Member, Members, count_from_one, runs
from confparse.labels.types import Candidate
from confparse.labels.weights import MOSTLY, RUN_GAP, THROUGH
from confparse.layout.types import PageLayout
from confparse.rules.joined_texts import IndexSet


def anew_under_headings(members: Members, candidates: Sequence[Candidate], layout: PageLayout) -> IndexSet:
    """The lines on which a style starts at one right below a heading, with a label of another style or with none, if
    two do, at least, and no count runs through most of its labels.
    """
    run_starts = (run.first for run in runs(members))
    firsts = (first for first in run_starts if first.ordinal == 1 and not first.candidate.announced)
    labelled = IndexSet(c.line for c in candidates if not c.inline)
    headed = IndexSet(
        first.candidate.line
        for first in firsts
        if _below_labelled(first, candidates, layout) or _below_plain(first.candidate.line, labelled, layout)
    )
    return headed if len(headed) > 1 and len(count_from_one(members)) < THROUGH * len(members) else IndexSet()


def headings_over_lists(members: Members, candidates: Sequence[Candidate], layout: PageLayout) -> IndexSet:
    """The lines of headings that count through the paper in the style in which lists of sentences right below some of
    them start at one; none if there are no such lists.
    """
    heads = count_from_one(member for member in members if may_be_heading(member.candidate, layout))
    lines = IndexSet(head.candidate.line for head in heads)
    listed = [member for member in members if member.candidate.line not in lines]
    if (
        not listed
        or len(heads) <= RUN_GAP
        or not all(_below_head(run.first, lines, candidates) for run in runs(listed))
    ):
        return IndexSet()
    labelled = IndexSet(c.line for c in candidates if not c.inline)
    over = sum(text_below(head.candidate, labelled, layout) or _over_first(head, candidates) for head in heads)
    sentences = sum(not may_be_heading(member.candidate, layout) for member in listed)
    span = heads[-1].candidate.line - heads[0].candidate.line
    through = span >= MOSTLY * (len(layout.lines.lines) - layout.cover_end)
    return lines if through and over >= MOSTLY * len(heads) and 2 * sentences >= len(listed) else IndexSet()


def _below_head(member: Member, heads: IndexSet, candidates: Sequence[Candidate]) -> bool:
    """Whether a label is the first of a list, and the one before it that of a heading."""
    return member.ordinal == 1 and member.place > 0 and candidates[member.place - 1].line in heads


def _over_first(head: Member, candidates: Sequence[Candidate]) -> bool:
    """Whether the next label is the first of its series."""
    return head.place + 1 < len(candidates) and opens_series(candidates[head.place + 1])


def _below_labelled(first: Member, candidates: Sequence[Candidate], layout: PageLayout) -> bool:
    """Whether the label before a first one is that of a heading, in another style, and no sentence is between them."""
    above = candidates[first.place - 1] if first.place else None
    if above is None or above.rule.style == first.candidate.rule.style or not may_be_heading(above, layout):
        return False
    between = range(above.line + 1, first.candidate.line)
    return not any(i in layout.lines.ends.sentence or layout.lines.announces(i) for i in between)


def _below_plain(line: int, labelled: IndexSet, layout: PageLayout) -> bool:
    """Whether the line above one has no label and the shape of a heading: short, without a stop, after a sentence."""
    above = layout.above(line)
    heading = next(above, None)
    if heading is None or heading in labelled or layout.lines.announces(heading):
        return False
    before, stopped = next(above, None), layout.lines.ends.sentence
    return is_short(heading, layout) and heading not in stopped and (before is None or before in stopped)
