"""Lines that may be page numbers: read by rules, and decided by the numbers around them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from confparse.layout.contents_forms import first_match, matchers_of
from confparse.layout.line_table import Line, Lines
from confparse.layout.number_counts import MISSING, Numbered, Numbers
from confparse.layout.types import LineClaim
from confparse.numerals import arabic, number, roman
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.page_matter import PageBetween, PageCount
from confparse.rules.patterns import Matcher
from confparse.rules.time_budget import TimeBudget

_FIRST_YEAR = 1900  # a number of a page from here on may as well be a year
_NEAR = 2  # pages away that one whose number counts may be


def whole_lines(lines: Lines, matcher: Matcher, budget: TimeBudget, upto: int | None = None) -> Iterable[Line]:
    """The lines that a pattern matches whole, in order."""
    text = lines.text.match if upto is None else lines.text.match[:upto]
    for match in matcher.each(text, budget):
        i = lines.at(match.start() + len(match[0]) - len(match[0].lstrip()))
        if i >= 0 and match.end() >= lines.lines[i].end and match.start() <= lines.lines[i].start:
            yield lines.lines[i]


def numbered(lines: Lines, rule: PageCount, grammar: Grammar, budget: TimeBudget) -> dict[str, Numbers]:
    """The lines that a rule reads as page numbers, by the number of pages that they print, empty if none."""
    matcher, leads = grammar.matcher(rule), matchers_of(grammar, "leads")
    out: dict[str, Numbers] = {}
    for line in whole_lines(lines, matcher, budget):
        match = matcher.search(lines.matched(line), budget)
        page = _page("".join(match["page"].split())) if match is not None else None
        pages = match.groupdict().get("pages") if match is not None else None
        above = lines.matched(lines.lines[line.index - 1]) if line.index else ""
        entry = pages is None and first_match(leads, above, budget) is not None
        if page is not None and not entry and (pages is None or page <= (number(pages) or 0)):
            out.setdefault(pages or "", Numbers(rule.id)).add(line.index, page)
    return out


def alone(
    lines: Lines, rules: Iterable[PageCount], known: Sequence[IndexSet], grammar: Grammar, budget: TimeBudget
) -> dict[int, tuple[PageCount, int]]:
    """The lines that some rules read as page numbers, without those `known` already: the rule and the number."""
    read = ((rule, item) for rule in rules for same in numbered(lines, rule, grammar, budget).values() for item in same)
    return {item.line: (rule, item.number) for rule, item in read if not any(item.line in own for own in known)}


def _page(printed: str) -> int | None:
    """The number of a page, in digits, Chinese counting words or small Roman numerals."""
    value = number(printed)
    return roman(printed) if value is None else value


def in_a_column(count: Sequence[Numbered]) -> bool:
    """Whether most numbers are right below each other, as those of a contents table that lost its entries do."""
    return 2 * sum(b.line == a.line + 1 for a, b in pairwise(count)) >= len(count)


def repeated(count: Sequence[Numbered], numbers: Sequence[Numbered]) -> bool:
    """Whether half of the numbers are there again, among all that are alone on a line, before the next of their count;
    anywhere, if they may be years: they are figures of a table, one cell below the other.
    """
    places: dict[int, list[int]] = {}
    for item in numbers:
        places.setdefault(item.number, []).append(item.line)
    pairs = ((a.line, b.line, [*places[a.number], *places[b.number]]) for a, b in pairwise(count))
    again = sum(any(first < line < last for line in lines) for first, last, lines in pairs)
    years = sum(item.number >= _FIRST_YEAR and len(places[item.number]) > 1 for item in count)
    return 2 * again >= len(count) - 1 or 2 * years >= len(count)


def counting(numbers: Iterable[Numbered]) -> list[Numbered]:
    """The lines whose number continues from that of the line before, or to that of the line after; none of a column."""
    pairs = [(a, b) for a, b in pairwise(numbers) if a.number < b.number <= a.number + MISSING]
    count = sorted({item for pair in pairs for item in pair})
    return [] if in_a_column(count) else count


def between(
    lines: Lines, rule: PageBetween, claims: Mapping[int, LineClaim], grammar: Grammar, budget: TimeBudget
) -> list[Line]:
    """The lines whose number is that of their page, as the pages around it count; their page has none at its edges."""
    matcher = grammar.matcher(rule)

    def numbered() -> Iterator[tuple[int, Line]]:
        for line in whole_lines(lines, matcher, budget):
            match = matcher.search(lines.matched(line), budget)
            page = arabic(match["page"]) if match is not None else None
            if page is not None:
                yield page, line

    owned = ((page, line, claims.get(line.index)) for page, line in numbered())
    printed_pages = {line.page: page for page, line, claim in owned if claim is not None and claim.name == rule.name}
    out: dict[int, Line] = {}
    for page, line in numbered() if printed_pages else ():
        if line.page in printed_pages or line.index in claims or page <= 1:  # a first page shows none
            continue
        near = range(line.page - _NEAR, line.page + _NEAR + 1)
        if {printed_pages[other] + line.page - other for other in near if other in printed_pages} == {page}:
            out[line.page] = line
    return list(out.values())
