"""Sentences to decisions: what the body adopted, approved, elected, agreed on or took note of."""

from collections.abc import Sequence

from confparse.extract.index import TextIndex
from confparse.extract.names import of_another_body
from confparse.extract.passages import Passage
from confparse.model import Cover, Decision
from confparse.rules.extraction import Deciding
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import TimeBudget


def _in_decision(passage: Passage) -> bool:
    return any(draft.role == "decision" for draft in passage.above)


def _operative(index: TextIndex, kind: str | None, papers: Sequence[str]) -> bool:
    """Whether the paper is a decision, or a volume of them: a report that quotes one tells of it in its own paragraphs."""
    numbered = [p for p in index.passages if p.draft.element == "paragraph" and not p.part]
    return kind in papers or all(_in_decision(passage) for passage in numbered)


def decisions(index: TextIndex, cover: Cover, grammar: Grammar, budget: TimeBudget) -> tuple[Decision, ...]:
    """One decision a sentence that decides, by the first rule that matches it; its paragraph is the numbered one."""
    out: list[Decision] = []
    deciding = grammar.of(Deciding)
    kind = cover.kind if any(passage.draft.element == "title" for passage in index.passages) else None
    operative = {rule.id for rule in deciding if rule.papers and _operative(index, kind, rule.papers)}
    for sentence, rules in index.in_sentences(deciding):
        if sentence.passage.draft.element == "subparagraph":
            continue
        opens = not sentence.start and sentence.passage.draft.element == "paragraph" and not sentence.passage.part
        read = [rule for rule in rules if not rule.papers or (opens and rule.id in operative)]
        found = ((rule, grammar.matcher(rule).search(sentence.text, budget)) for rule in read)
        rule, match = next(((rule, match) for rule, match in found if match is not None), (None, None))
        groups = match.groupdict() if match is not None else {}
        if rule is None or match is None or of_another_body(groups.get("body"), cover, grammar):
            continue
        stated = sentence.shown(*match.span("object")) if groups.get("object") else ""
        out.append(
            Decision(
                id=f"decision_{len(out) + 1}", paragraph=sentence.passage.paragraph.eid, act=rule.act,
                object=stated.strip() or None, span=sentence.span(0, len(sentence.text)), rule=rule.id,
            )
        )  # fmt: skip
    return tuple(out)
