"""Signs that programs write around a text, taken out: a mail's signs of quotation, time codes, Markdown, bold printed twice."""

from collections.abc import Iterable

import regex

from confparse.rules.characters import Markup
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget
from confparse.text.types import VOID, Mark, Repair

_INSTEAD = {"nothing": "", "blank": " ", "line": "\n"}
_DROP = "drop"  # the group of what goes, if it is not the whole match


def without_markup(text: str, grammar: Grammar, budget: TimeBudget) -> tuple[str, list[Repair], tuple[Mark, ...]]:
    """A text, as long as before, without the signs of the rules that it follows; what was taken out; the headings that
    such signs mark.

    What stays of a match moves to its start, so that a sign inside a label does not part it.
    """
    repairs, marks = [], []
    for rule in grammar.of(Markup):
        found = list(grammar.matcher(rule).scan(text, budget))
        if not found or len(found) < rule.least or len(_lines(found, text)) < rule.share * _inked_lines(text):
            continue
        pieces, removed, at = [], [], 0
        for match in found:
            kept, dropped = _parted(match)
            pieces += [text[at : match.start()], kept, _INSTEAD[rule.to].ljust(len(dropped), VOID)]
            removed.append(dropped)
            at = match.end()
        text = "".join((*pieces, text[at:]))
        inked = "".join("".join(removed).split())
        repairs.append(Repair(rule.id, len(inked), found[0].start(), inked, "markup"))
        if rule.marks is not None:
            marks += [Mark(match.end(), match.end() + 1, rule.marks) for match in found]
    return text, repairs, tuple(sorted(marks, key=lambda mark: mark.start))


def _parted(match: "regex.Match[str]") -> tuple[str, str]:
    """What stays of a match, and what goes."""
    spans = match.spans(_DROP) if _DROP in match.re.groupindex else [match.span()]
    kept, dropped, at = [], [], match.start()
    for start, end in spans:
        kept.append(match.string[at:start])
        dropped.append(match.string[start:end])
        at = end
    return "".join((*kept, match.string[at : match.end()])), "".join(dropped)


def _lines(found: "Iterable[regex.Match[str]]", text: str) -> set[int]:
    """The starts of the lines in which matches begin."""
    return {text.rfind("\n", 0, match.start()) for match in found}


def _inked_lines(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())
