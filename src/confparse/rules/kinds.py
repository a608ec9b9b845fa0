"""The closed set of rule kinds, and the files that hold rules. YAML only fills these types in; it can add no mechanism.

Patterns are given per language (`en`, `zh`) or once for all (`any`); a `${name}` in one takes a fragment or a
word list of the grammar. All languages of a rule are matched in every text, because papers in one language quote
mastheads of another.
"""

from confparse.rules.base import Entry, Named
from confparse.rules.characters import Character, Markup, Variant
from confparse.rules.comparison import FigureRule
from confparse.rules.cover import FieldRule, Masthead
from confparse.rules.extraction import (
    BodyName,
    Cite,
    Concluding,
    Counted,
    Force,
    LeadIn,
    Malformed,
    More,
    PairRule,
    Partnership,
    Period,
    Reference,
    SentenceEnd,
    Sitting,
    SittingDay,
    Submitted,
    WorkshopMention,
)
from confparse.rules.line_breaks import Boundary, Hyphen, Spacing
from confparse.rules.mention_classes import MentionClass, NameKind
from confparse.rules.mentions import DecisionRule, Lexicon, ModerationRule, PanelRule, Phrase, Shape, StatementRule
from confparse.rules.page_matter import (
    ContentsRule,
    FurnitureRule,
    Marked,
    NoteNumber,
    NoteRef,
    NotesHeading,
    NoteStart,
    PageBetween,
    PageCount,
    Recurring,
    TableRule,
)
from confparse.rules.speeches import Act, Separator
from confparse.rules.structure import BodyStart, Heading, Label, PartStartRule, Prose, StopRule, Unmarked, Wrap

AnyRule = (
    Character
    | Variant
    | Markup
    | FurnitureRule
    | PageCount
    | Prose
    | Recurring
    | Marked
    | PageBetween
    | ContentsRule
    | TableRule
    | NoteStart
    | NoteNumber
    | NotesHeading
    | NoteRef
    | Label
    | PartStartRule
    | Heading
    | StopRule
    | BodyStart
    | Unmarked
    | Wrap
    | Boundary
    | Spacing
    | Hyphen
    | FieldRule
    | Masthead
    | Cite
    | More
    | Submitted
    | SentenceEnd
    | Force
    | LeadIn
    | Concluding
    | Sitting
    | SittingDay
    | Period
    | Shape
    | Phrase
    | StatementRule
    | DecisionRule
    | PanelRule
    | ModerationRule
    | Act
    | WorkshopMention
    | Partnership
    | Counted
    | Separator
    | Reference
    | Malformed
    | PairRule
    | BodyName
    | FigureRule
)


COUNTING_WORDS = (
    "ordinals",
    "cardinals",
    "months",
)  # the word lists that numbers and dates are read with, in their order


class WordList(Entry, kw_only=True, frozen=True):
    """Words of one class by language, matched longest first."""

    en: list[Named] = []
    zh: list[Named] = []


class Name(Entry, kw_only=True, frozen=True):
    """A thing with names in both languages: the first is the usual one.

    `code`: ISO 3166 alpha-3, of states. `key`: a name in one word that both languages share, of bodies and
    organizations. `until`: the year in which a state ended, or a name was given up.
    """

    code: str | None = None
    key: str | None = None
    en: list[Named]
    zh: list[Named]
    observer: bool = False
    until: int | None = None


class Fragment(Entry, kw_only=True, frozen=True):
    """A named piece of a pattern, by language or for all."""

    en: str | None = None
    zh: str | None = None
    any: str | None = None


class About(Entry, kw_only=True, frozen=True):
    """A sentence for people, in both languages."""

    en: str
    zh: str


class Manifest(Entry, kw_only=True, frozen=True):
    """grammar.yaml: what the grammar is called, what it builds on, what it switches off; small ones hold their
    rules.
    """

    name: str
    version: str
    about: About | None = None
    extends: str | None = None
    disable: list[str] = []
    fragments: dict[str, Fragment] = {}
    words: dict[str, WordList] = {}
    names: dict[NameKind, list[Name]] = {}
    lexicon: dict[MentionClass, Lexicon] = {}
    rules: list[AnyRule] = []


class RuleFile(Entry, kw_only=True, frozen=True):
    """Any other file of a grammar folder: fragments, word lists and rules."""

    fragments: dict[str, Fragment] = {}
    words: dict[str, WordList] = {}
    names: dict[NameKind, list[Name]] = {}
    lexicon: dict[MentionClass, Lexicon] = {}
    rules: list[AnyRule] = []
