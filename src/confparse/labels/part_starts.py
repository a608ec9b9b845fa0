"""Lines that open a part of the paper by their own words: annexes, decisions, known headings, headings of the
contents.
"""

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

import regex

from confparse.labels.types import Candidate, PartStart
from confparse.layout.line_table import Line, Lines
from confparse.layout.types import PageLayout
from confparse.letters import letters
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import Marked
from confparse.rules.structure import Heading, PartStartRule
from confparse.rules.time_budget import TimeBudget
from confparse.text.types import VOID

_REACH = 8  # lines, those of the page among them, over which the lines of a heading are looked for


class PromisedHeading(NamedTuple):
    """A heading of the contents found again: the last of its lines, and its letters."""

    last: int
    letters: str


class PromisedHeadings:
    """The headings that the contents table promises, found again by their letters over one line or several."""

    def __init__(self, layout: PageLayout) -> None:
        self._layout = layout
        self._headings = layout.contents.headings if layout.contents else {}
        self._ordered = sorted(self._headings)

    def starting(self, text: str, line: int, num: str | None = None) -> PromisedHeading | None:
        """The promised heading that starts with `text` on `line`; None if there is none.

        With a numeral, the table must print the same, or none; a plain number is trusted only if it is the same.
        """
        if not self._headings:
            return None
        own = letters(text)
        lines = self._layout.lines
        best = PromisedHeading(line, own) if self._fits(own, num) else None
        last = line
        for below in range(line + 1, min(line + _REACH, len(lines.lines))):
            if not self._may_go_on(own):
                break
            if below in self._layout.claims:
                if self._layout.claims[below].zone == "furniture":
                    break
                continue
            own += letters(lines.matched(lines.lines[below]))
            last = below
            if self._fits(own, num):
                best = PromisedHeading(last, own)
        return best

    def _may_go_on(self, own: str) -> bool:
        """Whether a promised heading starts with some letters."""
        at = bisect_left(self._ordered, own)
        return at < len(self._ordered) and self._ordered[at].startswith(own)

    def of_candidates(self, candidates: Sequence[Candidate]) -> dict[int, PromisedHeading]:
        """The promised headings whose labels are among the candidates, by their first lines."""
        if not self._headings:
            return {}
        lines = self._layout.lines
        starting = (
            (c.line, self.starting(lines.text.match[c.end : lines.lines[c.line].end], c.line, c.num))
            for c in candidates
            if not c.inline and c.rule.heads
        )
        return {line: heading for line, heading in starting if heading is not None}

    def _fits(self, own: str, num: str | None) -> bool:
        printed = self._headings.get(own)
        return printed is not None and (num is None or printed == num or (not printed and not num.isdigit()))


def _ends_sentence_above(layout: PageLayout, line: Line) -> bool:
    """Whether the words of a line are the end of the line above: that was cut at the measure, inside a sentence or a
    heading.
    """
    lines, above = layout.lines, line.index - 1
    if above < layout.cover_end or above in layout.claims:
        return False
    apart = lines.blanks_tell and line.blanks > lines.usual_blanks
    return not apart and lines.goes_on(above)


def _scan(
    lines: Lines, grammar: Grammar, rules: "Sequence[PartStartRule] | Sequence[Heading]", budget: TimeBudget
) -> "Iterator[tuple[Line, int, regex.Match[str]]]":
    """The lines that some of the rules match from their start, each with the place of the first such rule."""
    for which, match in grammar.choice(rules).scan(lines.text.match, budget):
        line = lines.starting(match.start() + len(match[0]) - len(match[0].lstrip()))
        if line is not None:
            yield line, which, match


def marked_headings(layout: PageLayout, grammar: Grammar) -> dict[int, PartStart]:
    """The lines that the file itself calls headings, without the titles of its first page."""
    out: dict[int, PartStart] = {}
    rule = next((rule for rule in grammar.of(Marked) if rule.what == "heading"), None)
    for mark in layout.lines.text.marks if rule is not None else ():
        for i in layout.lines.marked(mark) if mark.kind == "heading" else ():
            if i not in layout.claims and i >= layout.cover_end and rule is not None:
                start = layout.lines.lines[i].start
                out[i] = PartStart(i, i, "division", None, None, start, False, rule.id)
    return out


def part_starts(
    layout: PageLayout, grammar: Grammar, labelled: Container[int], numbered: Container[str], budget: TimeBudget
) -> dict[int, PartStart]:
    """The starts of parts, by line.

    `labelled` gives lines that may carry a label, which decides over them instead; `numbered` the letters of the
    headings of the contents that are with their labels: without one they are the words of a table or a list.
    """
    out: dict[int, PartStart] = {}
    openings = grammar.of(PartStartRule)
    for line, which, match in _scan(layout.lines, grammar, openings, budget):
        if line.index in layout.claims or line.index in out:
            continue
        rule = openings[which]
        num = match.groupdict().get("num") and layout.lines.text.text[slice(*match.span("num"))].replace(VOID, "")
        text_start = match.end("num") if num else line.start
        last = max(line.index, layout.lines.at(match.end() - 1))
        out[line.index] = PartStart(line.index, last, rule.element, rule.role, num, text_start, rule.resets, rule.id)
    heads = [heading for heading in grammar.of(Heading) if heading.makes == "line"]
    for line, which, match in _scan(layout.lines, grammar, heads, budget):
        whole = match.end() >= line.end and (line.index - 1 in labelled or not _ends_sentence_above(layout, line))
        if whole and not any(line.index in others for others in (layout.claims, out, labelled)):
            heading = heads[which]
            out[line.index] = PartStart(
                line.index, line.index, "division", heading.role, None, line.start, False, heading.id
            )
    if layout.contents is None:
        return out
    promised, above = PromisedHeadings(layout), max(layout.contents.lines)
    covered = -1
    for line in layout.lines.lines[above + 1 :]:
        if line.index <= covered or line.index in layout.claims or line.index in out or line.index in labelled:
            continue
        text = layout.lines.matched(line)
        promised_heading = (
            None if text[:1].islower() else promised.starting(text, line.index)
        )  # in lower case, words of a sentence
        if promised_heading is not None and promised_heading.letters not in numbered:
            covered, by = promised_heading.last, layout.contents.rule
            out[line.index] = PartStart(line.index, covered, "division", None, None, line.start, False, by)
    return out
