"""Blocks to nodes: what each block is, how deep it stands, and its eid."""

import itertools
from collections import Counter
from collections.abc import Sequence

import msgspec

from confparse.diagnostics import Finding
from confparse.hops import Block, Flow
from confparse.model import Element, Node
from confparse.numerals import ordinal
from confparse.rules.kinds import Heading, Stop, Wrap
from confparse.rules.load import Grammar
from confparse.rules.patterns import Matcher
from confparse.text import Text

_ATTACHMENT, _TOC, _DIVISION, _PARAGRAPH, _ITEM, _LEAF = (
    0,
    5,
    10,
    100,
    200,
    999,
)  # levels: a node closes all open ones at its level or deeper
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")


class Draft(msgspec.Struct):
    """A node while its children are still coming."""

    element: Element
    level: int
    eid: str
    start: int
    end: int
    rule: str
    num: str | None = None
    degree: int | None = None
    role: str | None = None
    heading: str | None = None
    content: str | None = None
    wrap_up: str | None = None
    children: list["Draft"] = []
    unnumbered: Counter[str] = msgspec.field(default_factory=Counter)


class _Words:
    """The outline's questions to the grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._roles = [(h, grammar.matcher(h)) for h in grammar.of(Heading) if h.makes != "before_paragraph"]
        self._shapes = [(h, grammar.matcher(h)) for h in grammar.of(Heading) if h.makes == "before_paragraph"]
        self._stops = [grammar.matcher(s) for s in grammar.of(Stop) if s.strength == "sentence"]
        self._wraps = [(w.id, grammar.matcher(w)) for w in grammar.of(Wrap)]

    def role(self, heading: str) -> str | None:
        return next((h.role for h, m in self._roles if _whole(m, heading)), None)

    def shape(self, text: str) -> tuple[str, str] | None:
        """(rule, role) of an unnumbered block whose shape may make it a heading."""
        return next(((h.id, h.role) for h, m in self._shapes if _whole(m, text)), None)

    def stops(self, text: str) -> bool:
        return any(m.search(text[-12:], _ignore) for m in self._stops)

    def wraps_up(self, text: str) -> bool:
        return any(m.search(text[:60], _ignore) for _, m in self._wraps)


def _ignore(rule: str, at: int) -> None:
    """A pattern that is too slow on a short text finds nothing."""


def _whole(matcher: Matcher, text: str) -> bool:
    found = matcher.search(text, _ignore) if len(text) < 400 else None
    return found is not None and found.start() == 0 and found.end() == len(text)


def _roman(n: int) -> str:
    return _TENS[n // 10] + _ROMAN[n % 10] if 0 < n < 100 else str(n)


class Builder:
    """Places one block after the other; holds the stack of open nodes."""

    def __init__(self, grammar: Grammar, labelled_divisions: bool) -> None:
        self.words = _Words(grammar)
        self.root: list[Draft] = []
        self.open: list[Draft] = []
        self.eids: dict[str, Draft] = {}
        self.findings: list[Finding] = []
        self._unnumbered: Counter[str] = Counter()
        self._base = 0  # degree of the part that the labelled divisions stand in
        self._labelled = labelled_divisions

    # -- where things go ------------------------------------------------------------------------------------------

    def _parent(self) -> Draft | None:
        return self.open[-1] if self.open else None

    def _close(self, level: int) -> None:
        while self.open and self.open[-1].level >= level:
            self.open.pop()

    def _within(self, *elements: str) -> Draft | None:
        return next((d for d in reversed(self.open) if d.element in elements), None)

    def _name(self, own: str, inside: Draft | None, block: Block, told: bool) -> str:
        """A free eid: the own name, else the name inside its container, else with a number and a finding."""
        name = f"{inside.eid}__{own}" if inside else own
        if name not in self.eids:
            return name
        n = 2
        while f"{name}_{n}" in self.eids:
            n += 1
        if told:
            self.findings.append(
                Finding(
                    "O002",
                    block.start,
                    block.end,
                    None,
                    {"num": block.label.num if block.label else own, "eid": f"{name}_{n}"},
                )
            )
        return f"{name}_{n}"

    def _ordinal(self, kind: str, inside: Draft | None) -> int:
        counter = inside.unnumbered if inside else self._unnumbered
        counter[kind] += 1
        return counter[kind]

    def _add(self, draft: Draft, opens: bool) -> None:
        self.eids[draft.eid] = draft
        parent = self._parent()
        (parent.children if parent else self.root).append(draft)
        if opens:
            self.open.append(draft)

    # -- what a block becomes -------------------------------------------------------------------------------------

    def title(self, block: Block) -> None:
        eid = self._name(f"title_{self._ordinal('title', None)}", None, block, told=False)
        self._add(
            Draft("title", _LEAF, eid, block.start, block.end, block.rule, content=block.content or None), opens=False
        )

    def contents(self, block: Block) -> None:
        """The head of the contents table, and one node for each entry under it."""
        head = self.eids.get("toc_1")
        if head is None or block.part == "entry_0":
            self.open.clear()
        eid = self._name(
            f"toc_{self._ordinal('toc', None)}" if head is None else f"entry_{self._ordinal('entry', head)}",
            head,
            block,
            told=False,
        )
        draft = Draft(
            "toc", _TOC if head is None else _LEAF, eid, block.start, block.end, block.rule, content=block.content
        )
        self._add(draft, opens=head is None)

    def leave_contents(self) -> None:
        if self.open and self.open[0].element == "toc":
            self.open.clear()

    def zone(self, block: Block, element: Element) -> None:
        inside = self._within("paragraph", "division", "attachment") if element == "table" else None
        eid = self._name(f"{element}_{self._ordinal(element, inside)}", inside, block, told=False)
        self._add(Draft(element, _LEAF, eid, block.start, block.end, block.rule, content=block.content), opens=False)

    def attachment(self, block: Block) -> None:
        self.open.clear()
        self._base = 0
        eid = self._name(f"att_{self._ordinal('att', None)}", None, block, told=False)
        num = "".join(block.anchor.num.split()) if block.anchor and block.anchor.num else None
        self._add(
            Draft(
                "attachment", _ATTACHMENT, eid, block.start, block.end, _rule(block), num, heading=block.content or None
            ),
            opens=True,
        )

    def division(self, block: Block) -> None:
        label, anchor = block.label, block.anchor
        role = (anchor.role if anchor else None) or self.words.role(block.content)
        if label:
            degree = self._base + label.depth + 1
        elif anchor and anchor.resets:
            degree, self._base = 1, 1
        elif not self._labelled or role == "introduction":
            degree = self._base + 1
        else:
            above = self._within("division")
            degree = 1 + (above.degree or 0 if above and above.num else (above.degree or 1) - 1 if above else 0)
        self._close(_DIVISION + degree)
        inside = self._within("division", "attachment")
        if label:
            n = ordinal(label.num.strip(), label.sequence)
            own = _roman(n) if label.sequence == "chinese" and n else "".join(c for c in label.num if c.isalnum())
        else:
            own = str(self._ordinal("dvs", inside))
        printed = block_num(block)
        eid = self._name(f"dvs_{own}", inside, block, told=False)
        self._add(
            Draft(
                "division",
                _DIVISION + degree,
                eid,
                block.start,
                block.end,
                _rule(block),
                printed,
                degree,
                role or "other",
                block.content or None,
            ),
            opens=True,
        )

    def heading_by_shape(self, block: Block, rule: str, role: str) -> None:
        above = self._within("division")
        degree = (above.degree or 0) + 1 if above and above.num else (above.degree or 1) if above else 1
        self._close(_DIVISION + degree)
        inside = self._within("division", "attachment")
        eid = self._name(f"dvs_{self._ordinal('dvs', inside)}", inside, block, told=False)
        known = self.words.role(block.content) or role
        self._add(
            Draft(
                "division", _DIVISION + degree, eid, block.start, block.end, rule, None, degree, known, block.content
            ),
            opens=True,
        )

    def paragraph(self, block: Block) -> None:
        assert block.label is not None
        self._close(_PARAGRAPH)
        own = f"para_{block.label.ordinal}"
        inside = self._within("attachment")
        if inside is None and own in self.eids:
            inside = self._within("division")
        eid = self._name(own, inside, block, told=True)
        self._add(
            Draft(
                "paragraph",
                _PARAGRAPH,
                eid,
                block.start,
                block.end,
                block.label.rule,
                block_num(block),
                content=block.content or None,
            ),
            opens=True,
        )

    def item(self, block: Block) -> None:
        label = block.label
        assert label is not None
        self._close(_ITEM + label.depth)
        inside = self._parent()
        if label.sequence == "bullet":
            own = f"item_{self._ordinal('item', inside)}"
        elif label.sequence in ("loweralpha", "lowerroman", "upperalpha", "upperroman"):
            own = f"subpara_{label.num.strip()}"
        else:
            own = f"subpara_{label.ordinal}"
        eid = self._name(own, inside, block, told=True)
        self._add(
            Draft(
                "subparagraph",
                _ITEM + label.depth,
                eid,
                block.start,
                block.end,
                label.rule,
                block_num(block),
                max(1, label.depth),
                content=block.content or None,
            ),
            opens=True,
        )

    def running(self, block: Block) -> None:
        """Unnumbered text: the wrap-up of a paragraph with items, or a p of its own."""
        item = self._within("subparagraph")
        paragraph = self._within("paragraph")
        if item is not None and self.words.wraps_up(block.content):
            self._close(_ITEM)
            target = self._parent()
            if target is not None and target.wrap_up is None and target.element in ("paragraph", "subparagraph"):
                target.wrap_up = block.content
                return
        self._close(_ITEM)
        inside = paragraph or self._within("division", "attachment")
        eid = self._name(f"p_{self._ordinal('p', inside)}", inside, block, told=False)
        self._add(Draft("p", _LEAF, eid, block.start, block.end, block.rule, content=block.content), opens=False)


def block_num(block: Block) -> str | None:
    """The label as printed, white space removed."""
    if block.label is None:
        return "".join(block.anchor.num.split()) if block.anchor and block.anchor.num else None
    return block.label.printed


def _rule(block: Block) -> str:
    return block.label.rule if block.label else block.anchor.rule if block.anchor else block.rule


def _cover_end(flow: Flow, blocks: Sequence[Block], grammar: Grammar) -> int:
    """The index of the first line after the titles: before a first heading that nothing but its place gives away.

    Where a paper heads its parts without numbers, the line before paragraph one is such a heading too, if a title
    stands above it.
    """
    words, end = _Words(grammar), flow.series.sheet.cover_end
    titles = [b for b in blocks if b.first < end and b.zone is None and b.label is None]
    if len(titles) < 2 or any(label.element == "division" for label in flow.series.labels):
        return end
    later = [
        a for a, b in itertools.pairwise(blocks)
        if a.first >= end and a.label is None and b.label is not None and b.label.element == "paragraph" and words.shape(a.content)
    ]  # fmt: skip
    last = titles[-1]
    following = next((b for b in blocks if b.first > last.first), None)
    opens = following is not None and following.label is not None and following.label.ordinal == 1
    return last.first if opens and later and last.first == last.last and words.shape(last.content) else end


def outline(flow: Flow, blocks: Sequence[Block], grammar: Grammar) -> tuple[list[Draft], list[Finding]]:
    """The tree of drafts, and what was found while numbering it."""
    cover_end = _cover_end(flow, blocks, grammar)
    builder = Builder(grammar, any(label.element == "division" for label in flow.series.labels))
    begun = False
    for i, block in enumerate(blocks):
        after = next((b for b in blocks[i + 1 : i + 3] if b.zone is None), None)
        begun = begun or block.label is not None or block.anchor is not None or block.first >= cover_end > 0
        begun = begun and block.first >= cover_end
        if block.zone != "toc":
            builder.leave_contents()
        parent = builder.open[-1] if builder.open else None
        if block.zone in ("toc", "table"):
            builder.contents(block) if block.zone == "toc" else builder.zone(block, "table")
        elif block.label is not None:
            {"division": builder.division, "paragraph": builder.paragraph, "subparagraph": builder.item}[
                block.label.element
            ](block)
        elif block.anchor is not None:
            if block.anchor.element == "attachment":
                builder.attachment(block)
            elif block.anchor.element == "closing":
                builder.zone(block, "closing")
            else:
                builder.division(block)
        elif (
            parent is not None
            and parent.element in ("division", "attachment")
            and not parent.heading
            and not parent.children
            and not builder.words.stops(block.content)
        ):
            parent.heading, parent.end = block.content, block.end
            parent.role = builder.words.role(block.content) or parent.role if parent.element == "division" else None
        elif not begun:
            builder.title(block)
        elif (
            after is not None and after.label is not None and after.label.element == "paragraph"
            and (shape := builder.words.shape(block.content)) is not None
            and (i == 0 or builder.words.stops(blocks[i - 1].content) or blocks[i - 1].zone or builder.words.shape(blocks[i - 1].content))
        ):  # fmt: skip
            builder.heading_by_shape(block, *shape)
        else:
            builder.running(block)
    return builder.root, builder.findings


def nodes(drafts: Sequence[Draft], text: Text) -> tuple[Node, ...]:
    """Drafts as the nodes of the record. The stack bounds their depth, so recursion is bounded too."""
    return tuple(
        Node(
            eid=d.eid, element=d.element, degree=d.degree, role=d.role, num=d.num, heading=d.heading, content=d.content,
            span=(d.start, d.end), lines=text.lines_of(d.start, d.end), rule=d.rule, children=nodes(d.children, text), wrap_up=d.wrap_up,
        )
        for d in drafts
    )  # fmt: skip
