"""Flow to blocks: the pieces of lines put together as clean text."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import regex

from confparse.diagnostics import Breach
from confparse.labels.types import Removal
from confparse.layout.line_table import Line
from confparse.layout.types import Note
from confparse.packing import CachedValues
from confparse.reflow.hyphens import Hyphens
from confparse.reflow.types import Block, Blocks, Flow, Group, NoteText, Segment, SegmentTable
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import PackedTexts
from confparse.rules.line_breaks import Spacing as SpacingRule
from confparse.rules.time_budget import TimeBudget
from confparse.text.normalize import with_closed_headings
from confparse.text.types import VOID, Spacing, Stretches, Text, without_void

_BETWEEN = "\ufdd1"  # a noncharacter, between texts that are mended together
_APART = "\ufdd2"  # a noncharacter, before a combining mark that belongs to no letter: a blank keeps the two apart
_MARK = regex.compile(r"\p{M}")
_ALONE = regex.compile(rf"(?<=[\s{VOID}{_BETWEEN}])(?=\p{{M}})")
_AROUND = regex.compile(rf"[\s{VOID}]*{_APART}[\s{VOID}]*")
PARTS = 10_000  # pieces of a text that are held one by one, at most, for memory alone
Pieces = Sequence[tuple[int, int]]


class _Composer:
    """Puts pieces of one text together, and keeps what it takes out."""

    def __init__(self, text: Text, grammar: Grammar, spacing: Spacing, budget: TimeBudget) -> None:
        self._text, self._budget = text, budget
        rules = [rule for rule in grammar.of(SpacingRule) if spacing == "tight" or not rule.tight]
        self._spacings = [(grammar.matcher(rule), rule.put, rule.id in grammar.own) for rule in rules]
        self._hyphens = Hyphens(text, grammar, budget)

    def compose_all(self, many: Iterable[Pieces]) -> Iterator[str]:
        """The texts of many runs of pieces, each as one clean line; white space is mended in all of them at once."""
        raw = map(self._raw, many)
        parts = iter(lambda: list(islice(raw, PARTS)), [])
        joined = _BETWEEN.join(_BETWEEN.join(part) for part in parts)
        joined = _ALONE.sub(_APART, joined)
        for matcher, put, own in self._spacings:
            spaced = matcher.sub(put, joined, self._budget)
            if own and "".join(spaced.split()) != "".join(joined.split()):  # a rule of the user changes the text
                raise Breach
            joined = spaced
        joined = _AROUND.sub(" ", joined).replace(VOID, "")
        start = 0
        while (end := joined.find(_BETWEEN, start)) >= 0:
            yield joined[start:end].strip()
            start = end + 1
        yield joined[start:].strip()

    def _raw(self, pieces: Pieces) -> str:
        text = self._text.text
        if not pieces:
            return ""
        if len(pieces) == 1:
            whole = text[pieces[0][0] : pieces[0][1]]
            return with_closed_headings(whole).rstrip() if whole[1:2] == " " else whole
        raw, offsets = _joined(text, pieces)
        return self._hyphens.mended(raw, offsets)

    @property
    def removals(self) -> tuple[Removal, ...]:
        """The hyphens that were taken out."""
        return tuple(self._hyphens.removals)


def _joined(text: str, pieces: Pieces) -> tuple[str, Stretches]:
    """Pieces joined, by a line feed where a line ended; and (offset in the result, distance to the source) of each.

    There are no blanks beside those line feeds, so that patterns can start from them.
    """
    parts: list[str] = []
    chunks: list[str] = []  # parts that were put together
    offsets = Stretches()
    length = 0
    before = pieces[0][0]
    for start, end in pieces:
        piece = text[start:end]
        if before < start and "\n" in text[before:start]:
            above = parts[-1].rstrip(" \t")
            length += 1 + len(above) - len(parts[-1])
            parts[-1:] = [above, "\n"]
            bare = piece.lstrip(" \t")
            start, piece = start + len(piece) - len(bare), bare
        if before < start and _MARK.match(piece):  # what was taken out was between it and the text before
            parts.append(_APART)
            length += 1
        offsets.append(length, start - length)
        if len(parts) > PARTS:
            chunks.append("".join(parts))
            parts.clear()
        parts.append(piece)
        length += len(piece)
        before = end
    return "".join((*chunks, *parts)), offsets


def _whole(segment: Segment) -> Pieces:
    """The pieces of a segment that does not open its block: the label of a part is text there."""
    if segment.part_start is not None and segment.start < segment.part_start.text_start:
        return [(segment.start, segment.part_start.text_start), *segment.pieces]
    return segment.pieces


def _pieces(group: Group, segments: SegmentTable) -> Pieces:
    """The pieces of a group's content, line by line."""
    if group.end == group.start + 1:
        return segments[group.start].pieces
    more = (piece for i in range(group.start + 1, group.end) for piece in _whole(segments[i]))
    return Stretches(chain(segments[group.start].pieces, more))


def _block(group: Group, segments: SegmentTable, text: Text, content: str) -> Block:
    pieces = _pieces(group, segments)
    first, last = segments[group.start], segments[group.end - 1]
    if first.claim is not None:
        content = "\n".join(
            " ".join(without_void(text.text[segments[i].start : segments[i].end]).split())
            for i in range(group.start, group.end)
        )
        zone, part, rule = first.claim.zone, first.claim.name, first.claim.rule
    else:
        zone, part, rule = None, None, group.rule
    return Block(
        label=first.label,
        part_start=first.part_start,
        zone=zone,
        part=part,
        start=first.start,
        end=last.end,
        content=content,
        pieces=pieces,
        first=first.line.index,
        last=last.line.index,
        rule=rule,
    )


def _note(note: Note, lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """The pieces of a footnote's text, line by line, without its number."""
    own = [lines[i] for i in note.lines]
    whole = ((note.text_start if line.start < note.text_start <= line.end else line.start, line.end) for line in own)
    return tuple(piece for piece in whole if piece[0] < piece[1])


def _note_text(note: Note, pieces: tuple[tuple[int, int], ...], content: str, lines: Sequence[Line]) -> NoteText:
    own = [lines[i] for i in note.lines]
    first, last = min(own, key=lambda line: line.start), max(own, key=lambda line: line.end)
    return NoteText(note, content, pieces, first.start, last.end)


def compose(flow: Flow, grammar: Grammar, spacing: Spacing, budget: TimeBudget) -> Blocks:
    """The blocks of a flow, in reading order, and its footnotes."""
    layout = flow.series.layout
    text, lines = layout.lines.text, layout.lines.lines
    composer = _Composer(text, grammar, spacing, budget)
    segments = flow.segments
    claimed = (segments[group.start].claim is not None for group in flow.groups)
    group_pieces = (() if zone else _pieces(group, segments) for group, zone in zip(flow.groups, claimed, strict=True))
    contents = PackedTexts(composer.compose_all(group_pieces) if flow.groups else ())
    blocks = CachedValues(lambda i: _block(flow.groups[i], segments, text, contents[i]), len(flow.groups))
    pieces = [_note(note, lines) for note in layout.notes]
    noted = zip(layout.notes, pieces, composer.compose_all(pieces) if pieces else (), strict=True)
    notes = tuple(_note_text(note, own, content, lines) for note, own, content in noted)
    return Blocks(flow, blocks, notes, composer.removals)
