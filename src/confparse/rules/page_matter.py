"""The kinds of rules that tell page matter, contents, tables and notes apart from running text."""

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec

from confparse.numerals import arabic
from confparse.rules.base import Pattern, Rule
from confparse.vocabularies import PageMatterName

if TYPE_CHECKING:
    import regex


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

    `proof`: form (nothing else looks so); count (it continues another such line, with the same `pages`); turn (it
    counts up where pages turn: at the distance of pages, inside sentences, or beside words that recur).
    """

    captures: ClassVar[frozenset[str]] = frozenset({"page", "pages"})
    needs: ClassVar[frozenset[str]] = frozenset({"page"})
    name: PageMatterName
    proof: Literal["form", "count", "turn"] = "count"


class Recurring(Rule, kw_only=True, frozen=True, tag="recurring"):
    """Lines of any words that recur from page to page. `where`: beside_numbers that count up; at_edges of pages;
    in_sentences.
    """

    name: PageMatterName
    where: Literal["beside_numbers", "at_edges", "in_sentences"]


class Marked(Rule, kw_only=True, frozen=True, tag="marked"):
    """Lines of which the file itself says what they are, by a style, an element or their place in it."""

    what: Literal["heading", "table", "running_head", "navigation"]


class PageBetween(Pattern, kw_only=True, frozen=True, tag="page_between"):
    """A whole line that is the number of its page if it is between those of the pages around it, and its page
    has no other: `page` inside the text of a page.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"page"})
    needs: ClassVar[frozenset[str]] = frozenset({"page"})
    name: PageMatterName


class ContentsRule(Pattern, kw_only=True, frozen=True, tag="contents"):
    """The lines of a contents table: its title, its column heads, an entry's end (`tail`), the dots that lead to a
    column of numbers (`dots`), those that lead to a number on the line below (`leads`), a number that opens an entry, a
    number of a page that ran into the words of an entry (`fused`, with the number as `page`).
    """

    captures: ClassVar[frozenset[str]] = frozenset({"page"})
    part: Literal["title", "columns", "tail", "dots", "leads", "number", "fused"]

    def fits(self, match: "regex.Match[str]") -> bool:
        """What ran into the words is a number."""
        return self.part != "fused" or arabic(match.groupdict().get("page") or "") is not None


class TableRule(Pattern, kw_only=True, frozen=True, tag="table"):
    """A line of a table. `rows` of them in a row make one."""

    rows: Annotated[int, msgspec.Meta(ge=1)] = 3


class NoteStart(Pattern, kw_only=True, frozen=True, tag="note"):
    """The first line of a footnote at the foot of a page. `after`: what must be above: text that makes it likely; a
    rule line; a line of the first page that ends with its mark; its mark in the text of its page; anything, for its own
    words tell.
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


class NotesHeading(Pattern, kw_only=True, frozen=True, tag="notes_heading"):
    """A separate line above the notes that a paper collects at its end."""


class NoteNumber(Pattern, kw_only=True, frozen=True, tag="note_number"):
    """The number that may open a footnote: `num`, within `mark`. Its note counts if the number is a mark in the text
    above.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    needs: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    shared: bool = (
        False  # paragraphs and items are numbered so too: it counts under a rule line or with formal marks only
    )
    formal: bool = False  # nothing but the number of a note looks so: at the foot of a page its note may be long
