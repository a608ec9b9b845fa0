"""Texts for benchmarks, made from the samples by a seeded generator: whole reports and long ones, in both languages."""

import random
import re
from pathlib import Path

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*/raw.txt"))
_NUMBER = re.compile(r"(?m)^([ \t]*)(\d{1,3})([.．] )(?=\S)")


def long_report(size: int, seed: int = 1) -> str:
    """A report of about `size` bytes: the samples' texts one after the other, their paragraphs numbered through."""
    chance = random.Random(seed)
    texts = [sample.read_text(encoding="utf-8") for sample in SAMPLES]
    parts: list[str] = []
    total, number = 0, 0
    while total < size:
        text = chance.choice(texts)
        lines = text.split("\n")
        cut = chance.randrange(len(lines) // 3)
        part = "\n".join(lines[cut:])

        def count(match: re.Match[str]) -> str:
            nonlocal number
            number += 1
            return f"{match[1]}{number}{match[3]}"

        part = _NUMBER.sub(count, part)
        parts.append(part)
        total += len(part.encode())
    return "\n".join(parts)


def report_files(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """So many files in a folder, each one sample with some of its lines left out."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    texts = [sample.read_text(encoding="utf-8") for sample in SAMPLES]
    files = []
    for i in range(count):
        lines = chance.choice(texts).split("\n")
        kept = [line for line in lines if chance.random() > 0.02]
        files.append(folder / f"{i:05}.txt")
        files[-1].write_text("\n".join(kept), encoding="utf-8")
    return files
