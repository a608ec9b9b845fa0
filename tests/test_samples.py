"""The samples: each raw dump gives exactly the record beside it, and pairs of languages give one outline."""

from itertools import chain
from pathlib import Path

import msgspec
import pytest
from conftest import ROOT, SAMPLES, held, plain, walk

from confparse.formats.record import dumps
from confparse.pipeline import parse
from confparse.rules.grammar import Grammar

PAIRS = [
    ("workshop-zh-double", "workshop-en-double"),
    ("session-zh-pages", "session-en-layout"),
    ("record-zh-hant", "record-en-text"),
]


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 4
    assert all((file.parent / "ORIGIN.md").is_file() for file in SAMPLES)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda p: p.parent.name)
def test_a_sample_gives_its_expected_record(file: Path) -> None:
    report = parse(file.read_bytes(), name=file.relative_to(ROOT).as_posix())
    assert dumps(report, "yaml") == (file.parent / "expected.yaml").read_text(encoding="utf-8")
    assert held(report).total() == report.coverage.characters


@pytest.mark.parametrize("file", SAMPLES, ids=lambda p: p.parent.name)
def test_every_rule_that_a_record_names_is_one_of_the_grammar(file: Path, grammar: Grammar) -> None:
    report = parse(file)
    lists = (value for value in msgspec.structs.asdict(report).values() if isinstance(value, tuple))
    rules = {part.rule for part in [*report.walk(), *chain.from_iterable(lists)] if part.rule is not None}
    assert sorted(rules - set(grammar.rules)) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_both_languages_give_one_outline(pair: tuple[str, str]) -> None:
    reports = [parse(ROOT / "samples" / name / "raw.txt") for name in pair]
    shapes = [
        [(n.element, n.eid, n.degree, n.role) for n in walk(r.outline) if n.element not in ("title", "toc")]
        for r in reports
    ]
    assert shapes[0] == shapes[1]
    assert [(n.num, n.refs) for n in reports[0].footnotes] == [(n.num, n.refs) for n in reports[1].footnotes]
    for field in ("symbol", "kind", "addendum", "session", "date", "agenda_items", "workshops"):
        assert getattr(reports[0].cover, field) == getattr(reports[1].cover, field), field


NEUTRAL = {  # what two language versions of one report share, by list of the record
    "workshops": lambda w: (w.id, w.number, w.meetings, w.stated, len(w.partners), w.paragraphs),
    "meetings": lambda m: (m.id, m.number, m.date, m.paragraphs),
    "panels": lambda p: (p.id, p.ordinal, p.kind, p.meetings, p.presentations, len(p.panellists), p.paragraphs),
    "statements": lambda s: (s.meeting, s.paragraph, s.speaker.kind, s.speaker.code, s.act, bool(s.on_behalf_of)),
    "documents": lambda d: (d.id, d.symbol, d.relation, d.label, d.paragraphs),
    "conclusions": lambda c: (c.id, c.num, tuple(p.force for p in c.points)),
    "decisions": lambda d: (d.paragraph, d.act),
}


@pytest.mark.parametrize("kind", NEUTRAL)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_both_languages_report_the_same(pair: tuple[str, str], kind: str) -> None:
    """Equal rows; the two languages may name the speakers of a list in another order."""
    zh, en = (
        [repr(NEUTRAL[kind](row)) for row in getattr(parse(ROOT / "samples" / name / "raw.txt"), kind)] for name in pair
    )
    assert sorted(zh) == sorted(en)


def test_every_value_points_back_to_its_words() -> None:
    for name in ("session-zh-pages", "session-en-layout", "record-zh-hant"):
        source = (ROOT / "samples" / name / "raw.txt").read_text(encoding="utf-8")
        report = parse(source)
        for document in report.documents[:3]:
            printed = "".join(source[slice(*document.span)].split())
            assert document.symbol.startswith(printed) or printed.startswith(document.symbol[:8])
        for statement in report.statements:
            assert "".join(source[slice(*statement.span)].split()) == "".join(statement.speaker.name.split())


def test_parsing_what_was_parsed_changes_nothing() -> None:
    """The repaired text, a unit a line, parses to the same units."""
    for name in ("workshop-zh-double", "workshop-en-double"):
        units = [
            (n.element, n.num, n.heading or n.content) for n in walk(parse(ROOT / "samples" / name / "raw.txt").outline)
        ]
        again = parse("\n\n".join(f"{num} {text}" if num else str(text) for _, num, text in units))
        assert [(n.element, n.num, n.heading or n.content) for n in walk(again.outline)] == units


def _told(value: object) -> object:
    """What a record says, without where its source says it."""
    if isinstance(value, dict):
        return {k: _told(v) for k, v in value.items() if k not in ("source", "span", "lines")}
    return [_told(v) for v in value] if isinstance(value, (list, tuple)) else value


WRITTEN = {
    "other-line-ends": lambda text: text.replace("\n", "\r\n"),
    "blanks-at-line-ends": lambda text: text.replace("\n", "  \n"),
    "feeds-on-their-own-lines": lambda text: text.replace("\f", "\f\n"),
}


@pytest.mark.parametrize("change", WRITTEN)
@pytest.mark.parametrize("file", SAMPLES, ids=lambda p: p.parent.name)
def test_how_the_dump_was_written_changes_nothing(file: Path, change: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert _told(plain(parse(WRITTEN[change](text)))) == _told(plain(parse(text)))
