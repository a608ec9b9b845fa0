"""Signs that programs write around a text, taken out: a mail's signs of quotation, time codes, Markdown, bold printed
twice.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import regex

from confparse.rules.characters import Markup
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Matcher
from confparse.rules.time_budget import TimeBudget
from confparse.text.types import VOID, Mark, Repair

_INSTEAD = {"nothing": "", "blank": " ", "line": "\n"}
_MOSTLY = 0.9  # share of the steps from number to number that are equal if lines are numbered
_BREAKING = 0.3  # share of the lines of a numbered draft that break off inside a sentence, at least
_INKED = regex.compile(r"\S.*")  # a line that is not blank, from its first character
_DROP = "drop"  # the group of what goes, if it is not the whole match


class _Matches:
    """The matches of a rule, made again each time they are asked for: those of many short lines take much memory."""

    def __init__(self, matcher: Matcher, text: str, budget: TimeBudget) -> None:
        self._matcher, self._text = matcher, text
        self.starts = array("I", (start for start, _ in matcher.extents(text, budget).fitting()))

    def __iter__(self) -> "Iterator[regex.Match[str]]":
        again = (self._matcher.match_at(self._text, start) for start in self.starts)
        return (match for match in again if match is not None)

    def __len__(self) -> int:
        return len(self.starts)


def without_markup(text: str, grammar: Grammar, budget: TimeBudget) -> tuple[str, list[Repair], tuple[Mark, ...]]:
    """A text, as long as before, without the signs of the rules that it follows; what was taken out; the headings that
    such signs mark.

    What stays of a match moves to its start, so that a sign inside a label does not divide it.
    """
    repairs, marks = [], []
    for rule in grammar.of(Markup):
        matches = _Matches(grammar.matcher(rule), text, budget)
        if not matches or len(matches) < rule.least or _lines(matches.starts, text) < rule.share * _inked_lines(text):
            continue
        if rule.counts and not (_counting(matches) and _breaking_off(matches, text)):
            continue
        pieces, removed, at = [], [], 0
        for match in matches:
            rest, dropped = _parted(match)
            pieces += [text[at : match.start()], rest, _INSTEAD[rule.to][: len(dropped)].ljust(len(dropped), VOID)]
            removed.append(dropped)
            at = match.end()
        if not any(removed):
            continue
        text = "".join((*pieces, text[at:]))
        inked = "".join("".join(removed).split())
        repairs.append(Repair(rule.id, len(inked) or len(matches), matches.starts[0], inked, "markup"))
        if rule.marks is not None:
            marks += [Mark(match.end(), match.end() + 1, rule.marks) for match in matches]
    return text, repairs, tuple(sorted(marks, key=lambda mark: mark.start))


def _parted(match: "regex.Match[str]") -> tuple[str, str]:
    """What stays of a match, and what goes. Captures that are not part of it, or overlap, do not go."""
    spans = match.spans(_DROP) if _DROP in match.re.groupindex else [match.span()]
    rest, dropped, at = [], [], match.start()
    for start, end in spans:
        if start < at or end > match.end():
            continue
        rest.append(match.string[at:start])
        dropped.append(match.string[start:end])
        at = end
    return "".join((*rest, match.string[at : match.end()])), "".join(dropped)


def _counting(matches: "Iterable[regex.Match[str]]") -> bool:
    """Whether the numbers of matches continue in equal steps, mostly, or start again at the first step."""
    nums = [int(match["num"]) for match in matches]
    steps = Counter(b - a for a, b in pairwise(nums) if b > a)
    step = steps.most_common(1)[0][0] if steps else 0
    regular = sum(b - a == step or b == step for a, b in pairwise(nums))
    return step > 0 and regular >= _MOSTLY * (len(nums) - 1)


def _breaking_off(matches: "Iterable[regex.Match[str]]", text: str) -> bool:
    """Whether many lines of matches end with a letter or a digit, not with a stop, as those of numbered items do."""
    ends = (text[match.end() : text.find("\n", match.end()) % (len(text) + 1)].rstrip()[-1:] for match in matches)
    kinds = Counter(end.isalnum() for end in ends if end)
    return kinds[True] > _BREAKING * kinds.total()


def _lines(starts: Iterable[int], text: str) -> int:
    """The lines in which matches begin that are in the order of the text."""
    return sum(1 for _ in groupby(text.rfind("\n", 0, start) for start in starts))


def _inked_lines(text: str) -> int:
    return sum(1 for _ in _INKED.finditer(text))
