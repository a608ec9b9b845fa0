"""How the work grows with the text: processor time of a text of repeated pieces against a quarter of it.

    python benchmarks/growth.py [PIECE ...]

One row per piece, the steepest first: the piece, the ratio (4.0 is linear, 16 quadratic), seconds of the whole text. On
a shared machine single rows reach 6 by chance; a row that stays above 8 in a second run is a rule that searches a list
or tries pairs of places.
"""

import sys
import time
from pathlib import Path

from confparse.pipeline import parse

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from fuzz.pieces import PIECES, repeated

SIZE, TIMES, RUNS = (
    6_000,
    4,
    3,
)  # characters of the smaller text; how much longer the other is; runs, of which the fastest counts


def seconds(text: str) -> float:
    """Processor time of one parse, in seconds: the least of the runs."""
    times = []
    for _ in range(RUNS):
        began = time.process_time()
        parse(text)
        times.append(time.process_time() - began)
    return min(times)


def main(pieces: list[str]) -> None:
    """Print the table."""
    rows = []
    for piece in pieces or PIECES:
        small, large = seconds(repeated(piece, SIZE)), seconds(repeated(piece, SIZE * TIMES))
        rows.append((large / small, piece, large))
    for ratio, piece, large in sorted(rows, reverse=True):
        print(f"{piece!r}\t{ratio:.1f}\t{large:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
