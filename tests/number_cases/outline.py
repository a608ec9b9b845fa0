"""Numbers that decide what a block is, and where it belongs."""

from confparse.outline.builder import OutlineBuilder
from confparse.outline.classify import _stands_over_prose
from confparse.outline.headings import Words
from confparse.outline.reading_order import _apart
from confparse.outline.tree import DIVISION, Draft
from confparse.reflow.types import Block
from confparse.rules.time_budget import TimeBudget
from number_cases.case import block, case, grammar, label


def words() -> Words:
    return Words("en", grammar(), TimeBudget())


@case("outline.headings._OPENING")
def text_that_ends_a_list_is_known_by_its_start() -> None:
    seen: list[int] = []

    class Counting(Words):
        def _matched(self, text: str) -> str:
            seen.append(len(text))
            return text

    Counting("en", grammar(), TimeBudget()).wrap_up("a" * 500)
    assert seen == [60]


@case("outline.headings._LONGEST")
def what_is_longer_than_400_characters_is_no_heading() -> None:
    class Any:
        def search(self, text: str, _: TimeBudget) -> object:
            import re

            return re.search(r"(?s).*", text)

    assert words()._whole(Any(), "a" * 399)  # type: ignore[arg-type]
    assert not words()._whole(Any(), "a" * 400)  # type: ignore[arg-type]


@case("outline.builder._DEEPEST")
def a_heading_without_label_has_a_degree_of_eight_at_most() -> None:
    def below(degree: int) -> int:
        builder = OutlineBuilder(words(), labelled=True)
        above = Draft(
            element="division",
            level=DIVISION + degree,
            eid="dvs_I",
            start=0,
            end=9,
            rule="some.rule",
            degree=degree,
            num="I.",
        )
        builder.tree.add(above)
        return builder._below()

    assert below(7) == 8
    assert below(8) == 8


def stands_over_prose(content: str, lines: int) -> bool:
    return _stands_over_prose(block(content, lines=lines), block("The Board met."), words())


@case("outline.classify._SHORT")
def a_heading_over_prose_has_150_characters_at_most() -> None:
    assert stands_over_prose("a" * 150, 1)
    assert not stands_over_prose("a" * 151, 1)


@case("outline.classify._LINES")
def a_heading_over_prose_has_two_lines_at_most() -> None:
    assert stands_over_prose("Survey of the coast", 2)
    assert not stands_over_prose("Survey of the coast", 3)


@case("outline.reading_order._HEADING")
def a_text_of_200_characters_below_a_label_alone_is_no_heading() -> None:
    def blocks(size: int) -> int:
        def ended(_: Block) -> bool:
            return True

        return len(_apart(block("a" * size, label("division", alone=True)), ended))

    assert blocks(199) == 1
    assert blocks(200) == 2
