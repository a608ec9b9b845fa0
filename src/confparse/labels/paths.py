"""The labels behind a reading: each as a step that knows the one before, so that readings share what they have in
common.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from confparse.labels.types import Candidate, SeriesLabel
from confparse.layout.types import PageLayout
from confparse.packing import Packed, pack, unpack
from confparse.rules.structure import LabelReading
from confparse.text.types import VOID

SETTLED = 2048  # candidates after which the labels that all readings share are written down, for memory alone


class Open(NamedTuple):
    """An open series and its last member; `under`: the last member of the series that its members hold."""

    style: str
    sequence: str
    ordinal: int
    under: "Open | None" = None


class Step(NamedTuple):
    """A candidate that was taken for a label: as which of its readings, and its place in which series."""

    before: "Path"
    candidate: Candidate
    reading: LabelReading
    series: Open
    depth: int


class PackedSteps(NamedTuple):
    """Old steps as labels, packed."""

    before: "PackedSteps | None"
    labels: bytes


Path = Step | PackedSteps | None  # the last step of a reading; None before the first


def labels_of(path: Path, layout: PageLayout) -> Iterator[SeriesLabel]:
    """All labels of a path, in order."""
    old, steps = _steps_of(path)
    yield from _unpacked(old)
    yield from (_label(step, layout) for step in steps)


def settled(paths: Sequence[Path], layout: PageLayout, out: Packed[SeriesLabel]) -> list[Path]:
    """The paths made shorter: what all share from the start is put into `out` as labels, what else is old is packed."""
    split = [_steps_of(path) for path in paths]
    start = split[0][0]
    if all(old is start for old, _ in split):
        out.extend(_unpacked(start))
        shared = _shared([steps for _, steps in split])
        out.extend(_label(step, layout) for step in split[0][1][:shared])
        split = [(None, steps[shared:]) for _, steps in split]
    again: dict[int, Path] = {}  # each step once, so that paths still share it
    return [_shortened(old, steps, layout, again) for old, steps in split]


def _steps_of(path: Path) -> tuple[PackedSteps | None, list[Step]]:
    """The packed labels that a path starts with, and its steps from there."""
    steps = []
    while isinstance(path, Step):
        steps.append(path)
        path = path.before
    return path, steps[::-1]


def _shared(paths: Sequence[Sequence[Step]]) -> int:
    """How many first steps all paths share."""
    count = 0
    for same in zip(*paths, strict=False):
        if any(step is not same[0] for step in same):
            break
        count += 1
    return count


def _shortened(old: PackedSteps | None, steps: Sequence[Step], layout: PageLayout, again: dict[int, Path]) -> Path:
    """A path with its steps packed if they are many."""
    path: Path = old
    if len(steps) >= SETTLED:
        last = id(steps[-1])
        if last not in again:
            again[last] = PackedSteps(old, pack([_label(step, layout) for step in steps]))
        return again[last]
    for step in steps:
        path = again.setdefault(id(step), step._replace(before=path))
    return path


def _unpacked(path: PackedSteps | None) -> Iterator[SeriesLabel]:
    """The labels that were packed at the start of a path."""
    parts = []
    while path is not None:
        parts.append(path.labels)
        path = path.before
    return chain.from_iterable(unpack(labels, SeriesLabel) for labels in reversed(parts))


def _label(step: Step, layout: PageLayout) -> SeriesLabel:
    """The label that a step takes."""
    c, reading, series = step.candidate, step.reading, step.series
    return SeriesLabel(
        line=c.line,
        start=c.start,
        end=c.end,
        num=c.num,
        printed=_printed(c, layout),
        element=reading.element,
        sequence=reading.sequence,
        style=series.style,
        ordinal=series.ordinal,
        depth=step.depth,
        rule=c.rule.id,
        alone=c.alone,
        digits=c.rule.digits,
    )


def _printed(c: Candidate, layout: PageLayout) -> str:
    return "".join(layout.lines.text.text[c.start : c.end].replace(VOID, "").split())
