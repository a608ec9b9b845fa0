"""Speed as ratios, measured in one run on one machine: `make bench`.

    python benchmarks/bench.py [--quick] [--peers] [CORPUS]

Start: `confparse SAMPLE` against `python -c pass`, whole processes, caches warm. Throughput: the whole job, all
records, JSON Lines, one process, against reference passes over the same files: read bytes, decode UTF-8, split into
lines, one search of a character class, dump the lines as JSON. Growth: time per MB as one file grows, and as files
become many. Texts are made from samples/; CORPUS, a folder of real dumps, is measured too if it is given. `--peers`
adds other tools if they are installed: their speed, and what share of the true paragraphs each gives back.
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from peers import PEERS, recall
from texts import SAMPLES, long_report, report_files

COMMAND = [sys.executable, "-m", "confparse"]
_CLASS = re.compile("[\ue000-\uf8ff]")


def seconds(call: Callable[[], object], runs: int = 3) -> float:
    """The fastest of some runs."""
    times = []
    for _ in range(runs):
        began = perf_counter()
        call()
        times.append(perf_counter() - began)
    return min(times)


def process(command: Sequence[str]) -> None:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}  # as users run it: bytecode is kept
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)


def row(name: str, value: str, aim: str = "") -> None:
    print(f"{name:<44} {value:>12}   {aim}", flush=True)


def start(runs: int) -> None:
    """Whole processes, in turn, so that both meet the same machine."""
    script = Path(sys.executable).parent / "confparse"
    pairs = []
    for sample in (SAMPLES[0], SAMPLES[3]):
        process([str(script), str(sample)])
        for _ in range(runs):
            own = seconds(lambda sample=sample: process([str(script), str(sample)]), 1)
            pairs.append(own / seconds(lambda: process([sys.executable, "-c", "pass"]), 1))
    row("start: confparse SAMPLE / python -c pass", f"{statistics.median(pairs):.1f}", "at most 8, goal 5")


def reference(files: Sequence[Path]) -> None:
    for file in files:
        text = file.read_bytes().decode("utf-8", "replace")
        lines = text.split("\n")
        _CLASS.search(text)
        json.dumps(lines, ensure_ascii=False)


def whole_job(files: Sequence[Path]) -> None:
    from confparse.formats.record import dumps
    from confparse.pipeline import parse_source
    from confparse.rules.load import load_grammar
    from confparse.text.decode import decode

    grammar = load_grammar()
    for file in files:
        dumps(parse_source(decode(file.read_bytes(), file.name), grammar).report, "jsonl")


def throughput(name: str, files: Sequence[Path]) -> None:
    whole_job(files[:3])
    size = sum(file.stat().st_size for file in files) / 1e6
    ours, theirs = seconds(lambda: whole_job(files), 1), seconds(lambda: reference(files))
    row(f"throughput on {name}: job / reference", f"{ours / theirs:.0f}", "at most 12, goal 6")
    print(f"    {size:.1f} MB: {size / ours:.2f} MB/s where the reference does {size / theirs:.0f}")


def growth(folder: Path, sizes: Sequence[int]) -> None:
    """Time per MB and peak memory of one file to YAML, each in a process of its own."""
    per_mb = []
    for size in sizes:
        file = folder / f"{size}.txt"
        file.write_text(long_report(size), encoding="utf-8")
        taken, peak = _child([*COMMAND, str(file)])
        megabytes = file.stat().st_size / 1e6
        per_mb.append(taken / megabytes)
        print(
            f"    {megabytes:6.1f} MB in one file: {taken / megabytes:5.2f} s/MB,"
            f" peak {peak / megabytes:6.1f} times its size"
        )
        if size >= 1_000_000:
            row("    peak memory - 60 MB, as times of the file", f"{max(0, peak - 60) / megabytes:.0f}", "at most 30")
    row("growth of one file: most / least time per MB", f"{max(per_mb) / min(per_mb):.2f}", "at most 1.3")


def _child(command: Sequence[str]) -> tuple[float, float]:
    """Processor seconds without those of an empty run, and peak memory in MB."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "u = resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True)
    used, peak = done.stdout.split()
    empty = subprocess.run(
        [sys.executable, "-c", code, *COMMAND, "-"],
        check=True,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    return float(used) - float(empty.stdout.split()[0]), float(peak) / 1024


def many_files(folder: Path, counts: Sequence[int]) -> None:
    per_mb = []
    for count in counts:
        files = report_files(folder / f"in{count}", count)
        megabytes = sum(file.stat().st_size for file in files) / 1e6
        used, _ = _child([*COMMAND, "batch", str(files[0].parent), "-o", str(folder / f"out{count}"), "-j", "1"])
        per_mb.append(used / megabytes)
        print(f"    {count:6} files: {per_mb[-1]:5.2f} s/MB")
    row("growth of many files: most / least time per MB", f"{max(per_mb[1:]) / min(per_mb[1:]):.2f}", "at most 1.3")


def processes(folder: Path, count: int) -> None:
    files = report_files(folder / "two", count)
    batch = [*COMMAND, "batch", str(files[0].parent), "-f", "json"]
    one = seconds(lambda: process([*batch, "-o", str(folder / "j1"), "-j", "1"]), 1)
    two = seconds(lambda: process([*batch, "-o", str(folder / "j2"), "-j", "2"]), 1)
    row("two processes: times as fast as one", f"{one / two:.2f}", f"at least 1.6 ({os.cpu_count()} cores)")


def peers(size: int) -> None:
    """Other tools on one text: time against ours, and paragraphs given back whole."""
    text = long_report(size)
    for name, cut in PEERS.items():
        try:
            taken, whole = seconds(lambda cut=cut: cut(text), 1), recall(cut)
        except ImportError:
            print(f"    {name:<28} not installed")
        except Exception as error:  # whatever another tool raises, the others are measured
            print(f"    {name:<28} does not run here: {str(error).splitlines()[0]}")
        else:
            print(f"    {name:<28} {len(text.encode()) / 1e6 / taken:7.2f} MB/s   true paragraphs whole: {whole:5.1%}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus", nargs="?", type=Path)
    options.add_argument("--quick", action="store_true", help="small sizes only")
    options.add_argument("--peers", action="store_true", help="other tools too")
    asked = options.parse_args()
    sizes = (100_000, 1_000_000) if asked.quick else (100_000, 1_000_000, 10_000_000, 50_000_000)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        start(5 if asked.quick else 15)
        throughput("texts from samples", report_files(folder / "made", 60 if asked.quick else 300))
        if asked.corpus and asked.corpus.is_dir():
            throughput("the corpus", [file for file in sorted(asked.corpus.rglob("*.txt")) if file.is_file()])
        processes(folder, 100 if asked.quick else 400)
        growth(folder, sizes)
        many_files(folder, (1, 100) if asked.quick else (1, 100, 10_000))
        if asked.peers:
            peers(200_000)
    print(f"    peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
