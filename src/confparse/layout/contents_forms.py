"""The forms that the lines of a contents table have, by the rules of a grammar."""

import regex

from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import ContentsRule
from confparse.rules.patterns import Matcher
from confparse.rules.structure import BodyStart, Label
from confparse.rules.time_budget import TimeBudget


def matchers_of(grammar: Grammar, part: str) -> list[Matcher]:
    """The matchers of the rules for a part of a contents table."""
    return [grammar.matcher(rule) for rule in grammar.of(ContentsRule) if rule.part == part]


def first_match(matchers: list[Matcher], text: str, budget: TimeBudget) -> "regex.Match[str] | None":
    """The match of the first of some matchers that has one."""
    return next((m for matcher in matchers if (m := matcher.search(text, budget))), None)


class ContentsForms:
    """Answers what a line of a contents table has: a tail, column heads, a label, the first words of the body."""

    def __init__(self, grammar: Grammar, budget: TimeBudget) -> None:
        self._budget = budget
        self._tails, self._columns = matchers_of(grammar, "tail"), matchers_of(grammar, "columns")
        self._numbers, self._fused = matchers_of(grammar, "number"), matchers_of(grammar, "fused")
        self._openings = [grammar.matcher(rule) for rule in grammar.of(BodyStart)]
        self._labels = [grammar.matcher(rule) for rule in grammar.of(Label) if not rule.inline]

    def tail(self, text: str) -> "regex.Match[str] | None":
        """The numbers that end an entry, with what leads to them."""
        return first_match(self._tails, text, self._budget)

    def fused(self, text: str) -> "regex.Match[str] | None":
        """The number of a page that ran into the words of an entry, as group `page`."""
        return first_match(self._fused, text, self._budget)

    def heads_columns(self, text: str) -> str | None:
        """The rule by which a line is the head of columns, None if it is not."""
        return next((matcher.rule for matcher in self._columns if matcher.search(text, self._budget)), None)

    def opens_body(self, text: str) -> bool:
        """Whether a line has the first words of a body."""
        return first_match(self._openings, text, self._budget) is not None

    def split(self, text: str) -> tuple[str, str]:
        """Label, letters and digits only, and the rest."""
        number = first_match(self._numbers, text, self._budget)
        if number is not None:
            return number[0].strip(), text[number.end() :].strip()
        matches = (matcher.search(text, self._budget) for matcher in self._labels)
        label = next((m for m in matches if m is not None and m.start() == 0), None)
        if label is None:
            return "", text
        return label["num"].strip(), text[label.end() :].strip()
