"""Comparisons as rows that other programs read: tab-separated values, JSON Lines, MNBVC's parallel corpus."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from confparse.comparison.types import Comparison, Pair, Side
from confparse.model import Span
from confparse.resources import grammars
from confparse.text.normalize import simplified

COLUMNS = ("zh_eids", "en_eids", "zh_lines", "en_lines", "score", "codes", "zh", "en")
_NO_DAY = "19700101"  # the format wants a day


def jsonl(comparison: Comparison) -> Iterator[bytes]:
    """One object for each pair: the sides with eids, spans and lines, the score, what both hold, codes of
    disagreements.
    """
    for pair in comparison.pairs:
        yield msgspec.json.encode(pair) + b"\n"


def tsv(comparison: Comparison) -> Iterator[bytes]:
    """A line of names, then one line for each pair; tabs and line ends in a text are blanks."""
    yield ("\t".join(COLUMNS) + "\n").encode()
    for pair in comparison.pairs:
        yield ("\t".join(" ".join(value.split()) for value in _values(pair)) + "\n").encode("utf-8", "replace")


def _values(pair: Pair) -> Sequence[str]:
    zh, en = pair.zh, pair.en
    return (
        _eids(zh),
        _eids(en),
        _lines(zh),
        _lines(en),
        f"{pair.score:.3f}",
        ",".join(pair.codes),
        zh.text if zh else "",
        en.text if en else "",
    )


def _eids(side: Side | None) -> str:
    return ",".join(side.eids) if side else ""


def _lines(side: Side | None) -> str:
    return ",".join(map(line_range, side.lines)) if side else ""


def line_range(lines: Span) -> str:
    """Lines as people write them: 3 or 3-5."""
    return str(lines[0]) if lines[0] == lines[1] else f"{lines[0]}-{lines[1]}"


class _Keys(msgspec.Struct, frozen=True):
    """The names of MNBVC's fields."""

    file: dict[str, str]
    paragraph: dict[str, str]
    languages: list[str]


@cache
def _keys() -> _Keys:
    import yaml

    return msgspec.convert(yaml.safe_load((grammars() / "mnbvc.yaml").read_text(encoding="utf-8")), _Keys)


class _Row(NamedTuple):
    """A pair as MNBVC keeps it; `key` says what the two texts were aligned by."""

    zh: str
    cht: str
    en: str
    key: str


def mnbvc(comparison: Comparison) -> Iterator[bytes]:
    """One line for each pair that both versions have, as MNBVC's parallel corpus wants them: equal lines once, what is
    said about the whole file in each of them, Traditional texts in simplified characters too. The day is that of the
    report, so that equal input gives equal output.
    """
    rows = list(dict.fromkeys(_rows(comparison)))
    first = {row.zh: i for i, row in reversed(list(enumerate(rows)))}
    keys = _keys()
    whole = {
        "name": comparison.zh.name,
        "suspect": False,
        "repeated": False,
        "count": len(rows),
        "repeats": len(rows) - len(first),
        "poor": sum(not row.zh or not row.en for row in rows),
        "day": (comparison.date or "").replace("-", "") or _NO_DAY,
    }
    for i, row in enumerate(rows):
        own = {"line": i + 1, "repeated": first[row.zh] != i, "elsewhere": False, "more": json.dumps({"k": row.key})}
        texts = dict.fromkeys(keys.languages, "") | {"zh": row.zh, "cht": row.cht, "en": row.en}
        fields = {
            **{keys.file[name]: value for name, value in whole.items()},
            **{keys.paragraph[name]: value for name, value in own.items()},
            **{f"{language}_text": text for language, text in texts.items()},
            "zh_text_md5": hashlib.md5(row.zh.encode(), usedforsecurity=False).hexdigest(),
        }
        yield msgspec.json.encode(fields) + b"\n"


def _rows(comparison: Comparison) -> Iterator[_Row]:
    traditional = comparison.zh.language == "zh-Hant"
    for pair in comparison.pairs:
        if pair.zh is None or pair.en is None or pair.zh.text.strip() == pair.en.text.strip():
            continue
        zh, cht = pair.zh.text.strip(), ""
        if traditional:
            zh, cht = simplified(zh), zh
        key = " ".join(filter(None, (comparison.symbol, *pair.en.eids)))
        yield _Row(zh, cht, pair.en.text.strip(), key)
