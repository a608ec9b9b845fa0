"""Whose meetings and decisions a text reports."""

from confparse.model import Cover
from confparse.rules.grammar import Grammar


def of_another_body(body: str | None, cover: Cover, grammar: Grammar) -> bool:
    """Whether a text tells of another body than that of its cover: one of the lists, by any of its names."""
    if body is None or cover.body is None or body.casefold() in cover.body.name.casefold():
        return False
    return body in grammar.named("bodies")[1]
