"""The first page to Cover: symbol, kind, title, body, session, dates and the rest, each by the first field rule that
matches.
"""

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Any, NamedTuple

import msgspec
import regex

from confparse.extract.dates import day_of
from confparse.letters import NOTE_SIGNS, place_of
from confparse.model import Body, Cover, CoverPlace, DateRange, Span
from confparse.numerals import number
from confparse.outline.tree import Draft
from confparse.outline.types import Outline
from confparse.rules.cover import FieldRule, Masthead
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher
from confparse.rules.structure import StopRule
from confparse.rules.time_budget import TimeBudget
from confparse.text.normalize import with_closed_headings
from confparse.text.types import Text, width

_COLUMNS = "   "  # what separates the words of a masthead
_TITLES = 6  # lines of the first page among which the title is
_BARE = 12  # columns of a line that says what kind of paper it is and nothing else
_DIGITS = regex.compile(r"\d+")
_IN_HAN = regex.compile(r"(?<=\p{Han}) (?=\p{Han})")
_MARKS = regex.compile(rf"[\s{NOTE_SIGNS}]+$")  # of a note to the title


def _hundreds(match: "regex.Match[str]", grammar: Grammar) -> int:
    """The hundreds that words count before an ordinal, one if they say only that; 0 if there are none."""
    printed = match.groupdict().get("hundreds")
    return 100 * (grammar.word("hundreds", " ".join(printed.split())) or 1) if printed else 0


def _number(printed: str, hundreds: int, grammar: Grammar) -> int | None:
    """A cardinal in digits or counting words, or an ordinal of the grammar's word list, on top of the hundreds."""
    clean = "".join(printed.split())
    value = number(clean) or grammar.word("ordinals", " ".join(printed.split()))
    return hundreds + value if value else None


def _date(match: "regex.Match[str]", grammar: Grammar) -> DateRange | None:
    """A day, or a first and a last day; what the first day leaves out it shares with the last."""
    groups = match.groupdict()
    start = day_of(groups, "day", None, grammar)
    return DateRange(start=start, end=day_of(groups, "last", None, grammar)) if start else None


def _key(body: str, grammar: Grammar) -> str | None:
    """The key of a body of the lists whose name is the printed one, or whose full name ends it."""
    entries = grammar.named("bodies")[1]
    full = {name for entry in entries.values() for name in (*entry.en[:1], *entry.zh[:1])}
    names = [name for name in entries if body == name or (name in full and body.endswith(name))]
    return entries[max(names, key=len)].key if names else None


def _value_span(match: "regex.Match[str]") -> Span:
    """Where the value of a field is in its text: its group, or the whole match."""
    own = "value" in match.re.groupindex and match["value"] is not None
    start, end = match.span("value") if own else match.span()
    return start, end


def _shown_span(rule: FieldRule, match: "regex.Match[str]") -> Span:
    """Where a value was found: the words themselves, or, of what is read from them, the whole phrase."""
    start, end = _value_span(match) if rule.reads == "text" else match.span()
    return start, end


def _value(rule: FieldRule, match: "regex.Match[str]", shown: str, grammar: Grammar) -> Any:
    """What a field rule found, read as the rule says; words in the script of the source."""
    start, end = _value_span(match)
    value = _line(match.string[start:end])
    if rule.reads in ("flag", "constant"):
        return True if rule.reads == "flag" else rule.value
    if rule.reads == "numbers":
        return tuple(int(n) for n in _DIGITS.findall(value))
    if rule.reads in ("number", "ordinal"):
        return _number(value, _hundreds(match, grammar), grammar)
    if rule.reads == "date":
        return _date(match, grammar)
    if rule.reads == "body":
        whole = grammar.named("bodies")[0].match(match.string, start)
        end = max(end, whole.end()) if whole else end
        value = _line(match.string[start:end])
        return Body(name=_line(shown[start:end]), key=_key(value, grammar))
    return _line(shown[start:end])


def _line(words: str) -> str:
    """Words as one line, with no blanks between Han characters."""
    return str(_IN_HAN.sub("", " ".join(words.split())))


def _above_attendance(titles: Sequence[Draft], match: str, grammar: Grammar, budget: TimeBudget) -> list[Draft]:
    """The lines of the cover that may be its title: those above the list of who was present, if there are any."""
    lines = [draft for draft in titles if draft.element == "title" and draft.content and draft.parent < 0]
    closing = [grammar.matcher(rule) for rule in grammar.of(Masthead) if rule.closes]
    above = takewhile(lambda d: not any(m.search(match[d.start : d.end], budget) for m in closing), lines)
    return list(above) or lines


