"""confparse: raw text dumps of conference reports to validated records, Chinese and English.

The words are those of the command line: parse(), explain(), load_grammar(), dumps(); parse_with_decisions() gives what explain() takes.
"""

from confparse.diagnostics import GrammarError, InputError

__version__ = "0.1.0"
VERBS = ("parse", "batch", "check", "explain", "grammar", "schema")  # of the command line
__all__ = [
    "GrammarError",
    "InputError",
    "__version__",
    "dumps",
    "explain",
    "load_grammar",
    "parse",
    "parse_source",
    "parse_with_decisions",
]

_HOMES = {
    "parse": "confparse.pipeline",
    "parse_source": "confparse.pipeline",
    "explain": "confparse.explain",
    "parse_with_decisions": "confparse.pipeline",
    "load_grammar": "confparse.rules.load",
    "dumps": "confparse.formats.record",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: `import confparse` stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'confparse' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
