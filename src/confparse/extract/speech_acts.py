"""The kind of a speech, by the words that report it."""

from confparse.mentions.cascade import Cascade, Hit
from confparse.punctuation import SEMICOLONS
from confparse.rules.grammar import Grammar
from confparse.rules.speeches import Act
from confparse.rules.time_budget import TimeBudget
from confparse.vocabularies import StatementAct

_OBJECT = 30  # characters after the verb that may hold what it is about


class Acts:
    """The rules for acts, tried in their order."""

    def __init__(self, grammar: Grammar, budget: TimeBudget) -> None:
        self._rules, self._budget = [(rule, grammar.matcher(rule)) for rule in grammar.of(Act)], budget

    def of(self, lead: str, words: str, by_person: bool) -> StatementAct:
        """The act of a speech by the words that report it and those that lead to it; `by_person` if the speaker is
        named.
        """
        for rule, matcher in self._rules:
            if (by_person or not rule.by_person) and matcher.search(lead if rule.lead else words, self._budget):
                return rule.act
        return "statement"


def words_of(cascade: Cascade, hit: Hit, is_first: bool) -> tuple[str, str]:
    """What leads to the first speech of a sentence, or to another one of a clause of its own, and the words that report
    it with a little of what follows.
    """
    start, end = hit.extent
    sentence, text = hit.sentence, cascade.index.text
    clause = max(text.rfind(mark, sentence.base, start) for mark in SEMICOLONS)
    lead = text[sentence.base : start] if is_first else text[clause:start] if clause >= 0 else ""
    stops = (text.find(mark, end, end + _OBJECT) for mark in SEMICOLONS)
    stop = min((at for at in stops if at >= 0), default=end + _OBJECT)
    return lead, text[start : min(stop, sentence.base + len(sentence.text))]
