"""The kinds of rules that read the ordered text: what the report reports."""

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec

from confparse.numerals import number
from confparse.rules.base import Extraction, Pattern, Rule
from confparse.vocabularies import BindingForce

if TYPE_CHECKING:
    import regex

_SYMBOL = 200  # characters of a symbol at most
_DIGITS = 9  # of a number at most
_YEAR = 4  # digits of a year at most


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _DIGITS


class Cite(Extraction, kw_only=True, frozen=True, tag="cite"):
    """The symbol of a document; `more` further ends that share its start (`and Add.1`), `last` the end of a range.

    `series`: only symbols that begin with the letters of the report's own one.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"symbol", "more"})
    needs: ClassVar[frozenset[str]] = frozenset({"symbol", "more"})
    series: bool = False

    def fits(self, match: "regex.Match[str]") -> bool:
        """The symbol is not blank, and no longer than symbols are; there may be no more of them."""
        return 0 < len((match["symbol"] or "").strip()) <= _SYMBOL


class More(Pattern, kw_only=True, frozen=True, tag="cite_more"):
    """One of the further ends after a symbol: a part that is put after it (`part`), a new last part (`kind`), or a
    new last number (`number`).
    """

    captures: ClassVar[frozenset[str]] = frozenset({"part", "kind", "number", "last"})

    def fits(self, match: "regex.Match[str]") -> bool:
        """Numbers are digits."""
        groups = match.groupdict()
        return all(_is_number(groups[name]) for name in ("number", "last") if groups.get(name))


class Submitted(Extraction, kw_only=True, frozen=True, tag="submitted"):
    """Words of a paragraph that say that the documents it lists were before the body; with `documents` only those that
    are named there.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"documents"})


class SentenceEnd(Pattern, kw_only=True, frozen=True, tag="sentence_end"):
    """Where a sentence ends inside a paragraph; the match belongs to the sentence."""


class Force(Pattern, kw_only=True, frozen=True, tag="force"):
    """The words by which a conclusion binds."""

    by_script: ClassVar[bool] = True

    force: BindingForce


class LeadIn(Pattern, kw_only=True, frozen=True, tag="lead_in"):
    """The words of a paragraph that only announces the conclusions after it."""

    by_script: ClassVar[bool] = True


class Concluding(Extraction, kw_only=True, frozen=True, tag="concluding"):
    """The start of a paragraph that draws conclusions wherever it occurs; `follows`: only right after such a one."""

    follows: bool = False


class WorkshopMention(Extraction, kw_only=True, frozen=True, tag="workshop"):
    """A workshop or seminar: its number, its title, in a title, a heading or the text; or the one that was named,
    again.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"number", "title"})
    where: Literal["title", "text"] = "text"


class Partnership(Extraction, kw_only=True, frozen=True, tag="partners"):
    """Those with whom a workshop was organized, as a list."""

    captures: ClassVar[frozenset[str]] = frozenset({"partners"})
    needs: ClassVar[frozenset[str]] = frozenset({"partners"})


class Counted(Extraction, kw_only=True, frozen=True, tag="counted"):
    """How many panels and presentations there were, in digits or words."""

    captures: ClassVar[frozenset[str]] = frozenset({"panels", "presentations"})


class Sitting(Extraction, kw_only=True, frozen=True, tag="meeting"):
    """A meeting or several, by number, with their day or days if they are named.

    `day` and `last`, each with its month, are the first and the last of the days; `each` is one of a list of days, in
    which `its` is the month of those beside it: of those above it where the first day comes first. `where`: in running
    text, on the first page of a paper that states one day, or in a heading, whose division it then holds for.
    `opening`: the session was opened, on the day that the sentence names: that of meeting 1. `dated`: it counts only if
    its sentence names one day of the session.
    """

    captures: ClassVar[frozenset[str]] = frozenset(
        {
            "numbers",
            "range",
            "day",
            "last",
            "month",
            "month2",
            "each",
            "its",
            "year",
            "republic_year",
            "same_day",
            "same_meeting",
            "opening",
            "body",
        }
    )
    where: Literal["text", "cover", "heading"] = "text"
    dated: bool = False

    def fits(self, match: "regex.Match[str]") -> bool:
        """It has numbers of meetings, is the same one or opens the session; the first of a list of days has a month
        before or after it.
        """
        groups = match.groupdict()
        if groups.get("each") and (not groups.get("its") or match.starts("its")[0] == match.starts("each")[0]):
            return False
        return any(groups.get(name) for name in ("numbers", "same_meeting", "opening"))


class SittingDay(Extraction, kw_only=True, frozen=True, tag="meeting_day"):
    """A day that a sentence names, whatever is between it and a meeting: by date, as the day named before
    (`same_day`) or the one after that (`next_day`). `several`: more days than one, which tell nothing of a meeting.
    """

    captures: ClassVar[frozenset[str]] = frozenset(
        {"day", "month", "year", "republic_year", "same_day", "next_day", "several"}
    )

    def fits(self, match: "regex.Match[str]") -> bool:
        """It names a day, or several."""
        groups = match.groupdict()
        return any(groups.get(name) for name in ("day", "same_day", "next_day", "several"))


class Period(Extraction, kw_only=True, frozen=True, tag="period"):
    """The days of the session, as the text tells them: their year is that of days without one.

    `latest`: words that only mention a time shortly before; the latest such year counts, if nothing else gives one.
    """

    captures: ClassVar[frozenset[str]] = frozenset({"year"})
    needs: ClassVar[frozenset[str]] = frozenset({"year"})
    latest: bool = False

    def fits(self, match: "regex.Match[str]") -> bool:
        """The year is a number, in digits or Chinese numerals."""
        return bool(match["year"]) and len(match["year"]) <= _YEAR and number(match["year"]) is not None


class Reference(Extraction, kw_only=True, frozen=True, tag="reference"):
    """Words that send the reader to paragraphs of the same paper."""

    captures: ClassVar[frozenset[str]] = frozenset({"numbers", "range"})
    needs: ClassVar[frozenset[str]] = frozenset({"numbers"})


class Malformed(Extraction, kw_only=True, frozen=True, tag="malformed"):
    """What was meant to be a symbol and is not one."""


class PairRule(Rule, kw_only=True, frozen=True, tag="pair"):
    """Two characters, of which the first must not be without the second."""

    opens: Annotated[str, msgspec.Meta(min_length=1, max_length=1)]
    closes: Annotated[str, msgspec.Meta(min_length=1, max_length=1)]


class BodyName(Extraction, kw_only=True, frozen=True, tag="body_name"):
    """The name of a body in two parts: what kind of body it is (`head`), and on what (`subject`)."""

    captures: ClassVar[frozenset[str]] = frozenset({"head", "subject"})
    needs: ClassVar[frozenset[str]] = frozenset({"head", "subject"})
