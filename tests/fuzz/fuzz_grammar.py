"""Grammars made from the types of the rule kinds themselves, most of them nonsense: each is refused at its place, or parses.

    python tests/fuzz/fuzz_grammar.py [SECONDS] [SEED]

One that loads may not make the parser raise, may not give a record that breaks its schema, and may not lose or invent a
character. A kind of rule, a field or a captured group that is new is tried without a change here. Grammars are made from a
seed: what is found is made again with `grammar_of(seed)`, and becomes a test.
"""

import json
import random
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import yaml
from msgspec import inspect

from confparse import GrammarError, dumps
from confparse.formats.schemas import report_schema
from confparse.model import Report
from confparse.pipeline import parse
from confparse.rules.base import Extraction
from confparse.rules.kinds import AnyRule, NameKind
from confparse.rules.line_breaks import Boundary
from confparse.rules.load import load_grammar

SCHEMA = jsonschema_rs.validator_for(report_schema())
SHIPPED = sorted(load_grammar().rules)
SAMPLES = Path(__file__).parents[2] / "samples"
KINDS = {info.tag: info for info in inspect.multi_type_info(get_args(AnyRule)) if isinstance(info, inspect.StructType)}
GROUPS = [  # what a group may capture: nothing, something outside the match, a word, a number, all
    "(?:(?<{0}>qqq))?",
    "(?<{0}>)",
    "(?=(?<{0}>.?))",
    "(?<=(?<{0}>.))",
    "(?<{0}>\\S+)",
    "(?<{0}>\\d+)",
    "(?<{0}>.*)",
    "(?<{0}>[a-w一-龥 ])",
    "(?<{0}>[ \\t]*)",
    "(?<{0}>.)+",
    "(?<{0}>[A-Z]\\w*)",
    "(?<{0}>[IVX]+|[一二三四五]+)",
    "(?<{0}>\\w+(?: \\w+)*)",
]
SHAPES = [  # what stands around the groups
    "{}x",
    "{}",
    "^{}$",
    "^(?!NOMATCH){}.*$",
    "{}[. ]",
    "(?<=\\n){}",
    "{}(?=\\s)",
    "(?r){}x",
    "(?i){}THE",
    "(?s){}.*",
    "(?x) {} x # c",
    "\\b{}\\b",
    "{}|x",
    "^[ \\t]*{}",
    "{}\\n",
    "{}[\\s\\S]{{1,60}}",
    "(?:{}[ ,]?)+",
    "{}$",
    "(?:{}x){{1,99}}",
    "\\G{}",
    "{}(?:第|the |is )",
    "[^a]{}",
    "{}${{months}}",
    "(?V0){}x",
    "{}(?<=x)",
    "(?>{}x|y)",
    "{}\\p{{Lu}}",
    "(x){}\\1",
    "{}(?:x+)+y",
    "\\A{}",
    "{}\\Z",
]
BREAKS = ["⏎", "x⏎", "⏎x", ".*⏎.*", "(?<=⏎)x", "⏎(?=.)", "[^⏎]", "^.*⏎", "(?:⏎)?", "\\w⏎\\w|x", "⏎\\p{Lu}", "(?!⏎)"]
WORDS = [
    "x",
    "1",
    "",
    " ",
    "zz",
    "other",
    "report",
    "first",
    "U+0061",
    "U+00A0",
    "U+0061-U+0063",
    "U+0041",
    "\\1",
    "\\q",
    "⏎",
    "1e308",
    "nan",
    "-1",
]
PIECES = [
    "1. The Committee met.\n",
    "2. 委员会举行了会议。\n",
    "(a) First;\n",
    "I. Introduction\n",
    "一、导言\n",
    "Annex I\nTitle\n1. x\n",
    "• x\n",
    "x\n",
    "",
    "\n",
    "At its 1st meeting, on 3 May 2010, the Committee adopted draft resolution A/C.1/65/L.2.\n",
    "\f",
    "Page 2\n",
    "2/5\n",
    "A/CONF.213/2\n",
    "8 See A/1.\n",
    "The representative of Peru made a statement.\n",
    "秘鲁代表作了发言。\n",
    "shared infor-\nmation information\n",
    "Contents\nI. x ........ 2\n",
    "結論和建議\n",
    "\u00a0\u200b\u2f00Ａ\n",
    "x x x\n",
    "a\tb  c\n",
    "3 May 2010\n",
    "Decision 4/CMP.9\n",
    "12 345   67   8\n" * 3,
    "______\n",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
    "The report was adopted by consensus on behalf of the Group of 77 and China\n",
    "Paragraph 7 above.\n",
    "第1次会议\n",
    "“x (y\n",
]


