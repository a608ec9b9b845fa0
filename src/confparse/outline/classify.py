"""Blocks to the outline: what each block is."""

from collections.abc import Container, Sequence
from functools import partial
from itertools import pairwise

from confparse.diagnostics import Finding
from confparse.outline.builder import OutlineBuilder
from confparse.outline.headings import Words
from confparse.outline.tree import Draft
from confparse.packing import Packed
from confparse.reflow.types import Block, Flow
from confparse.rules.grammar import Grammar
from confparse.rules.structure import Heading, Label

_SHORT = 150  # characters of a heading over prose
_LINES = 2  # over which such a heading runs at most


def _cover_end(flow: Flow, blocks: Sequence[Block], words: Words) -> int:
    """The index of the first line after the titles: before a first heading that nothing but its place gives away.

    If a paper heads its parts without numbers, the line before paragraph one, or in an unnumbered paper before
    the first sentence, is such a heading too, if a title is above it.
    """
    end = flow.series.layout.cover_end
    titles = [b for b in blocks if b.first < end and b.zone is None and b.label is None]
    if len(titles) < 2 or any(label.element == "division" for label in flow.series.labels):
        return end
    last = titles[-1]
    following = next((b for b in blocks if b.first > last.first), None)
    if flow.series.numbered:
        opens = following is not None and following.label is not None and following.label.ordinal == 1
    else:
        opens = _stands_over_prose(last, following, words)
    if not opens or last.first != last.last or not words.shape(last.content):
        return end
    if words.names_paper(last.content) and not any(words.names_paper(title.content) for title in titles[:-1]):
        return end
    over = _stands_before_paragraph if flow.series.numbered else partial(_stands_over_prose, words=words)
    later = (a for a, b in pairwise(blocks) if a.first >= end and over(a, b))
    return last.first if any(words.shape(block.content) for block in later) else end


def _stands_before_paragraph(block: Block, after: Block | None) -> bool:
    return block.label is None and after is not None and after.label is not None and after.label.element == "paragraph"


def _stands_before_list(block: Block, after: Block | None, heading_labels: Container[str]) -> bool:
    """Whether a block is above the first item of a list numbered as headings are: minutes number the items of each
    part so.
    """
    label = after.label if after is not None else None
    first = label is not None and label.element == "subparagraph" and label.ordinal == 1
    return block.label is None and first and label is not None and label.rule in heading_labels


def classify(
    flow: Flow, blocks: Sequence[Block], words: Words, grammar: Grammar
) -> tuple[Packed[Draft], list[Finding]]:
    """The drafts in reading order, and what was noticed while numbering it."""
    builder = OutlineBuilder(words, any(label.element == "division" for label in flow.series.labels))
    cover_end, body_shown = _cover_end(flow, blocks, words), flow.series.layout.body_shown
    begun = False
    unnumbered = not flow.series.numbered
    heading_labels = {rule.id for rule in grammar.of(Label) if rule.heads}
    first_label = next((block.first for block in blocks if block.label is not None), 0)
    for i, block in enumerate(blocks):
        begun = begun or (bool(block.label or block.part_start or body_shown) and block.first >= cover_end)
        if block.zone != "toc":
            builder.leave_contents()
        promised = block.part_start is not None and block.part_start.element == "division" and not block.part_start.role
        if (
            promised
            and block.label is None
            and not (block.part_start and block.part_start.num)
            and builder.title_of_part(block)
        ):
            continue
        if block.zone is not None or block.label is not None or block.part_start is not None:
            _place_marked(builder, block)
            begun = begun or (block.part_start is not None and block.part_start.element == "division")
        elif builder.title_of_part(block):
            continue
        elif not begun:
            builder.title(block)
        elif (shape := _heading(blocks, i, words, unnumbered, heading_labels, cover_end, first_label)) is not None:
            builder.heading_by_shape(block, shape)
        else:
            builder.running(block)
    return builder.tree.drafts, builder.findings


def _place_marked(builder: OutlineBuilder, block: Block) -> None:
    """Blocks whose label, part_start or zone says what they are."""
    if block.zone == "toc":
        builder.contents(block)
    elif block.zone is not None:
        builder.leaf("table", block, builder.tree.within("paragraph", "division", "attachment"))
    elif block.label is not None:
        place = {"division": builder.division, "paragraph": builder.paragraph, "subparagraph": builder.item}
        place[block.label.element](block)
    elif block.part_start is not None and block.part_start.element == "attachment":
        builder.attachment(block)
    elif block.part_start is not None and block.part_start.element == "closing":
        builder.leaf("closing", block)
    else:
        builder.division(block)


def _stands_over_prose(block: Block, after: Block | None, words: Words) -> bool:
    """Whether a block of one short line, or of two, is above a sentence."""
    plain = after is not None and after.label is None and after.zone is None and after.part_start is None
    return plain and block.last - block.first < _LINES and len(block.content) <= _SHORT and words.stops(after.content)  # type: ignore[union-attr]


def _stands_over_lead(blocks: Sequence[Block], words: Words) -> bool:
    """Whether the first of three blocks is above the words that lead to a list, and these above its first item."""
    if len(blocks) < 3 or len(blocks[0].content) > _SHORT:
        return False
    _, lead, item = blocks
    marked = lead.label or lead.zone or lead.part_start
    listed = item.label is not None and item.label.element == "subparagraph"
    return not marked and listed and words.goes_on(lead.content)


def _is_heading_without_label(block: Block, words: Words) -> bool:
    """Whether nothing marks a block, and it has the shape of a heading."""
    marked = block.label or block.zone or block.part_start
    return not marked and words.shape(block.content) is not None


def _stands_over_heading(below: Sequence[Block], words: Words) -> bool:
    """Whether two blocks are a heading without label and, right after it, a numbered paragraph."""
    return (
        len(below) > 1 and _stands_before_paragraph(below[0], below[1]) and _is_heading_without_label(below[0], words)
    )


def _capitals_over_heading(block: Block, below: Sequence[Block], words: Words) -> bool:
    """Whether a block in capitals is above a heading without label that is not in capitals, right before a
    sentence.
    """
    if len(below) < 2 or not block.content.isupper() or below[0].content.isupper():
        return False
    return _stands_over_prose(below[0], below[1], words) and _is_heading_without_label(below[0], words)


def _heading(
    blocks: Sequence[Block],
    i: int,
    words: Words,
    unnumbered: bool,
    heading_labels: Container[str],
    cover_end: int,
    first_label: int,
) -> Heading | None:
    """The rule by which an unnumbered block is a heading: its shape, the text ended above, and right below a paragraph
    or the first item of a list; in a paper without numbered ones, a sentence. `first_label`: the first line with a
    label.
    """
    after = next((b for b in blocks[i + 1 : i + 3] if b.zone is None), None)
    over_prose = unnumbered and (
        _stands_over_prose(blocks[i], after, words) or _stands_over_lead(blocks[i : i + 3], words)
    )
    over_items = _stands_before_paragraph(blocks[i], after) or _stands_before_list(blocks[i], after, heading_labels)
    below = blocks[i + 1 : i + 3]
    capitals = unnumbered and _capitals_over_heading(blocks[i], below, words)
    over_heading = capitals or _stands_over_heading(below, words)
    if not over_prose and not over_items and not over_heading:
        return None
    above = blocks[i - 1] if i else None
    title = above is not None and above.first < cover_end and not above.label
    ended = above is None or above.zone or title or words.stops(above.content) or words.shape(above.content)
    led = above is not None and blocks[i].first < first_label and words.goes_on(above.content)  # “declare:”, and 1.
    return words.shape(blocks[i].content) if ended or led else None