def _title(titles: Sequence[Draft], match: str, grammar: Grammar, budget: TimeBudget) -> tuple[Draft, ...]:
    """The title among the lines of the cover: the last that begins with what kind of paper it is, with the line above
    if it says nothing else; else the first that says so at all, else the one above a line that is printed under titles,
    else the longest that states no day and no number of a session. A line of the masthead or a sentence is not a title
    if there is another.
    """
    mastheads = [grammar.matcher(rule) for rule in grammar.of(Masthead)]
    below_titles = [grammar.matcher(rule) for rule in grammar.of(Masthead) if rule.under == "title"]
    sentences = [grammar.matcher(rule) for rule in grammar.of(StopRule) if rule.strength == "sentence"]
    lines = _above_attendance(titles, match, grammar, budget)

    def opened_by(matchers: Sequence[Matcher], text: str) -> bool:
        return 0 in (m.start() for matcher in matchers if (m := matcher.search(text, budget)))

    def no_title(text: str) -> bool:
        """Whether a line is part of the masthead by its words, or a sentence."""
        return opened_by(mastheads, text) or any(matcher.search(text, budget) for matcher in sentences)

    named = [d for d in lines if not no_title(match[d.start : d.end])] or lines
    for rule in grammar.of(FieldRule):
        if rule.field != "kind":
            continue
        kind_lines = [
            (m.start(), i)
            for i, draft in enumerate(named)
            if (m := grammar.matcher(rule).search(match[draft.start : draft.end], budget))
        ]
        if kind_lines:
            i = next((i for at, i in reversed(kind_lines) if at == 0), kind_lines[0][1])
            bare = width(match[named[i].start : named[i].end].strip()) <= _BARE
            return (named[i - 1], named[i]) if bare and i else (named[i],)
    for above, line in pairwise(lines):
        if above in named and opened_by(below_titles, match[line.start : line.end]):
            return (above,)
    dates = [grammar.matcher(rule) for rule in grammar.of(FieldRule) if rule.reads in ("date", "ordinal")]

    def set_apart(text: str) -> bool:
        """Whether a line is set in columns, or little else than a day or the number of a session."""
        matches = (matcher.search(text, budget) for matcher in dates)
        return _COLUMNS in text or any(m is not None and 2 * len(m[0]) >= len(text) for m in matches)

    words = [d for d in named[:_TITLES] if not set_apart(match[d.start : d.end])]
    others = [d for d in named[:_TITLES] if _COLUMNS not in match[d.start : d.end].strip()]
    longest = max(words or others, key=lambda draft: len(draft.content or ""), default=None)
    return (longest,) if longest is not None else ()


def _state(title: Draft, lines: Sequence[Draft], match: str, grammar: Grammar) -> Draft | None:
    """The line below the title, if all it says is a State: reviews and observations print there whom they are about.
    A line of marks alone says nothing.
    """
    below = ((d, _MARKS.sub("", match[d.start : d.end]).strip()) for d in lines if d.start >= title.end)
    draft, words = next(((draft, words) for draft, words in below if words), (title, ""))
    return draft if draft.element == "title" and grammar.named("states")[0].fullmatch(words) else None


class _Hit(NamedTuple):
    """A match of a field rule, the text as printed that it is in, and where it is in the source."""

    match: "regex.Match[str]"
    printed: str
    span: Span


def _hit(rule: FieldRule, outline: Outline, title: Draft | None, grammar: Grammar, budget: TimeBudget) -> _Hit | None:
    """What a field rule finds: a body first in the title, whose lines are joined there; else on the first page, and if
    the rule may, anywhere.
    """
    whole, page, matcher = outline.text, outline.first_page, grammar.matcher(rule)
    if rule.field == "body" and title is not None:
        within = slice(title.start, title.end)
        text, printed = (" ".join(t.split()) for t in (whole.match[within], with_closed_headings(whole.text[within])))
        if (match := matcher.search(text, budget)) is not None:
            words = printed[slice(*match.span())]
            return _Hit(match, printed, place_of(words, whole.text, (title.start, title.end)))
    if (match := matcher.search(page.matched, budget)) is not None:
        return _Hit(match, page.printed, page.span(*_shown_span(rule, match)))
    if rule.anywhere and (match := matcher.search(whole.match, budget)) is not None:
        return _Hit(match, whole.text, _shown_span(rule, match))
    return None


def cover(outline: Outline, grammar: Grammar, budget: TimeBudget) -> Cover:
    """What the first page states, and where; values that no rule finds are absent."""
    whole = outline.text
    title_lines = _title(outline.drafts, whole.match, grammar, budget)
    title = title_lines[-1] if title_lines else None
    values: dict[str, Any] = {}
    places: list[CoverPlace] = []
    for rule in grammar.of(FieldRule):
        hit = _hit(rule, outline, title, grammar, budget) if rule.field not in values else None
        if hit is not None and (value := _value(rule, hit.match, hit.printed, grammar)) not in (None, ()):
            values[rule.field] = value
            places.append(_place(rule.field, hit.span, rule.id, whole))
    if title is not None and "title" not in values:
        state = _state(title, outline.drafts, whole.match, grammar)
        lines = [*title_lines, state] if state else title_lines
        values["title"] = " ".join(_MARKS.sub("", draft.content or "") for draft in lines)
        places.append(_place("title", (lines[0].start, lines[-1].end), title.rule, whole))
    field_names = {f.name for f in msgspec.structs.fields(Cover)}
    return Cover(**{k: v for k, v in values.items() if k in field_names}, places=tuple(places))


def tells_of_others(outline: Outline, grammar: Grammar, budget: TimeBudget) -> bool:
    """Whether the first page says that the paper only tells what bodies did before it."""
    page = outline.first_page.matched
    rules = (rule for rule in grammar.of(Masthead) if rule.tells == "others")
    return any(grammar.matcher(rule).search(page, budget) is not None for rule in rules)


def _place(field: str, span: Span, rule: str, text: Text) -> CoverPlace:
    return CoverPlace(field=field, span=span, lines=text.lines_of(*span), rule=rule)
