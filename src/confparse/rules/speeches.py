"""The kinds of rules that find speeches, and who is named in them."""

from typing import ClassVar, Literal

from confparse.model import StatementAct
from confparse.rules.base import Extraction, Pattern


class SpeakerMark(Pattern, kw_only=True, frozen=True, tag="speaker"):
    """Words that say what the names beside them are; `side` tells for each language whether they stand before or after."""

    speaker: Literal["state", "observer_state", "organization", "expert"]
    side: dict[Literal["en", "zh"], Literal["before", "after"]]

    def fault(self) -> tuple[str, str] | None:
        if without := sorted(set(self.patterns) - set(self.side)):
            return "side", f"the pattern for {without[0]} has no side; write patterns and sides by language, en or zh"
        return None


class Speech(Extraction, kw_only=True, frozen=True, tag="speech"):
    """A sentence that reports speeches: `speakers` holds the names, `verb` how they spoke, `person` what stands beside one of
    them: the name beside an office, the office beside a name.

    `speaker`: what the whole of `speakers` is, where it is one speaker. `listed`: names that no list knows count too,
    by their shape. `whole`: names and what stands between them are all of it. `alone`: no other rule reads a sentence that this one reads,
    and whoever it finds without a known name is an officer.
    `items`: the rule reads the items of a list of speakers, and nothing else. `floor`: until the passage ends, rules
    that are `whole` read nothing.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"speakers", "person", "verb"})
    needs: ClassVar[frozenset[str]] = frozenset({"speakers"})
    speaker: Literal["officer", "organization", "expert", "other"] | None = None
    listed: bool = False
    whole: bool = False
    alone: bool = False
    items: bool = False
    floor: bool = False


class SpeakerList(Extraction, kw_only=True, frozen=True, tag="speaker_list"):
    """The words of a paragraph that make its items a list of speakers."""


class NameShape(Extraction, kw_only=True, frozen=True, tag="name_shape"):
    """The shape of a name among speakers: `name`, and around it what belongs to it, such as an affiliation.

    `speaker`: what such a name is. `listed`: only where people are listed, and after all names that are known.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"name"})
    needs: ClassVar[frozenset[str]] = frozenset({"name"})
    speaker: Literal["organization", "officer", "expert", "other"]
    listed: bool = False


class Act(Pattern, kw_only=True, frozen=True, tag="act"):
    """The words of a sentence that make its speeches more than statements."""

    by_script: ClassVar[bool] = True

    act: StatementAct


class Behalf(Pattern, kw_only=True, frozen=True, tag="behalf"):
    """The group that a speaker speaks for."""

    by_script: ClassVar[bool] = True

    captures: ClassVar[frozenset[str]] = frozenset({"group"})
    needs: ClassVar[frozenset[str]] = frozenset({"group"})


class Aside(Pattern, kw_only=True, frozen=True, tag="aside"):
    """A clause between speakers and verb in which nobody is named who speaks."""

    by_script: ClassVar[bool] = True


class Separator(Pattern, kw_only=True, frozen=True, tag="separator"):
    """What stands between two names of a list."""

    by_script: ClassVar[bool] = True
