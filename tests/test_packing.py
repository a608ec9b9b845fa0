"""Sequences of many small values, and reports that have them: they say what short ones say."""

import json

import msgspec
import pytest
from conftest import walk

from confparse import dumps, packing
from confparse.model import Furniture
from confparse.packing import CachedValues, Packed
from confparse.pipeline import parse

TEXT = (
    "Report of the Panel\n\nI. Opening\n1. The Panel met, and the keepers (a) heard:\n(a) the winter;\n(b) the lights.\n"
    + "".join(f"{i}. The Panel adopted the report A/{i}/1.\n- one\n- two\n" for i in range(2, 40))
)


def _item(i: int) -> Furniture:
    return Furniture(kind="page_number", text=str(i), span=(i, i + 1), lines=(1, 1), rule="r")


def test_packed_values_come_back_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_PAGE", 4)
    for size in (0, 1, 7, 8, 9, 30):
        values = [_item(i) for i in range(size)]
        packed = Packed(Furniture, values)
        assert list(packed) == values
        assert [packed[i] for i in range(size)] == values
        assert packed[1:-1] == values[1:-1]
        assert len(packed) == size
        assert packed.packed == (size >= 8)
        with pytest.raises(IndexError):
            packed[size]
    assert packed[-1] == values[-1]


def test_cached_values_are_made_anew_when_many_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_PAGE", 2)
    values = CachedValues(lambda i: [i], 10)
    assert values[3] is values[3]
    assert list(values) == [[i] for i in range(10)]
    assert values[9:] == [[9]]


@pytest.mark.parametrize("format", ["json", "jsonl", "yaml", "md", "csv"])
def test_a_report_of_packed_nodes_is_the_same(monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    plain = parse(TEXT)
    monkeypatch.setattr(packing, "_PAGE", 3)
    monkeypatch.setattr("confparse.labels.series.SETTLED", 5)
    monkeypatch.setattr("confparse.labels.paths.SETTLED", 5)
    packed = parse(TEXT)
    assert not isinstance(packed.outline, tuple)
    assert dumps(packed, format) == dumps(plain, format)  # type: ignore[arg-type]
    assert packed.to_dict() == plain.to_dict()
    assert packed.outline == plain.outline
    assert plain.outline == packed.outline
    assert [n.eid for n in walk(packed.outline)] == [n.eid for n in plain.walk()]


def test_a_report_of_packed_nodes_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_PAGE", 3)
    report = parse(TEXT)
    assert msgspec.json.decode(dumps(report, "jsonl"), type=type(report)) == report
    assert json.loads(dumps(report, "json"))["outline"]
