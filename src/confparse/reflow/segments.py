"""Series to segments: the stretches of running text between which reflow decides."""

import itertools
from array import array
from bisect import bisect_left
from collections.abc import Sequence

from confparse.labels.types import Removal, Series, SeriesLabel
from confparse.layout.types import LineClaim
from confparse.reflow.types import Segment, SegmentTable


def _pieces(start: int, end: int, removals: Sequence[Removal], at: "array[int]") -> tuple[tuple[int, int], ...]:
    first = bisect_left(at, start)
    out, low = [], start
    for item in removals[first:]:
        if item.start >= end:
            break
        if item.start > low:
            out.append((low, item.start))
        low = item.end
    if low < end:
        out.append((low, end))
    return tuple(out)


def segments(series: Series) -> SegmentTable:
    """All segments in order; furniture and footnotes leave only a seam."""
    contents, removals = series.layout.contents, series.note_refs
    entries = {line: i for i, line in enumerate(contents.entries, 1)} if contents else {}
    entry = 0
    coming = enumerate(series.labels)
    ahead = next(coming, None)  # the first label that is on no line so far, and its place
    at = array("I", (item.start for item in removals))
    out = SegmentTable(series.layout.lines.lines, series.labels, series.layout.claims)
    seam = raised = False
    page = -1
    for line in series.layout.lines.lines:
        labels: list[tuple[int, SeriesLabel]] = []
        while ahead is not None and ahead[1].line <= line.index:
            labels.append(ahead)
            ahead = next(coming, None)
        claim = series.layout.claims.get(line.index)
        if claim is not None and claim.zone in ("furniture", "note"):
            seam = seam or claim.seam
            continue
        seam = seam or line.page != page
        page = line.page
        if claim is not None and claim.zone == "toc":
            entry = entries.get(line.index, entry)
            claim = LineClaim("toc", f"entry_{entry}", claim.rule)
        if claim is not None:
            out.add(
                Segment(line, line.start, line.end, None, None, claim, seam, raised, False, ((line.start, line.end),))
            )
            seam = raised = False
            continue
        part_start = series.part_starts.get(line.index)
        cuts = [line.start, *(label.start for _, label in labels if label.start > line.start), line.end]
        for start, end in itertools.pairwise(cuts):
            place, own = next((item for item in labels if item[1].start == start), (None, None))
            inside = start > line.start
            own_part_start = part_start if not inside else None
            text_start = own.end if own else own_part_start.text_start if own_part_start else start
            pieces = _pieces(text_start, end, removals, at)
            raised = raised or ((not pieces or pieces[0][0] > text_start) and not own)
            if pieces or own or own_part_start:
                out.add(Segment(line, start, end, own, own_part_start, None, seam, raised, inside, pieces), place)
                seam = raised = False
    return out
