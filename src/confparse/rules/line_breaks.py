"""The kinds of rules about the ends of lines: whether a text continues below, and what becomes of blanks and hyphens
there.
"""

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec

from confparse.diagnostics import Clause
from confparse.rules.base import Pattern, Patterns, Rule

if TYPE_CHECKING:
    import regex

BREAK = "⏎"  # the break between two lines, in the patterns of boundaries and in what they read
Evidence = Literal[
    "next.label",  # the line below starts with a label
    "next.part_start",  # the line below opens a part by its own words
    "next.attachment",  # the line below opens an annex
    "next.heading",  # the line below has the shape of a heading, and a numbered paragraph follows it
    "raised",  # a footnote mark is alone between the two, or opens the line below
    "prev.label",  # there is nothing but a label above
    "prev.head",  # the text above is a heading that is known to be whole
    "prev.part",  # the text above is a heading that is known to continue
    "prev.division",  # the text above has the label of a heading
    "prev.second_label",  # and right before it is the label of another heading, without text
    "prev.title",  # the text above is right under the number of a part, as its title is
    "prev.heading",  # the line above is short and has the shape of a heading, and the paper has no numbered paragraphs
    "prev.item",  # the text above is a numbered paragraph or item
    "full",  # the line above reaches the measure
    "loose",  # it has room for the next word
    "short",  # it has much room
    "brief",  # it is under half full
    "long",  # the line above is wider than a heading or an entry of a list
    "gap",  # a blank line where there is usually none
    "wide_gap",  # more blank lines than usual
    "tight_gap",  # no blank line where there usually is one
    "seam",  # page matter is between
    "indent_in",  # the line below starts further right
    "indent_out",  # the line below starts further left
    "indent_first",  # it starts as far right as the line above, and continues further left
    "blank_twice",  # two ideographic blanks indent the line below, and not every line
    "first_above",  # they indent the line above, and the line below starts further left
    "wrapped",  # the dump is cut at a measure
    "blanks_tell",  # the dump is sparing with blank lines
    "aligned",  # its lines hold a sentence each
    "indented",  # the dump is indented
    "body_start",  # the line below is the first after the cover
    "parted",  # a blank line where the lines of the dump are whole paragraphs
    "whole_lines",  # the file keeps paragraphs apart: each line is one
    "cover",  # before the text begins
    "in_name",  # and the break is inside the name of a body
]


class Boundary(Rule, kw_only=True, frozen=True, tag="boundary"):
    """What happens between two lines of text. The first rule that holds decides; the last one is keep.

    `when` and `unless` name evidence; `patterns` look at the end of one line and the start of the next, the break
    between them written as one `⏎`.
    """

    decide: Literal["join", "keep"]
    when: list[Evidence] = []
    unless: list[Evidence] = []
    patterns: Patterns = {}

    def fault(self) -> tuple[str, Clause] | None:
        if both := sorted(set(self.when) & set(self.unless)):
            return "unless", Clause("fault_when_unless", {"name": both[0]})
        if any(BREAK not in pattern for pattern in self.patterns.values()):
            return "patterns", Clause("fault_no_break", {"sign": BREAK})
        return None

    def fits(self, match: "regex.Match[str]") -> bool:
        """The break lies in the match."""
        return BREAK in str(match[0])


class Spacing(Pattern, kw_only=True, frozen=True, tag="spacing"):
    """What becomes of white space inside a paragraph, once there are no blanks beside line ends any more.

    `put` may name groups: `\\1`. `tight`: not with --spacing keep.
    """

    by_script: ClassVar[bool] = True
    put: Annotated[str, msgspec.Meta(pattern=r"^(?:[ \t\n]|\\[1-9][0-9]?|\\g<\w+>)*$")]  # white space and groups
    tight: bool = True


class Hyphen(Pattern, kw_only=True, frozen=True, tag="hyphen"):
    """A hyphen at a line end, between `left` and `right`.

    `goes`: always (a sign that is printed for nothing else, an ending, a word that is always written as one); never (a
    compound begins so: other rules remove it only if the two halves are clearly one word); if_known (it stays if the
    text writes the compound elsewhere, and goes if the text writes the whole word elsewhere, divides many words, or
    cuts a word of the English word list into halves that are not words).
    """

    captures: ClassVar[frozenset[str]] = frozenset({"left", "right"})
    needs: ClassVar[frozenset[str]] = frozenset({"left", "right"})

    goes: Literal["if_known", "always", "never"] = "if_known"

    def fits(self, match: "regex.Match[str]") -> bool:
        """One character and white space with a line end are between the two, and nothing else."""
        if not match["left"] or not match["right"] or match.end("left") >= match.start("right"):
            return False
        between: str = match.string[match.end("left") : match.start("right")]
        return not between[0].isalnum() and between[1:].isspace() and "\n" in between
