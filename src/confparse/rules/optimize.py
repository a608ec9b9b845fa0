"""Sources rewritten to find the same faster: the engine looks for a first character in C, but tries `^` at each one."""

from collections.abc import Iterator
from itertools import pairwise

import regex

_TOKEN = regex.compile(r"\\.|[\[\]()|⏎]", regex.DOTALL)
_START = ("^", "(?:^")
_ODD = regex.compile(
    r"\(\?(?:#|[A-Za-z]*-?[A-Za-z]*\))|(?<!\\)\[\^?\]"
)  # comments, flags for the rest, a class that holds ]
_REPEATS = ("?", "*", "+", "{")
_CLASSES = regex.compile(r"<[A-Z_|]+>")  # of a mention, in a pattern over mentions
_STROKE = "\0"  # in the place of a stroke between two of them


def _tops(source: str) -> Iterator[tuple[int, str]]:
    """The bars, breaks and ends of groups that are in no group and no class of a source, with their offsets."""
    groups = classes = 0
    for token in _TOKEN.finditer(source):
        char = token[0]
        if char == "[":
            classes += 1
        elif char == "]":
            classes = max(0, classes - 1)
        elif not classes:
            groups += (char == "(") - (char == ")")
            if not groups and char in "|⏎)":
                yield token.start(), char


def alternatives(source: str) -> list[str]:
    """The alternatives of a source, those inside its groups not among them."""
    cuts = [-1, *(at for at, char in _tops(source) if char == "|"), len(source)]
    return [source[a + 1 : b] for a, b in pairwise(cuts)]


def several(source: str) -> list[str]:
    """The alternatives of a source that has more than one; the strokes between the classes of a mention part none."""
    masked = _CLASSES.sub(lambda match: match[0].replace("|", _STROKE), source)
    own = [alternative.replace(_STROKE, "|") for alternative in alternatives(masked)]
    return own if len(own) > 1 else []


def _inner(source: str) -> str:
    """What a group that is the whole of a source holds; the source if it is not such a group."""
    whole = source.startswith("(?:") and next(_tops(source), None) == (len(source) - 1, ")")
    return source[3:-1] if whole else source


def _after_line_starts(source: str) -> list[str] | None:
    """What the alternatives of a source match after `^`, blanks before a text included; None if one is not so
    bound.
    """
    out: list[str] = []
    for alternative in alternatives(source):
        own = _inner(alternative)
        if own != alternative:
            rest = _after_line_starts(own)
            if rest is None:
                return None
            out += rest
            continue
        start = next((s for s in _START if own.startswith(s)), None)
        after = next(_tops(own))[0] + 1 if start == "(?:^" else 1
        if own.startswith(_REPEATS, after) or (start == "(?:^" and len(alternatives(own[3 : after - 1])) > 1):
            return None
        if start is None or own.startswith(rf"{start}\s"):  # one that may begin with blank lines begins above them
            return None
        out.append(start.removesuffix("^") + own[len(start) :])
    return out


def from_line_feed(source: str) -> str | None:
    """A pattern for what `source` matches anywhere but on the first line; None if it is not bound to line starts.

    What all its alternatives begin with is tried once.
    """
    rest = None if _ODD.search(source) else _after_line_starts(source)
    if rest is None:
        return None
    first = rest[0][: rest[0].find(")") + 1]
    whole = _inner(first) != first and not any(own.startswith(_REPEATS, len(first)) for own in rest)
    if not whole or not all(own.startswith(first) for own in rest):
        first = ""
    return rf"\n\K{first}(?:{'|'.join(own[len(first) :] for own in rest)})"


def from_break(source: str) -> str:
    """A pattern that matches from the break ⏎ on where `source` matches around it; what comes before is a look-behind.

    What is before is read from the break backwards: there a part that gives nothing back (`a*+`) takes what is next
    to the break.
    """
    if _ODD.search(source):
        return source
    out = []
    for alternative in alternatives(source):
        own = _inner(alternative)
        if own != alternative:
            out.append(f"(?:{from_break(own)})")
            continue
        at = next((at for at, token in _tops(own) if token == "⏎"), None)
        if at and not own.startswith(_REPEATS, at + 1):
            own = f"⏎(?<={own[:at]}⏎){own[at + 1 :]}"
        out.append(own)
    return "|".join(out)
