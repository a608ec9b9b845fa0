"""Sentences to decisions: what the body adopted, approved, elected, agreed on or took note of."""

from confparse.model import Cover, Decision
from confparse.names import of_another_body
from confparse.passages import Sentence, Told
from confparse.rules.extraction import Deciding
from confparse.rules.grammar import Grammar
from confparse.rules.patterns import Watch


def _operative(sentence: Sentence, kind: str | None, rule: Deciding) -> bool:
    """Whether a sentence opens a numbered paragraph of a decision, or of a paper that is one; not of its annex or a draft."""
    passage = sentence.passage
    if sentence.start or passage.draft.element != "paragraph" or passage.part:
        return False
    return kind in rule.papers or any(d.role == "decision" for d in passage.above)


def decisions(told: Told, cover: Cover, grammar: Grammar, watch: Watch) -> tuple[Decision, ...]:
    """One decision a sentence that decides, by the first rule that matches it; its paragraph is the numbered one."""
    out: list[Decision] = []
    kind = cover.kind if any(passage.draft.element == "title" for passage in told.passages) else None
    for sentence, rules in told.in_sentences(grammar.of(Deciding)):
        if sentence.passage.draft.element == "subparagraph":
            continue
        read = [rule for rule in rules if not rule.papers or _operative(sentence, kind, rule)]
        found = ((rule, grammar.matcher(rule).search(sentence.text, watch)) for rule in read)
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
