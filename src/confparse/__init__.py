"""confparse: raw text dumps of conference reports to validated records, Chinese and English.

The words are those of the command line: parse(), check(), explain(), compare(), load_grammar(), dumps(). The types of
the record (`Report`, `Node`, `Statement` …) are in `confparse.model`, and here.
"""

from typing import TYPE_CHECKING

from confparse.diagnostics import GrammarError, InputError

if TYPE_CHECKING:
    from confparse.checks import check
    from confparse.comparison.read import compare
    from confparse.explanations import LineExplanation, explain
    from confparse.formats.record import dumps
    from confparse.model import Cover, Diagnostic, Node, Report, Statement
    from confparse.pipeline import parse
    from confparse.rules.grammar import Grammar
    from confparse.rules.load import load_grammar

__version__ = "0.1.0"
VERBS = ("parse", "batch", "check", "show", "explain", "compare", "view", "grammar", "schema")  # of the command line
__all__ = [
    "Cover",
    "Diagnostic",
    "Grammar",
    "GrammarError",
    "InputError",
    "LineExplanation",
    "Node",
    "Report",
    "Statement",
    "__version__",
    "check",
    "compare",
    "dumps",
    "explain",
    "load_grammar",
    "parse",
]

_HOMES = {
    "Cover": "confparse.model",
    "Diagnostic": "confparse.model",
    "Grammar": "confparse.rules.grammar",
    "LineExplanation": "confparse.explanations",
    "Node": "confparse.model",
    "Report": "confparse.model",
    "Statement": "confparse.model",
    "check": "confparse.checks",
    "compare": "confparse.comparison.read",
    "dumps": "confparse.formats.record",
    "explain": "confparse.explanations",
    "load_grammar": "confparse.rules.load",
    "parse": "confparse.pipeline",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: `import confparse` stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'confparse' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
