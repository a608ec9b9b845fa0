"""Whose meetings and decisions a text reports."""

from confparse.model import Cover
from confparse.rules.grammar import Grammar


def of_another_body(body: str | None, cover: Cover, grammar: Grammar) -> bool:
    """Whether a text tells of another body than that of its cover: one of the lists, by any of its names, or a short
    form in capitals that are not the initials of its name.
    """
    listed = grammar.named("bodies")[1]
    if body is not None and cover.body is not None and body.isupper() and body not in listed:
        return body not in "".join(word[0] for word in cover.body.name.split() if word[0].isupper())
    if body is None or cover.body is None or body not in listed or body.casefold() in cover.body.name.casefold():
        return False
    own = (name for name, entry in listed.items() if cover.body.key is not None and entry.key == cover.body.key)
    return not any(body.casefold() in name.casefold() for name in own)
