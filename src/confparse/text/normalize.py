"""Source to Text: characters repaired one for one, line ends made one, and the script in which patterns are matched."""

import re
import unicodedata
from array import array
from functools import cache

import regex

from confparse.letters import HAN_BLOCKS, IDEOGRAPHS, LINE_ENDS
from confparse.rules.cache import Store
from confparse.rules.characters import Character
from confparse.rules.grammar import Grammar
from confparse.rules.time_budget import TimeBudget
from confparse.text.markup import without_markup
from confparse.text.types import VOID, Repair, Script, Source, Text
from confparse.text.variants import usual_forms

# A line of nothing but single letters: at least five capitals, or two Han characters.
_SPACED = regex.compile(
    r"(?m)^[ \t]*\K(?:\p{Lu}(?:[ \t]{1,6}+\p{Lu}){4,40}|\p{Han}(?:[ \t]{1,6}+\p{Han}){1,12})(?=[ \t]*$)"
)
_WIDE_GAP = re.compile(r"[ \t]{2,}")
_LINE_ENDS = re.compile(rf"\r\n|(?!\n)[{LINE_ENDS}]")
_LINE = re.compile(r"[^\r\n]+(?:\r\n?|\n|\Z)|\r\n?|\n")
_HAN = re.compile(f"[{IDEOGRAPHS}]")
_LATIN = re.compile(r"[A-Za-z]+")
_EDGE_VOID = re.compile(rf"(?<!\S){VOID}+|{VOID}+(?!\S)")

_INSIDE = "(?![ \\t]*(?:[\r\n]|\\Z))"  # not at the end of a line


def _fold(char: str) -> str:
    """The common form of a compatibility character, if that is one character too."""
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


@cache
def _class(ranges: tuple[tuple[int, int], ...], after: str) -> re.Pattern[str]:
    """A class of the characters from first to last code points, and a condition on what follows."""
    spans = (f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
    return re.compile(f"[{''.join(spans)}]{after}")


def _repair(text: str, rule: Character) -> tuple[str, Repair | None]:
    pattern = _class(tuple(rule.ranges()), _INSIDE if rule.to == "void_inside" else "")
    first = pattern.search(text)
    if first is None:
        return text, None
    if rule.to == "fold":
        repaired, count = pattern.subn(lambda m: _fold(m[0]), text)
        return repaired, Repair(rule.id, count, first.start())
    characters = pattern.findall(text)
    removed = "".join(c for c in characters if not c.isspace()) if rule.to.startswith("void") else ""
    return pattern.sub(" " if rule.to == "blank" else VOID, text), Repair(
        rule.id, len(characters), first.start(), removed
    )


@cache
def _converter(config: str):  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC(config)


def simplified(text: str) -> str:
    """A text in simplified characters, as OpenCC converts phrases; it may be longer or shorter than before."""
    converted: str = _converter("t2s").convert(text)
    return converted


def _characters(config: str) -> dict[str, str]:
    """One character for one character: what OpenCC makes of each Han character alone, if it is another."""
    chars = [chr(code) for low, high in HAN_BLOCKS for code in range(low, high + 1)]
    converted = _converter(config).convert("\n".join(chars)).split("\n")
    return {a: b for a, b in zip(chars, converted, strict=True) if a != b and len(b) == 1}


def _table(config: str, store: Store) -> dict[str, str]:
    return store.table(config, lambda: _characters(config))


def _translation(table: dict[str, str]) -> dict[int, str]:
    return {ord(a): b for a, b in table.items()}


def convert(text: str, script: str, store: Store) -> str:
    """A text in the script asked for, `hans` or `hant`, as long as before: phrases if lengths agree, else
    characters.
    """
    config = "t2s" if script == "hans" else "s2t"
    whole: str = _converter(config).convert(text)
    if len(whole) == len(text):
        return whole
    return text.translate(_translation(_table(config, store)))


def _language(text: str, store: Store) -> tuple[str, str]:
    """Language and script."""
    han = _HAN.findall(text)
    if not han or len(han) < 0.5 * sum(
        1 for _ in _LATIN.finditer(text)
    ):  # a Latin word weighs as much as two Han characters
        return "en", "en"
    simpler, fuller = _table("t2s", store), _table("s2t", store)
    traditional = sum(1 for c in han if c in simpler)
    simplified = sum(1 for c in han if c in fuller)
    return "zh", "zh-Hant" if traditional > simplified else "zh-Hans"


def as_matched(text: str, script: str, grammar: Grammar, budget: TimeBudget) -> str:
    """The view of a text that patterns match, as long as the text: simplified characters, punctuation in its usual
    forms.
    """
    if script == "en":
        return text
    if script == "zh-Hant":
        text = _in_simplified(text, grammar.store)
    return usual_forms(text, grammar, budget)


def _in_simplified(text: str, store: Store) -> str:
    """A traditional text in simplified characters, as long as before: by words in the lines whose length that keeps,
    by characters in the others.
    """
    by_words: str = _converter("tw2s").convert(text)
    if len(by_words) == len(text):
        return by_words
    table = _translation(_table("t2s", store))
    lines = zip(text.split("\n"), by_words.split("\n"), strict=True)
    return "\n".join(words if len(words) == len(line) else line.translate(table) for line, words in lines)


def with_closed_headings(text: str) -> str:
    """A text whose headings in spaced letters are written closed, each as long as before: blanks follow it instead."""
    return str(_SPACED.sub(lambda match: _closed(match[0]), text))


def _closed(line: str) -> str:
    """Letters that blanks separate, put together; wider gaps separate words, but not Han characters."""
    words = [line] if _HAN.search(line) else _WIDE_GAP.split(line)
    return " ".join("".join(word.split()) for word in words).ljust(len(line))


def normalize(source: Source, grammar: Grammar, budget: TimeBudget, output_script: Script = "keep") -> Text:
    """Source to Text by the character rules of the grammar; every offset stays what it was. `output_script` is
    that of the output.
    """
    text, repairs = source.text, []
    for rule in grammar.of(Character):
        text, repair = _repair(text, rule)
        repairs += [repair] if repair else []
    text = _LINE_ENDS.sub(lambda m: "\n" if len(m[0]) == 1 else " \n", text)
    text, taken_out, marks = without_markup(text, grammar, budget)
    repairs += taken_out
    if VOID in text:
        text = _EDGE_VOID.sub(lambda m: " " * len(m[0]), text)
    language, script = _language(text, grammar.store)
    shown, match = script, with_closed_headings(as_matched(text, script, grammar, budget))
    if output_script != "keep" and language == "zh":
        text, shown = convert(text, output_script, grammar.store), "zh-Hans" if output_script == "hans" else "zh-Hant"
    starts = array("I", [0])
    starts.extend(line.end() for line in _LINE.finditer(source.text))
    if source.text and source.text[-1] not in "\r\n":
        starts.pop()
    marks = tuple(sorted((*source.marks, *marks), key=lambda mark: mark.start))
    return Text(source, text, match, language, script, shown, tuple(repairs), marks, starts)
