"""What the units of both versions write alike: numbers, days, codes, symbols, names of the lists, Latin words."""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate

import regex

from confparse.comparison.names import Meaning, dictionary
from confparse.comparison.types import ComparedUnit, Figure, Language
from confparse.numerals import number
from confparse.rules.base import Extraction, Pattern
from confparse.rules.comparison import FigureRule
from confparse.rules.extraction import Cite
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher
from confparse.rules.time_budget import TimeBudget
from confparse.text.normalize import normalize
from confparse.text.types import Source

_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ’'-]+")
# Full-width digits, letters and strokes (Unicode, Halfwidth and Fullwidth Forms): rules for both languages name none.
_NARROW = {
    code: narrow
    for code in range(0xFF01, 0xFF5F)
    if (narrow := unicodedata.normalize("NFKC", chr(code))).isalnum() or narrow == "/"
}
_GRAMMARS = 16  # grammars whose patterns are kept, for each language
_GAPS = regex.compile(r"[, ]")


class Figures:
    """Reads the figures of units by the rules and the lists of a grammar."""

    def __init__(self, grammar: Grammar, budget: TimeBudget) -> None:
        self._grammar, self._budget = grammar, budget
        self._dictionary = dictionary(grammar)
        self._word = cache(grammar.word)

    def read(
        self, units: Sequence[ComparedUnit], language: Language, words: Container[str] | None = None
    ) -> list[list[Figure]]:
        """The figures of each unit in reading order. Of Latin words, only those that `words` holds, in small
        letters.
        """
        joined = "\n".join(unit.text for unit in units).translate(_NARROW)
        matched = (
            joined if language == "en" else normalize(Source("", "", "", joined), self._grammar, self._budget).match
        )
        starts = [0, *accumulate(len(unit.text) + 1 for unit in units)]
        figures: list[list[Figure]] = [[] for _ in units]
        at = 0
        for start, end, meanings in sorted(self._all(matched, language, words), key=lambda item: item[0]):
            while starts[at + 1] <= start:
                at += 1
            low, high = start - starts[at], end - starts[at]
            figures[at] += [Figure(m.kind, m.value, low, high, m.certain) for m in meanings]
        return figures

    def _all(
        self, text: str, language: Language, words: Container[str] | None
    ) -> Iterator[tuple[int, int, list[Meaning]]]:
        mask = bytearray(len(text))
        citing, counting = _rules(self._grammar, language)
        yield from self._by(citing, text, mask)
        yield from self._dictionary.find(text, mask)
        yield from self._by(counting, text, mask)
        for word in _LATIN.finditer(text):
            folded = word[0].casefold()
            if (words is None or folded in words) and not mask[word.start()]:
                yield word.start(), word.end(), [Meaning("latin", folded, certain=False)]

    def _by(
        self, rules: Sequence[tuple[Pattern, Matcher]], text: str, mask: bytearray
    ) -> Iterator[tuple[int, int, list[Meaning]]]:
        """What rules find in a text, in their order, where `mask` covers nothing yet."""
        for rule, matcher in rules:
            for base, match in self._matches(rule, matcher, text):
                start, end = base + match.start(), base + match.end()
                if not any(mask[start:end]):
                    mask[start:end] = b"\x01" * (end - start)
                    yield start, end, list(self._meanings(rule, match))

    def _matches(self, rule: Pattern, matcher: Matcher, text: str) -> "Iterator[tuple[int, regex.Match[str]]]":
        """The matches of a rule with the offset to add to theirs; one with literals reads only the lines that hold
        one.
        """
        if not isinstance(rule, Extraction):
            yield from ((0, match) for match in matcher.scan(text, self._budget))
            return
        base = 0
        for line in text.split("\n"):
            if any(literal in line for literal in rule.literals):
                yield from ((base, match) for match in matcher.scan(line, self._budget))
            base += len(line) + 1

    def _meanings(self, rule: Pattern, match: "regex.Match[str]") -> Iterator[Meaning]:
        if isinstance(rule, Cite):
            yield Meaning("symbol", match["symbol"])
            for digits in re.findall(r"\d+", match.groupdict().get("more") or ""):
                yield Meaning("number", digits.lstrip("0") or "0")
        elif isinstance(rule, FigureRule) and rule.reads == "code":
            yield Meaning("symbol", match["value"])
        elif isinstance(rule, FigureRule) and rule.reads == "day":
            yield from self._days(match)
        elif isinstance(rule, FigureRule) and rule.reads == "clock":
            yield Meaning("clock", f"{int(match['hour'])}:{int(match.groupdict().get('minute') or 0):02d}")
        elif isinstance(rule, FigureRule) and rule.reads == "again":
            yield Meaning("again", "day", certain=False)
        elif isinstance(rule, FigureRule):
            value = self._value(match)
            if value is not None:
                yield Meaning("number", value, certain=rule.reads == "number")

    def _value(self, match: "regex.Match[str]") -> str | None:
        """A number in digits, without groups and useless noughts."""
        printed = match["value"]
        whole, _, decimals = _GAPS.sub("", printed).partition(".")
        if not whole.isdecimal():
            value = number(printed) or self._word("counts", printed) or self._word("ordinals", printed)
            whole, decimals = str(value or ""), ""
        if not whole:
            return None
        whole = "".join(str(int(char)) for char in whole).lstrip("0") or "0"  # digits of any script, however many
        scale = match.groupdict().get("scale")
        power = (self._word("scales", scale) or 0) if scale else 0
        cut = len(whole) + power
        digits = f"{whole}{decimals}".ljust(cut, "0")
        rest = digits[cut:].rstrip("0")
        return (digits[:cut].lstrip("0") or "0") + (f".{rest}" if rest else "")

    def _days(self, match: "regex.Match[str]") -> Iterator[Meaning]:
        printed = match["month"]
        month = number(printed) or self._word("months", printed)
        if month is None:
            return
        days = [day for text in match.capturesdict().get("day", ()) if (day := number(text))]
        for day in days:
            yield Meaning("day", f"{month:02d}-{day:02d}")
        if not days:
            yield Meaning("month", f"{month:02d}")
        year = number(match.groupdict().get("year") or "")
        if year:
            yield Meaning("number", str(year), certain=False)


@lru_cache(maxsize=_GRAMMARS)
def _rules(grammar: Grammar, language: Language) -> tuple[list[tuple[Pattern, Matcher]], list[tuple[Pattern, Matcher]]]:
    """The rules for symbols and those for figures that have patterns for a language, each with them."""
    return _of(grammar, grammar.of(Cite), language), _of(grammar, grammar.of(FigureRule), language)


def _of(grammar: Grammar, rules: Sequence[Pattern], language: Language) -> list[tuple[Pattern, Matcher]]:
    sources = [(rule, rule.patterns.get(language) or rule.patterns.get("any")) for rule in rules]
    return [
        (rule, Matcher(f"{rule.id}.{language}", grammar.vocabulary.expand(source, language), rule.fits))
        for rule, source in sources
        if source is not None
    ]
