"""Whether the patterns of a grammar can be used: each compiles alone, means the same inside another, and captures what
its kind reads.
"""

from collections.abc import Iterator

import regex

from confparse.diagnostics import Clause, Foreign, GrammarError
from confparse.rules.alphabet import CLASSES, UnknownClass
from confparse.rules.base import Pattern
from confparse.rules.compiled import FLAGS
from confparse.rules.faults import PatternFault, meant
from confparse.rules.grammar import Grammar
from confparse.rules.line_breaks import Boundary, Spacing
from confparse.rules.mentions import MentionPattern
from confparse.rules.read import LoadBudget
from confparse.rules.time_budget import TimeBudget
from confparse.rules.vocabulary import UnknownName

_SCOPED = regex.IGNORECASE | regex.DOTALL | regex.VERBOSE  # a flag of these counts to the end of its group
_ALLOWED = FLAGS | regex.UNICODE | regex.FULLCASE | _SCOPED
_CHARACTERS = 1_000_000  # of all patterns of a grammar together, each repeat counted: the shipped one has 370,000
_RULES, _LITERALS = 5_000, 20_000  # the shipped grammar has 300 and 800
_COPIES = 100_000  # parts of a pattern that its repeats copy: (?:a{1,9}){1,9} is 81; the shipped ones have 3,300
_FOLDED = 1_000  # characters of a set that ignores case which take the memory of a part that is copied; measured
_IGNORES_CASE = regex.compile(r"\(\?[a-zA-Z]*i")
_END = r"\\x[\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\U[\da-fA-F]{8}|\\?[^\]\\]"
_RANGE = regex.compile(rf"({_END})-({_END})")
_TOKEN = regex.compile(
    r"\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*+\]|\(\?#[^)]*\)|\((?:\?(?:P?<\w+>|<?[=!:>|]|[a-zA-Z-]*:)?)?|\)|\{\d*,?\d*\}",
    regex.S,
)
# By the ends of their message keys: constructs that change their meaning, or that of others, inside a larger pattern.
_REFUSED = {
    "call": r"\(\?(?:R|[+-]?\d+|&\w+|P>\w+)\)",
    "reference": r"(?<!\\)(?:\\\\)*\\(?:[1-9]|g<\d+>)",
    "condition": r"\(\?\(\d+\)",
    "verb": r"\(\*[A-Z]+",
    "reset": r"\(\?\|",
    "keep": r"(?<!\\)(?:\\\\)*\\K",
    "fuzzy": r"(?<!\\)\{(?=[^}]*[<=])[^}]*\}|(?<!\\)\{[eids](?:[^\w}][^}]*)?\}",
}


def check_patterns(grammar: Grammar, only: set[str] | None = None, budget: LoadBudget | None = None) -> None:
    """Compile every pattern (of the rules named) and check it. Raises GrammarError."""
    budget, characters = budget or LoadBudget(), 0
    _check_counts(grammar)
    for rule in grammar.rules.values():
        if not isinstance(rule, Pattern | Boundary) or (only is not None and rule.id not in only):
            continue
        at = grammar.places[rule.id]
        budget.check(at)
        try:
            characters += sum(len(source) + _copies(source) for source in _compiled(rule, grammar, at))
        except (UnknownName, UnknownClass) as error:
            raise _no_name(error, rule.id, grammar, at) from None
        except (regex.error, IndexError, ValueError, OverflowError, RecursionError, MemoryError) as error:
            raise GrammarError(at, "G003", id=rule.id, why=_why(error)) from None
        if characters > _CHARACTERS:
            raise GrammarError(at, "G017", what=Clause("limit_patterns"), most=f"{_CHARACTERS:,}")


def _check_counts(grammar: Grammar) -> None:
    """Limit the rules and literals, which are looked for in every document; those of the user count last."""
    literals = 0
    for count, rule in enumerate(sorted(grammar.rules.values(), key=lambda rule: rule.id in grammar.own), 1):
        literals += len(getattr(rule, "literals", ()))
        for what, number, most in (("limit_rules", count, _RULES), ("limit_literals", literals, _LITERALS)):
            if number > most:
                raise GrammarError(grammar.places[rule.id], "G017", what=Clause(what), most=f"{most:,}")


def _no_name(error: UnknownName | UnknownClass, rule_id: str, grammar: Grammar, at: str) -> GrammarError:
    """What a pattern takes and nothing is called, with the near name."""
    name = str(error)
    if isinstance(error, UnknownClass):
        blanks = {"name": f"<{name}>", "what": Clause("what_class"), "hint": meant(name, CLASSES)}
    else:
        names = [*grammar.fragments, *grammar.words, *map(str, grammar.names)]
        blanks = {"name": f"${{{name}}}", "what": Clause("what_fragment"), "hint": meant(name, names)}
    return GrammarError(at, "G006", id=rule_id, **blanks)


