"""Seeded disagreements: what share of them `compare` finds, and what it reports of pairs nobody changed.

    python benchmarks/disagreements.py [FOLDER] [--pairs FILE] [--seed N] [--each N] [--misses]

In one version at a time a day, a number, a symbol or the name of a State is changed, or a numbered paragraph left out,
at places that the seed chooses, so many of each for a pair; only what the other version names somewhere. A change
counts as found if there is a disagreement of its kind that the pair does not have without it. FOLDER holds pairs:
`zh/NAME.txt` and `en/NAME.txt`, or folders as in samples/, which is taken if none is given; FILE is a list as `compare
--pairs` reads it.
"""

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from confparse.comparison.read import compare
from confparse.comparison.types import Comparison, Disagreement, Language, Version
from confparse.comparison.versions import ordered
from confparse.model import Node
from confparse.rules.grammar import Grammar
from confparse.rules.load import load_grammar

CODES = {"day": {"C002"}, "number": {"C001"}, "symbol": {"C003"}, "state": {"C004", "C005"}, "paragraph": {"C006"}}
_PROSE: dict[Language, int] = {"zh": 12, "en": 30}  # characters from which a block is prose
_BLOCKS = frozenset({"paragraph", "subparagraph", "p", "wrap_up"})
_NUMBER = re.compile(r"(?<![\w/.,:–-])\d{1,3}(?:[ ,]\d{3})*(?![\d/]|[.,–:-]\d|\.?\d* [ap]\.m)")
_SYMBOL = re.compile(r"\b[A-Z]{1,5}/[A-Z0-9./-]*\d")
_DAY_ZH = re.compile("(?<=\u6708)\\d{1,2}(?=\u65e5)")
_OF_DAY_ZH = re.compile(
    "^ ?[\u5e74\u6708\u65e5\u65f6\u5206]|^[\u81f3\u3001\u548c\u53ca]\\d+\u65e5"
)  # 年月日时分 至、和及


class Change(NamedTuple):
    """A stretch of a version that is replaced."""

    language: Language
    start: int
    end: int
    new: str


class Seeder:
    """Finds the places of a version at which something may be changed."""

    def __init__(self, grammar: Grammar, seed: int) -> None:
        self._chance = random.Random(seed)
        months = "|".join(grammar.words["months"].en)
        self._day_en = re.compile(rf"(?<![\d.,/–-])\d{{1,2}}(?= (?:{months})\b)")
        self._in_date_en = re.compile(rf"^(?:[ –-]*(?:and |to )?\d*)* ?(?:{months})\b")
        self._after_month = re.compile(rf"(?:{months}) (?:\d+[ –-]+(?:and |to )?)?$")
        self._states = [(entry.zh[0], entry.en[0]) for entry in grammar.names["states"] if entry.zh and entry.en]

    def changes(self, kind: str, versions: Sequence[Version], count: int) -> Iterator[Change]:
        """Up to so many changes of a kind, at different places of either version."""
        sides = zip(versions, reversed(versions), strict=True)
        places = [change for own, other in sides for change in getattr(self, f"_{kind}")(own, other.text or "")]
        yield from self._chance.sample(places, min(count, len(places)))

    def _day(self, version: Version, other: str) -> Iterator[Change]:
        for start, text in _stretches(version):
            for match in (self._day_en if version.language == "en" else _DAY_ZH).finditer(text):
                new = str((int(match[0]) + self._chance.choice((1, 10))) % 28 + 1)
                yield Change(version.language, start + match.start(), start + match.end(), new)

    def _number(self, version: Version, other: str) -> Iterator[Change]:
        for start, text in _stretches(version):
            for match in _NUMBER.finditer(text):
                after, before = text[match.end() : match.end() + 24], text[max(0, match.start() - 12) : match.start()]
                if (
                    match[0] not in other
                    or _OF_DAY_ZH.match(after)
                    or self._in_date_en.match(after)
                    or self._after_month.search(before)
                ):
                    continue
                new = match[0][:-1] + str((int(match[0][-1]) + self._chance.randint(1, 8)) % 10)
                yield Change(version.language, start + match.start(), start + match.end(), new)

    def _symbol(self, version: Version, other: str) -> Iterator[Change]:
        for start, text in _stretches(version):
            for match in _SYMBOL.finditer(text):
                if match[0] not in other:
                    continue
                new = match[0][:-1] + str((int(match[0][-1]) + self._chance.randint(1, 8)) % 10)
                yield Change(version.language, start + match.start(), start + match.end(), new)

    def _state(self, version: Version, other: str) -> Iterator[Change]:
        own = 1 if version.language == "en" else 0
        known = [state for state in self._states if state[1 - own] in other]
        if not known:
            return
        names = "|".join(re.escape(state[own]) for state in sorted(known, key=lambda s: -len(s[own])))
        name = re.compile(rf"(?<![A-Z][a-z] )\b(?:{names})\b" if own else names)
        for start, text in _stretches(version):
            for match in name.finditer(text):
                new = self._chance.choice([state[own] for state in self._states if state[own] not in text])
                yield Change(version.language, start + match.start(), start + match.end(), new)

    def _paragraph(self, version: Version, other: str) -> Iterator[Change]:
        taken = [item.span for item in version.report.furniture]
        for node in version.report.walk():
            whole = node.element == "paragraph" and node.num and not node.children
            if whole and not any(low < node.span[1] and node.span[0] < high for low, high in taken):
                yield Change(version.language, *node.span, "")


