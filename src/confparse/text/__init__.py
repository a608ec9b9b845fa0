"""Bytes to Text: decoded, and repaired character by character."""