def _why(error: Exception) -> Clause | Foreign:
    return error.why if isinstance(error, PatternFault) else Foreign(str(error) or type(error).__name__)


def _compiled(rule: Pattern | Boundary, grammar: Grammar, at: str) -> Iterator[str]:
    """The sources of a rule, each compiled alone, so that none can leak into another; so are all of them together."""
    for language, pattern in rule.patterns.items():
        source = grammar.vocabulary.expand(pattern, language)
        source = grammar.alphabet.expand(source) if isinstance(rule, MentionPattern) else source
        _check_constructs(source)
        compiled = regex.compile(source, FLAGS)
        if compiled.flags & ~_ALLOWED:
            raise PatternFault("pattern_flags")
        _check_groups(rule, set(compiled.groupindex), at)
        yield source
    if rule.patterns and not isinstance(rule, MentionPattern):
        whole = grammar.matcher(rule).pattern
        if isinstance(rule, Spacing):
            _check_spacing(rule, whole, grammar, at)


def _check_constructs(source: str) -> None:
    """Raises PatternFault for what cannot be a part of another pattern, and for repeats that multiply."""
    for what, shape in _REFUSED.items():
        if match := regex.search(shape, source):
            raise PatternFault("pattern_refused", what=Clause(f"pattern_{what}"), found=match[0])
    if _copies(source) > _COPIES:
        raise PatternFault("pattern_repeats", most=f"{_COPIES:,}")


def _copies(source: str) -> int:
    """How many copies of its parts the bounded repeats of a pattern make, with the parts of sets that ignore case:
    its memory grows with them.
    """
    stack, closed, at = [0], 0, -1  # those inside each open group, and inside what closed at an offset
    folds = _IGNORES_CASE.search(source) is not None
    for token in _TOKEN.finditer(source):
        text = token[0]
        if text == ")":
            closed, at = stack.pop() if len(stack) > 1 else 0, token.end()
            stack[-1] += closed
        elif text[0] == "(" and not text.startswith("(?#"):
            stack.append(0)
        elif text[0] == "[" and folds:
            closed, at = _folded(text), token.end()
            stack[-1] += closed
        elif text[0] == "{":
            times = max((int(digits) for digits in text[1:-1].split(",") if digits), default=1)
            inside = closed if token.start() == at else 0
            stack[-1] += max(times, 1) * max(inside, 1) - inside
    return sum(stack)


def _folded(characters: str) -> int:
    """The parts of a set that ignores case: each character of its ranges is written out with its other cases."""
    ends = (tuple(map(_code, match.groups())) for match in _RANGE.finditer(characters, 1))
    return sum(max(0, high - low) for low, high in ends) // _FOLDED


def _code(written: str) -> int:
    """The code point of a character of a set as it is written."""
    digits = written[2:] if written[:2] in ("\\x", "\\u", "\\U") else ""
    return int(digits, 16) if digits else ord(written[-1])


def _check_groups(rule: Pattern | Boundary, groups: set[str], at: str) -> None:
    wrong = sorted(groups - rule.captures)
    lacking = sorted(rule.needs - groups)
    if wrong:
        hint = meant(wrong[0], rule.captures) if rule.captures else Clause("no_groups")
        raise GrammarError(at, "G007", id=rule.id, why=Clause("capture_unknown", {"name": wrong[0], "hint": hint}))
    if lacking:
        raise GrammarError(at, "G007", id=rule.id, why=Clause("capture_missing", {"name": lacking[0]}))


def _check_spacing(rule: Spacing, pattern: "regex.Pattern[str]", grammar: Grammar, at: str) -> None:
    """What is put names groups of the pattern, and changes nothing but white space in the examples."""
    for group in regex.findall(r"\\(\d+|g<\w+>)", rule.put):
        name = group[2:-1] if group.startswith("g<") else group
        if name not in pattern.groupindex and not (name.isdigit() and int(name) <= pattern.groups):
            raise PatternFault("pattern_put", name=name)
    budget = TimeBudget(sum(len(example.text) for example in rule.examples))
    for example in rule.examples:
        spaced = grammar.matcher(rule).sub(rule.put, example.text, budget)
        if spaced.split() != example.text.split() and "".join(spaced.split()) != "".join(example.text.split()):
            raise GrammarError(at, "G019", id=rule.id, text=example.text, spaced=spaced)
