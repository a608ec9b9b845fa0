"""Passages to decisions: what the body adopted, approved, elected, agreed on or took note of."""

from collections.abc import Sequence

from confparse.model import Decision
from confparse.passages import Passage
from confparse.rules.kinds import Deciding, SentenceEnd
from confparse.rules.load import Grammar
from confparse.rules.patterns import Watch
from confparse.spans import sentences


def decisions(passages: Sequence[Passage], grammar: Grammar, watch: Watch) -> tuple[Decision, ...]:
    """One decision a sentence that decides, by the first rule that matches it; its paragraph is the numbered one."""
    ends = [grammar.matcher(rule) for rule in grammar.of(SentenceEnd)]
    rules = [(rule, grammar.matcher(rule)) for rule in grammar.of(Deciding)]
    out: list[Decision] = []
    for passage in passages:
        if passage.draft.element not in ("paragraph", "p"):
            continue
        for start, end in sentences(passage.matched, ends, watch):
            piece = passage.matched[start:end]
            for rule, matcher in rules:
                match = matcher.search(piece, watch)
                if match is None:
                    continue
                groups = match.groupdict()
                stated = (
                    passage.shown[start + match.start("object") : start + match.end("object")]
                    if groups.get("object")
                    else ""
                )
                out.append(
                    Decision(
                        id=f"decision_{len(out) + 1}", paragraph=passage.paragraph.eid, act=rule.act,
                        object=stated.strip() or None, span=passage.span(start, end), rule=rule.id,
                    )
                )  # fmt: skip
                break
    return tuple(out)
