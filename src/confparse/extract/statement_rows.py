"""The statements of a text while they are found: one for each speaker and paragraph, by whatever name."""

from msgspec.structs import replace

from confparse.model import Statement
from confparse.rules.grammar import Grammar
from confparse.vocabularies import StatementAct

_OFFICE = "OFFICE"
_SHORT = 3  # characters between two speakers of one list
_FRAMES: tuple[StatementAct, ...] = ("opening", "closing")  # acts that take precedence over a plain statement


class StatementRows:
    """The statements found so far: one for each speaker and paragraph, by whatever name."""

    def __init__(self, grammar: Grammar) -> None:
        self._rows: dict[str, list[Statement]] = {}  # by paragraph
        self._offices = _offices(grammar)

    def add(self, row: Statement, only_first: bool = False) -> bool:
        """Take a statement; False if its speaker has one in the paragraph (with `only_first`, if anybody has), which it
        then completes.
        """
        others = self._rows.setdefault(row.paragraph, [])
        if only_first and others:
            return False
        for i, other in enumerate(others):
            if self._same(row, other):
                others[i] = _completed(other, row)
                return False
        others.append(row)
        return True

    def _same(self, row: Statement, other: Statement) -> bool:
        """Whether a row names the speaker of another: by the same name, code or person, in the same place, or in
        short.
        """
        one, two = row.speaker, other.speaker
        if one.person is not None and one.person == two.person:
            return True
        if (one.code or one.name) == (two.code or two.name) or (
            row.span[0] < other.span[1] and other.span[0] < row.span[1]
        ):
            return True
        long = two.role or (two.name if two.kind == "officer" else "")
        later = row.span[0] > other.span[1] + _SHORT
        return later and one.kind == "officer" and one.name in long and not self._is_part(one.name, long)

    def _is_part(self, name: str, long: str) -> bool:
        """Whether the name of an office is only a part of that of another, as Chair is of Vice-Chair."""
        return any(name != office and name in office and office in long for office in self._offices)

    def ordered(self) -> tuple[Statement, ...]:
        """The statements in reading order, with their ids."""
        rows = sorted((row for rows in self._rows.values() for row in rows), key=lambda row: row.span)
        return tuple(replace(row, id=f"statement_{i}") for i, row in enumerate(rows, 1))


def _completed(row: Statement, again: Statement) -> Statement:
    """A statement with what a second mention says: for whom it was made, and that it opened or closed the meeting."""
    act = again.act if again.act in _FRAMES and row.act == "statement" else row.act
    return replace(row, act=act, on_behalf_of=row.on_behalf_of or again.on_behalf_of)


def _offices(grammar: Grammar) -> list[str]:
    """The words for offices."""
    own = (words for name, words in grammar.lexicon.items() if _OFFICE in (name, words.within))
    return [word for words in own for word in (*words.en, *words.zh)]
