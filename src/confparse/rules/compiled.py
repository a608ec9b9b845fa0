"""Patterns by their sources, compiled and rewritten: made once in a process, and kept between runs.

Compiling the patterns of a grammar takes most of the time of a short run. A pattern is a function of its source alone,
so what was compiled once serves every grammar. The library pickles its patterns as numbers that it compiled before;
nothing but those is read back, and only from a store that bears our seal.
"""

import io
import pickle

import regex

from confparse.rules.optimize import from_line_feed

FLAGS = regex.VERSION1 | regex.MULTILINE


class _Patterns(pickle.Unpickler):
    """Reads patterns and nothing else."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) != ("regex._regex", "compile"):
            raise pickle.UnpicklingError(f"no pattern: {module}.{name}")
        return super().find_class(module, name)


class CompiledPatterns:
    """The patterns of this process, by source; those that an earlier run left are read when they are asked for."""

    def __init__(self) -> None:
        self._patterns: dict[str, regex.Pattern[str]] = {}
        self._left: dict[str, bytes] = {}
        self._leads: dict[str, str] = {}
        self.changed = False  # some were made that no store holds

    def offer(self, left: dict[str, bytes], leads: dict[str, str]) -> None:
        """Take what an earlier run left, by source: compiled patterns, and sources that start from a line feed."""
        self._left |= left
        self._leads |= leads

    def get(self, source: str) -> "regex.Pattern[str]":
        """The pattern of a source. Raises regex.error."""
        if source not in self._patterns:
            self._patterns[source] = self._read(source) or self._compile(source)
        return self._patterns[source]

    def _read(self, source: str) -> "regex.Pattern[str] | None":
        data = self._left.pop(source, None)
        if data is None:
            return None
        try:
            pattern = _Patterns(io.BytesIO(data)).load()
        except Exception:  # whatever is wrong with it, it is compiled again
            return None
        return pattern if isinstance(pattern, regex.Pattern) and pattern.pattern == source else None

    def _compile(self, source: str) -> "regex.Pattern[str]":
        self.changed = True
        return regex.compile(source, FLAGS)

    def lead(self, source: str) -> str | None:
        """The source rewritten to start from a line feed; None if it is not bound to line starts."""
        if source not in self._leads:
            self._leads[source] = from_line_feed(source) or ""
            self.changed = True
        return self._leads[source] or None

    def dump(self) -> tuple[dict[str, bytes], dict[str, str]]:
        """All patterns and rewritten sources, by source, for the next run."""
        return self._left | {source: pickle.dumps(pattern) for source, pattern in self._patterns.items()}, self._leads


PATTERNS = CompiledPatterns()
