"""Report to findings: what does not agree with itself. It reads, and never repairs."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from confparse.diagnostics import Finding
from confparse.letters import letters, place_of
from confparse.model import Meeting, Node, Report, walk
from confparse.numerals import number_parts, numbers, ordinal
from confparse.rules.extraction import BodyName, Malformed, PairRule, Reference
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import ContentsRule
from confparse.rules.time_budget import TimeBudget

_ROMAN = "ivxlc"  # letters that may be roman numerals
_COUNTED = ("arabic", "chinese", "formal", "stem", "enclosed", "loweralpha")  # sequences that items are labelled in
_WIDEST = 200  # paragraphs that one reference may span
_MOST_SAID = 80  # characters of an entry that a message repeats


def validate(report: Report, source: str, grammar: Grammar, budget: TimeBudget) -> list[Finding]:
    """All findings about a finished report and its repaired source, in no order."""
    nodes = _Nodes(report)
    return [
        *_stated(report),
        *_order_of_meetings(report),
        *_outside_session(report),
        *_item_gaps(nodes),
        *_references(nodes, source, grammar, budget),
        *_symbols(nodes, source, grammar, budget),
        *_pairs(report, source, grammar),
        *_promised(nodes, grammar, budget),
        *_body_names(report, nodes, grammar, budget),
    ]


class _Nodes:
    """All nodes of a report in reading order, as often as they are asked for: a list of those of a large one takes much
    memory.
    """

    def __init__(self, report: Report) -> None:
        self._report = report

    def __iter__(self) -> Iterator[Node]:
        return self._report.walk()


def _stated(report: Report) -> Iterator[Finding]:
    """Panels and presentations that a workshop is said to have had, against those that were found."""
    if len(report.workshops) != 1 or report.workshops[0].stated is None:
        return
    stated, spans = report.workshops[0].stated, {n.eid: n.span for n in walk(report.outline)}
    span = spans.get(report.workshops[0].paragraphs[-1], (0, 0))
    counts = {"panels": len(report.panels)}
    if report.panels and all(panel.presentations is not None for panel in report.panels):
        counts["presentations"] = sum(panel.presentations or 0 for panel in report.panels)
    for what, count in counts.items():
        wanted = getattr(stated, what)
        if wanted is not None and wanted != count:
            yield Finding("V001", *span, None, {"what": what, "stated": wanted, "found": count})


def _own(report: Report) -> list[Meeting]:
    """The meetings of the body itself that have a day, by number: those that annexes report may be of another body."""
    annexes = (node for node in report.outline if node.element == "attachment")
    annexed = {node.eid for node in walk(list(annexes))}
    own = (m for m in report.meetings if not m.paragraphs or not annexed.issuperset(m.paragraphs))
    return sorted((m for m in own if m.number is not None and m.date), key=lambda m: m.number or 0)


def _order_of_meetings(report: Report) -> Iterator[Finding]:
    """Days go up with the numbers of meetings."""
    meetings = _own(report)
    for before, after in pairwise(meetings):
        if (before.date or "") > (after.date or ""):
            values = {"before": before.number, "earlier": before.date, "after": after.number, "later": after.date}
            yield Finding("V002", *after.span, after.rule, values)


def _outside_session(report: Report) -> Iterator[Finding]:
    """Meetings are held while the session lasts."""
    session = report.cover.date
    if session is None or session.end is None:
        return
    for meeting in _own(report):
        if not session.start <= (meeting.date or "") <= session.end:
            values = {"number": meeting.number, "date": meeting.date, "start": session.start, "end": session.end}
            yield Finding("V003", *meeting.span, meeting.rule, values)


def _item_gaps(nodes: Iterable[Node]) -> Iterator[Finding]:
    """Items of one list that skip a letter or a number."""
    for node in nodes:
        items = (child for child in node.children if child.element == "subparagraph")
        places = ((_place(child.num or ""), child) for child in items)
        for (before, _), (after, child) in pairwise(places):
            if before is not None and after is not None and after == before + 2:
                yield Finding("V004", *child.span, child.rule, {"num": child.num, "eid": node.eid})


def _place(label: str) -> int | None:
    """The place of an item in its list by its label, of 3.2 by its last part; None for letters that may be roman
    numerals, for amounts such as 0.005 and for bullets.
    """
    parts = ("".join(filter(str.isalnum, part)) for part in reversed(number_parts(label)))
    bare = next(filter(None, parts), "")
    if bare.startswith("0") or set(bare) <= set(_ROMAN):
        return None
    return next((n for sequence in _COUNTED if (n := ordinal(bare, sequence)) is not None), None)


def _references(nodes: Iterable[Node], source: str, grammar: Grammar, budget: TimeBudget) -> Iterator[Finding]:
    """Paragraphs above or below that are not there."""
    rules = grammar.of(Reference)
    labels = ("".join(filter(str.isdecimal, n.num or "")) for n in nodes if n.element == "paragraph")
    present = {int(digits) for digits in labels if digits}
    if not present:
        return
    for node in nodes:
        for rule in rules:
            if node.content is None or not any(literal in node.content for literal in rule.literals):
                continue
            for match in grammar.matcher(rule).scan(node.content, budget):
                named = numbers(match["numbers"], grammar.word)
                if match.groupdict().get("range") and len(named) == 2 and named[0] < named[1] < named[0] + _WIDEST:
                    named = list(range(named[0], named[1] + 1))
                missing = [n for n in named if n not in present]
                if missing:
                    at = place_of(match[0], source, node.span)
                    yield Finding("V005", *at, rule.id, {"numbers": ", ".join(map(str, missing))})


def _symbols(nodes: Iterable[Node], source: str, grammar: Grammar, budget: TimeBudget) -> Iterator[Finding]:
    """Symbols that lack a part."""
    for node in nodes:
        for rule in grammar.of(Malformed):
            if node.content is None or not any(literal in node.content for literal in rule.literals):
                continue
            for match in grammar.matcher(rule).scan(node.content, budget):
                at = place_of(match[0], source, node.span)
                yield Finding("V008", *at, rule.id, {"symbol": match[0]})


def _pairs(report: Report, source: str, grammar: Grammar) -> Iterator[Finding]:
    """Brackets and quotation marks that open and do not close in a paragraph and its items, or another unit of text."""
    rules = grammar.of(PairRule)
    for node in walk(report.outline):
        if node.element not in ("paragraph", "p", "closing"):
            continue
        text = "\n".join(part for n in walk([node]) if (part := n.content))
        for rule in rules:
            if rule.opens in text and text.count(rule.opens) > text.count(rule.closes):
                at = _unclosed(report, node, source, rule, text)
                yield Finding("V006", *at, rule.id, {"mark": rule.opens, "eid": node.eid})


def _unclosed(report: Report, node: Node, source: str, rule: PairRule, text: str) -> tuple[int, int]:
    """The span of the first mark without its other half; that of the node if its marks cannot be told from page
    matter.
    """
    between = [*(part.span for part in report.furniture), *(note.span for note in report.footnotes)]
    spans = [n.span for n in walk([node])]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    other_spans = [span for span in between if start < span[1] and span[0] < end]
    places = [i for i in range(start, end) if source[i] == rule.opens and not any(s <= i < e for s, e in other_spans)]
    if len(places) != text.count(rule.opens):
        return node.span
    at = places[_first_unclosed(text, rule)]
    return at, at + 1


def _first_unclosed(text: str, rule: PairRule) -> int:
    """Which of the opening marks of a text, counted from 0, is the first without its other half."""
    waiting: list[int] = []
    count = 0
    for character in text:
        if character == rule.opens:
            waiting.append(count)
            count += 1
        elif character == rule.closes and waiting:
            waiting.pop()
    return waiting[0] if waiting else 0


def _promised(nodes: Iterable[Node], grammar: Grammar, budget: TimeBudget) -> Iterator[Finding]:
    """Entries of the contents table that no heading answers, without heads of columns and what is above them."""
    rules = grammar.of(ContentsRule)
    columns = {rule.id for rule in rules if rule.part == "columns"}
    dots = [grammar.matcher(rule) for rule in rules if rule.part == "dots"]
    headings = [letters(node.heading) for node in nodes if node.heading]
    if not headings:
        return
    for table in (node for node in nodes if node.element == "toc"):
        for place, entry in enumerate(table.children):
            if any(line.rule in columns for line in table.children[place : place + 2]):
                continue
            words = letters(entry.content)
            if len(words) > 3 and not any(words.endswith(h) or h.endswith(words) for h in headings if h):
                shown = " ".join((entry.content or "").split())
                for matcher in dots:
                    shown = matcher.sub("\N{HORIZONTAL ELLIPSIS}", shown, budget)
                yield Finding("V007", *entry.span, entry.rule, {"entry": shown[:_MOST_SAID]})


def _body_names(report: Report, nodes: Iterable[Node], grammar: Grammar, budget: TimeBudget) -> Iterator[Finding]:
    """The body of the first page under another head: a committee there, a commission in the text."""
    for rule in grammar.of(BodyName):
        matcher = grammar.matcher(rule)
        own = matcher.search(report.cover.body.name, budget) if report.cover.body else None
        if own is None or report.cover.body is None:
            continue
        index = set()
        for node in nodes:
            if node.content is None or own["subject"] not in node.content:
                continue
            for match in matcher.scan(node.content, budget):
                if match["subject"].endswith(own["subject"]) and match["head"] != own["head"] and match[0] not in index:
                    index.add(match[0])
                    yield Finding("V009", *node.span, rule.id, {"name": report.cover.body.name, "other": match[0]})
