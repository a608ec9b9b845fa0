"""Which numbers at line starts really are labels: decided over whole series at once.

Every label keeps all its readings. A beam search walks down the text with a stack of open series: a candidate may go
on with an open series, open a new one at its first member, skip a few numbers at a price, or be no label at all. What
explains most candidates best wins, by the numbers of `weights.py`; ties go to the reading that the grammar names first.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from confparse.labels import weights as w
from confparse.labels.readings import Read, late_starts, readings
from confparse.labels.types import Candidate, Numbering, PartStart, SeriesLabel
from confparse.layout.types import PageLayout
from confparse.packing import Packed, pack, unpack
from confparse.text.types import VOID

_SETTLED = 2048  # candidates after which the labels that all readings share are written down


class Open(NamedTuple):
    """An open series and its last member."""

    style: str
    sequence: str
    ordinal: int


_Path = tuple[Any, ...]  # nothing, (path before, packed labels), or (path before, candidate, reading, series, depth)
_PACKED = 2  # members of the second


class State(NamedTuple):
    """One reading of everything so far."""

    score: float
    heads: tuple[Open, ...]
    lists: tuple[Open, ...]
    path: _Path


def _steps(
    stack: tuple[Open, ...],
    style: str,
    sequence: str,
    n: int,
    gain: float,
    first: int,
    restarts: bool,
    late: float = w.NEVER,
) -> list[tuple[float, tuple[Open, ...], int]]:
    """The ways in which a member fits a stack of series: (gain, stack after, depth). `restarts`: it may start again at one."""
    out = []
    for depth in range(len(stack) - 1, first - 1, -1):
        series = stack[depth]
        if (series.style, series.sequence) != (style, sequence):
            continue
        if sequence == "bullet" or n == series.ordinal + 1:
            out.append((gain, (*stack[:depth], Open(style, sequence, n)), depth))
        elif series.ordinal + 1 < n <= series.ordinal + 1 + w.SKIPPED_NUMBERS:
            out.append((gain - w.SKIPS, (*stack[:depth], Open(style, sequence, n)), depth))
        elif n == 1:
            out.append((gain if restarts else gain - w.RESTARTS, (*stack[:depth], Open(style, sequence, n)), depth))
        return out
    if len(stack) < w.DEEPEST:
        fresh = w.FIRST if n == 1 else min(w.EARLY, late) if n <= w.EARLY_NUMBERS else late
        out.append(
            (gain - (w.FIRST_BULLET if sequence == "bullet" else fresh), (*stack, Open(style, sequence, n)), len(stack))
        )
    return out


def _as_paragraph(state: State, read: Read) -> list[tuple[float, tuple[Open, ...], int]]:
    """The ways in which a number continues, skips or restarts the series of paragraphs that runs through the paper."""
    c, n = read.candidate, read.ordinal
    main = Open(read.style, read.reading.sequence, n)
    next_chapter = bool(read.head) and bool(state.lists) and state.lists[0].style != read.style
    if not state.lists or not state.lists[0].style or next_chapter:
        late = 0.0 if n == 1 else w.LATE if n < w.FAR_ON else w.LATEST
        return [] if c.inline else [(c.gain - late, (main,), 0)]
    step = n - state.lists[0].ordinal
    if step == 1:
        return [(c.gain + w.GOES_ON, (main,), 0)]
    if c.inline or c.rule.weight < w.SURE:
        return []
    if 1 < step <= w.GAP_NUMBERS:
        return [(c.gain - w.GAP - w.GAP_EACH * step, (main,), 0)]
    return [(c.gain - w.STARTS_AGAIN, (main,), 0)] if n == 1 else []


def _is_open(number: str, style: str, series: tuple[Open, ...]) -> bool:
    """Whether a number such as 3.2, or a plain 96, is the last member of an open series."""
    before, _, last = number.rpartition(".")
    if before:
        return any(s.style == f"{style}{before}." and s.ordinal == int(last) for s in series)
    return any(s.ordinal == int(last) for s in series)


def _options(state: State, read: Read, promised: bool) -> list[State]:
    """The states after a candidate is taken as one of its readings."""
    score, heads, lists, path = state
    c, reading, style, head, n, main, _ = read
    if reading.element == "division":
        gain = w.PROMISED if promised else c.gain * c.headingish
        return [
            State(score + worth, after, lists[:1], (path, c, reading, after[-1], depth))
            for worth, after, depth in _steps(heads, style, reading.sequence, n, gain, 0, bool(head), read.late)
        ]
    if promised:
        return []
    if reading.element == "paragraph":
        return [
            State(score + worth, heads, after, (path, c, reading, after[-1], depth))
            for worth, after, depth in _as_paragraph(state, read)
        ]
    if c.inline or (main and not (lists and lists[0].style)):  # a list in the style of paragraphs stands under one
        return []
    lists = lists or (Open("", "", 0),)
    fit = c.gain if not head or _is_open(head, c.rule.style, (*heads, *lists)) else c.gain - w.NOT_UNDER
    return [
        State(score + worth, heads, after, (path, c, reading, after[-1], depth))
        for worth, after, depth in _steps(lists, style, reading.sequence, n, fit, 1, restarts=False)
    ]


def _pruned(states: list[State]) -> list[State]:
    best: dict[tuple[tuple[Open, ...], tuple[Open, ...]], State] = {}
    for state in states:
        key = (state.heads, state.lists)
        if key not in best or state.score > best[key].score:
            best[key] = state
    return sorted(best.values(), key=lambda s: -s.score)[: w.BEAM]


def _past(state: State, part_start: PartStart) -> list[State]:
    """What may be open after a line that opens a part: nothing, or the lists that run on over a heading without number."""
    if part_start.resets:
        return [state._replace(heads=(), lists=())]
    return [state._replace(lists=state.lists[:1]), state]


def resolve(
    layout: PageLayout,
    found: Sequence[Candidate],
    part_starts_by_line: Mapping[int, PartStart],
    promised: Mapping[int, int],
    numbering: Numbering,
) -> Packed[SeriesLabel]:
    """The best reading of all candidates: those that are labels, with their place in their series."""
    states, late = [State(0.0, (), (), ())], late_starts(found, layout)
    stops = iter([*sorted(part_starts_by_line), len(layout.lines.lines) + 1])
    stop = next(stops)
    out: Packed[SeriesLabel] = Packed(SeriesLabel)
    for i, c in enumerate(found, 1):
        if i % _SETTLED == 0:
            states = _settled(states, layout, out)
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
    kept, steps = _steps_of(states[0].path)
    out.extend(_unpacked(kept))
    out.extend(_label(layout, step) for step in steps)
    return out


def _steps_of(path: _Path) -> tuple[_Path, list[_Path]]:
    """What a path starts with, packed labels or nothing, and its steps from there, each with its path before."""
    steps = []
    while len(path) > _PACKED:
        steps.append(path)
        path = path[0]
    return path, steps[::-1]


def _settled(states: list[State], layout: PageLayout, out: Packed[SeriesLabel]) -> list[State]:
    """The states with shorter paths: what all share from the start is written down as labels, what else is old is packed."""
    paths = [_steps_of(state.path) for state in states]
    start = paths[0][0]
    shared = 0
    if all(kept is start for kept, _ in paths):
        out.extend(_unpacked(start))
        start = ()
        for same in zip(*(steps for _, steps in paths), strict=False):
            if any(step is not same[0] for step in same):
                break
            out.append(_label(layout, same[0]))
            shared += 1
        paths = [((), steps[shared:]) for _, steps in paths]
    again: dict[int, _Path] = {}  # each step once, so that states go on sharing it
    after = []
    for state, (kept, steps) in zip(states, paths, strict=True):
        path = kept
        if len(steps) >= _SETTLED:
            last = id(steps[-1])
            path = again[last] = again.get(last) or (kept, pack([_label(layout, step) for step in steps]))
        else:
            for step in steps:
                path = again.setdefault(id(step), (path, *step[1:]))
        after.append(state._replace(path=path))
    return after


def _unpacked(path: _Path) -> Iterator[SeriesLabel]:
    """The labels that were packed at the start of a path."""
    parts = []
    while path:
        path, labels = path
        parts.append(labels)
    return chain.from_iterable(unpack(labels, SeriesLabel) for labels in reversed(parts))


def _label(layout: PageLayout, step: _Path) -> SeriesLabel:
    """The label that a step of a path takes."""
    _, c, reading, series, depth = step
    return SeriesLabel(
        c.line, c.start, c.end, c.num, _printed(layout, c), reading.element, reading.sequence, series.style, series.ordinal,
        depth, c.rule.id, c.alone, c.rule.digits,
    )  # fmt: skip


def _printed(layout: PageLayout, c: Candidate) -> str:
    return "".join(layout.lines.text.text[c.start : c.end].replace(VOID, "").split())
