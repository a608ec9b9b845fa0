"""Memory that confparse takes for texts of many shapes: MiB for each MB of input, as the slope between two sizes.

    python benchmarks/memory.py [MEGABYTES] [SHAPE ...]

The process is measured from outside, so it runs where wait4() tells the largest size that a child had.
"""

import os
import sys
import tempfile
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples" / "session-en-layout" / "raw.txt"
SHAPES = {
    "letters": "a\n",
    "hyphens": "-\n",
    "apart": "a\n\n",
    "han": "中\n",
    "words": "ab cd ef.\n",
    "items": "- a\n",
    "bracketed": "(a) x\n",
    "symbols": "A/1\n",
    "notes": "1 a\n",
    "pages": "a\f",
    "lettered": "(a)\n",
    "numbered": "1.\n",
    "digits": "1\n",
    "counted": "%d. a\n",
    "mixed": "a\n-\n1.\n(a)\n",
    "listed": "%d. a\n(a) x\n- a\n",
}  # %d: a number that counts up
MIB, MB = 1024, 1_000_000  # of the kilobytes that wait4() gives, and of bytes


def text(shape: str, size: int) -> bytes:
    """So many bytes of a shape."""
    if shape == "sample":
        piece = SAMPLE.read_bytes()
    elif "%d" in SHAPES[shape]:
        return "".join(SHAPES[shape] % i for i in range(1, size // len(SHAPES[shape] % size) + 1)).encode()
    else:
        piece = SHAPES[shape].encode()
    return piece * (size // len(piece) + 1)


def most_memory(data: bytes) -> float:
    """MiB that parsing takes at most."""
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.txt"
        dump.write_bytes(data)
        child = os.fork()
        if child == 0:
            command = [sys.executable, "-m", "confparse", str(dump), "-f", "jsonl", "-o", os.devnull]
            os.execv(sys.executable, command)
        _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"confparse failed with status {status}")
    return used.ru_maxrss / MIB


def main(arguments: list[str]) -> None:
    """Print a row per shape: its name, MiB at the full size, MiB per MB between half of it and all."""
    size = int(float(arguments[0]) * MB) if arguments else MB
    for shape in arguments[1:] or (*SHAPES, "sample"):
        half, whole = text(shape, size // 2), text(shape, size)
        low, high = most_memory(half), most_memory(whole)
        print(f"{shape}\t{high:.0f}\t{(high - low) * MB / (len(whole) - len(half)):.0f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
