"""The kinds of rules that put a text in order: characters, page matter, labels, line boundaries, headings."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec

from confparse.model import PageMatterName, Role
from confparse.rules.base import Entry, Pattern, Patterns, Rule

if TYPE_CHECKING:
    import regex

_LINE_ENDS = (*range(0x0A, 0x0E), *range(0x1C, 0x1F), 0x85, 0x2028, 0x2029)  # what str.splitlines() takes for one
CharRange = Annotated[
    str, msgspec.Meta(pattern=r"^U\+(?:10|0?[0-9A-F])?[0-9A-F]{4}(?:-U\+(?:10|0?[0-9A-F])?[0-9A-F]{4})?$")
]


class Character(Rule, kw_only=True, frozen=True, tag="character"):
    """Single characters that dumps carry and texts should not: to a blank, to nothing, or to the common form.

    Only white space may become a blank: anything else would be lost. No rule touches the ends of lines.
    """

    chars: Annotated[list[CharRange], msgspec.Meta(min_length=1)]  # "U+00AD" or "U+2F00-U+2FD5"
    to: Literal["blank", "void", "fold"]

    def ranges(self) -> Iterator[tuple[int, int]]:
        """The first and the last code point of each entry."""
        for entry in self.chars:
            first, _, last = entry.partition("-")
            low = int(first.removeprefix("U+"), 16)
            yield low, int(last.removeprefix("U+"), 16) if last else low

    def fault(self) -> tuple[str, str] | None:
        for low, high in self.ranges():
            shown = f"U+{low:04X}-U+{high:04X}"
            if high < low:
                return "chars", f"{shown} ends before it begins"
            if any(low <= code <= high for code in _LINE_ENDS):
                return "chars", f"{shown} holds the end of a line"
            if self.to == "blank" and not all(chr(code).isspace() for code in range(low, high + 1)):
                return "chars", f"{shown} holds more than white space, which a blank would lose"
        return None


def character_class(rule: Character) -> frozenset[str]:
    """The characters of a character rule: `U+00AD` or `U+2F00-U+2FD5`."""
    return frozenset(chr(code) for low, high in rule.ranges() for code in range(low, high + 1))


class FurnitureRule(Pattern, kw_only=True, frozen=True, tag="furniture"):
    """A whole line that belongs to the page and not to the text.

    `where`: anywhere; repeated (the same words on two pages at least); edge (first or last lines of a page);
    cover (before the text begins). `once`: at most one line of this kind at an edge.
    """

    name: PageMatterName
    where: Literal["anywhere", "repeated", "edge", "cover"]
    once: bool = False


class PageCount(Pattern, kw_only=True, frozen=True, tag="page_count"):
    """A whole line that is the number of a page: `page`, and `pages` if it says how many there are.

    `proof`: form (nothing else looks so); count (it goes on from another such line, with the same `pages`); turn (it counts
    up where pages turn: at the distance of pages, inside sentences, or beside words that recur).
    """

    captures: ClassVar[frozenset[str]] = frozenset({"page", "pages"})
    needs: ClassVar[frozenset[str]] = frozenset({"page"})
    name: PageMatterName
    proof: Literal["form", "count", "turn"] = "count"


class Recurring(Rule, kw_only=True, frozen=True, tag="recurring"):
    """Lines of any words that recur from page to page. `where`: beside_numbers that count up; at_edges of pages; in_sentences."""

    name: PageMatterName
    where: Literal["beside_numbers", "at_edges", "in_sentences"]


class PageBetween(Pattern, kw_only=True, frozen=True, tag="page_between"):
    """A whole line that is the number of its page where it stands between those of the pages around it, and its page has
    no other: `page` inside the text of a page.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"page"})
    needs: ClassVar[frozenset[str]] = frozenset({"page"})
    name: PageMatterName


class Contents(Pattern, kw_only=True, frozen=True, tag="contents"):
    """The lines of a contents table: its title, its column heads, an entry's end (`tail`), a number that opens an entry."""

    part: Literal["title", "columns", "tail", "number"]


