"""Blocks to blocks: labels and texts that extraction set apart in columns are put together again.

Plain extraction reads a page column by column where labels hang in the margin: two labels follow each other, then
their two texts; or the label of a heading comes before the last lines of the paragraph above it. What a label alone
on its line has below it need not be its heading.
"""

from array import array
from collections.abc import Callable, Sequence

import msgspec

from confparse.outline.headings import Words
from confparse.packing import Lazy
from confparse.reflow.types import Block

Test = Callable[[Block], bool]

_HEADING = 200  # characters: what is longer is not a heading


class _Order(Lazy[Block]):
    """Blocks in their order: most are those that were read, by their places."""

    def __init__(self, read: Sequence[Block]) -> None:
        self._read = read
        self._places = array("i")  # of the block that was read, -1 for one that was made
        self._new_blocks: dict[int, Block] = {}

    def add(self, block: Block, place: int | None = None) -> None:
        """Put a block after the last one; one that was read by its place."""
        if place is None:
            self._new_blocks[len(self._places)] = block
        self._places.append(-1 if place is None else place)

    def replace_last(self, block: Block) -> None:
        """Put a block in the place of the last one."""
        self._places.pop()
        self.add(block)

    def at(self, at: int) -> Block:
        place = self._places[at]
        return self._read[place] if place >= 0 else self._new_blocks[at]

    def __len__(self) -> int:
        return len(self._places)


def reading_order(blocks: Sequence[Block], words: Words) -> Sequence[Block]:
    """The blocks with each heading under its own label; only neighbours change places."""

    def ended(block: Block) -> bool:
        return words.stops(block.content)

    def runs(block: Block) -> bool:
        return ended(block) or words.goes_on(block.content)

    def heads(block: Block) -> bool:
        plain = block.label is None and block.zone is None and len(block.content) < _HEADING and not ended(block)
        return plain and words.shape(block.content) is not None

    out = _Order(blocks)
    i = 0
    while i < len(blocks):
        group = blocks[i : i + 4]
        if _two_labels(group, ended, heads):
            out.add(_with(group[0], group[1]))
            out.add(_with(group[1], group[2]))
            i += 3
        elif _label_too_early(group, ended, heads):
            _give_back(out, group[0])
            out.add(_with(group[0], group[1]))
            i += 2
        else:
            for block in _apart(blocks[i], runs):
                out.add(block, i if block is blocks[i] else None)
            i += 1
    return out


def _divides(block: Block) -> bool:
    return block.label is not None and block.label.element == "division"


def _two_labels(group: Sequence[Block], ended: Test, heads: Test) -> bool:
    """Two labels of headings in a row, the first without text, and two texts that are headings."""
    if len(group) < 4 or not (_divides(group[0]) and _divides(group[1])) or group[0].content or not group[1].content:
        return False
    return not ended(group[1]) and heads(group[2]) and group[3].label is not None


def _label_too_early(group: Sequence[Block], ended: Test, heads: Test) -> bool:
    """A label of a heading alone on its line before a sentence that ends, and its heading, right before the next label.

    A label in words, such as that of an article, hangs in no margin: the sentence below it is its own.
    """
    label = group[0].label
    if len(group) < 3 or label is None or not (_divides(group[0]) and label.alone) or not group[0].content:
        return False
    if label.in_words:
        return False
    return ended(group[0]) and heads(group[1]) and group[2].label is not None


def _apart(block: Block, runs: Test) -> list[Block]:
    """A label alone on its line, such as that of an article, and the text below it, which a stop or a colon ends: that
    text is not a heading.
    """
    label = block.label
    if label is None or not (_divides(block) and label.alone) or not runs(block):
        return [block]
    if len(block.content) < _HEADING and not label.in_words:
        return [block]
    bare = msgspec.structs.replace(block, content="", pieces=(), end=label.end, last=block.first)
    return [bare, msgspec.structs.replace(block, label=None, part_start=None, start=block.pieces[0][0])]


def _with(block: Block, text: Block) -> Block:
    """A block with the text of another."""
    return msgspec.structs.replace(
        block, content=text.content, pieces=text.pieces, end=max(block.end, text.end), last=max(block.last, text.last)
    )


def _give_back(out: _Order, block: Block) -> None:
    """Give text to the numbered paragraph above that has none, or keep it as a separate block."""
    start = block.pieces[0][0] if block.pieces else block.start
    above = out[-1] if out else None
    if above is not None and above.label is not None and not above.content:
        out.replace_last(_with(above, block))
    else:
        out.add(msgspec.structs.replace(block, label=None, part_start=None, start=start))
