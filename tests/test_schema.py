"""Every output and every grammar file validates against the schemas that confparse prints."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from conftest import ROOT, SAMPLES, plain

from confparse.formats.record import dumps
from confparse.formats.schemas import grammar_schema, report_schema
from confparse.pipeline import parse


@pytest.fixture(scope="module")
def validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(report_schema())


@pytest.mark.parametrize("file", SAMPLES, ids=lambda p: p.parent.name)
def test_the_records_of_the_samples_validate(file: Path, validator: jsonschema_rs.Draft202012Validator) -> None:
    validator.validate(json.loads(dumps(parse(file), "json")))


@pytest.mark.parametrize("text", ["", "1. One.\n", "Annex\n1. One.\n\f(a) two"])
def test_small_records_validate(text: str, validator: jsonschema_rs.Draft202012Validator) -> None:
    validator.validate(json.loads(dumps(parse(text), "json")))


def test_the_schema_refuses_what_is_no_record(validator: jsonschema_rs.Draft202012Validator) -> None:
    record = plain(parse("1. One.\n"))
    assert validator.is_valid(json.loads(json.dumps(record)))
    assert not validator.is_valid({k: v for k, v in record.items() if k != "outline"})
    assert not validator.is_valid(record | {"surprise": 1})


@pytest.mark.parametrize("file", sorted((ROOT / "grammars").glob("*/**/*.yaml")), ids=lambda p: p.stem)
def test_grammar_files_validate(file: Path) -> None:
    """Scalars are strings until their field says otherwise, so numbers and booleans are put back for the schema."""
    value = yaml.safe_load(file.read_text(encoding="utf-8"))
    errors = [e.message for e in jsonschema_rs.Draft202012Validator(grammar_schema()).iter_errors(value)]
    assert errors == []


def test_yaml_and_json_say_the_same() -> None:
    report = parse("议程项目 4\n1. 会议于 10:00 开始，无异议。\n2. no\n3. 1e3\n4. 0x1F\n")
    assert (
        yaml.safe_load(dumps(report, "yaml")) == json.loads(dumps(report, "json")) == json.loads(dumps(report, "jsonl"))
    )
    assert dumps(report, "jsonl").count("\n") == 1
