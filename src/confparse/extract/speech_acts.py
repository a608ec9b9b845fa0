"""What kind of speech the words that report it make it."""

from confparse.mentions.cascade import Cascade, Hit
from confparse.rules.grammar import Grammar
from confparse.rules.speeches import Act
from confparse.rules.time_budget import TimeBudget
from confparse.vocabularies import StatementAct

_OBJECT = 30  # characters after the verb that may hold what it is about
_LEAD = 60  # characters at the start of a sentence that may say in what kind of speech: in reply to a question


class Acts:
    """The rules for acts, tried in their order."""

    def __init__(self, grammar: Grammar, budget: TimeBudget) -> None:
        self._rules, self._budget = [(rule, grammar.matcher(rule)) for rule in grammar.of(Act)], budget

    def of(self, words: str, by_person: bool) -> StatementAct:
        """The act of a speech by its words; `by_person` if the speaker is named."""
        for rule, matcher in self._rules:
            if (by_person or not rule.by_person) and matcher.search(words, self._budget):
                return rule.act
        return "statement"


def words_of(cascade: Cascade, hit: Hit, is_first: bool) -> str:
    """The words that report a speech, with a little of what follows; those of the first speech of a sentence with what
    leads to it.
    """
    start, end = hit.extent
    sentence = hit.sentence
    if is_first and start - sentence.base <= _LEAD:
        start = sentence.base
    return cascade.index.text[start : min(end + _OBJECT, sentence.base + len(sentence.text))]
