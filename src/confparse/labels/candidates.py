"""Lines to candidates: everything that looks like a label, and how likely it is one by shape and place alone."""

import unicodedata
from array import array
from bisect import bisect_right

import regex

from confparse.labels.types import Candidate, Candidates, in_words
from confparse.labels.weights import AS_FULL_LINE, AS_SENTENCE, FULL_LINE, SHORT_LINE, UNDER_FULL_LINE, UNDER_SHORT_LINE
from confparse.layout.line_table import Line, LineEnds, Lines
from confparse.layout.types import PageLayout
from confparse.punctuation import FULL_STOP
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.label_matches import label_matches
from confparse.rules.structure import Label
from confparse.rules.time_budget import TimeBudget

# A full-width stop inside a line, which ends no abbreviation as an ASCII one may; the full-width point ends labels too.
_STOP_INSIDE = regex.compile(rf"(?V1)[\p{{Sentence_Terminal}}--[\p{{ASCII}}{FULL_STOP}]]\p{{L}}")
_LABELS = 4  # labels that extraction may set one below the other, before their texts
_SENTENCE = 12  # lines over which the end of a sentence is looked for


def candidates(layout: PageLayout, grammar: Grammar, budget: TimeBudget) -> Candidates:
    """All labels that the grammar's patterns find in running text, in order."""
    lines = layout.lines
    stops = lines.ends
    starts = lines.lines.starts
    above, previous = array("i"), -1  # by line: the line of running text above it, -1 for none
    for i in range(len(starts)):
        above.append(previous)
        previous = i if i not in layout.claims else previous
    out = Candidates(lines.text.match)
    labels, label_offsets = IndexSet(), IndexSet()  # lines with labels, and offsets at which labels were taken
    for inline in (False, True):
        rules = [rule for rule in grammar.of(Label) if rule.inline == inline]
        if not inline:
            for _, match in label_matches(rules, lines.text.match, grammar, budget):
                if match.start("num") >= starts[0]:
                    labels.add(bisect_right(starts, match.start("num")) - 1)
        for rule, match in label_matches(rules, lines.text.match, grammar, budget):
            start, end = match.span("mark" if "mark" in match.groupdict() and match["mark"] else "num")
            i = bisect_right(starts, start) - 1
            if i < 0 or i in layout.claims or i < layout.cover_end or start in label_offsets:
                continue
            line = lines.lines[i]
            if rule.inline == (start == line.start):
                continue
            before = above[i] if above[i] >= 0 else None
            apart = lines.parted or (lines.blanks_tell and line.blanks > 0)
            fresh = (
                before is None or before in stops or rule.inline or before < i - 1 or apart or before < layout.cover_end
            )
            open_above = UNDER_SHORT_LINE if before is not None and _short(lines, before) else UNDER_FULL_LINE
            gain = rule.weight * (1.0 if fresh else open_above)
            alone = end >= line.end
            text = _text_of(i, labels, layout) if alone and not in_words(match[0], match["num"]) else i
            runs_on = _sentence(layout, text, stops, labels)
            label_offsets.add(start)
            out.add(
                Candidate(
                    i,
                    start,
                    end,
                    match["num"],
                    rule,
                    gain,
                    AS_SENTENCE if runs_on else _headingish(lines, line, text, stops),
                    alone,
                    rule.inline,
                    before is not None and before >= layout.cover_end and lines.announces(before),
                    line.indent,
                ),
                match.start("num"),
            )
    return out.ordered()


def _short(lines: Lines, i: int) -> bool:
    """A line that ends well before the measure: nothing forced it to end."""
    line = lines.lines[i]
    measure = lines.measures[line.index]
    return line.right - measure.left < SHORT_LINE * (measure.right - measure.left)


def _text_of(label: int, labels: IndexSet, layout: PageLayout) -> int:
    """The line that holds the text of a label which is alone on its line: the next one that is neither claimed nor
    labelled.
    """
    last = len(layout.lines.lines) - 1
    line = min(label + 1, last)
    while line < last and (line in layout.claims or (line in labels and line <= label + _LABELS)):
        line += 1
    return line


def _headingish(lines: Lines, line: Line, text: int, stops: LineEnds) -> float:
    """How much the text of a label, in line `text`, looks like a heading, 0 to 1: no stop in it, no full measure."""
    printed = lines.matched(lines.lines[text])
    if text in stops or _breaks_off(printed) or _STOP_INSIDE.search(printed):
        return AS_SENTENCE
    measure = lines.measures[line.index]
    return 1.0 if lines.lines[text].right <= measure.right * FULL_LINE else AS_FULL_LINE


def _breaks_off(text: str) -> bool:
    """Whether a line ends with a mark inside a sentence or a word: a comma, a dash, a hyphen; a title ends with
    none.
    """
    kind = unicodedata.category(text[-1:] or " ")
    return kind in ("Pd", "Po")


def _sentence(layout: PageLayout, text: int, stops: LineEnds, labels: IndexSet) -> bool:
    """Whether a text continues, over lines that are not short, to one that ends a sentence."""
    lines = layout.lines
    for i in range(text, min(text + _SENTENCE, len(lines.lines) - 1)):
        apart = lines.parted or (lines.blanks_tell and lines.lines[i + 1].blanks)
        indented = lines.lines[i].indent == lines.lines[i + 1].indent and lines.opens_by_indent(i + 1)
        parted = apart or indented or _short(lines, i)
        if parted or i + 1 in labels or i + 1 in layout.claims:
            return False
        if i + 1 in stops:
            return True
    return False
