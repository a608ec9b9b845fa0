"""Which numbers at line starts really are labels: decided over whole series at once.

A label may have several readings. A beam search goes down the text with a stack of open series: a candidate may
continue an open series, open a new one at its first member, skip a few numbers at a price, or not be a label at all.
The search keeps the best few readings of the text so far. What explains most candidates best wins, by the numbers of
`weights.py`; ties go to the reading that the grammar names first.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from confparse.labels import weights as w
from confparse.labels.paths import SETTLED, Open, Path, Step, labels_of, settled
from confparse.labels.readings import Read, late_starts, readings
from confparse.labels.types import Candidate, Numbering, PartStart, SeriesLabel
from confparse.layout.types import PageLayout
from confparse.packing import Packed


class State(NamedTuple):
    """One reading of everything so far."""

    score: float
    heads: tuple[Open, ...]
    lists: tuple[Open, ...]
    path: Path


def _steps(
    stack: tuple[Open, ...], member: Open, gain: float, first: int, restarts: bool, late: float = w.NEVER
) -> list[tuple[float, tuple[Open, ...], int]]:
    """The ways in which a member fits a stack of series, from the `first` depth on: (gain, stack after, depth).
    `restarts`: it may start again at one.
    """
    sequence, n = member.sequence, member.ordinal
    out = []
    for depth in range(len(stack) - 1, first - 1, -1):
        series = stack[depth]
        if (series.style, series.sequence) != (member.style, sequence):
            continue
        under = stack[depth + 1]._replace(under=None) if depth + 1 < len(stack) else series.under
        after = (*stack[:depth], member._replace(under=under))
        if sequence == "bullet" or n == series.ordinal + 1:
            out.append((gain, after, depth))
        elif series.ordinal + 1 < n <= series.ordinal + 1 + w.SKIPPED_NUMBERS:
            out.append((gain - w.SKIPS, after, depth))
        elif n == 1:
            out.append((gain if restarts else gain - w.RESTARTS, after, depth))
        return out
    if len(stack) < w.DEEPEST:
        fresh = w.FIRST if n == 1 else min(w.EARLY, late) if n <= w.EARLY_NUMBERS else late
        out.append((gain - (w.FIRST_BULLET if sequence == "bullet" else fresh), (*stack, member), len(stack)))
    return out


def _as_paragraph(state: State, read: Read) -> list[tuple[float, tuple[Open, ...], int]]:
    """The ways in which a number continues, skips or restarts the series of paragraphs that runs through the paper."""
    c, n = read.candidate, read.ordinal
    main = Open(read.style, read.reading.sequence, n)
    next_chapter = bool(read.head) and bool(state.lists) and state.lists[0].style != read.style
    if not state.lists or not state.lists[0].style or next_chapter:
        late = 0.0 if n == 1 else w.LATE if n < w.FAR_ON else w.LATEST
        return [] if c.inline else [(read.gain - late, (main,), 0)]
    if not read.head and state.lists[0].style != read.style:
        return []
    step = n - state.lists[0].ordinal
    if step == 1:
        return [(read.gain + w.GOES_ON, (main,), 0)]
    if c.inline or not read.sure:
        return []
    if n == 1 and read.anew:
        return [(read.gain, (main,), 0)]
    if 1 < step <= w.GAP_NUMBERS:
        return [(read.gain - w.GAP - w.GAP_EACH * step, (main,), 0)]
    return [(read.gain - w.STARTS_AGAIN, (main,), 0)] if n == 1 else []


def _runs_through(heads: tuple[Open, ...], style: str, sequence: str, n: int) -> bool:
    """Whether a number continues from the last one under the heading before, as articles do through the chapters."""
    last = heads[-1].under if heads else None
    return last is not None and (last.style, last.sequence, last.ordinal + 1) == (style, sequence, n)


def _is_open(number: str, style: str, series: tuple[Open, ...]) -> bool:
    """Whether a number such as 3.2, or a plain 96, is the last member of an open series."""
    before, _, last = number.rpartition(".")
    if before:
        return any(s.style == f"{style}{before}." and s.ordinal == int(last) for s in series)
    return any(s.ordinal == int(last) for s in series)


def _options(state: State, read: Read, promised: bool) -> list[State]:
    """The states after a candidate is taken as one of its readings."""
    score, heads, lists, path = state
    c, reading, style, head, n, main, *_ = read
    member = Open(style, reading.sequence, n)
    if reading.element == "division":
        gain = w.PROMISED if promised else read.gain * c.headingish
        late = w.FIRST if _runs_through(heads, style, reading.sequence, n) else read.late
        return [
            State(score + worth, after, lists[:1], Step(path, c, reading, after[-1], depth))
            for worth, after, depth in _steps(heads, member, gain, 0, bool(head), late)
        ]
    if promised:
        return []
    if reading.element == "paragraph":
        return [
            State(score + worth, heads, after, Step(path, c, reading, after[-1], depth))
            for worth, after, depth in _as_paragraph(state, read)
        ]
    if c.inline or (main and not (lists and lists[0].style)):  # a list in the style of paragraphs is under one
        return []
    lists = lists or (Open("", "", 0),)
    fit = read.gain if not head or _is_open(head, c.rule.style, (*heads, *lists)) else read.gain - w.NOT_UNDER
    opens = c.announced or not reading.announced
    return [
        State(score + worth, heads, after, Step(path, c, reading, after[-1], depth))
        for worth, after, depth in _steps(lists, member, fit, 1, restarts=False)
        if opens or depth < len(lists)
    ]


def _pruned(states: list[State]) -> list[State]:
    best: dict[tuple[tuple[Open, ...], tuple[Open, ...]], State] = {}
    for state in states:
        key = (state.heads, state.lists)
        if key not in best or state.score > best[key].score:
            best[key] = state
    return sorted(best.values(), key=lambda s: -s.score)[: w.BEAM]


def _past(state: State, part_start: PartStart) -> list[State]:
    """What may be open after a line that opens a part: nothing, or the lists that continue below a heading without
    number.
    """
    if part_start.resets:
        return [state._replace(heads=(), lists=())]
    return [state._replace(lists=state.lists[:1]), state]


def resolve(
    layout: PageLayout,
    candidates: Sequence[Candidate],
    part_starts_by_line: Mapping[int, PartStart],
    promised: Mapping[int, int],
    numbering: Numbering,
) -> Packed[SeriesLabel]:
    """The best reading of all candidates: those that are labels, with their place in their series."""
    states, late = [State(0.0, (), (), None)], late_starts(candidates, layout, numbering)
    stops = iter([*sorted(part_starts_by_line), len(layout.lines.lines) + 1])
    stop = next(stops)
    out: Packed[SeriesLabel] = Packed(SeriesLabel)
    for i, c in enumerate(candidates, 1):
        if i % SETTLED == 0:
            paths = settled([state.path for state in states], layout, out)
            states = [state._replace(path=path) for state, path in zip(states, paths, strict=True)]
        while stop <= c.line:
            part_start = part_starts_by_line[stop]
            states = _pruned([after for s in states for after in _past(s, part_start)])
            stop = next(stops)
        if (c.line in part_starts_by_line and not c.inline) or (
            c.alone and c.rule.weight < w.SURE and c.line + 1 in part_starts_by_line
        ):
            continue
        after, reads = list(states), readings(c, numbering, late)
        for state in states:
            for read in reads:
                after += _options(state, read, c.line in promised and not c.inline)
        states = _pruned(after)
    out.extend(labels_of(states[0].path, layout))
    return out
