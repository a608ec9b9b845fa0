"""Where paired units do not say the same: figures that one side lacks, speakers, units and notes without
counterpart.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from confparse.comparison.align import Bead
from confparse.comparison.findings import Places, disagreement
from confparse.comparison.types import ComparedUnit, Disagreement, Figure, Language, Place, UnitsReading
from confparse.diagnostics import messages
from confparse.letters import place_of
from confparse.numerals import numbers, roman
from confparse.rules.grammar import Grammar
from confparse.text.types import width

_CODES = {"number": "C001", "day": "C002", "clock": "C002", "symbol": "C003", "states": "C004"}
_STATE, _SPEAKER, _UNIT, _NOTE = "C004", "C005", "C006", "C007"
_BETWEEN = 6  # columns between two states of a list
_LISTED = 3  # states that make a list
_UNLIKELY = -6.0  # log odds under which a pair is too doubtful to be compared
_PROSE = {"zh": 20, "en": 60}  # characters from which an unnumbered unit is not a heading or line of a title page
_PASSED_OVER = frozenset({"toc", "table", "title", "closing"})
_ROMAN = re.compile(r"\b[IVX]+\b")
_YEARS = (1900, 2200)  # what may be shortened to its last two digits, as in 2022–24
_UNCOMPARED = frozenset({"toc", "table"})  # their numbers are those of pages and columns
_WITH_DIGITS = frozenset({"day", "clock", "symbol"})  # figures whose digits are not numbers
UnitFigures = Sequence[tuple[ComparedUnit, Figure]]


class Comparer:
    """Compares what paired units hold. `ui` is the language of messages."""

    def __init__(self, zh: UnitsReading, en: UnitsReading, grammar: Grammar, ui: str) -> None:
        self._zh, self._en, self._ui = zh, en, ui
        self._word = cache(lambda kind, printed: grammar.word(kind, printed) or grammar.word("counts", printed))
        self._speakers = [_speakers(side) for side in (zh, en)]

    def all(self, beads: Sequence[Bead]) -> list[list[Disagreement]]:
        """The disagreements of each bead."""
        return [list(self._of(bead)) for bead in beads]

    def _of(self, bead: Bead) -> Iterator[Disagreement]:
        zh, en = self._zh.units[bead.zh], self._en.units[bead.en]
        if not zh or not en:
            yield from self._alone(zh, "zh") if zh else self._alone(en, "en")
        elif bead.odds > _UNLIKELY and zh[0].element not in _UNCOMPARED:
            yield from self._figures(bead)
            yield from self._other_speakers(zh, en)

    def _alone(self, units: Sequence[ComparedUnit], language: Language) -> Iterator[Disagreement]:
        side = messages()[f"language_{language}"].said(self._ui)
        for unit in units:
            place = Place(eid=(unit.eids or ("",))[0], span=unit.span, lines=unit.lines)
            places = (place, None) if language == "zh" else (None, place)
            if unit.element == "footnote":
                yield self._disagreement(_NOTE, places, side=side, text=_shortened(unit.shown))
            elif unit.element not in _PASSED_OVER and (unit.num or len(unit.text) >= _PROSE[language]):
                yield self._disagreement(_UNIT, places, side=side, text=_shortened(unit.shown))

    def _figures(self, bead: Bead) -> Iterator[Disagreement]:
        sides = [
            [
                (unit, f)
                for unit, unit_figures in zip(side.units[part], side.figures[part], strict=True)
                for f in unit_figures
            ]
            for side, part in ((self._zh, bead.zh), (self._en, bead.en))
        ]
        units = self._zh.units[bead.zh], self._en.units[bead.en]
        lacking = [self._lacking(sides[k], sides[1 - k], units[k], units[1 - k]) for k in (0, 1)]
        for code in dict.fromkeys(_CODES.values()):
            left = [[item for item in side if _CODES[item[1].kind] == code] for side in lacking]
            counts = self._counts(code, left, sides)
            if (
                code == _STATE and any(left) and not counts
            ):  # one state instead of another that is named again elsewhere
                left = [own or _surplus(sides[k], sides[1 - k]) for k, own in enumerate(left)]
                counts = all(left)
            if counts:
                zh, en = (_printed(side) for side in left)
                places = self._place(self._zh, left[0], units[0]), self._place(self._en, left[1], units[1])
                yield self._disagreement(code, places, zh=zh, en=en)

    def _lacking(
        self, one: UnitFigures, other: UnitFigures, own: Sequence[ComparedUnit], units: Sequence[ComparedUnit]
    ) -> list[tuple[ComparedUnit, Figure]]:
        """The figures of one side that the other does not hold, in digits or in words, nor as a label that it alone
        has.
        """
        other_values = {(f.kind, f.value) for _, f in other}
        loose: set[str] | None = None
        out = []
        for unit, figure in one:
            if figure.kind not in _CODES or (figure.kind, figure.value) in other_values:
                continue
            if figure.kind == "number":
                if loose is None:
                    labels = () if any(unit.num for unit in own) else (unit.num or "" for unit in units)
                    loose = {n for text in (*labels, *_left_to_read(units, other)) for n in self._loose(text)}
                short = figure.value[2:] if figure.value.isdecimal() and len(figure.value) == 4 else ""
                if figure.value in loose or ("number", short) in other_values:
                    continue
            out.append((unit, figure))
        return out

    def _loose(self, text: str) -> Iterator[str]:
        """All numbers that a text may mean, in digits, words or roman numerals, and the short forms of its years."""
        for n in numbers(text, self._word):
            yield str(n)
            if _YEARS[0] <= n < _YEARS[1]:
                yield f"{n % 100:02d}"
        yield from (str(value) for word in _ROMAN.findall(text) if (value := roman(word)))

    def _counts(self, code: str, left: Sequence[UnitFigures], sides: Sequence[UnitFigures]) -> bool:
        """Whether leftovers are a disagreement: on both sides, or certain on one."""
        if all(left):
            return True
        figures = [figure for _, figure in chain(*left)]
        if code == _STATE:
            lost = ((item, side) for side, items in zip(sides, left, strict=True) for item in items)
            return any(_in_list(*item, [f for unit, f in side if unit is item[0]]) for item, side in lost)
        if code == "C002" and any(f.kind == "again" for _, f in chain(*sides)):
            return False
        return any(figure.certain for figure in figures)

    def _other_speakers(self, zh: Sequence[ComparedUnit], en: Sequence[ComparedUnit]) -> Iterator[Disagreement]:
        by_code = [
            {code: unit for unit in units for eid in unit.eids for code in speakers.get(eid, ())}
            for units, speakers in zip((zh, en), self._speakers, strict=True)
        ]
        left = [by_code[0].keys() - by_code[1].keys(), by_code[1].keys() - by_code[0].keys()]
        if all(left):
            places = [
                Place(eid=unit.eids[0], span=unit.span, lines=unit.lines)
                for unit in (by_code[0][min(left[0])], by_code[1][min(left[1])])
            ]
            yield self._disagreement(
                _SPEAKER, (places[0], places[1]), zh=", ".join(sorted(left[0])), en=", ".join(sorted(left[1]))
            )

    def _place(self, side: UnitsReading, figures: UnitFigures, units: Sequence[ComparedUnit]) -> Place:
        unit, figure = figures[0] if figures else (units[0], None)
        printed = unit.text[figure.start : figure.end] if figure else None
        text = side.version.text
        before = f"{unit.num or ''} {unit.text[: figure.start]}" if figure else ""
        span = place_of(printed, text, unit.span, before) if printed and text is not None else unit.span
        return Place(eid=(unit.eids or ("",))[0], span=span, lines=unit.lines, text=printed)

    def _disagreement(self, code: str, places: Places, **values: str) -> Disagreement:
        return disagreement(code, places, self._ui, **values)


def _left_to_read(units: Sequence[ComparedUnit], figures: UnitFigures) -> Iterator[str]:
    """The texts of units without the digits that belong to days, hours and symbols."""
    for unit in units:
        text = unit.text
        for holder, figure in figures:
            if holder is unit and figure.kind in _WITH_DIGITS:
                text = f"{text[: figure.start]}{' ' * (figure.end - figure.start)}{text[figure.end :]}"
        yield text


def _speakers(side: UnitsReading) -> dict[str, set[str]]:
    """The codes of the states that speak, by the eid of the paragraph."""
    out: dict[str, set[str]] = {}
    for statement in side.version.report.statements:
        if statement.speaker.code:
            out.setdefault(statement.paragraph, set()).add(statement.speaker.code)
    return out


def _surplus(one: UnitFigures, other: UnitFigures) -> list[tuple[ComparedUnit, Figure]]:
    """The states that one side names more often than the other, each where it does so for the last time."""
    counts = Counter(figure.value for _, figure in other if figure.kind == "states")
    named: dict[str, list[tuple[ComparedUnit, Figure]]] = {}
    for unit, figure in one:
        if figure.kind == "states":
            named.setdefault(figure.value, []).append((unit, figure))
    return [items[-1] for state, items in named.items() if len(items) > counts[state]]


def _in_list(unit: ComparedUnit, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a state is named in a list of states: others are close before or after it."""
    states = sorted((f.start, f.end) for f in figures if f.kind == "states")
    at = states.index((figure.start, figure.end))
    low = high = at
    while low and _close(unit.text[states[low - 1][1] : states[low][0]]):
        low -= 1
    while high + 1 < len(states) and _close(unit.text[states[high][1] : states[high + 1][0]]):
        high += 1
    return high - low + 1 >= _LISTED


def _close(gap: str) -> bool:
    """Whether no more than a comma and a conjunction separate two names."""
    return width(gap) <= _BETWEEN


def _printed(figures: UnitFigures) -> str:
    return ", ".join(dict.fromkeys(unit.text[f.start : f.end].strip() for unit, f in figures)) or "-"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
