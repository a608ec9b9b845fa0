"""The closed vocabularies: the words that a record may hold in a field, and a grammar in a rule."""

from typing import Literal

Element = Literal[
    "title", "toc", "division", "paragraph", "subparagraph", "wrap_up", "p", "table", "attachment", "closing"
]
Severity = Literal["error", "warning", "info"]
SpeakerKind = Literal["state", "observer_state", "organization", "officer", "expert", "group", "other"]
BindingForce = Literal["necessity", "recommendation", "need", "permission", "invitation", "finding"]
Kind = Literal["report", "summary_record", "resolution", "decision", "note", "letter", "other"]
Role = Literal[
    "introduction",
    "attendance",
    "officers",
    "opening",
    "agenda",
    "documentation",
    "summary",
    "proceedings",
    "general_discussion",
    "workshop",
    "conclusions",
    "action",
    "decision",
    "adoption",
    "other",
]
PageMatterName = Literal[  # the kinds of furniture that a rule of a grammar may name
    "page_number",
    "running_head",
    "letterhead",
    "job_number",
    "barcode",
    "rule_line",
    "continuation",
    "page_break",
    "stamp",
    "navigation",
]
FurnitureName = Literal[PageMatterName, "footnote_mark", "hyphen", "invisible", "markup"]
FileFormat = Literal["pdf", "docx", "html"]  # of inputs that are not plain text
PanelKind = Literal["panel", "round_table", "interactive_dialogue", "forum", "session"]
StatementAct = Literal["statement", "introductory_statement", "presentation", "opening", "closing", "reply"]
DecisionAct = Literal[
    "adopted",
    "approved",
    "decided",
    "agreed",
    "elected",
    "rejected",
    "took_note",
    "requested",
    "recommended",
]