class Table(Pattern, kw_only=True, frozen=True, tag="table"):
    """A line of a table. So many of them in a row make one."""

    rows: Annotated[int, msgspec.Meta(ge=1)] = 3


class NoteStart(Pattern, kw_only=True, frozen=True, tag="note"):
    """The first line of a footnote at the foot of a page. `after`: what must stand above: text that makes it likely; a rule
    line; a line of the first page that ends with its mark; its mark in the text of its page; anything, for its own words tell.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"num"})
    after: Literal["text", "rule_line", "title", "mark", "anything"] = "text"


class NoteRef(Pattern, kw_only=True, frozen=True, tag="note_ref"):
    """A footnote mark inside the text. `known`: whether only the marks of footnotes that were found count."""

    by_script: ClassVar[bool] = True
    captures: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    needs: ClassVar[frozenset[str]] = frozenset({"num"})
    known: bool = False
    formal: bool = False  # nothing but a mark looks so


class NoteNumber(Pattern, kw_only=True, frozen=True, tag="note_number"):
    """The number that may open a footnote: `num`, within `mark`. Its note counts if the number is a mark in the text above."""

    captures: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    needs: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    shared: bool = (
        False  # paragraphs and items are numbered so too: it counts under a rule line or with formal marks only
    )


class Reading(Entry, kw_only=True, frozen=True):
    """What a label may be: an element, and the sequence that it counts in."""

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


class Label(Pattern, kw_only=True, frozen=True, tag="label"):
    """A label at the start of a line (or inside it), its readings, and how sure its shape alone makes it.

    `style` names the printed form: members of one series share it. `weight` runs from 0 (only where the series
    demands it) to 1. `inline`: the pattern finds the label inside a line.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    needs: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    style: str
    reads: Annotated[list[Reading], msgspec.Meta(min_length=1)]
    weight: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    inline: bool = False

    def fits(self, match: "regex.Match[str]") -> bool:
        """The printed label lies in the match, begins and ends with ink, and holds the numeral."""
        mark: str | None = match["mark"]
        (start, end), (low, high) = match.span("mark"), match.span("num")
        if not mark or not match["num"]:
            return False
        inked = not (mark[0].isspace() or mark[-1].isspace())
        return inked and bool(match.start() <= start <= low < high <= end <= match.end())

    @property
    def heads(self) -> bool:
        """Whether it may stand before a heading."""
        return any(reading.element == "division" for reading in self.reads)

    @property
    def counts(self) -> bool:
        """Whether it may number a paragraph."""
        return any(reading.element == "paragraph" for reading in self.reads)


