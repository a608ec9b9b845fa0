"""Blocks to blocks: labels and texts that extraction set apart in columns are put together again.

Plain extraction reads a page column by column where labels hang in the margin: two labels follow each other, then
their two texts; or the label of a heading comes before the last lines of the paragraph above it. What a label alone
on its line has below it need not be its heading.
"""

from collections.abc import Callable, Sequence

import msgspec

from confparse.reflow.types import Block
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget
from confparse.rules.structure import Heading, Stop

Test = Callable[[Block], bool]

_HEADING = 200  # characters: what is longer is no heading


def reading_order(blocks: Sequence[Block], grammar: Grammar, budget: TimeBudget) -> tuple[Block, ...]:
    """The blocks with each heading under its own label; only neighbours change places."""
    stops = [grammar.matcher(rule) for rule in grammar.of(Stop) if rule.strength == "sentence"]
    shapes = [grammar.matcher(rule) for rule in grammar.of(Heading) if rule.makes == "before_paragraph"]

    def ended(block: Block) -> bool:
        return any(matcher.search(block.content[-12:], budget) for matcher in stops)

    def heads(block: Block) -> bool:
        plain = block.label is None and block.zone is None and len(block.content) < _HEADING and not ended(block)
        return plain and any(matcher.search(block.content, budget) for matcher in shapes)

    out: list[Block] = []
    i = 0
    while i < len(blocks):
        group = list(blocks[i : i + 4])
        if _two_labels(group, ended, heads):
            out += [_with(group[0], group[1]), _with(group[1], group[2])]
            i += 3
        elif _label_too_early(group, ended, heads):
            _give_back(out, group[0])
            out.append(_with(group[0], group[1]))
            i += 2
        else:
            out += _apart(blocks[i], ended)
            i += 1
    return tuple(out)


def _divides(block: Block) -> bool:
    return block.label is not None and block.label.element == "division"


def _two_labels(group: list[Block], ended: Test, heads: Test) -> bool:
    """Two labels of headings in a row, the first without text, and two texts that are headings."""
    if len(group) < 4 or not (_divides(group[0]) and _divides(group[1])) or group[0].content or not group[1].content:
        return False
    return not ended(group[1]) and heads(group[2]) and group[3].label is not None


def _label_too_early(group: list[Block], ended: Test, heads: Test) -> bool:
    """A label of a heading alone on its line before a sentence that ends, and its heading, right before the next label."""
    label = group[0].label
    if len(group) < 3 or label is None or not (_divides(group[0]) and label.alone) or not group[0].content:
        return False
    return ended(group[0]) and heads(group[1]) and group[2].label is not None


def _apart(block: Block, ended: Test) -> list[Block]:
    """A label alone on its line, such as that of an article, and the sentences below it, which are no heading."""
    label = block.label
    if label is None or not (_divides(block) and label.alone) or not ended(block):
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


def _give_back(out: list[Block], block: Block) -> None:
    """Give text to the numbered paragraph above that has none, or keep it as a block of its own."""
    start = block.pieces[0][0] if block.pieces else block.start
    if out and out[-1].label is not None and not out[-1].content:
        out[-1] = _with(out[-1], block)
    else:
        out.append(msgspec.structs.replace(block, label=None, part_start=None, start=start))
