"""Coverage-guided fuzzing: any bytes in, a valid record or one clear error out, nothing lost, time linear.

    pip install atheris
    python tests/fuzz/fuzz_parse.py CORPUS_DIR -max_total_time=1200 -max_len=4096

Seeds are the samples, cut into pieces; what it finds becomes a test in tests/test_hostile.py.
"""

import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["confparse"]):
    from confparse import InputError, dumps
    from confparse.pipeline import parse

import json

import jsonschema_rs

from confparse.formats.schemas import report_schema

SCHEMA = jsonschema_rs.validator_for(report_schema())
SECONDS = 5.0  # of processor time: far above what any input of this size may take
SAMPLES = Path(__file__).parents[2] / "samples"


def one_input(data: bytes) -> None:
    began = time.process_time()
    try:
        report = parse(data)
    except InputError:
        return
    assert report.coverage.unclaimed == 0, report.coverage
    assert not [d for d in report.diagnostics if d.code == "G012"], "a pattern was stopped"
    SCHEMA.validate(json.loads(dumps(report, "json")))
    assert time.process_time() - began < SECONDS, "too slow"


def seed(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for sample in sorted(SAMPLES.glob("*/raw.txt")):
        data = sample.read_bytes()
        for i in range(0, len(data), 1500):
            (folder / f"{sample.parent.name}-{i}").write_bytes(data[i : i + 1500])


if __name__ == "__main__":
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    if folders:
        seed(folders[0])
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
