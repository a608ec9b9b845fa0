"""Bad input, row by row as the design promises it."""

import os
from pathlib import Path

import pytest
from conftest import walk

from confparse import InputError
from confparse.pipeline import parse

ZH = "一、导言\n1. 委员会举行了第一次会议，审议了秘书处提交的报告和其他文件。\n2. 主席宣布会议闭幕。\n"
EN = "1. The “Committee” met in Málaga – its first meeting.\n2. Déjà vu, said the Chair’s adviser.\n"


@pytest.mark.parametrize("text", ["", " \n\t\n", "\f\f", "\ufeff"])
def test_an_empty_file_gives_a_record_and_a_finding(text: str) -> None:
    report = parse(text)
    assert report.outline == ()
    assert [d.code for d in report.diagnostics if d.severity == "error"] == ["S002"]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gb2312", "gb18030"),
        ("hz", "hz"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_encodings_of_a_chinese_text_are_found(encoding: str, found: str) -> None:
    report = parse(ZH.encode(encoding))
    assert report.source.encoding == found
    assert [n.num for n in walk(report.outline)] == ["一、", "1.", "2."]


def test_big5_is_told_from_gb18030() -> None:
    text = "一、導言\n1. 委員會舉行了第一次會議，審議了秘書處提交的報告和其他文件。\n2. 主席宣布會議閉幕。\n"
    report = parse(text.encode("big5"))
    assert (report.source.encoding, report.source.language) == ("big5", "zh-Hant")
    assert [n.num for n in walk(report.outline)] == ["一、", "1.", "2."]


def test_cp1252_is_told_from_the_rest() -> None:
    report = parse(EN.encode("cp1252"))
    assert report.source.encoding == "cp1252"
    assert [n.content for n in walk(report.outline)][1] == "Déjà vu, said the Chair’s adviser."


def test_bytes_that_nothing_explains_are_replaced_and_counted() -> None:
    data = ZH.encode() * 20
    report = parse(data[:50] + b"\xff" + data[51:])
    finding = next(d for d in report.diagnostics if d.code == "N001")
    assert finding.lines == (2, 2)
    assert report.coverage.unclaimed == 0


def test_the_encoding_can_be_named() -> None:
    assert parse(ZH.encode("big5", "ignore"), encoding="big5").source.encoding == "big5"
    with pytest.raises(InputError, match="no encoding is called"):
        parse(b"x", encoding="latin-99")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_kinds(end: str) -> None:
    report = parse(ZH.replace("\n", end))
    assert report.source.lines == 3
    assert [n.lines for n in walk(report.outline)] == [(1, 1), (2, 2), (3, 3)]


def test_invisible_and_compatibility_characters_are_repaired_by_named_rules() -> None:
    report = parse("\u200b1. The Com\u00admit\u200dtee\x00 met.\n2. ⼀个\u3000问题\ue000。\n")
    assert [n.content for n in walk(report.outline)] == ["The Committee met.", "一个问题\ue000。"]
    assert {d.rule for d in report.diagnostics if d.code == "N002"} == {
        "character.invisible",
        "character.soft_hyphen",
        "character.radical",
        "character.blank",
    }
    assert report.coverage.unclaimed == 0


@pytest.mark.parametrize(
    "data", [b"\x89PNG....", b"PK\x03\x04....", bytes(range(1, 9)) * 20], ids=["png", "zip", "control"]
)
def test_a_binary_file_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(InputError, match="a binary file"):
        parse(data)


def test_a_directory_and_a_missing_file_are_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a directory"):
        parse(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        parse(tmp_path / "nothing.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_one_clear_line(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("x")
    file.chmod(0)
    with pytest.raises(InputError, match="no permission"):
        parse(file)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2_000_000,
        "a line\n" * 100_000,
        "(" * 300_000,
        "(a)\n(i)\n" * 5_000,
        "1. " * 50_000,
        " " * 500_000 + "x",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 and 18\n" * 50,
        "1." * 200 + "x",
        "A/" * 60_000,
        "The committee met. " * 100_000,
        "委员会举行了会议。" * 100_000,
        "a\t" * 300_000,
        "12 April 2010 " * 50_000,
        "1.1" + ".1" * 10_000,
        "\n".join(f"{n}. Text." for n in range(1, 5_000)),
        "一、" * 50_000,
        "- " * 100_000,
        "." * 300_000,
    ],
    ids=lambda text: text[:6].strip() or "blanks",
)
def test_hostile_shapes_finish_and_lose_nothing(text: str) -> None:
    report = parse(text)
    assert report.coverage.unclaimed == 0
    assert not [d for d in report.diagnostics if d.code == "G012"]


def test_ten_thousand_nested_labels_do_not_nest_without_end() -> None:
    styles = ["1.", "(a)", "(i)", "a.", "（一）", "①", "1)", "(1)"]
    report = parse("\n".join(f"{style} Text;" for style in styles * 1_250))
    depth = max(n.eid.count("__") for n in walk(report.outline))
    assert depth < 20
