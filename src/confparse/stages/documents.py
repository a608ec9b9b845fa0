"""Passages to documents: every symbol cited or submitted, one record a symbol."""

from collections.abc import Sequence

import msgspec
import regex

from confparse.model import Document
from confparse.passages import Passage
from confparse.rules.kinds import Cite, More, Submitted
from confparse.rules.load import Grammar
from confparse.rules.patterns import Matcher, Watch

_WIDEST = 60  # a range of numbers that is longer than this is none


class _Found(msgspec.Struct):
    symbol: str
    passage: Passage
    span: tuple[int, int]
    rule: str
    submitted: bool
    paragraphs: list[str]


def _ends(more: str, symbol: str, matchers: Sequence[Matcher], watch: Watch) -> list[str]:
    """The symbols that `and Add.1` or `-7 and 9` after a symbol stands for."""
    out: list[str] = []
    stem = symbol.rstrip("0123456789")
    base = symbol.rsplit("/", 1)[0] if regex.search(r"/\p{Lu}\p{Ll}+\.\d+$", symbol) else symbol
    low = int(symbol[len(stem) :]) if symbol != stem else 0
    for matcher in matchers:
        for match in matcher.scan(more, watch):
            groups = match.groupdict()
            if groups.get("part"):
                out.append(f"{base}/{groups['part']}")
            elif groups.get("last") and low < int(groups["last"]) <= low + _WIDEST:
                out += [f"{stem}{n}" for n in range(low + 1, int(groups["last"]) + 1)]
            elif groups.get("number") and stem != symbol:
                out.append(f"{stem}{groups['number']}")
    return out


def documents(passages: Sequence[Passage], own: str | None, grammar: Grammar, watch: Watch) -> tuple[Document, ...]:
    """All documents of a report in the order of their first mention, its own symbol left out."""
    cites = [(rule.id, grammar.matcher(rule)) for rule in grammar.of(Cite)]
    more = [grammar.matcher(rule) for rule in grammar.of(More)]
    submits = [grammar.matcher(rule) for rule in grammar.of(Submitted)]
    found: dict[str, _Found] = {}
    for passage in passages:
        if "/" not in passage.matched or passage.draft.element in ("title", "division", "attachment"):
            continue
        for rule, matcher in cites:
            for match in matcher.scan(passage.matched, watch):
                symbols = [match["symbol"], *_ends(match["more"] or "", match["symbol"], more, watch)]
                for symbol in symbols:
                    _note(found, symbol, passage, match, rule, submits, watch)
    kept = [item for item in found.values() if item.symbol != own]
    return tuple(_record(i, item) for i, item in enumerate(kept, 1))


def _note(
    found: dict[str, _Found], symbol: str, passage: Passage, match: "regex.Match[str]", rule: str,
    submits: Sequence[Matcher], watch: Watch,
) -> None:  # fmt: skip
    """Note one mention of a symbol; it was submitted where any mention says so."""
    context = passage.paragraph.content or passage.matched
    submitted = any(matcher.search(context, watch) for matcher in submits)
    if symbol not in found:
        found[symbol] = _Found(symbol, passage, passage.span(*match.span("symbol")), rule, submitted, [passage.eid])
        return
    found[symbol].submitted |= submitted
    if passage.eid not in found[symbol].paragraphs:
        found[symbol].paragraphs.append(passage.eid)


def _record(i: int, item: _Found) -> Document:
    label, title = None, None
    if item.passage.draft.element == "subparagraph":
        label = item.passage.draft.num
        before = regex.split(r"[(（]\p{Lu}{1,6}[./]", item.passage.shown, maxsplit=1)[0]
        title = before.strip(" ;；,，:：") if before != item.passage.shown else None
    return Document(
        id=f"document_{i}", symbol=item.symbol, title=title or None, label=label,
        relation="submitted" if item.submitted else "cited",
        paragraphs=tuple(item.paragraphs), span=item.span, rule=item.rule,
    )  # fmt: skip
