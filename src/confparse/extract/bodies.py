"""Whose meetings and decisions a text reports."""

from typing import NamedTuple

from confparse.model import Cover
from confparse.rules.grammar import Grammar
from confparse.rules.mention_classes import MentionClass

_SHARED: MentionClass = "BODY_HEAD"  # words for bodies that many organizations use


class ReportingBody(NamedTuple):
    """The body whose report a paper is, as far as its first page names it."""

    cover: Cover
    first_page: str
    grammar: Grammar

    def is_another(self, name: str | None) -> bool:
        """Whether a name in the text is that of another body: one of the lists, by any of its names, or a short form in
        capitals that are not the initials of its own name.
        """
        own = self.cover.body
        if name is None or own is None:
            return False
        listed = self.grammar.named("bodies")[1]
        if name not in listed:
            return name.isupper() and name not in "".join(word[0] for word in own.name.split() if word[0].isupper())
        if name.casefold() in own.name.casefold() or (own.key is None and self._shares(name)):
            return False
        names = (printed for printed, entry in listed.items() if own.key is not None and entry.key == own.key)
        return not any(name.casefold() in printed.casefold() for printed in names)

    def _shares(self, name: str) -> bool:
        """Whether a word for many bodies ends a line of the first page that names no listed body: the body that
        reports, or its session.
        """
        if _SHARED not in self.grammar.words_of_classes[name]:
            return False
        longer = tuple(other for other in self.grammar.named("bodies")[1] if other.endswith(name) and other != name)
        lines = (line.strip() for line in self.first_page.splitlines())
        return any(line.endswith(name) and line != name and not line.endswith(longer) for line in lines)
