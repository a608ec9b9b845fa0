"""Comparisons as rows that other programs read: tab-separated values, JSON Lines, MNBVC's parallel corpus."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from confparse.comparison.types import Comparison, Pair, Side
from confparse.model import Span
from confparse.resources import grammars

COLUMNS = ("zh_eids", "en_eids", "zh_lines", "en_lines", "score", "codes", "zh", "en")
_NO_DAY = "19700101"  # the format wants a day


def jsonl(comparison: Comparison) -> Iterator[bytes]:
    """One object for each pair: the sides with eids, spans and lines, the score, what both hold, codes of disagreements."""
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


def mnbvc(comparison: Comparison) -> Iterator[bytes]:
    """One line for the two versions, as MNBVC's parallel corpus has it; the day is that of the report, so that equal
    input gives equal output.
    """
    keys = _keys()
    chinese = "cht" if comparison.zh.language == "zh-Hant" else "zh"
    seen: set[str] = set()
    paragraphs = []
    for number, pair in enumerate(comparison.pairs, 1):
        zh, en = (side.text if side else "" for side in (pair.zh, pair.en))
        paragraphs.append(
            {
                keys.paragraph["line"]: number,
                keys.paragraph["repeated"]: zh in seen,
                keys.paragraph["elsewhere"]: False,
                "zh_text_md5": hashlib.md5(zh.encode(), usedforsecurity=False).hexdigest() if zh else "",
                **{f"{language}_text": "" for language in keys.languages},
                f"{chinese}_text": zh,
                "en_text": en,
                keys.paragraph["more"]: msgspec.json.encode(_more(pair)).decode(),
            }
        )
        seen.add(zh)
    poor = sum(pair.zh is None or pair.en is None for pair in comparison.pairs)
    values = {
        "name": comparison.zh.name,
        "suspect": False,
        "repeated": False,
        "count": len(paragraphs),
        "repeats": len(paragraphs) - len(seen),
        "poor": poor,
        "paragraphs": paragraphs,
        "more": msgspec.json.encode({"symbol": comparison.symbol or ""}).decode(),
        "day": (comparison.date or "").replace("-", "") or _NO_DAY,
    }
    yield msgspec.json.encode({keys.file[key]: value for key, value in values.items()}) + b"\n"


def _more(pair: Pair) -> dict[str, object]:
    side = pair.en or pair.zh
    return {"eids": side.eids if side else (), "score": pair.score}
