"""The reasons of rules in both languages: English in the rule, Chinese in the list beside the shipped grammars."""

from functools import cache

import msgspec

from confparse.diagnostics import read_data
from confparse.rules.base import Rule


@cache
def _chinese() -> dict[str, str]:
    """By the English reason: a rule that is changed or replaced never has the reason of another."""
    return msgspec.convert(read_data("reasons.yaml"), dict[str, str])


def reason(rule: Rule, ui: str) -> str:
    """Why a rule is as it is, on one line; in English if nobody has translated it."""
    english = " ".join(rule.why.split())
    return _chinese().get(english, english) if ui == "zh" else english
