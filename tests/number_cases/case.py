"""What the cases of numbers share: where they are noted, and small texts, lines and blocks to try a number on."""

from collections.abc import Callable, Iterable, Mapping

from confparse.labels.types import Candidate, SeriesLabel
from confparse.layout.line_table import Line, LineEnds, Lines, Measure
from confparse.layout.lines import measure
from confparse.layout.types import LineClaim, PageLayout
from confparse.reflow.types import Block
from confparse.rules.grammar import Grammar
from confparse.rules.joined_texts import IndexSet
from confparse.rules.load import load_grammar
from confparse.rules.structure import Label
from confparse.rules.time_budget import TimeBudget
from confparse.text.decode import decode
from confparse.text.normalize import normalize

CASES: dict[str, Callable[[], object]] = {}


def case(number: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Notes a function as the case of a number: it raises AssertionError if the number has moved."""

    def noted(function: Callable[[], object]) -> Callable[[], object]:
        CASES[number] = function
        return function

    return noted


def grammar() -> Grammar:
    return load_grammar()


def lines_of(text: str) -> Lines:
    return measure(normalize(decode(text.encode(), "report.txt"), grammar(), TimeBudget()), grammar(), TimeBudget())


def word(columns: int) -> str:
    """A word that no repair takes for one printed twice."""
    return "x" + "a" * (columns - 1)


def words(*columns: int) -> str:
    """A text of lines of one word each."""
    return "\n".join(map(word, columns))


def furniture(*lines: int) -> dict[int, LineClaim]:
    """Some lines as page matter."""
    return {i: LineClaim("furniture", "running_head", "some.rule") for i in lines}


def layout_of(text: str, claims: Mapping[int, LineClaim] | None = None, cover_end: int = 0) -> PageLayout:
    return PageLayout(lines_of(text), claims or {}, (), None, cover_end, True, ())


def rows(*widths: int) -> list[Line]:
    """Lines of some widths, with nothing else known of them."""
    return [Line(i, 0, 0, 0, right, 0, 0) for i, right in enumerate(widths)]


def ends(sentence: Iterable[int] = ()) -> LineEnds:
    return LineEnds(IndexSet(sentence), IndexSet(), IndexSet(), IndexSet())


def measured(text: str, right: int = 100) -> Lines:
    """Lines cut at some columns, whatever they show of themselves."""
    lines = lines_of(text)
    return Lines(
        lines.text,
        lines.lines,
        lines.ends,
        (Measure(0, right, True),) * len(lines.lines),
        False,
        0,
        False,
        False,
        False,
    )


def label_rule(name: str) -> Label:
    return next(rule for rule in grammar().of(Label) if rule.id == name)


def candidate(rule: Label, num: str = "1", line: int = 0, gain: float = 1.0, headingish: float = 0.1) -> Candidate:
    """A label at the start of a line, before text."""
    return Candidate(line, 0, 2, num, rule, gain, headingish, False, False, False, 0)


def label(element: str, num: str = "1.", alone: bool = False) -> SeriesLabel:
    return SeriesLabel(0, 0, 2, num, num, element, "arabic", "1.", 1, 0, "some.rule", alone, True)


def block(content: str, own: SeriesLabel | None = None, lines: int = 1) -> Block:
    return Block(own, None, None, None, 0, 9, content, ((2, 9),), 0, lines - 1, "some.rule")
