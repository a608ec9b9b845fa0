"""Outline to mentions: who and what is named in the text, found once for all records."""
