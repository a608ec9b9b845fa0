"""The trap cases: small texts and their whole outlines, in YAML."""

from typing import Any

import pytest
import yaml
from conftest import ROOT, walk
from msgspec import to_builtins

from confparse.pipeline import parse

CASES = [
    case
    for file in sorted((ROOT / "tests" / "cases").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    report = parse(case["text"])
    nodes = list(walk(report.outline))
    if "outline" in case:
        assert [[n.element, n.num, n.heading or n.content] for n in nodes] == case["outline"]
    assert report.coverage.unclaimed == 0
    if "eids" in case:
        assert [n.eid for n in nodes] == case["eids"]
    if "wrap_up" in case:
        assert {n.eid: n.content for n in nodes if n.element == "wrap_up"} == case["wrap_up"]
    if "notes" in case:
        assert [[n.num, n.content] for n in report.footnotes] == case["notes"]
    if "furniture" in case:
        assert [[f.kind, f.text] for f in report.furniture] == case["furniture"]
    if "cover" in case:
        printed = to_builtins(report.cover)
        assert {key: printed.get(key) for key in case["cover"]} == case["cover"]
    if "diagnostics" in case:
        assert [[d.code, d.message] for d in report.diagnostics] == case["diagnostics"]
