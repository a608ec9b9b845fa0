"""Passages to documents: every symbol cited or submitted, one record per symbol."""

from collections.abc import Sequence

import msgspec
import regex

from confparse.mentions.index import TextIndex
from confparse.mentions.passages import Passage
from confparse.model import Document
from confparse.punctuation import trimmed
from confparse.rules.extraction import Cite, More, Submitted
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher
from confparse.rules.time_budget import TimeBudget

_PART = regex.compile(r"/\p{Lu}\p{Ll}+\.\d+$")  # Add.1, Rev.2
_LETTERS = regex.compile(r"\p{Lu}+")  # that a symbol begins with
_SHORT = 3  # digits of a further number; a longer one is a year, unless the first is as long
_WIDEST = 60  # numbers of a range, at most; a longer one is not a range


class _DocumentDraft(msgspec.Struct):
    symbol: str
    passage: Passage
    span: tuple[int, int]
    rule: str
    submitted: bool
    paragraphs: dict[str, None]


def _ends(more: str, symbol: str, matchers: Sequence[Matcher], budget: TimeBudget) -> list[str]:
    """The symbols that `and Add.1 and 2` or `-7 and 9` after a symbol stands for; a number takes the place of the
    last.
    """
    base = symbol.rsplit("/", 1)[0] if _PART.search(symbol) else symbol
    out: list[str] = []
    last = symbol
    for match in sorted((m for matcher in matchers for m in matcher.scan(more, budget)), key=lambda m: m.start()):
        groups = match.groupdict()
        stem = last.rstrip("0123456789")
        low = int(last[len(stem) :] or 0)
        if groups.get("part"):
            out.append(f"{base}/{groups['part']}")
        elif groups.get("kind") and last.rpartition("/")[2].rstrip("0123456789").endswith("."):
            out.append(f"{last.rpartition('/')[0]}/{groups['kind']}")
        elif groups.get("last") and low < int(groups["last"]) <= low + _WIDEST:
            out += [f"{stem}{n}" for n in range(low + 1, int(groups["last"]) + 1)]
        elif groups.get("number") and low and len(groups["number"]) <= max(_SHORT, len(str(low))):
            out.append(f"{stem}{groups['number']}")
        last = out[-1] if out else symbol
    return out


def documents(
    index: TextIndex, notes: TextIndex, own: str | None, grammar: Grammar, budget: TimeBudget
) -> tuple[Document, ...]:
    """All documents of a report in the order of their first mention, footnotes included, its own symbol left out.

    One was submitted if the paragraph of any of its mentions says so.
    """
    more = [grammar.matcher(rule) for rule in grammar.of(More)]
    submissions = _submissions(index, grammar, budget)
    cites = grammar.of(Cite)
    cited = index.in_passages(cites)
    drafts: dict[str, _DocumentDraft] = {}
    for passage, rules in sorted([*cited, *notes.in_passages(cites)], key=lambda item: item[0].draft.start):
        listed = None in submissions.get(passage.paragraph.eid, ())
        for rule in rules:
            for match in grammar.matcher(rule).scan(passage.matched, budget):
                if rule.series and not _of_series(match["symbol"], own):
                    continue
                submitted = listed or any(
                    stretch is None or stretch[0] <= match.start("symbol") < stretch[1]
                    for stretch in submissions.get(passage.eid, ())
                )
                for symbol in (match["symbol"], *_ends(match["more"] or "", match["symbol"], more, budget)):
                    if symbol not in drafts:
                        span = passage.span(*match.span("symbol"))
                        drafts[symbol] = _DocumentDraft(symbol, passage, span, rule.id, False, {})
                    drafts[symbol].submitted |= submitted
                    drafts[symbol].paragraphs |= dict.fromkeys(passage.places)
    others = [item for item in drafts.values() if item.symbol != own]
    return tuple(_record(i, item) for i, item in enumerate(others, 1))


def _submissions(index: TextIndex, grammar: Grammar, budget: TimeBudget) -> dict[str, list[tuple[int, int] | None]]:
    """By passage, where documents are named that were before the body; None: anywhere in it and in its items."""
    out: dict[str, list[tuple[int, int] | None]] = {}
    for passage, rules in index.in_passages(grammar.of(Submitted)):
        for rule in rules:
            matcher = grammar.matcher(rule)
            for match in matcher.scan(passage.matched, budget):
                stretch = match.span("documents") if "documents" in match.re.groupindex else None
                out.setdefault(passage.eid, []).append(stretch)
    return out


def _of_series(symbol: str, own: str | None) -> bool:
    """Whether a symbol begins with the letters of the report's own one."""
    letters = _LETTERS.match(own or "")
    begun = _LETTERS.match(symbol)
    return letters is not None and begun is not None and letters[0] == begun[0]


def _record(i: int, item: _DocumentDraft) -> Document:
    label, title = None, None
    if item.passage.draft.element == "subparagraph":
        label = item.passage.draft.num
        before = regex.split(r"\p{Ps}\p{Lu}{1,6}[./]", item.passage.shown, maxsplit=1)[0]
        title = trimmed(before) if before != item.passage.shown else None
    return Document(
        id=f"document_{i}",
        symbol=item.symbol,
        title=title or None,
        label=label,
        relation="submitted" if item.submitted else "cited",
        paragraphs=tuple(item.paragraphs),
        span=item.span,
        rule=item.rule,
    )
