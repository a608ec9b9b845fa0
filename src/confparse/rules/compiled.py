"""Compiled patterns by their sources: made once in a process, and kept between runs.

Compiling the patterns of a grammar takes most of the time of a short run. A pattern is a function of its source alone,
so what was compiled once serves every grammar. The library pickles its patterns as numbers that it compiled before;
nothing but those is read back, and only from a store that bears our seal.
"""

import io
import pickle

import regex

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
        self.changed = False  # some were compiled that no store holds

    def offer(self, left: dict[str, bytes]) -> None:
        """Take what an earlier run left, by source."""
        self._left |= left

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
        except Exception:  # whatever is wrong with it, it is compiled anew
            return None
        return pattern if isinstance(pattern, regex.Pattern) and pattern.pattern == source else None

    def _compile(self, source: str) -> "regex.Pattern[str]":
        self.changed = True
        return regex.compile(source, FLAGS)

    def dump(self) -> dict[str, bytes]:
        """All patterns, by source, for the next run."""
        return self._left | {source: pickle.dumps(pattern) for source, pattern in self._patterns.items()}


PATTERNS = CompiledPatterns()
