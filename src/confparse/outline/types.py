"""What the outline phase returns: the text in order, as drafts that know their pieces and as nodes of the record."""

from collections.abc import Sequence

import msgspec

from confparse.diagnostics import Finding
from confparse.layout.types import FirstPage
from confparse.model import Coverage, Footnote, Furniture, Node
from confparse.outline.tree import Draft, DraftFootnote
from confparse.packing import Packed
from confparse.text.types import Text


class Outline(msgspec.Struct, frozen=True):
    """A text put in order: all that records are read from. The lines it came from are freed, for their memory."""

    text: Text
    printed: str  # the text, with white space for what was taken out of it: as long, so that offsets are the same
    first_page: FirstPage
    drafts: Packed[Draft]
    notes: Sequence[DraftFootnote]
    nodes: Sequence[Node]
    footnotes: tuple[Footnote, ...]
    furniture: Sequence[Furniture]
    coverage: Coverage
    findings: tuple[Finding, ...]
