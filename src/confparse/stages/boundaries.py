"""The decision list over line boundaries: the first rule whose evidence and pattern hold."""

from collections.abc import Sequence
from typing import NamedTuple

from confparse.hops import Decision
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher, Watch
from confparse.rules.structure import Boundary
from confparse.snippets import Snippets
from confparse.stages.evidence import OF_BLOCK, bits

_Choices = Sequence[tuple[Decision, str, set[int] | None]]  # with the places where its pattern matches, if it has one


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
    """The boundary rules of a grammar, in order, over all rows of a text.

    A pattern reads the ends of lines only where its rule may be reached, as far as is known without the block above:
    all of those at once, when first asked.
    """

    def __init__(self, windows: Sequence[str], evidence: Sequence[int], grammar: Grammar, watch: Watch) -> None:
        self._windows, self._evidence, self._watch = windows, evidence, watch
        self._rules = [
            _Rule(bits(*r.when), bits(*r.unless), r.decide, r.id, grammar.matcher(r) if r.patterns else None)
            for r in grammar.of(Boundary)
        ]
        self._holding: dict[int, _Choices] = {}
        self._texts: dict[frozenset[int], Snippets] = {}
        self._matching: dict[str, set[int]] = {}

    def _held(self, evidence: int) -> _Choices:
        """The rules that this evidence leaves to their patterns, in order, up to the first that has none."""
        out: list[tuple[Decision, str, set[int] | None]] = []
        for place, rule in enumerate(self._rules):
            if rule.holds(evidence):
                out.append((rule.decide, rule.id, self._matches(place, rule.matcher) if rule.matcher else None))
                if rule.matcher is None:
                    return out
        return [*out, ("keep", "boundary.none", None)]

    def _matches(self, place: int, matcher: Matcher) -> set[int]:
        """The windows that the pattern of the rule at a place matches, by row."""
        if matcher.rule not in self._matching:
            rule, above = self._rules[place], self._rules[:place]
            own = rule._replace(when=rule.when & ~OF_BLOCK, unless=rule.unless & ~OF_BLOCK)
            sure = [r for r in above if r.matcher is None and not (r.when | r.unless) & OF_BLOCK]
            reaching = frozenset(e for e in set(self._evidence) if own.holds(e) and not any(r.holds(e) for r in sure))
            if reaching not in self._texts:
                self._texts[reaching] = Snippets(
                    {i: self._windows[i] for i, evidence in enumerate(self._evidence) if evidence in reaching}
                )
            self._matching[matcher.rule] = self._texts[reaching].matching(matcher, self._watch)
        return self._matching[matcher.rule]

    def decide(self, evidence: int, index: int) -> tuple[Decision, str]:
        """(join or keep, rule) above a row: the first rule whose evidence and pattern hold."""
        if evidence not in self._holding:
            self._holding[evidence] = self._held(evidence)
        return next(
            (decision, rule)
            for decision, rule, matching in self._holding[evidence]
            if matching is None or index in matching
        )
