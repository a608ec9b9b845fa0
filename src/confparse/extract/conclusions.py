"""Passages to conclusions: one per paragraph of a conclusions division, with its sentences and what binds in them."""

from collections.abc import Container, Iterator

from confparse.mentions.index import TextIndex
from confparse.mentions.passages import Passage, Sentence
from confparse.model import Conclusion, Point
from confparse.rules.extraction import Concluding, Force, LeadIn
from confparse.rules.grammar import Grammar
from confparse.rules.structure import Heading
from confparse.rules.time_budget import TimeBudget
from confparse.vocabularies import BindingForce

_ROLE = "conclusions"


def conclusions(index: TextIndex, grammar: Grammar, budget: TimeBudget) -> tuple[Conclusion, ...]:
    """The conclusions of a report, in order."""
    forces, leads = _Forces(grammar, budget), [grammar.matcher(rule) for rule in grammar.of(LeadIn)]
    return tuple(
        Conclusion(
            id=f"conclusion_{passage.eid.removeprefix('para_')}",
            paragraph=passage.eid,
            num=passage.draft.num,
            lead_in=any(matcher.search(passage.matched, budget) for matcher in leads),
            text=passage.shown,
            points=tuple(forces.point(s) for s in [*index.of(passage), *index.below(passage)]),
            span=(passage.draft.start, passage.draft.end),
            rule=rule,
        )
        for passage, rule in _concluding(index, grammar, budget)
    )


def _concluding(index: TextIndex, grammar: Grammar, budget: TimeBudget) -> Iterator[tuple[Passage, str]]:
    """The paragraphs that conclude, by the part that they are in or by their own words, each with what says so."""
    parts = _Parts(index, grammar, budget)
    announced = {passage.eid: rules for passage, rules in index.in_passages(grammar.of(Concluding))}
    numbered = {p.above[-1].eid for p in index.passages if p.above and p.draft.element in ("paragraph", "division")}
    before = False  # the paragraph above draws conclusions
    for passage in index.passages:
        if not _is_paragraph(passage, numbered):
            continue
        rules = [rule for rule in announced.get(passage.eid, ()) if before or not rule.follows]
        own = next((rule.id for rule in rules if grammar.matcher(rule).search(passage.matched, budget)), None)
        rule_id = parts.rule(passage) or own
        before = rule_id is not None
        if rule_id is not None:
            yield passage, rule_id


def _is_paragraph(passage: Passage, numbered: Container[str]) -> bool:
    """Whether a passage is a numbered paragraph, or running text right below a heading, which is not among the
    `numbered` ones: those over numbered paragraphs or other headings.
    """
    own = passage.paragraph.eid == passage.eid and passage.draft.num
    if passage.draft.element == "paragraph" or (passage.runs and own):
        return True
    above = passage.above[-1] if passage.above else None
    if passage.draft.element != "p" or above is None or above.element not in ("division", "attachment"):
        return False
    return above.eid not in numbered


class _Parts:
    """The divisions and annexes that hold conclusions."""

    def __init__(self, index: TextIndex, grammar: Grammar, budget: TimeBudget) -> None:
        self._heads = [(r, grammar.matcher(r)) for r in grammar.of(Heading) if r.role == _ROLE]
        self._headings = {p.eid: p.matched for p in index.passages if p.draft.element in ("division", "attachment")}
        self._budget = budget
        self._rule_of_heading: dict[str, str | None] = {}

    def rule(self, passage: Passage) -> str | None:
        """The rule that makes a part around a passage one of conclusions."""
        for draft in reversed(passage.above):
            if draft.element == "division" and draft.role == _ROLE:
                return self._by_heading(draft.eid) or draft.rule
            if draft.element == "attachment" and (rule_id := self._by_heading(draft.eid)):
                return rule_id
        return None

    def _by_heading(self, eid: str) -> str | None:
        if eid not in self._rule_of_heading:
            heading = self._headings.get(eid)
            rule_ids = (rule.id for rule, matcher in self._heads if heading and matcher.search(heading, self._budget))
            self._rule_of_heading[eid] = next(rule_ids, None)
        return self._rule_of_heading[eid]


class _Forces:
    """By what words a sentence binds: the first rule that matches it tells."""

    def __init__(self, grammar: Grammar, budget: TimeBudget) -> None:
        self._rules, self._budget = [(rule, grammar.matcher(rule)) for rule in grammar.of(Force)], budget

    def point(self, sentence: Sentence) -> Point:
        """A sentence of a conclusion, with its force."""
        size = len(sentence.text)
        return Point(text=sentence.shown(0, size), force=self._of(sentence.text), span=sentence.span(0, size))

    def _of(self, text: str) -> BindingForce:
        return next((rule.force for rule, matcher in self._rules if matcher.search(text, self._budget)), "finding")
