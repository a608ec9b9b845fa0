"""The decision list over line boundaries: the first rule whose evidence and pattern hold."""

from collections.abc import Sequence
from typing import NamedTuple

from confparse.reflow.evidence import OF_BLOCK, bits
from confparse.reflow.types import Decision
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet, JoinedTexts, PackedTexts
from confparse.rules.line_breaks import Boundary
from confparse.rules.patterns import Matcher
from confparse.rules.time_budget import TimeBudget

_Choices = Sequence[
    tuple[tuple[Decision, str], IndexSet | None]
]  # with the places where its pattern matches, if it has one


class _Rule(NamedTuple):
    """A boundary rule: what must be known and what must not, and what it decides."""

    when: int
    unless: int
    decide: Decision
    id: str
    matcher: Matcher | None

    def holds(self, evidence: int) -> bool:
        return evidence & self.when == self.when and not evidence & self.unless


class Decider:
    """The boundary rules of a grammar, in order, over all segments of a text.

    A pattern reads the ends of lines only if its rule may be reached, as far as is known without the block above:
    all of those at once, and with them those of the rules that may be reached at the same places.
    """

    def __init__(self, windows: PackedTexts, evidence: Sequence[int], grammar: Grammar, budget: TimeBudget) -> None:
        self._rules = [
            _Rule(bits(*r.when), bits(*r.unless), r.decide, r.id, grammar.matcher(r) if r.patterns else None)
            for r in grammar.of(Boundary)
        ]
        self._matching = self._matches(windows, evidence, budget)
        self._holding: dict[int, _Choices] = {}

    def _matches(self, windows: PackedTexts, evidence: Sequence[int], budget: TimeBudget) -> dict[str, IndexSet]:
        """The windows that the pattern of each rule matches, by segment. No two of the joined texts are held at
        once.
        """
        kinds = set(evidence)
        places: dict[frozenset[int], list[Matcher]] = {}
        for place, rule in enumerate(self._rules):
            if rule.matcher is not None:
                places.setdefault(self._reaching(place, kinds), []).append(rule.matcher)
        matching: dict[str, IndexSet] = {}
        for reaching, matchers in places.items():
            texts = JoinedTexts((i, windows[i]) for i, own_evidence in enumerate(evidence) if own_evidence in reaching)
            matching |= {matcher.rule: texts.matching(matcher, budget) for matcher in matchers}
        return matching

    def _reaching(self, place: int, kinds: set[int]) -> frozenset[int]:
        """The kinds of evidence with which the rule at a place may be reached, whatever the block above tells."""
        rule, above = self._rules[place], self._rules[:place]
        own = rule._replace(when=rule.when & ~OF_BLOCK, unless=rule.unless & ~OF_BLOCK)
        sure = [r for r in above if r.matcher is None and not (r.when | r.unless) & OF_BLOCK]
        return frozenset(e for e in kinds if own.holds(e) and not any(r.holds(e) for r in sure))

    def _choices(self, evidence: int) -> _Choices:
        """The rules that this evidence leaves to their patterns, in order, up to the first that has none."""
        out: list[tuple[tuple[Decision, str], IndexSet | None]] = []
        for rule in self._rules:
            if rule.holds(evidence):
                out.append(((rule.decide, rule.id), self._matching[rule.id] if rule.matcher else None))
                if rule.matcher is None:
                    return out
        return [*out, (("keep", self.otherwise), None)]

    @property
    def otherwise(self) -> str:
        """The rule of a block that no decision separated from one above it: the last one, which keeps what nothing
        joins.
        """
        return self._rules[-1].id if self._rules else ""

    def decide(self, evidence: int, index: int) -> tuple[Decision, str]:
        """(join or keep, rule) above a segment: the first rule whose evidence and pattern hold."""
        if evidence not in self._holding:
            self._holding[evidence] = self._choices(evidence)
        return next(decided for decided, matching in self._holding[evidence] if matching is None or index in matching)
