"""Lines to claims: page matter by its own words, by repetition, and by standing at the edge of a page."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from confparse.layout.types import Line, LineClaim, Lines
from confparse.numerals import arabic
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher, TimeBudget
from confparse.rules.structure import BodyStart, FurnitureRule, PageBetween, PageCount

_DEEP = 8  # page matter at an edge is at most so many lines
_SKIPPED = 3  # pages of which one at least has its number found
_NEAR = 2  # pages away that one whose number counts may be
_COVER = 120  # a first page has no more lines than this


def whole_lines(lines: Lines, matcher: Matcher, budget: TimeBudget, upto: int | None = None) -> Iterable[Line]:
    """The lines that a pattern matches whole, in order."""
    starts = [line.start for line in lines.lines]
    text = lines.text.match if upto is None else lines.text.match[:upto]
    for match in matcher.scan(text, budget):
        i = bisect_right(starts, match.start() + len(match[0]) - len(match[0].lstrip())) - 1
        if i >= 0 and match.end() >= lines.lines[i].end and match.start() <= lines.lines[i].start:
            yield lines.lines[i]


def cover_end(lines: Lines, grammar: Grammar, budget: TimeBudget) -> int:
    """The index of the first line after the cover: where a rule says that text opens, or 0 where none does in time."""
    upto = lines.lines[min(len(lines.lines), _COVER) - 1].end if lines.lines else 0
    starts = [line.start for line in lines.lines]
    opened = _COVER
    for rule in grammar.of(BodyStart):
        for match in grammar.matcher(rule).scan(lines.text.match[:upto], budget):
            i = bisect_right(starts, match.end() - 1) - 1
            opened = min(opened, max(0, i))
            break
    return opened if opened < min(len(lines.lines), _COVER) else 0


def _seams(lines: Lines, heads: dict[int, LineClaim]) -> list[int]:
    """Indexes of first lines of pages: after a form feed, or from a running head on where there are no form feeds."""
    breaks = [b.index for a, b in zip(lines.lines, lines.lines[1:], strict=False) if a.page != b.page]
    return breaks or sorted(i for i, claim in heads.items() if claim.name == "running_head")


def _walk(order: Iterable[int], matched: dict[int, list[FurnitureRule]], claims: dict[int, LineClaim]) -> None:
    """From a page seam inwards: claim lines that an edge rule matches, until a line that none does."""
    once: set[str] = set()
    for step, i in enumerate(order):
        if step >= _DEEP:
            return
        if i in claims:
            once.add(claims[i].name)
            continue
        rule = next((r for r in matched.get(i, ()) if not (r.once and r.name in once)), None)
        if rule is None:
            return
        once.add(rule.name)
        claims[i] = LineClaim("furniture", rule.name, rule.id)


def _counting(lines: Lines, rule: PageCount, grammar: Grammar, budget: TimeBudget) -> list[Line]:
    """The lines whose page goes on from the one before, or to the one after, with the same number of pages."""
    pages: dict[str | None, list[tuple[int, Line]]] = {}
    matcher = grammar.matcher(rule)
    for line in whole_lines(lines, matcher, budget):
        match = matcher.search(lines.matched(line), budget)
        if match is not None:
            of = match.groupdict().get("pages")
            page = arabic(match["page"])
            if page is not None and (of is None or page <= (arabic(of) or 0)):
                pages.setdefault(of, []).append((page, line))
    pairs = (pair for same in pages.values() for pair in pairwise(same))
    counting = {line.index: line for a, b in pairs if a[0] < b[0] <= a[0] + _SKIPPED for line in (a[1], b[1])}
    return [counting[i] for i in sorted(counting)]


def _between(
    lines: Lines, rule: PageBetween, claims: Mapping[int, LineClaim], grammar: Grammar, budget: TimeBudget
) -> list[Line]:  # fmt: skip
    """The lines whose number is that of their page, as the pages around it count; their page has none at its edges."""
    matcher = grammar.matcher(rule)
    known: dict[int, int] = {}
    inside: dict[int, list[tuple[int, Line]]] = {}
    for line in whole_lines(lines, matcher, budget):
        match, claim = matcher.search(lines.matched(line), budget), claims.get(line.index)
        number = arabic(match["page"]) if match is not None else None
        if number is not None and claim is None:
            inside.setdefault(line.page, []).append((number, line))
        elif number is not None and claim is not None and claim.name == rule.name:
            known[line.page] = number
    out: list[Line] = []
    for page, found in inside.items():
        near = range(page - _NEAR, page + _NEAR + 1)
        expected = {known[other] + page - other for other in near if other in known}
        if page not in known and len(expected) == 1:
            out += [line for number, line in found if number in expected and number > 1][-1:]  # a first page shows none
    return out


def furniture(lines: Lines, grammar: Grammar, budget: TimeBudget) -> tuple[dict[int, LineClaim], int]:
    """The lines that belong to the page, by index, and where the cover ends."""
    claims: dict[int, LineClaim] = {}
    ended = cover_end(lines, grammar, budget)
    cover_offset = lines.lines[ended].start if lines.lines and ended else 0
    edge: dict[int, list[FurnitureRule]] = {}
    for rule in grammar.of(FurnitureRule):
        matcher = grammar.matcher(rule)
        found = list(whole_lines(lines, matcher, budget, cover_offset if rule.where == "cover" else None))
        if rule.where == "edge":
            for line in found:
                edge.setdefault(line.index, []).append(rule)
            continue
        if rule.where == "repeated":
            seen = Counter("".join(lines.matched(line).split()) for line in found)
            found = [line for line in found if seen["".join(lines.matched(line).split())] > 1]
        for line in found:
            claims.setdefault(line.index, LineClaim("furniture", rule.name, rule.id))
    for counted in grammar.of(PageCount):
        for line in _counting(lines, counted, grammar, budget):
            claims.setdefault(line.index, LineClaim("furniture", counted.name, counted.id))
    count = len(lines.lines)
    for seam in [*_seams(lines, claims), count]:
        _walk(range(seam - 1, -1, -1), edge, claims)
        _walk(range(seam, count), edge, claims)
    for between in grammar.of(PageBetween):
        for line in _between(lines, between, claims, grammar, budget):
            claims[line.index] = LineClaim("furniture", between.name, between.id, seam=False)
    return claims, ended
