"""Passages to conclusions: one a paragraph of a conclusions division, with its sentences and what binds in them."""

from confparse.extract.index import TextIndex
from confparse.extract.passages import Passage
from confparse.model import BindingForce, Conclusion, Point
from confparse.rules.extraction import Concluding, Force
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget

_ROLES = frozenset({"conclusions", "action"})  # what was concluded, and what was recommended and decided on an item


def conclusions(index: TextIndex, grammar: Grammar, budget: TimeBudget) -> tuple[Conclusion, ...]:
    """The conclusions of a report, in order."""
    forces = [(rule, grammar.matcher(rule)) for rule in grammar.of(Force)]
    announced = {passage.eid: rules for passage, rules in index.in_passages(grammar.of(Concluding))}

    def draws(passage: Passage, goes_on: bool) -> bool:
        rules = (rule for rule in announced.get(passage.eid, ()) if goes_on or not rule.follows)
        return any(grammar.matcher(rule).search(passage.matched, budget) for rule in rules)

    def force(text: str) -> BindingForce:
        return next((rule.force for rule, matcher in forces if matcher.search(text, budget)), "finding")

    out: list[Conclusion] = []
    before = False  # the paragraph above draws conclusions
    for passage in index.passages:
        if passage.draft.element != "paragraph":
            continue
        before = bool(_ROLES.intersection(passage.roles)) or draws(passage, before)
        if not before:
            continue
        points = [
            Point(text=s.shown(0, len(s.text)), force=force(s.text), span=s.span(0, len(s.text)))
            for s in index.of(passage)
        ]
        num = "".join(c for c in passage.draft.num or "" if c.isalnum())
        out.append(
            Conclusion(
                id=f"conclusion_{passage.eid.removeprefix('para_')}", paragraph=passage.eid, num=num or None,
                text=passage.shown, points=tuple(points), span=(passage.draft.start, passage.draft.end),
                rule=passage.draft.rule,
            )
        )  # fmt: skip
    return tuple(out)
