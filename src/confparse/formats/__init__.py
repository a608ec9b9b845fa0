"""A report or its diagnostics as text that other programs read."""
