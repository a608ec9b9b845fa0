"""Stretches of a text: sentences, by the ends that a grammar knows."""

from collections.abc import Iterator, Sequence

from confparse.rules.patterns import Matcher, Watch


def sentences(text: str, ends: Sequence[Matcher], watch: Watch) -> Iterator[tuple[int, int]]:
    """The sentences of a text as [start, end), white space around them left out."""
    cuts = sorted({match.end() for matcher in ends for match in matcher.scan(text, watch)} | {len(text)})
    start = 0
    for cut in cuts:
        piece = text[start:cut]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            yield start + lead, start + len(piece.rstrip())
        start = cut