class Maker:
    """Random grammars and texts from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._samples = [file.read_text(encoding="utf-8") for file in sorted(SAMPLES.glob("*/raw.txt"))]

    def _one(self, choices: Any) -> Any:
        return self.random.choice(list(choices))

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def pattern(self, kind: type[Any]) -> str:
        if kind is Boundary:
            return str(self._one(BREAKS))
        groups = sorted(set(kind.needs) | {g for g in kind.captures if self._chance(0.3)})
        inner = "".join(self._one(GROUPS).format(group) for group in groups)
        return str(self._one(SHAPES).format(inner))

    def value(self, info: Any) -> Any:
        """A value of a type, or now and then of none."""
        if self._chance(0.02):
            return self._one(WORDS)
        match info:
            case inspect.Metadata():
                return self.value(info.type)
            case inspect.UnionType():
                return self.value(info.types[0])
            case inspect.LiteralType():
                return self._one(info.values)
            case inspect.BoolType():
                return self._one(["true", "false"])
            case inspect.IntType() | inspect.FloatType():
                return self._one(["1", "2", "0.5"])
            case inspect.ListType():
                return [self.value(info.item_type) for _ in range(self.random.randint(0, 3))]
            case inspect.DictType():
                return {str(self.value(info.key_type)): self.value(info.value_type) for _ in range(2)}
            case inspect.StructType():
                return {field.encode_name: self.value(field.type) for field in info.fields if field.required}
        return (
            self._chars()
            if getattr(info, "pattern", None) and "U\\+" in info.pattern
            else self._one([*WORDS, "x", "x"])
        )

    def _chars(self) -> str:
        return str(
            self._one(
                ["U+00AD", "U+00A0", "U+2F00-U+2FD5", "U+0078", "U+0061-U+0070", "U+000A", "U+FDD0", "U+0030", "U+3000"]
            )
        )

    def rule(self, name: str, tag: str | None = None) -> dict[str, Any]:
        """A rule of a kind, or of a random one, its examples such that it may load."""
        tag = tag or str(self._one(KINDS))
        info = KINDS[tag]
        rule: dict[str, Any] = {"id": name, "kind": tag, "why": "W."}
        for field in info.fields:
            if field.encode_name not in ("id", "why", "examples", "patterns") and (field.required or self._chance(0.5)):
                rule[field.encode_name] = self.value(field.type)
        languages = self._one([["any"], ["any"], ["en"], ["zh"], ["en", "zh"]])
        if any(field.encode_name == "patterns" for field in info.fields):
            rule["patterns"] = {language: self.pattern(info.cls) for language in languages}
        if issubclass(info.cls, Extraction):
            rule["literals"] = self._one([["x"], [" "], ["the", "x"], ["。", "x"]])
        proved = [{"lang": language, "text": "x x"} for language in languages]
        return rule | {"examples": [*proved, {"lang": "any", "text": "NOMATCH", "match": "false"}]}

    def grammar(self) -> dict[str, Any]:
        """A grammar of some rules; at times with words and names of its own."""
        rules = [self.rule(f"my.rule_{i}") for i in range(self._one([1, 1, 1, 2, 3, 6]))]
        made: dict[str, Any] = {"name": "m", "version": "1", "rules": rules}
        if self._chance(0.85):
            made["extends"] = "un-report"
            made["disable"] = [self._one(SHIPPED) for _ in range(self._one([0, 0, 0, 1, 5, 60]))]
        if self._chance(0.05):
            made["names"] = {
                self._one(get_args(NameKind)): [{"en": [self._one(WORDS), "the"], "zh": [self._one(WORDS)]}]
            }
        if self._chance(0.05):
            made["words"] = {
                self._one(["months", "ordinals", "cardinals"]): {"en": [self._one(WORDS), "x"], "zh": ["月"]}
            }
        if self._chance(0.03):
            made["fragments"] = {
                self._one(["bol", "eol", "han", "stop"]): {"any": self._one(["x", "", "(?:x|y)", "^.*$", "x?"])}
            }
        return made

    def text(self) -> str:
        """A piece of a sample, or of many pieces, or next to nothing."""
        if self._chance(0.35):
            sample = self._one(self._samples)
            start = self.random.randrange(len(sample))
            return str(sample[start : start + self._one([200, 1500])])
        return "".join(self._one(PIECES) for _ in range(self._one([0, 1, 3, 10, 25])))


def grammar_of(seed: int) -> tuple[dict[str, Any], str]:
    """The grammar and the text of a seed."""
    maker = Maker(seed)
    return maker.grammar(), maker.text()


def _folded(text: str) -> Counter[str]:
    """The characters of a text, white space aside, each in its common form."""
    forms = (unicodedata.normalize("NFKC", char) for char in "".join(text.split()))
    return Counter(form if len(form) == 1 else char for form, char in zip(forms, "".join(text.split()), strict=True))


def _record_text(report: Report) -> str:
    parts: list[str | None] = [part for note in report.footnotes for part in (note.num, note.content)]
    parts += [item.text for item in report.furniture]
    nodes = list(report.outline)
    while nodes:
        node = nodes.pop()
        parts += [node.num, node.heading, node.content]
        nodes += node.children
    return "\n".join(part for part in parts if part)


def fault(seed: int, folder: Path) -> tuple[str, str]:
    """What became of a seed: `refused`, `parsed`, `mended` or a fault, and the details."""
    made, text = grammar_of(seed)
    file = folder / "grammar.yaml"
    file.write_text(yaml.safe_dump(made, allow_unicode=True), encoding="utf-8")
    try:
        grammar = load_grammar(str(file))
    except GrammarError as error:
        placed = re.match(r"\S+\.yaml:\d+:\d+: G\d{3} \S", str(error))
        return ("refused", error.code) if placed else ("no place", str(error))
    except Exception as error:
        return "load", repr(error)
    try:
        report = parse(text, grammar=grammar)
        SCHEMA.validate(json.loads(dumps(report, "json")))
    except Exception as error:
        return ("schema" if isinstance(error, jsonschema_rs.ValidationError) else "crash"), repr(error)[:300]
    if report.coverage.unclaimed or _folded(_record_text(report)) != _folded(text):
        return "lost", str(report.coverage)
    off = [d.code for d in report.diagnostics if d.code in ("G014", "G015")]
    return ("mended", off[0]) if off else ("parsed", "")


FINE = ("refused", "parsed", "mended")


def main(seconds: float, seed: int) -> int:
    """Try seeds for some time; 1 if there was a fault."""
    counts: Counter[str] = Counter()
    slowest, ends = 0.0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as name:
        while time.monotonic() < ends:
            began = time.monotonic()
            kind, why = fault(seed, Path(name))
            slowest = max(slowest, time.monotonic() - began)
            counts[f"{kind} {why}".strip() if kind in FINE else kind] += 1
            if kind not in FINE:
                print(seed, kind, why, flush=True)
            seed += 1
    print(f"{counts.total()} grammars, next seed {seed}, slowest {slowest:.1f} s", dict(counts.most_common()))
    return int(any(kind.split()[0] not in FINE for kind in counts))


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(float(given[0]) if given else 60.0, int(given[1]) if len(given) > 1 else 0))
