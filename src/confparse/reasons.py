"""The reasons of rules and examples in both languages: English in the rule, Chinese in the list beside the shipped
grammars.
"""

from functools import cache

import msgspec

from confparse.diagnostics import read_data
from confparse.rules.base import Example, Rule


@cache
def _chinese() -> dict[str, str]:
    """By the English reason: a rule that is changed or replaced never has the reason of another."""
    return msgspec.convert(read_data("reasons.yaml"), dict[str, str])


def reason(of: Rule | Example, ui: str) -> str:
    """Why a rule is as it is, or why an example does not match, on one line; in English if there is no translation."""
    english = " ".join((of.why or "").split())
    return _chinese().get(english, english) if ui == "zh" else english
