"""Numerals: every sequence reads what it prints."""

import pytest

from confparse.numerals import number, ordinal


@pytest.mark.parametrize(
    ("label", "sequence", "expected"),
    [
        ("12", "arabic", 12),
        ("a", "loweralpha", 1),
        ("z", "loweralpha", 26),
        ("aa", "loweralpha", 27),
        ("A", "loweralpha", None),
        ("iv", "lowerroman", 4),
        ("ix", "lowerroman", 9),
        ("IX", "upperroman", 9),
        ("iiii", "lowerroman", None),
        ("XLII", "upperroman", 42),
        ("一", "chinese", 1),
        ("十", "chinese", 10),
        ("十二", "chinese", 12),
        ("二十", "chinese", 20),
        ("三十四", "chinese", 34),
        ("一百零五", "chinese", 105),
        ("十十", "chinese", 20),
        ("①", "enclosed", 1),
        ("㈢", "enclosed", 3),
        ("Ⅳ", "enclosed", 4),
        ("•", "bullet", 1),
        ("", "chinese", None),
        ("会", "chinese", None),
        ("ab", "loweralpha", None),
    ],
)
def test_ordinal(label: str, sequence: str, expected: int | None) -> None:
    assert ordinal(label, sequence) == expected


def test_number_reads_digits_and_words() -> None:
    assert [number("17"), number("十七"), number("x")] == [17, 17, None]
