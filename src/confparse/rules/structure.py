"""The kinds of rules that put running text in order: labels, parts, headings, stops."""

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec

from confparse.diagnostics import Clause
from confparse.rules.base import Entry, Pattern, Rule
from confparse.vocabularies import Role

if TYPE_CHECKING:
    import regex


class LabelReading(Entry, kw_only=True, frozen=True):
    """What a label may be: an element, and the sequence that it counts in. `through`: only if such labels count through
    the paper; `anew`: also in a separate part, such as an annex, whatever labels the other paragraphs have;
    `announced`: only in a list that a colon announces.
    """

    element: Literal["division", "paragraph", "subparagraph"]
    sequence: Literal[
        "arabic",
        "loweralpha",
        "upperalpha",
        "lowerroman",
        "upperroman",
        "chinese",
        "formal",
        "stem",
        "enclosed",
        "bullet",
    ]
    through: bool = False
    anew: bool = False
    announced: bool = False


class Label(Pattern, kw_only=True, frozen=True, tag="label"):
    """A label at the start of a line (or inside it), its readings, and how sure its shape alone makes it.

    `style` names the printed form: members of one series share it. `weight` runs from 0 (only where the series demands
    it) to 1. `digits`: other versions print the numeral in digits, and eids have it so. `inline`: the pattern finds the
    label inside a line. `over_dotted`: only if a label whose numeral continues from it with a point, as 3.1 from 3,
    is in the text.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    needs: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    style: str
    reads: Annotated[list[LabelReading], msgspec.Meta(min_length=1)]
    weight: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    digits: bool = False
    inline: bool = False
    over_dotted: bool = False

    def fits(self, match: "regex.Match[str]") -> bool:
        """The printed label lies in the match, begins and ends with a printed character, and holds the numeral."""
        mark: str | None = match["mark"]
        (start, end), (low, high) = match.span("mark"), match.span("num")
        if not mark or not match["num"]:
            return False
        inked = not (mark[0].isspace() or mark[-1].isspace())
        return inked and bool(match.start() <= start <= low < high <= end <= match.end())

    @property
    def heads(self) -> bool:
        """Whether it may be before a heading."""
        return any(reading.element == "division" for reading in self.reads)

    @property
    def counts(self) -> bool:
        """Whether it may number a paragraph."""
        return any(reading.element == "paragraph" for reading in self.reads)


class PartStartRule(Pattern, kw_only=True, frozen=True, tag="part_start"):
    """A line that opens a part of the paper whatever is around it; its words run to the end of their block.

    `resets`: numbering may start again after it. `role`: the role of the part.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"num"})
    element: Literal["division", "attachment", "closing"]
    resets: bool = False
    role: Role | None = None

    def fault(self) -> tuple[str, Clause] | None:
        if self.element == "closing" and any("(?<num>" in pattern for pattern in self.patterns.values()):
            return "element", Clause("fault_closing_number")
        return None

    def fits(self, match: "regex.Match[str]") -> bool:
        """A number, if there is one, lies in the match."""
        if "num" not in match.re.groupindex or match["num"] is None:
            return True
        return bool(match.start() <= match.start("num") < match.end("num") <= match.end())


class Heading(Pattern, kw_only=True, frozen=True, tag="heading"):
    """The words or the shape of a heading.

    `makes`: role (a heading that something else makes gets this role); line (a line of these words is a heading);
    before_paragraph (an unnumbered block of this shape is one where a numbered paragraph follows).
    """

    role: Role
    makes: Literal["role", "line", "before_paragraph"]
    opens: bool = False  # it may be the first heading of a paper, and so closes the cover

    def fault(self) -> tuple[str, Clause] | None:
        if self.makes == "role" and self.role == "other" and not self.opens:
            return "role", Clause("fault_role_other")
        return None


StopStrength = Literal["sentence", "clause", "pause", "note"]


class StopRule(Pattern, kw_only=True, frozen=True, tag="stop"):
    """The end of a line after which something new may begin.

    `strength`: sentence; clause (an item of a list, or what announces one); pause (a part of a clause, before a list
    only); note (a footnote).
    """

    strength: StopStrength = "sentence"


class Prose(Pattern, kw_only=True, frozen=True, tag="prose"):
    """A line that only running text has: the paragraph that holds it closes the cover."""


class BodyStart(Pattern, kw_only=True, frozen=True, tag="body_start"):
    """Words that only the first line of a paragraph starts with; they close the cover."""


class Unmarked(Rule, kw_only=True, frozen=True, tag="unmarked"):
    """What text becomes that no label, no words, no shape and no place on the page give away: a title before the body,
    a p in it.
    """

    element: Literal["title", "p"]


class Wrap(Pattern, kw_only=True, frozen=True, tag="wrap_up"):
    """The start of unnumbered text that ends a paragraph after its sub-items."""
