"""The closed set of rule kinds. YAML only fills these types in; it can add no mechanism.

Patterns are given per language (`en`, `zh`) or once for all (`any`); a line that starts `${name}` takes a fragment or a
word list of the grammar. All languages of a rule are matched in every text, because papers in one language quote
mastheads of another.
"""

from typing import Annotated, ClassVar, Literal

import msgspec

from confparse.model import BindingForce

Language = Literal["en", "zh", "any"]
Named = Annotated[str, msgspec.Meta(min_length=1)]
CoverField = Literal[
    "symbol", "kind", "addendum", "title", "body", "session", "date", "agenda_items", "workshops", "distribution",
    "original_language", "job_number",
]  # fmt: skip
Patterns = dict[Language, str]


CharRange = Annotated[
    str, msgspec.Meta(pattern=r"^U\+(?:10|0?[0-9A-F])?[0-9A-F]{4}(?:-U\+(?:10|0?[0-9A-F])?[0-9A-F]{4})?$")
]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What everything written in a grammar file shares: unknown keys are refused."""


class Example(Entry, kw_only=True, frozen=True):
    """A text that a rule must match (with these captures), or must not, and then why."""

    lang: Language
    text: str
    match: bool = True
    captures: dict[str, str] = {}
    why: str | None = None


class Rule(Entry, kw_only=True, frozen=True, tag_field="kind"):
    """An id that is unique in the grammar, the reason in one sentence or more, and examples for and against."""

    captures: ClassVar[frozenset[str]] = frozenset()  # names of groups that a pattern may have
    needs: ClassVar[frozenset[str]] = frozenset()  # and those that each must have

    id: Named
    why: Named
    examples: list[Example] = []


class Pattern(Rule, kw_only=True, frozen=True):
    """A rule with patterns."""

    patterns: Patterns


class Character(Rule, kw_only=True, frozen=True, tag="character"):
    """Single characters that dumps carry and texts should not: to a blank, to nothing, or to the common form."""

    chars: Annotated[list[CharRange], msgspec.Meta(min_length=1)]  # "U+00AD" or "U+2F00-U+2FD5"
    to: Literal["blank", "void", "fold"]


class FurnitureRule(Pattern, kw_only=True, frozen=True, tag="furniture"):
    """A whole line that belongs to the page and not to the text.

    `where`: anywhere; repeated (the same words on two pages at least); edge (first or last lines of a page);
    cover (before the text begins). `once`: at most one line of this kind at an edge.
    """

    name: str
    where: Literal["anywhere", "repeated", "edge", "cover"]
    once: bool = False


class Contents(Pattern, kw_only=True, frozen=True, tag="contents"):
    """The lines of a contents table: its title, its column heads, an entry's end (`tail`), a number that opens an entry."""

    part: Literal["title", "columns", "tail", "number"]


class Table(Pattern, kw_only=True, frozen=True, tag="table"):
    """A line of a table. So many of them in a row make one."""

    rows: int = 3


class NoteStart(Pattern, kw_only=True, frozen=True, tag="note"):
    """The first line of a footnote at the foot of a page. `after`: nothing, or a rule line that must stand above."""

    captures: ClassVar[frozenset[str]] = frozenset({"num"})
    after: Literal["text", "rule_line"] = "text"


class Mark(Pattern, kw_only=True, frozen=True, tag="mark"):
    """A footnote mark inside the text. `known`: whether only the marks of footnotes that were found count."""

    captures: ClassVar[frozenset[str]] = frozenset({"num"})
    needs: ClassVar[frozenset[str]] = frozenset({"num"})
    known: bool = False


class Reading(Entry, kw_only=True, frozen=True):
    """What a label may be: an element, and the sequence that it counts in."""

    element: Literal["division", "paragraph", "subparagraph", "attachment"]
    sequence: Literal["arabic", "loweralpha", "upperalpha", "lowerroman", "upperroman", "chinese", "enclosed", "bullet"]


