"""What the outline asks the grammar of a unit of text: is it a heading, of what role, does it end as a sentence
does.
"""

from typing import Literal

from confparse.layout.line_ends import TAIL
from confparse.rules.cover import FieldRule
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher
from confparse.rules.structure import Heading, StopRule, Unmarked, Wrap
from confparse.rules.time_budget import TimeBudget
from confparse.text.normalize import as_matched
from confparse.vocabularies import Role

_LONGEST = 400  # characters that a heading has fewer of
_OPENING = 60  # characters at the start of a text by which it ends a list


class Words:
    """The outline's questions to the grammar."""

    def __init__(self, script: str, grammar: Grammar, budget: TimeBudget) -> None:
        self._script, self._grammar, self._budget = script, grammar, budget
        headings = [(rule, grammar.matcher(rule)) for rule in grammar.of(Heading)]
        self._roles = [(rule, matcher) for rule, matcher in headings if rule.makes != "before_paragraph"]
        self._shapes = [(rule, matcher) for rule, matcher in headings if rule.makes == "before_paragraph"]
        self._papers = [grammar.matcher(rule) for rule in grammar.of(FieldRule) if rule.field == "kind"]
        self._stops = [grammar.matcher(rule) for rule in grammar.of(StopRule) if rule.strength == "sentence"]
        self._clauses = [grammar.matcher(rule) for rule in grammar.of(StopRule) if rule.strength == "clause"]
        self._unmarked = {rule.element: rule.id for rule in reversed(grammar.of(Unmarked))}
        self._wraps = [(rule, grammar.matcher(rule)) for rule in grammar.of(Wrap)]

    def role(self, heading: str) -> Role | None:
        """The role that the words of a heading give it."""
        matched = self._matched(heading)
        return next((rule.role for rule, matcher in self._roles if self._whole(matcher, matched)), None)

    def shape(self, text: str) -> Heading | None:
        """The rule by whose shape an unnumbered block may be a heading."""
        matched = self._matched(text)
        return next((rule for rule, matcher in self._shapes if self._whole(matcher, matched)), None)

    def names_paper(self, text: str) -> bool:
        """Whether a text says what kind of paper this is, as its title does."""
        matched = self._matched(text)
        return any(matcher.search(matched, self._budget) for matcher in self._papers)

    def stops(self, text: str) -> bool:
        """Whether a text ends as a sentence does."""
        return any(matcher.search(self._matched(text[-TAIL:]), self._budget) for matcher in self._stops)

    def goes_on(self, text: str) -> bool:
        """Whether a text ends as one does that a list follows, or as an item of one."""
        return any(matcher.search(self._matched(text[-TAIL:]), self._budget) for matcher in self._clauses)

    def unmarked(self, element: Literal["title", "p"]) -> str | None:
        """The rule by which text that nothing else gives away is a title or a p; None if the grammar has none."""
        return self._unmarked.get(element)

    def wrap_up(self, text: str) -> Wrap | None:
        """The rule by which unnumbered text after sub-items ends their paragraph."""
        matched = self._matched(text[:_OPENING])
        return next((rule for rule, matcher in self._wraps if matcher.search(matched, self._budget)), None)

    def _matched(self, text: str) -> str:
        return as_matched(text, self._script, self._grammar, self._budget)

    def _whole(self, matcher: Matcher, text: str) -> bool:
        match = matcher.search(text, self._budget) if len(text) < _LONGEST else None
        return match is not None and match.start() == 0 and match.end() == len(text)
