"""Outline to records: meetings, panels, statements, documents, conclusions, decisions."""