class Label(Pattern, kw_only=True, frozen=True, tag="label"):
    """A label at the start of a line (or inside it), its readings, and how sure its shape alone makes it.

    `style` names the printed form: members of one series share it. `weight` runs from 0 (only where the series
    demands it) to 1. `inline`: the pattern finds the label inside a line.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    needs: ClassVar[frozenset[str]] = frozenset({"num", "mark"})
    style: str
    reads: list[Reading]
    weight: float = 1.0
    inline: bool = False


class Anchor(Pattern, kw_only=True, frozen=True, tag="anchor"):
    """A line that opens a part of the paper whatever stands around it, and after which numbering may start again.

    The head runs to the end of its block; `title` says that a block after it is its title.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"num"})
    element: Literal["division", "attachment", "closing"]
    resets: bool = False
    role: str | None = None


class Heading(Pattern, kw_only=True, frozen=True, tag="heading"):
    """The words or the shape of a heading.

    `makes`: nothing (it gives a heading its role); line (a line of these words is a heading); before_paragraph (an
    unnumbered block of this shape is one where a numbered paragraph follows).
    """

    role: str
    makes: Literal["role", "line", "before_paragraph"] = "role"


class Stop(Pattern, kw_only=True, frozen=True, tag="stop"):
    """The end of a line after which something new may begin: after a sentence; an item of a list; a footnote."""

    strength: Literal["sentence", "clause", "note"] = "sentence"


class Opening(Pattern, kw_only=True, frozen=True, tag="opening"):
    """Words that only the first line of a paragraph starts with; they close the cover."""


Evidence = Literal[
    "next.label",  # the line below starts with a label
    "next.anchor",  # the line below opens a part by its own words
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
]  # fmt: skip


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


class Spacing(Pattern, kw_only=True, frozen=True, tag="spacing"):
    """What becomes of white space inside a paragraph. `put` may name groups: `\\1`. `tight`: not with --spacing keep."""

    put: str
    tight: bool = True


class Hyphen(Pattern, kw_only=True, frozen=True, tag="hyphen"):
    """A hyphen at a line end, between `left` and `right`. It goes where the text writes the two as one word elsewhere."""

    captures: ClassVar[frozenset[str]] = frozenset({"left", "right"})
    needs: ClassVar[frozenset[str]] = frozenset({"left", "right"})


class Field(Pattern, kw_only=True, frozen=True, tag="field"):
    """A value that the first page states. The group `value` is read as `reads` says; a date has year, month,
    day, and of a range the last day and its month (month2) too."""

    captures: ClassVar[frozenset[str]] = frozenset({"value", "year", "month", "day", "last", "month2"})
    field: CoverField
    reads: Literal["text", "number", "numbers", "ordinal", "date", "flag", "constant", "body"] = "text"
    value: str | None = None


class Cite(Pattern, kw_only=True, frozen=True, tag="cite"):
    """The symbol of a document; `more` further ends that share its start (`and Add.1`), `last` the end of a range."""

    captures: ClassVar[frozenset[str]] = frozenset({"symbol", "more"})
    needs: ClassVar[frozenset[str]] = frozenset({"symbol", "more"})


class More(Pattern, kw_only=True, frozen=True, tag="cite_more"):
    """One of the further ends after a symbol: a part that is put after it (`part`), or its last number anew (`number`)."""

    captures: ClassVar[frozenset[str]] = frozenset({"part", "number", "last"})


class Submitted(Pattern, kw_only=True, frozen=True, tag="submitted"):
    """Words of a paragraph that say that the documents it lists were before the body."""


class SentenceEnd(Pattern, kw_only=True, frozen=True, tag="sentence_end"):
    """Where a sentence ends inside a paragraph; the match belongs to the sentence."""


class Force(Pattern, kw_only=True, frozen=True, tag="force"):
    """The words by which a conclusion binds."""

    force: BindingForce


class Concluding(Pattern, kw_only=True, frozen=True, tag="concluding"):
    """The start of a paragraph that draws conclusions wherever it stands; `follows`: only right after such a one."""

    follows: bool = False


