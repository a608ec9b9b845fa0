"""The kinds of rules that find speeches, and who is named in them."""

from typing import ClassVar

from confparse.rules.base import Pattern
from confparse.vocabularies import StatementAct


class Act(Pattern, kw_only=True, frozen=True, tag="act"):
    """The words of a sentence that make its speeches more than statements.

    `lead`: it reads what a sentence says before its first speaker, not the words that report the speech. `by_person`:
    only if the speaker is named, and not in a summary record, in which delegates are.
    """

    by_script: ClassVar[bool] = True

    act: StatementAct
    lead: bool = False
    by_person: bool = False


class Separator(Pattern, kw_only=True, frozen=True, tag="separator"):
    """What is between two names of a list."""

    by_script: ClassVar[bool] = True
