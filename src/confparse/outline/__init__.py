"""Blocks to Outline: what each block is, and where it belongs."""
