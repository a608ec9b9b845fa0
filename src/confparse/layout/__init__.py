"""Text to PageLayout: lines, and which of them are page matter, contents, tables or footnotes."""
