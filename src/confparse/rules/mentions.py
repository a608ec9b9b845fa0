"""The kinds of rules that read mentions: shapes and phrases that make them, and the records made of them.

A pattern of a phrase or a record rule reads a text in which every mention is one character: `<STATE>` is a mention of a
class, `<STATE|ORG>` one of either, also inside brackets (`[^.;<SAY>]`); everything else is a pattern as elsewhere.
Words of classes that are dropped (articles, adverbs) are not seen by any pattern.
"""

from typing import TYPE_CHECKING, ClassVar, Literal

from confparse.rules.base import Entry, Pattern
from confparse.rules.mention_classes import MentionClass, NameKind
from confparse.vocabularies import DecisionAct, Kind, PanelKind, SpeakerKind, StatementAct

if TYPE_CHECKING:
    import regex


class Lexicon(Entry, kw_only=True, frozen=True):
    """The words of one class. In English a word in small letters is found with a capital too.

    `act`: what a body does that is the subject of such a verb. `panel`: the kind of panel that such a word names.
    `names`: lists of names that belong to the class. `within`: a wider class that the words belong to as well.
    `wakes`: a sentence is read for records only if it holds a word of a class that does. `drop`: patterns do not see
    these words. `stays`: what a phrase makes with such a word is of its class too. `capitals`: the English words are
    found in capitals too.
    """

    en: list[str] = []
    zh: list[str] = []
    names: list[NameKind] = []
    within: MentionClass | None = None
    act: DecisionAct | None = None
    panel: PanelKind | None = None
    wakes: bool = False
    drop: bool = False
    stays: bool = False
    capitals: bool = False


class Shape(Pattern, kw_only=True, frozen=True, tag="shape"):
    """A mention that no list can hold, found beside the words: dates, meetings, symbols, titles in quotation marks.

    `everywhere`: the pattern finds where a paper introduces a short form or a name (`name`), which is a mention
    wherever it occurs.
    """

    by_script: ClassVar[bool] = True
    captures: ClassVar[frozenset[str]] = frozenset({"name"})
    makes: MentionClass
    everywhere: bool = False

    def fits(self, match: "regex.Match[str]") -> bool:
        """It introduces a name, if that is what it is for."""
        return not self.everywhere or bool(match.groupdict().get("name"))


class MentionPattern(Pattern, kw_only=True, frozen=True):
    """A rule that reads mentions."""


class Phrase(MentionPattern, kw_only=True, frozen=True, tag="phrase"):
    """Mentions side by side that make a larger one, of class `makes`. Phrases are tried in file order, each on what
    those before it made.

    A phrase that names speakers says so: `name` is each of those for whom somebody speaks, `person` and `role` who that
    is, `of` the unit of the office, `observer` what makes them observers, `count` how many unnamed ones, `group` on
    whose behalf. `speaker`: what a speaker is whom no state, organization or group of the phrase tells. A phrase with
    `behalf` makes nothing: what it matches is left out, and `group` is noted with the speaker before it.
    """

    captures: ClassVar[frozenset[str]] = frozenset(
        {"name", "person", "role", "of", "observer", "count", "group", "all"}
    )
    makes: MentionClass
    speaker: SpeakerKind | None = None
    behalf: bool = False


class StatementRule(MentionPattern, kw_only=True, frozen=True, tag="statement"):
    """A sentence, or an item of a list, that reports speeches: `speakers` holds those who spoke, `group` those on whose
    behalf.

    `items`: the rule reads the items of a list of speakers and nothing else; `heads`: its match makes the items below a
    list of speakers. `headings`: it reads the headings of a verbatim record, which name who speaks below. `floor`: who
    is named has the floor until the passage ends, in a verbatim record until the next who has it: other rules read
    nothing there. `aside`: it reads nothing in a sentence in which others spoke before. `outside_panels`: it reads
    nothing in passages that mention a panel. `pronoun`: the one who speaks was named in the sentence before. `act`:
    what kind of speech it is, whatever words report it.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"speakers", "group"})
    act: StatementAct | None = None
    items: bool = False
    heads: bool = False
    headings: bool = False
    floor: bool = False
    aside: bool = False
    pronoun: bool = False
    outside_panels: bool = False


class DecisionRule(MentionPattern, kw_only=True, frozen=True, tag="decision"):
    """A sentence by which a body decides: who (`body`), the verb of each act (`verb`, whose class names it) and what it
    is about (`object`).

    `act`: if no verb tells. `papers`: the rule reads only the first sentence of a numbered paragraph, and only in
    volumes of decisions and in papers of these kinds. `leads`: the sentence has the body for its subject and decides
    nothing itself. `follows`: only right after a sentence in which the body decided, or which leads. `heads`: the acts
    are in the items below; `items`: it reads these. `bars`: the sentence decides nothing, whatever other rules find.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"body", "verb", "object"})
    act: DecisionAct | None = None
    papers: list[Kind] = []
    leads: bool = False
    follows: bool = False
    heads: bool = False
    items: bool = False
    bars: bool = False


class PanelRule(MentionPattern, kw_only=True, frozen=True, tag="panel"):
    """A panel, a round table or a dialogue: its ordinal, its topic, in a heading or in the text.

    The class of the word for it names its kind. `makes`: a mention with a topic makes a panel; else it only adds the
    paragraph to one that its ordinal names. A mention without topic takes that of the heading above it that a rule for
    themes matches (`where: theme`).
    """

    captures: ClassVar[frozenset[str]] = frozenset({"ordinal", "topic"})
    where: Literal["heading", "text", "theme"] = "text"
    makes: bool = True


class ModerationRule(MentionPattern, kw_only=True, frozen=True, tag="moderation"):
    """Who moderated, chaired or sat on the panel that the paragraph reports."""

    captures: ClassVar[frozenset[str]] = frozenset({"moderator", "chair", "panellists"})