class PanelMention(Pattern, kw_only=True, frozen=True, tag="panel"):
    """A panel, a round table or a dialogue: its ordinal, its topic, in a heading or in the text.

    `makes`: the mention makes a panel; else it only adds the paragraph to one that is known by its topic or ordinal.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"ordinal", "topic", "moderator"})
    panel: Literal["panel", "round_table", "interactive_dialogue", "forum", "session"] = "panel"
    where: Literal["heading", "text"] = "text"
    makes: bool = True


class Moderation(Pattern, kw_only=True, frozen=True, tag="moderation"):
    """Who moderated or chaired the panel that the paragraph reports."""

    captures: ClassVar[frozenset[str]] = frozenset({"moderator", "chair"})


class Sitting(Pattern, kw_only=True, frozen=True, tag="meeting"):
    """A meeting or several, by number, with their day or days where they are named."""

    captures: ClassVar[frozenset[str]] = frozenset(
        {"numbers", "range", "day", "last", "month", "month2", "year", "body", "same_day"}
    )


class Deciding(Pattern, kw_only=True, frozen=True, tag="decision"):
    """A sentence by which a body decides; `act` names the kind of decision, `object` what it is about."""

    captures: ClassVar[frozenset[str]] = frozenset({"object"})
    act: str


class SpeakerMark(Pattern, kw_only=True, frozen=True, tag="speaker"):
    """Words that say what the names beside them are; `side` tells for each language whether they stand before or after."""

    speaker: Literal["state", "observer_state", "organization", "expert"]
    side: dict[Literal["en", "zh"], Literal["before", "after"]]


class Speech(Pattern, kw_only=True, frozen=True, tag="speech"):
    """A sentence that reports speeches: `speakers` holds the names, `person` who spoke for them, `verb` how.

    `speaker`: what the whole of `speakers` is, where it is one speaker. `people`: names that no list knows count too,
    by their shape. `alone`: no other rule reads a sentence that this one reads.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"speakers", "person", "verb"})
    needs: ClassVar[frozenset[str]] = frozenset({"speakers"})
    speaker: Literal["officer", "expert", "other"] | None = None
    people: bool = False
    alone: bool = False


class NameShape(Pattern, kw_only=True, frozen=True, tag="name_shape"):
    """The shape of a name that stands in a list of speakers and that no list of names knows."""


class Act(Pattern, kw_only=True, frozen=True, tag="act"):
    """The words of a sentence that make its speeches more than statements."""

    act: Literal["introductory_statement", "presentation", "opening", "closing", "reply"]


class Behalf(Pattern, kw_only=True, frozen=True, tag="behalf"):
    """The group that a speaker speaks for."""

    captures: ClassVar[frozenset[str]] = frozenset({"group"})
    needs: ClassVar[frozenset[str]] = frozenset({"group"})


AnyRule = (
    Character | FurnitureRule | Contents | Table | NoteStart | Mark | Label | Anchor | Heading | Stop | Opening | Wrap
    | Boundary | Spacing | Hyphen | Field | Cite | More | Submitted | SentenceEnd | Force | Concluding | PanelMention | Moderation | Sitting | Deciding
    | SpeakerMark | NameShape | Speech | Act | Behalf
)  # fmt: skip


class WordList(Entry, kw_only=True, frozen=True):
    """Words of one class by language, matched longest first."""

    en: list[str] = []
    zh: list[str] = []


class Name(Entry, kw_only=True, frozen=True):
    """A thing with names in both languages: the first is the usual one. `until` is the year in which it ended."""

    code: str | None = None
    en: list[str]
    zh: list[str]
    observer: bool = False
    until: int | None = None


class Fragment(Entry, kw_only=True, frozen=True):
    """A named piece of a pattern, by language or for all."""

    en: str | None = None
    zh: str | None = None
    any: str | None = None


class Text(Entry, kw_only=True, frozen=True):
    """A sentence for people, in both languages."""

    en: str
    zh: str


class Manifest(Entry, kw_only=True, frozen=True):
    """grammar.yaml: what the grammar is called, what it builds on, what it switches off; small ones hold their rules."""

    name: str
    version: str
    about: Text | None = None
    extends: str | None = None
    disable: list[str] = []
    fragments: dict[str, Fragment] = {}
    words: dict[str, WordList] = {}
    names: dict[str, list[Name]] = {}
    rules: list[AnyRule] = []


class RuleFile(Entry, kw_only=True, frozen=True):
    """Any other file of a grammar folder: fragments, word lists and rules."""

    fragments: dict[str, Fragment] = {}
    words: dict[str, WordList] = {}
    names: dict[str, list[Name]] = {}
    rules: list[AnyRule] = []
