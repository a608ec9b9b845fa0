"""Passages to conclusions: one a paragraph of a conclusions division, with its sentences and what binds in them."""

from collections.abc import Sequence

from confparse.model import BindingForce, Conclusion, Point
from confparse.passages import Passage
from confparse.rules.kinds import Concluding, Force, SentenceEnd
from confparse.rules.load import Grammar
from confparse.rules.patterns import Watch
from confparse.spans import sentences

_ROLES = frozenset({"conclusions", "action"})  # what was concluded, and what was recommended and decided on an item


def conclusions(passages: Sequence[Passage], grammar: Grammar, watch: Watch) -> tuple[Conclusion, ...]:
    """The conclusions of a report, in order."""
    ends = [grammar.matcher(rule) for rule in grammar.of(SentenceEnd)]
    forces = [(rule, grammar.matcher(rule)) for rule in grammar.of(Force)]
    drawn = [grammar.matcher(rule) for rule in grammar.of(Concluding) if not rule.follows]
    going_on = [grammar.matcher(rule) for rule in grammar.of(Concluding) if rule.follows]
    out: list[Conclusion] = []
    before = False  # the paragraph above draws conclusions
    for passage in passages:
        if passage.draft.element != "paragraph":
            continue
        starts = drawn + (going_on if before else [])
        inside = bool(_ROLES.intersection(passage.roles))
        before = inside or any(matcher.search(passage.matched, watch) for matcher in starts)
        if not before:
            continue
        points = []
        for start, end in sentences(passage.matched, ends, watch):
            piece = passage.matched[start:end]
            force: BindingForce = next(
                (rule.force for rule, matcher in forces if matcher.search(piece, watch)), "finding"
            )
            points.append(Point(text=passage.shown[start:end], force=force, span=passage.span(start, end)))
        num = "".join(c for c in passage.draft.num or "" if c.isalnum())
        out.append(
            Conclusion(
                id=f"conclusion_{passage.eid.removeprefix('para_')}", paragraph=passage.eid, num=num or None,
                text=passage.shown, points=tuple(points), span=(passage.draft.start, passage.draft.end),
                rule=passage.draft.rule,
            )
        )  # fmt: skip
    return tuple(out)