class PartStartRule(Pattern, kw_only=True, frozen=True, tag="part_start"):
    """A line that opens a part of the paper whatever stands around it, and after which numbering may start again.

    The head runs to the end of its block; `title` says that a block after it is its title.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"num"})
    element: Literal["division", "attachment", "closing"]
    resets: bool = False
    role: Role | None = None

    def fault(self) -> tuple[str, str] | None:
        if self.element == "closing" and any("(?<num>" in pattern for pattern in self.patterns.values()):
            return "element", "a closing has no number; take the group num out of the pattern"
        return None

    def fits(self, match: "regex.Match[str]") -> bool:
        """A number, if there is one, lies in the match."""
        if "num" not in match.re.groupindex or match["num"] is None:
            return True
        return bool(match.start() <= match.start("num") < match.end("num") <= match.end())


class Heading(Pattern, kw_only=True, frozen=True, tag="heading"):
    """The words or the shape of a heading.

    `makes`: role (a heading that something else makes gets this role); line (a line of these words is a heading); before_paragraph (an
    unnumbered block of this shape is one where a numbered paragraph follows).
    """

    role: Role
    makes: Literal["role", "line", "before_paragraph"]
    opens: bool = False  # it may be the first heading of a paper, and so closes the cover

    def fault(self) -> tuple[str, str] | None:
        if self.makes == "role" and self.role == "other" and not self.opens:
            return "role", "the rule does nothing: headings without a role of their own are `other` already"
        return None


class Stop(Pattern, kw_only=True, frozen=True, tag="stop"):
    """The end of a line after which something new may begin: after a sentence; an item of a list; a footnote."""

    strength: Literal["sentence", "clause", "note"] = "sentence"


class Prose(Pattern, kw_only=True, frozen=True, tag="prose"):
    """A line that only running text has: the paragraph that holds it closes the cover."""


class BodyStart(Pattern, kw_only=True, frozen=True, tag="body_start"):
    """Words that only the first line of a paragraph starts with; they close the cover."""


Evidence = Literal[
    "next.label",  # the line below starts with a label
    "next.part_start",  # the line below opens a part by its own words
    "next.heading",  # the line below has the shape of a heading, and a numbered paragraph follows it
    "raised",  # a footnote mark stands alone between the two, or opens the line below
    "prev.label",  # nothing but a label stands above
    "prev.head",  # the text above is a heading that is known to be whole
    "prev.part",  # the text above is a heading that is known to go on
    "prev.division",  # the text above has the label of a heading
    "prev.second_label",  # and right before it stands the label of another heading, without text
    "prev.item",  # the text above is a numbered paragraph or item
    "full", "loose", "short", "brief",  # the line above: reaches the measure; has room for the next word; has much room; is under half full
    "gap", "wide_gap", "tight_gap",  # blank lines: one where there is usually none; more than usual; none where there usually is one
    "seam",  # page matter stands between
    "indent_in", "indent_out",  # the line below starts further right, further left
    "wrapped", "blanks_tell", "indented",  # the dump: cut at a measure; sparing with blank lines; indented
    "cover",  # before the text begins
    "in_name",  # and the break stands inside the name of a body
]  # fmt: skip


BREAK = "⏎"  # the break between two lines, in the patterns of boundaries and in what they read


class Wrap(Pattern, kw_only=True, frozen=True, tag="wrap_up"):
    """The start of unnumbered text that ends a paragraph after its sub-items."""


class Boundary(Rule, kw_only=True, frozen=True, tag="boundary"):
    """What happens between two lines of text. The first rule that holds decides; the last one is keep.

    `when` and `unless` name evidence; `patterns` look at the end of one line and the start of the next, the break
    between them written as one `⏎`.
    """

    decide: Literal["join", "keep"]
    when: list[Evidence] = []
    unless: list[Evidence] = []
    patterns: Patterns = {}

    def fault(self) -> tuple[str, str] | None:
        if both := sorted(set(self.when) & set(self.unless)):
            return "unless", f"{both[0]} stands in `when` too, so the rule never decides"
        if any(BREAK not in pattern for pattern in self.patterns.values()):
            return "patterns", f"a pattern without {BREAK} does not say where the line ends"
        return None

    def fits(self, match: "regex.Match[str]") -> bool:
        """The break lies in the match."""
        return BREAK in str(match[0])


class Spacing(Pattern, kw_only=True, frozen=True, tag="spacing"):
    """What becomes of white space inside a paragraph, where no blanks stand beside a line end any more.

    `put` may name groups: `\\1`. `tight`: not with --spacing keep.
    """

    by_script: ClassVar[bool] = True
    put: Annotated[str, msgspec.Meta(pattern=r"^(?:[ \t\n]|\\[1-9][0-9]?|\\g<\w+>)*$")]  # white space and groups
    tight: bool = True


class Hyphen(Pattern, kw_only=True, frozen=True, tag="hyphen"):
    """A hyphen at a line end, between `left` and `right`. It goes where the text writes the two as one word elsewhere."""

    captures: ClassVar[frozenset[str]] = frozenset({"left", "right"})
    needs: ClassVar[frozenset[str]] = frozenset({"left", "right"})

    def fits(self, match: "regex.Match[str]") -> bool:
        """One character and white space with a line end stand between the two, and nothing else."""
        if not match["left"] or not match["right"] or match.end("left") >= match.start("right"):
            return False
        between: str = match.string[match.end("left") : match.start("right")]
        return not between[0].isalnum() and between[1:].isspace() and "\n" in between
