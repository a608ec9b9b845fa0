"""Blocks to the outline: what each block is."""

from collections.abc import Sequence
from itertools import pairwise

from confparse.diagnostics import Finding
from confparse.headings import Words
from confparse.hops import Block, Flow
from confparse.placer import Placer
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Watch
from confparse.rules.structure import Heading
from confparse.tree import Draft


def _cover_end(flow: Flow, blocks: Sequence[Block], words: Words) -> int:
    """The index of the first line after the titles: before a first heading that nothing but its place gives away.

    Where a paper heads its parts without numbers, the line before paragraph one is such a heading too, if a title
    stands above it.
    """
    end = flow.series.sheet.cover_end
    titles = [b for b in blocks if b.first < end and b.zone is None and b.label is None]
    if len(titles) < 2 or any(label.element == "division" for label in flow.series.labels):
        return end
    last = titles[-1]
    following = next((b for b in blocks if b.first > last.first), None)
    opens = following is not None and following.label is not None and following.label.ordinal == 1
    if not opens or last.first != last.last or not words.shape(last.content):
        return end
    later = (a for a, b in pairwise(blocks) if a.first >= end and _stands_before_paragraph(a, b))
    return last.first if any(words.shape(block.content) for block in later) else end


def _stands_before_paragraph(block: Block, after: Block | None) -> bool:
    return block.label is None and after is not None and after.label is not None and after.label.element == "paragraph"


def outline(flow: Flow, blocks: Sequence[Block], grammar: Grammar, watch: Watch) -> tuple[list[Draft], list[Finding]]:
    """The tree of drafts, and what was noticed while numbering it."""
    words = Words(grammar, watch)
    placer = Placer(words, any(label.element == "division" for label in flow.series.labels))
    cover_end = _cover_end(flow, blocks, words)
    begun = False
    for i, block in enumerate(blocks):
        begun = begun or ((block.label or block.anchor or cover_end > 0) and block.first >= cover_end) or False
        if block.zone != "toc":
            placer.leave_contents()
        promised = block.anchor is not None and block.anchor.element == "division" and not block.anchor.role
        if promised and block.label is None and not (block.anchor and block.anchor.num) and placer.title_of_part(block):
            continue
        if block.zone is not None or block.label is not None or block.anchor is not None:
            _place_marked(placer, block)
        elif placer.title_of_part(block):
            continue
        elif not begun:
            placer.leaf("title", block)
        elif (shape := _heading(blocks, i, words)) is not None:
            placer.heading_by_shape(block, shape)
        else:
            placer.running(block)
    return placer.tree.root, placer.findings


def _place_marked(placer: Placer, block: Block) -> None:
    """Blocks whose label, anchor or zone says what they are."""
    if block.zone == "toc":
        placer.contents(block)
    elif block.zone is not None:
        placer.leaf("table", block, placer.tree.within("paragraph", "division", "attachment"))
    elif block.label is not None:
        place = {"division": placer.division, "paragraph": placer.paragraph, "subparagraph": placer.item}
        place[block.label.element](block)
    elif block.anchor is not None and block.anchor.element == "attachment":
        placer.attachment(block)
    elif block.anchor is not None and block.anchor.element == "closing":
        placer.leaf("closing", block)
    else:
        placer.division(block)


def _heading(blocks: Sequence[Block], i: int, words: Words) -> Heading | None:
    """The rule by which an unnumbered block is a heading: its shape, the text ended above, a paragraph right below."""
    after = next((b for b in blocks[i + 1 : i + 3] if b.zone is None), None)
    if not _stands_before_paragraph(blocks[i], after):
        return None
    above = blocks[i - 1] if i else None
    ended = above is None or above.zone or words.stops(above.content) or words.shape(above.content)
    return words.shape(blocks[i].content) if ended else None
