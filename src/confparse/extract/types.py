"""What the records share: the meetings and where the text turns to them."""

from collections.abc import Mapping, Sequence

import msgspec

from confparse.diagnostics import Finding
from confparse.model import Conclusion, Cover, Decision, Document, Meeting, Panel, Statement, Workshop


class MeetingTimeline(msgspec.Struct, frozen=True):
    """The meetings, and for each passage (by eid) where in it the text turns to which."""

    meetings: tuple[Meeting, ...]
    turns: Mapping[
        str, Sequence[tuple[int, str]]
    ]  # (offset in the passage, meeting); at -1 the one that continues from above

    def of(self, eid: str) -> list[str]:
        """The meetings that a passage reports: those that it names, else the one that continues."""
        turns = self.turns.get(eid, ())
        named = [meeting for offset, meeting in turns if offset >= 0]
        return list(dict.fromkeys(named or (meeting for _, meeting in turns)))

    def at(self, eid: str, offset: int) -> str | None:
        """The meeting that the text reports at an offset of a passage."""
        before = [meeting for start, meeting in self.turns.get(eid, ()) if start <= offset]
        return before[-1] if before else None


class Records(msgspec.Struct, frozen=True, kw_only=True):
    """All that a report reports, in the order of the record, and what was noticed while reading it."""

    cover: Cover
    workshops: tuple[Workshop, ...]
    meetings: tuple[Meeting, ...]
    panels: tuple[Panel, ...]
    statements: tuple[Statement, ...]
    documents: tuple[Document, ...]
    conclusions: tuple[Conclusion, ...]
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]
