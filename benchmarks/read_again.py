"""Reading what was written: the contents of a record, printed one block per paragraph, parsed again.

    python benchmarks/read_again.py FILE...

For each file: blocks of the first record, the share of them that the second holds with the same kind and text, whether
a third reading equals the second, and which kinds were lost.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from confparse import InputError, load_grammar, parse
from confparse.model import Node, Report
from confparse.pipeline import parse_source
from confparse.sources.inputs import read_source

Block = tuple[str, str]  # the element, and its label with its text, white space removed


def blocks(report: Report) -> list[Block]:
    """What a record holds, in reading order."""
    out = []
    for node in report.walk():
        text = f"{node.num or ''}{node.heading or ''}{node.content or ''}"
        out.append((node.element, "".join(text.split())))
    return out


def label(node: Node, text: str) -> str:
    """The label of a node as a report prints it: a record has it without white space, which no report prints so."""
    if not node.num:
        return ""
    found = re.match(r"\s*".join(map(re.escape, node.num)), text[node.span[0] :])
    return " ".join(found[0].split()) if found else node.num


def shown(node: Node, text: str) -> str | None:
    """The content of a node as a report prints it: a table with the blanks between its columns, which a record has
    not.
    """
    own = text[slice(*node.span)]
    as_printed = node.element == "table" and node.content and "".join(own.split()) == "".join(node.content.split())
    return own if as_printed else node.content


def printed(report: Report, text: str) -> str:
    """The contents of the record of a text, a block per paragraph, a blank line between two."""
    out = []
    for node in report.walk():
        words = (label(node, text), node.heading, shown(node, text))
        out.append(" ".join(word for word in words if word))
    return "\n\n".join(text for text in out if text) + "\n"


def main(files: list[str]) -> None:
    """Print a row per file, and the sum."""
    total, kept, grammar = 0, 0, load_grammar()
    for name in files:
        try:
            source = read_source(Path(name))
        except InputError as error:
            print(error, file=sys.stderr)
            continue
        first = parse_source(source, grammar).report
        text = printed(first, source.text)
        second = parse(text)
        third = parse(printed(second, text))
        before, after = Counter(blocks(first)), Counter(blocks(second))
        lost = before - after
        total, kept = total + before.total(), kept + (before & after).total()
        kinds = Counter(kind for kind, _ in lost.elements())
        share = (before & after).total() / max(1, before.total())
        stable = Counter(blocks(third)) == after
        print(f"{share:.3f}\t{before.total()}\t{'stable' if stable else 'CHANGES'}\t{Path(name).name}\t{dict(kinds)}")
    print(f"{kept / max(1, total):.4f} of {total} blocks")


if __name__ == "__main__":
    main(sys.argv[1:])
