"""Drafts, notes and claims to the lists of the record, and the count of every character."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, islice, pairwise
from operator import attrgetter
from typing import cast

from confparse.diagnostics import Finding
from confparse.labels.types import Removal
from confparse.layout.types import PageLayout
from confparse.model import Coverage, Footnote, Furniture, Node, Span, walk
from confparse.numerals import in_mark
from confparse.outline.tree import LEAF, Draft, DraftFootnote
from confparse.packing import Packed
from confparse.reflow.types import NoteText
from confparse.text.types import VOID, Text, without_void
from confparse.vocabularies import FurnitureName

_PART = 1 << 20  # characters


def furniture(layout: PageLayout, removals: Iterable[Removal]) -> Sequence[Furniture]:
    """Page matter by its lines, what was taken out of running text, and characters that cannot be seen; a tuple unless
    there are very many.
    """
    text = layout.lines.text
    text_furniture = [
        _furniture(item.kind, text.text[item.start : item.end], (item.start, item.end), item.rule, text)
        for item in removals
    ]
    for repair in text.repairs:
        if repair.removed:
            at = (repair.first, repair.first + 1)
            text_furniture.append(_furniture(repair.kind, repair.removed, at, repair.rule, text))
    all_furniture = Packed(Furniture, merge(_page_matter(layout), sorted(text_furniture, key=_span), key=_span))
    return all_furniture if all_furniture.packed else tuple(all_furniture)


def printed(text: Text, hyphens: Sequence[Removal]) -> str:
    """The text with white space for what is not in the content of any node though its piece is: hyphens at line ends,
    and characters that cannot be seen.
    """
    cuts = chain.from_iterable((hyphen.start, hyphen.end) for hyphen in sorted(hyphens, key=attrgetter("start")))
    kept = islice(pairwise([0, *cuts, len(text.text)]), 0, None, 2)
    return " ".join(text.text[start:end] for start, end in kept).replace(VOID, " ")


def _page_matter(layout: PageLayout) -> Iterator[Furniture]:
    for line in layout.lines.lines:
        claim = layout.claims.get(line.index)
        if claim is not None and claim.zone == "furniture":
            shown = " ".join(without_void(layout.lines.shown(line)).split())
            kind = cast(FurnitureName, claim.name)  # rules may name no other
            yield _furniture(kind, shown, (line.start, line.end), claim.rule, layout.lines.text)


def _furniture(kind: FurnitureName, shown: str, span: Span, rule: str, text: Text) -> Furniture:
    return Furniture(kind=kind, text=shown, span=span, lines=text.lines_of(*span), rule=rule)


def _span(item: Furniture) -> Span:
    return item.span


def _holders(nodes: Sequence[Node]) -> list[tuple[int, int, str]]:
    """(start, end, eid) of every node's own text."""
    return sorted((*node.span, node.eid) for node in walk(nodes))


def _holding(nodes: Sequence[Node], offsets: Sequence[int]) -> dict[int, str]:
    """The node that holds each of some offsets, given in order: the last that starts before it and ends after it, or
    after whose text it is alone.
    """
    out: dict[int, str] = {}
    holders = _holders(nodes) if offsets else []
    reached, open_ones = 0, []
    for offset in offsets:
        while reached < len(holders) and holders[reached][0] <= offset:
            open_ones.append(holders[reached])
            reached += 1
        while open_ones and open_ones[-1][1] <= offset:
            open_ones.pop()
        if reached:
            out[offset] = (open_ones or holders[reached - 1 : reached])[-1][2]
    return out


def note_drafts(
    nodes: Sequence[Node], marks: Sequence[Removal], notes: Sequence[NoteText]
) -> tuple[DraftFootnote, ...]:
    """The footnotes as drafts, with the nodes that hold their marks."""
    holding = _holding(nodes, sorted(mark.start for mark in marks))
    spots: dict[int, list[str]] = {}
    for mark in marks:
        if mark.note is not None and mark.start in holding:
            spots.setdefault(mark.note, []).append(holding[mark.start])
    used: Counter[str] = Counter()
    out: list[DraftFootnote] = []
    for place, composed in enumerate(notes):
        num = composed.note.num.strip() if composed.note.num is not None else None
        number = in_mark(num)
        name = f"fn_{number if number is not None else num if num and num.isalnum() else len(out) + 1}"
        used[name] += 1
        eid = name if used[name] == 1 else f"{name}_{used[name]}"
        draft = Draft(
            element="p",
            level=LEAF,
            eid=eid,
            start=composed.start,
            end=composed.end,
            rule=composed.note.rule,
            num=num,
            content=composed.content,
            pieces=composed.pieces,
        )
        out.append(DraftFootnote(draft, tuple(dict.fromkeys(spots.get(place, ())))))
    return tuple(out)


def footnotes(notes: Iterable[DraftFootnote], text: Text) -> tuple[Footnote, ...]:
    """Footnotes as the record lists them."""
    return tuple(
        Footnote(
            eid=draft.eid,
            num=draft.num,
            content=draft.content or "",
            refs=refs,
            span=(draft.start, draft.end),
            lines=text.lines_of(draft.start, draft.end),
            rule=draft.rule,
        )
        for draft, refs in ((note.draft, note.refs) for note in notes)
    )


def _count(text: str | None) -> int:
    """Characters that are not white space; of a long text a part at a time, for their words take many times its
    memory.
    """
    return sum(len("".join(text[at : at + _PART].split())) for at in range(0, len(text), _PART)) if text else 0


def coverage(
    text: Text, nodes: Sequence[Node], notes: Sequence[Footnote], furniture_items: Sequence[Furniture]
) -> tuple[Coverage, list[Finding]]:
    """Characters that are not white space: in the source, and in each part of the record."""
    outlined = sum(_count(node.num) + _count(node.heading) + _count(node.content) for node in walk(nodes))
    noted = sum(_count(n.num) + _count(n.content) for n in notes)
    furnished = sum(_count(f.text) for f in furniture_items)
    total = _count(text.source.text)
    unclaimed = total - outlined - noted - furnished
    findings = [Finding("O009", 0, 0, None, {"count": unclaimed})] if unclaimed else []
    return Coverage(
        characters=total, outline=outlined, footnotes=noted, furniture=furnished, unclaimed=unclaimed
    ), findings
