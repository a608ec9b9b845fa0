"""Flow to blocks: the pieces of lines put together as clean text. Hyphens at line ends, white space, script."""

from collections.abc import Sequence

import regex

from confparse.hops import Block, Flow, Group, Row, Taken
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Watch
from confparse.rules.structure import Hyphen, Spacing
from confparse.text import VOID, Text

_BETWEEN = "\ufdd1"  # a noncharacter, between texts that are mended together
_WORD = regex.compile(r"\p{L}+(?:-\p{L}+)*")
Pieces = Sequence[tuple[int, int]]


class Composer:
    """Puts pieces of one text together; knows all its words, for hyphens, and keeps what it takes out."""

    def __init__(self, text: Text, grammar: Grammar, spacing: str, watch: Watch) -> None:
        self._text, self._watch = text, watch
        self._spacings = [(grammar.matcher(r), r.put) for r in grammar.of(Spacing) if spacing == "tight" or not r.tight]
        self._hyphens = [(grammar.matcher(r), r.id) for r in grammar.of(Hyphen)]
        self._words: frozenset[str] | None = None
        self.taken: list[Taken] = []

    def compose(self, pieces: Pieces) -> str:
        """The text of the pieces as one clean line. A piece is [start, end) in the source."""
        return self.compose_all([pieces])[0]

    def compose_all(self, many: Sequence[Pieces]) -> list[str]:
        """The texts of many runs of pieces, each as one clean line; white space is mended in all of them at once."""
        if not many:
            return []
        joined = _BETWEEN.join(self._raw(pieces) for pieces in many)
        for matcher, put in self._spacings:
            joined = matcher.sub(put, joined, self._watch)
        return [text.strip() for text in joined.replace(VOID, "").split(_BETWEEN)]

    def _raw(self, pieces: Pieces) -> str:
        text = self._text.text
        if not pieces:
            return ""
        if len(pieces) == 1:
            return text[pieces[0][0] : pieces[0][1]]
        raw, offsets = _joined(text, pieces)
        return self._unhyphenated(raw, offsets) if "-\n" in raw else raw

    def _known(self, word: str) -> bool:
        if self._words is None:
            self._words = frozenset(w.casefold() for w in _WORD.findall(self._text.match))
        return word.casefold() in self._words

    def _unhyphenated(self, raw: str, offsets: list[tuple[int, int]]) -> str:
        """Without the hyphens at line ends where the text writes the whole word elsewhere, and never with the hyphen."""
        cuts: list[tuple[int, int]] = []
        for matcher, rule in self._hyphens:
            for match in matcher.scan(raw, self._watch):
                if self._known(match["left"] + match["right"]) and not self._known(f"{match['left']}-{match['right']}"):
                    at = match.end("left")
                    cuts.append((at, match.start("right")))
                    source = at + next(shift for low, shift in reversed(offsets) if low <= at)
                    self.taken.append(Taken("hyphen", source, source + 1, rule))
        for start, end in reversed(cuts):
            raw = raw[:start] + raw[end:]
        return raw


def _joined(text: str, pieces: Pieces) -> tuple[str, list[tuple[int, int]]]:
    """Pieces joined, by a line feed where a line ended; and (offset in the result, distance to the source) of each.

    No blanks stand beside those line feeds, so that patterns can start from them.
    """
    parts: list[str] = []
    offsets: list[tuple[int, int]] = []
    length = 0
    before = pieces[0][0]
    for start, end in pieces:
        piece = text[start:end]
        if before < start and "\n" in text[before:start]:
            above = parts[-1].rstrip(" \t")
            length += 1 + len(above) - len(parts[-1])
            parts[-1:] = [above, "\n"]
            bare = piece.lstrip(" \t")
            start, piece = start + len(piece) - len(bare), bare
        offsets.append((length, start - length))
        parts.append(piece)
        length += len(piece)
        before = end
    return "".join(parts), offsets


def _whole(row: Row) -> Pieces:
    """The pieces of a row that does not open its block: the label of an anchor is text there."""
    if row.anchor is not None and row.start < row.anchor.text_start:
        return [(row.start, row.anchor.text_start), *row.pieces]
    return row.pieces


def _pieces(group: Group) -> Pieces:
    """The pieces of a group's content, line by line."""
    return (*group.rows[0].pieces, *(piece for row in group.rows[1:] for piece in _whole(row)))


def _block(group: Group, text: Text, content: str) -> Block:
    first, last = group.rows[0], group.rows[-1]
    if first.claim is not None:
        content = "\n".join(" ".join(text.text[row.start : row.end].replace(VOID, "").split()) for row in group.rows)
        zone, part, rule = first.claim.zone, first.claim.name, first.claim.rule
    else:
        zone, part, rule = None, None, group.rule
    return Block(
        label=first.label, anchor=first.anchor, zone=zone, part=part, start=first.start, end=last.end, content=content,
        pieces=tuple(_pieces(group)), first=first.line.index, last=last.line.index, rule=rule,
    )  # fmt: skip


def compose(flow: Flow, composer: Composer) -> tuple[Block, ...]:
    """The blocks of a flow, in reading order."""
    text = flow.series.sheet.lines.text
    contents = composer.compose_all([() if group.rows[0].claim else _pieces(group) for group in flow.groups])
    return tuple(_block(group, text, content) for group, content in zip(flow.groups, contents, strict=True))
