"""Which alternatives of a rule's patterns no example reaches: nothing shows whether they are right."""

from collections.abc import Iterator

import msgspec
import regex

from confparse.rules.base import Language, Pattern
from confparse.rules.compiled import FLAGS
from confparse.rules.grammar import Grammar
from confparse.rules.line_breaks import Boundary
from confparse.rules.mentions import MentionPattern
from confparse.rules.optimize import from_break, several
from confparse.rules.time_budget import TimeBudget


class Unreached(msgspec.Struct, frozen=True):
    """An alternative without an example that it matches: where its rule is, the rule, the language, the
    alternative.
    """

    place: str
    rule: str
    language: Language
    alternative: str


def unreached(grammar: Grammar) -> list[Unreached]:
    """The outermost alternatives of patterns that match no positive example of their language, in the order of the
    rules.

    Patterns over mentions are left to the mentions: what their alternatives match depends on all phrases before them.
    The grammar has passed its checks, so that every pattern compiles.
    """
    budget = TimeBudget()
    return [
        Unreached(grammar.places[rule.id], rule.id, language, alternative)
        for rule in grammar.rules.values()
        if isinstance(rule, Pattern | Boundary) and not isinstance(rule, MentionPattern)
        for language, alternative in _unreached(rule, grammar, budget)
    ]


def _unreached(rule: Pattern | Boundary, grammar: Grammar, budget: TimeBudget) -> Iterator[tuple[Language, str]]:
    for language, source in rule.patterns.items():
        texts = [e.text for e in rule.examples if e.match and language in ("any", e.lang)]
        for alternative in several(source):
            expanded = grammar.vocabulary.union({language: alternative})
            expanded = from_break(expanded) if isinstance(rule, Boundary) else expanded
            if not any(matches(expanded, text, budget) for text in texts):
                yield language, alternative


def matches(source: str, text: str, budget: TimeBudget) -> bool:
    """Whether an alternative matches by itself; one that refers to a group of another cannot be tried and counts as
    reached.
    """
    try:
        return regex.search(source, text, FLAGS, timeout=budget.limit(text)) is not None
    except regex.error:
        return True
    except TimeoutError:
        return False
