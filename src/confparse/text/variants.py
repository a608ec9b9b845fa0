"""The view of a text that patterns match: in the script and with the punctuation that grammars are written in."""

from confparse.rules.characters import Variant
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget


def usual_forms(text: str, grammar: Grammar, budget: TimeBudget) -> str:
    """A text, as long as before, with the variants of characters in their usual forms."""
    for rule in grammar.of(Variant):
        if any(char in text for char in rule.forms):
            text = _apply(text, rule, grammar, budget)
    return text


def _apply(text: str, rule: Variant, grammar: Grammar, budget: TimeBudget) -> str:
    matches = grammar.matcher(rule).scan(text, budget)
    usual = sum(text.count(form) for form in set(rule.forms.values())) if rule.house else 0
    if len(matches) <= usual:
        return text
    table = {ord(char): form for char, form in rule.forms.items()}
    pieces, at = [], 0
    for match in matches:
        pieces += [text[at : match.start()], match[0].translate(table)]
        at = match.end()
    return "".join((*pieces, text[at:]))
