"""What keeps a user's grammar from breaking a parse: a rule that fails, or that loses text, is off for that document.

The parse is tried with all rules, and then with fewer of the user's own, until the rule is found that makes the
difference: halving, so that a grammar of a thousand rules takes ten more parses. Shipped grammars are not guarded: what
fails there is a bug, and must be seen, unless the grammar came from a cache and its files say something else.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec

from confparse.diagnostics import Breach, Finding, InputError
from confparse.model import Report
from confparse.rules.grammar import Grammar
from confparse.text.types import VOID, Text

_MOST = 6  # rules of a grammar that are looked for one by one; if there are more, all its rules are off
_SHOWN = 120  # characters of an error that a finding shows
R = TypeVar("R")


class GuardedOutcome(msgspec.Struct, Generic[R], frozen=True):
    """What a parse gave, and the findings about the rules that were off."""

    result: R
    findings: tuple[Finding, ...] = ()


def check_record(report: Report, text: Text) -> None:
    """Raises Breach, or what msgspec raises, for a record that breaks its schema or holds other characters than its
    source.
    """
    msgspec.msgpack.decode(msgspec.msgpack.encode(report, enc_hook=tuple), type=Report)
    if report.coverage.unclaimed or _record_characters(report) != _expected(text):
        raise Breach


def _inked(text: str | None) -> Counter[str]:
    return Counter("".join((text or "").split()))


def _record_characters(report: Report) -> Counter[str]:
    """The characters that a record holds, white space aside."""
    parts: list[str | None] = [part for note in report.footnotes for part in (note.num, note.content)]
    parts += [item.text for item in report.furniture]
    for node in report.walk():
        parts += [node.num, node.heading, node.content]
    return _inked("\n".join(part for part in parts if part))


def _expected(text: Text) -> Counter[str]:
    """The characters of a text as repaired, white space aside, and those that repairs took out."""
    removed = "".join(repair.removed for repair in text.repairs)
    return _inked(text.text.replace(VOID, "") + removed)


def guarded(parse: Callable[[Grammar], R], grammar: Grammar) -> GuardedOutcome[R]:
    """The outcome of a parse with a grammar, without the rules of a user that make it fail.

    `parse` raises Breach, or anything, for a record that must not be returned. If no rule of the user is to blame,
    the shipped grammar that the user's extends takes its place. What fails with a shipped grammar is raised.
    """
    off: dict[str, Exception] = {}
    while True:
        left = grammar.without(off) if off else grammar
        try:
            return GuardedOutcome(parse(left), tuple(_finding(error, rule) for rule, error in off.items()))
        except (InputError, MemoryError):  # no rule is to blame
            raise
        except Exception as error:
            own = [rule for rule in left.rules if rule in grammar.own]
            if grammar.shipped and grammar.renewed():
                continue
            if grammar.base is not None and not own:
                return GuardedOutcome(parse(grammar.base), (_finding(error, None, grammar.name),))
            if not own:
                raise
            off |= dict.fromkeys(own if len(off) >= _MOST else _culprits(parse, left, own), error)


def _culprits(parse: Callable[[Grammar], R], grammar: Grammar, own: Sequence[str]) -> Sequence[str]:
    """The rule without which the parse does not fail, given those before it; all rules if it fails without any."""

    def fails(count: int) -> bool:
        try:
            parse(grammar.without(own[count:]))
        except (InputError, MemoryError):
            raise
        except Exception:
            return True
        return False

    if fails(0):
        return own
    low, high = 0, len(own)  # it does not fail with the first `low` rules, and does with the first `high`
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fails(middle) else (middle, high)
    return [own[low]]


def _finding(error: Exception, rule: str | None, named: str = "") -> Finding:
    why = " ".join(f"{type(error).__name__}: {error}".split())[:_SHOWN]
    return Finding("G015" if isinstance(error, Breach) else "G014", 0, 0, rule, {"rule": rule or named, "why": why})
