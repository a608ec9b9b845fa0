"""Puts blocks into the outline one after the other: under what, how deep, under which name."""

import unicodedata
from typing import Any

from confparse.diagnostics import Finding
from confparse.numerals import number_parts, ordinal, to_roman
from confparse.outline.headings import Words
from confparse.outline.tree import ATTACHMENT, CONTENTS, DIVISION, ITEM, LEAF, PARAGRAPH, Draft, Tree
from confparse.reflow.types import Block
from confparse.rules.structure import Heading
from confparse.vocabularies import Element

_DEEPEST = 8  # degrees of headings without label, at most: no style manual knows as many
_KINDS = {"subparagraph": "item", "attachment": "att"}  # what counted eids call elements, if not as they are
_LETTERED = ("loweralpha", "lowerroman", "upperalpha", "upperroman")


class OutlineBuilder:
    """Puts one block after the other into the tree."""

    def __init__(self, words: Words, labelled: bool) -> None:
        self.words, self.tree = words, Tree()
        self.findings: list[Finding] = []
        self._contents: Draft | None = None  # the head of the contents table
        self._labelled = labelled  # some headings of the paper have labels
        self._base = 0  # degree of the part that the labelled headings are in
        self._last = 0  # the number of the last paragraph
        self._parts: set[str] = set()  # the rules of parts that are outside annexes

    def _put(
        self, element: Element, level: int, own: str | None, inside: Draft | None, block: Block, **values: Any
    ) -> Draft:
        """Put a block into the tree, under its own name or, without one, as the next of its kind."""
        if own is None:
            kind = "entry" if inside is not None and inside is self._contents else _KINDS.get(element, element)
            eid, repeated = self.tree.counted(kind, inside), False
        else:
            eid, repeated = self.tree.name(own, inside)
        if repeated and block.label is not None and element != "division":
            self.findings.append(
                Finding("O002", block.start, block.end, None, {"num": block.label.printed, "eid": eid})
            )
        otherwise = block.label.rule if block.label else block.part_start.rule if block.part_start else block.rule
        rule = values.pop("rule", None) or otherwise
        values = {"rule": rule, "pieces": block.pieces} | {k: v or None for k, v in values.items()}
        draft = Draft(element=element, level=level, eid=eid, start=block.start, end=block.end, **values)
        self.tree.add(draft)
        return draft

    def leaf(self, element: Element, block: Block, inside: Draft | None = None) -> None:
        """A table or a signature."""
        self._put(element, LEAF, None, inside, block, content=block.content)

    def title(self, block: Block) -> None:
        """Text before the body."""
        rule = self.words.unmarked("title")
        self._put("title", LEAF, None, None, block, content=block.content, rule=rule)

    def contents(self, block: Block) -> None:
        """The head of the contents table, and one node for each entry under it."""
        if self._contents is None:
            self.tree.close_all()
            self._contents = self._put("toc", CONTENTS, None, None, block, content=block.content)
        else:
            self._put("toc", LEAF, None, self._contents, block, content=block.content)

    def leave_contents(self) -> None:
        """Whatever follows the contents table is not part of it."""
        if self.tree.open and self.tree.open[0].element == "toc":
            self.tree.close_all()

    def attachment(self, block: Block) -> None:
        """An annex, in which headings and numbers start again."""
        self.tree.close_all()
        self._base = self._last = 0
        self._put("attachment", ATTACHMENT, None, None, block, num=printed(block), heading=block.content)

    def _degree(self, block: Block, role: str | None) -> int:
        if block.label:
            return self._base + block.label.depth + 1
        if block.part_start and block.part_start.resets:
            self._base = 1
            return 1
        if not self._labelled or role == "introduction":
            return self._base + 1
        return self._below()

    def _below(self) -> int:
        """The degree of a heading without label: under one with a label, or without text, else beside the one above."""
        above = self.tree.within("division")
        if above is None or above.degree is None:
            return 1
        return min(above.degree + 1, _DEEPEST) if above.num or not above.filled else above.degree

    def _part(self, rule: str) -> None:
        """A separate part, such as a decision in a volume of them: an annex that follows one ends where the next
        begins.
        """
        if self.tree.within("attachment") is None:
            self._parts.add(rule)
        elif rule in self._parts:
            self.tree.close_all()

    def division(self, block: Block) -> None:
        """A heading with a label, or one that its words or the contents table give away."""
        if block.part_start and block.part_start.resets:
            self._part(block.part_start.rule)
        role = (block.part_start.role if block.part_start else None) or self.words.role(block.content)
        degree = self._degree(block, role)
        self.tree.close(DIVISION + degree)
        inside = self.tree.within("division", "attachment")
        if block.label:
            n = ordinal(block.label.num.strip(), block.label.sequence)
            bare = "_".join("".join(c for c in part if c.isalnum()) for part in number_parts(block.label.num))
            own = bare
            if block.label.sequence == "chinese" and n:
                own = str(n) if block.label.digits else to_roman(n)
        else:
            own = self.tree.ordinal("dvs", inside)
        values = {"num": printed(block), "degree": degree, "role": role or "other", "heading": block.content}
        self._put("division", DIVISION + degree, f"dvs_{own}", inside, block, **values)

    def heading_by_shape(self, block: Block, shape: Heading) -> None:
        """An unnumbered block that its shape and place make a heading."""
        degree = self._below()
        self.tree.close(DIVISION + degree)
        inside = self.tree.within("division", "attachment")
        role = self.words.role(block.content) or shape.role
        own = f"dvs_{self.tree.ordinal('dvs', inside)}"
        values = {"degree": degree, "role": role, "heading": block.content, "rule": shape.id}
        self._put("division", DIVISION + degree, own, inside, block, **values)

    def title_of_part(self, block: Block) -> bool:
        """Whether a block is the heading that an annex or a decision still lacks; if so it has it now."""
        parent = self.tree.parent
        if parent is None or parent.element not in ("division", "attachment") or parent.heading or parent.filled:
            return False
        sentence = self.words.stops(block.content) and not _asks(block)
        if sentence or self.words.goes_on(block.content):
            return False
        parent.heading, parent.end = block.content, block.end
        if parent.element == "division" and parent.role == "other":
            parent.role = self.words.role(block.content) or parent.role
        return True

    def paragraph(self, block: Block) -> None:
        """A paragraph of the series that runs through the paper: named by its number, inside an annex with the
        annex.
        """
        assert block.label is not None
        self.tree.close(PARAGRAPH)
        number, before = block.label.ordinal, self._last
        if 0 < before < number - 1 and len(number_parts(block.label.num)) == 1:
            self.findings.append(Finding("O001", block.start, block.end, None, {"before": before, "after": number}))
        self._last = number
        own = "para_" + "_".join(number_parts(block.label.num)) if "." in block.label.num else f"para_{number}"
        inside = self.tree.within("attachment")
        if inside is None and self.tree.named(own):
            inside = self.tree.within("division")
        self._put("paragraph", PARAGRAPH, own, inside, block, num=printed(block), content=block.content)

    def item(self, block: Block) -> None:
        """An item of a list, under the paragraph or the item that it belongs to."""
        label = block.label
        assert label is not None
        self.tree.close(ITEM + label.depth)
        inside = self.tree.parent
        own = None
        if label.sequence != "bullet":
            own = f"subpara_{label.num.strip() if label.sequence in _LETTERED else label.ordinal}"
        values = {"num": printed(block), "degree": max(1, label.depth), "content": block.content}
        self._put("subparagraph", ITEM + label.depth, own, inside, block, **values)

    def running(self, block: Block) -> None:
        """Unnumbered text: the wrap-up of a paragraph with items, or a separate p."""
        listed = self.tree.within("subparagraph") is not None
        self.tree.close(ITEM)
        above = self.tree.parent
        wrap = self.words.wrap_up(block.content) if listed and above is not None else None
        if wrap is not None and above is not None:
            self._put("wrap_up", LEAF, "wrap_up", above, block, content=block.content, rule=wrap.id)
            return
        inside = self.tree.within("paragraph", "division", "attachment")
        rule = self.words.unmarked("p")
        self._put("p", LEAF, None, inside, block, content=block.content, rule=rule)


def printed(block: Block) -> str | None:
    """The label of a block as printed, white space removed."""
    if block.label is not None:
        return block.label.printed
    return "".join(block.part_start.num.split()) if block.part_start and block.part_start.num else None


def _asks(block: Block) -> bool:
    """Whether a block is one line that ends with a question mark: the title of a part may be a question."""
    return len(block.pieces) == 1 and unicodedata.normalize("NFKC", block.content[-1:]) == "?"