def _stretches(version: Version) -> Iterator[tuple[int, str]]:
    """The prose of a version between page matter, labels left out, with its offset in the source."""
    text = version.text or ""
    taken = sorted(item.span for item in (*version.report.furniture, *version.report.footnotes))
    for node in version.report.walk():
        if node.element not in _BLOCKS or len(node.content or "") < _PROSE[version.language]:
            continue
        start = _behind_label(node, text)
        for low, high in taken:
            if start < low < node.span[1]:
                yield start, text[start:low]
            if node.span[0] < high < node.span[1]:
                start = max(start, high)
        yield start, text[start : node.span[1]]


def _behind_label(node: Node, text: str) -> int:
    at = node.span[0]
    for char in node.num or "":
        found = text.find(char, at, at + 8)
        at = found + 1 if found >= 0 else at
    return at


def _keys(found: Comparison) -> set[tuple[str, str]]:
    return {(item.code, item.message) for item in found.disagreements}


def found_new(kind: str, change: Change, new: Sequence[Disagreement]) -> bool:
    """Whether disagreements tell of a change: of a paragraph left out, that only the other version has it."""
    other = "zh" if change.language == "en" else "en"
    return any(item.code in CODES[kind] and (kind != "paragraph" or getattr(item, other)) for item in new)


def pairs_of(folder: Path) -> list[tuple[Path, Path]]:
    """The pairs of a folder: files of equal names in zh/ and en/, or folders NAME-zh-... and NAME-en-... with
    raw.txt.
    """
    if (folder / "zh").is_dir():
        return [(file, folder / "en" / file.name) for file in sorted((folder / "zh").glob("*.txt"))]
    names = sorted(path.parent for path in folder.glob("*-zh-*/raw.txt"))
    return [(zh / "raw.txt", next(folder.glob(f"{zh.name.split('-zh-')[0]}-en-*/raw.txt"))) for zh in names]


def listed(file: Path) -> list[tuple[Path, Path]]:
    """The pairs that a list names, relative to it."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(file.parent / row[0], file.parent / row[1]) for row in rows]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[1] / "samples")
    options.add_argument("--pairs", type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--each", type=int, default=4, help="changes of each kind for a pair")
    options.add_argument("--misses", action="store_true", help="list them, and what is reported of unchanged pairs")
    asked = options.parse_args()
    grammar = load_grammar()
    seeder = Seeder(grammar, asked.seed)
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    alarms: list[int] = []
    more = 0
    for one, other in listed(asked.pairs) if asked.pairs else pairs_of(asked.folder):
        versions = ordered(one, other, grammar, None)
        before = compare(*versions, grammar=grammar)
        alarms.append(len(before.disagreements))
        for item in before.disagreements if asked.misses else ():
            print(f"reported  {one} {other}: {item.code} {item.message}")
        for kind in CODES:
            for change in seeder.changes(kind, versions, asked.each):
                texts = [
                    f"{v.text[: change.start]}{change.new}{v.text[change.end :]}"
                    if v.language == change.language
                    else v
                    for v in versions
                    if v.text is not None
                ]
                new = [
                    i
                    for i in compare(*texts, grammar=grammar).disagreements
                    if (i.code, i.message) not in _keys(before)
                ]
                hit = found_new(kind, change, new)
                found[kind][hit] += 1
                more += max(0, len(new) - 1)
                if asked.misses and not hit:
                    text = next(v.text for v in versions if v.language == change.language) or ""
                    print(f"missed  {kind} {one} {other}: {text[change.start : change.end][:60]!r} -> {change.new!r}")
    for kind, counts in found.items():
        print(f"{kind:<12} {counts[True]:5} of {counts.total():5} found: {counts[True] / counts.total():.3f}")
    every = sum(found.values(), Counter())
    print(f"{'all':<12} {every[True]:5} of {every.total():5} found: {every[True] / max(1, every.total()):.3f}")
    print(f"reported of unchanged pairs: {sum(alarms) / max(1, len(alarms)):.2f} for each of {len(alarms)}")
    print(f"reported beside a change: {more / max(1, every.total()):.2f}")


if __name__ == "__main__":
    main()
