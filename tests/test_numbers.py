"""The numbers that decide: a small case for each."""

from collections.abc import Callable

CASES: dict[str, Callable[[], object]] = {}
