"""Mentions to decisions: what the body adopted, approved, elected, agreed on or took note of, one row per act."""

from collections.abc import Container, Iterator, Sequence

from confparse.extract.bodies import ReportingBody
from confparse.mentions.cascade import Cascade, Hit
from confparse.mentions.passages import Passage, Sentence
from confparse.model import Decision
from confparse.punctuation import COLONS, trimmed
from confparse.rules.grammar import Grammar
from confparse.rules.mentions import DecisionRule
from confparse.vocabularies import DecisionAct

_LISTED = 1000  # characters of an object with the items of its list


def decisions(cascade: Cascade, reporting: ReportingBody, of_others: bool, grammar: Grammar) -> tuple[Decision, ...]:
    """The acts of the body of the report, in reading order; their paragraph is the numbered one.

    In a paper that tells only `of_others`, those of its annexes.
    """
    rules = grammar.of(DecisionRule)
    kind = reporting.cover.kind if any(p.draft.element == "title" for p in cascade.index.passages) else None
    operative = {rule.id for rule in rules if rule.papers and _operative(cascade, kind, rule.papers)}
    acts = {name: entry.act for name, entry in grammar.lexicon.items() if entry.act is not None}
    hits: dict[int, Hit] = {}  # by the offset of the sentence: the first rule that reads it
    leading = {hit.sentence.base for _, hit in cascade.hits([r for r in rules if r.leads]) if _own(hit, reporting)}
    barred = {hit.sentence.base for _, hit in cascade.hits([rule for rule in rules if rule.bars])}
    others = [rule for rule in rules if not (rule.leads or rule.follows or rule.items or rule.bars)]
    for rule, hit in cascade.hits(others):
        if hit.sentence.base in barred:
            continue
        if rule.papers and not (rule.id in operative and _opens(hit)):
            continue
        if _runs(hit.sentence.passage) and _own(hit, reporting):
            hits.setdefault(hit.sentence.base, hit)
    for _, hit in cascade.hits([rule for rule in rules if rule.follows]):
        before = cascade.index.sentence_at(max(0, hit.sentence.base - 2))
        if (
            hit.sentence.base not in barred
            and _goes_on(hit.sentence.passage, before, hits, leading)
            and _runs(hit.sentence.passage)
        ):
            hits.setdefault(hit.sentence.base, hit)
    items = cascade.hits([rule for rule in rules if rule.items])
    _take_items(hits, [(rule, hit) for rule, hit in items if hit.sentence.base not in barred])
    own = (hit for _, hit in sorted(hits.items()) if not of_others or hit.sentence.passage.part)
    rows = [row for hit in own for row in _rows(hit, acts, cascade)]
    return tuple(Decision(id=f"decision_{i}", **row) for i, row in enumerate(rows, 1))  # type: ignore[arg-type]


def _goes_on(passage: Passage, before: Sentence, deciding: Container[int], leading: Container[int]) -> bool:
    """Whether a sentence may continue with what the body did in the one before it: in the same paragraph, or after a
    decision in the same division.
    """
    if before.passage.paragraph.eid == passage.paragraph.eid:
        return before.base in deciding or before.base in leading
    return before.base in deciding and before.passage.divisions == passage.divisions


def _take_items(hits: dict[int, Hit], items: Sequence[tuple[DecisionRule, Hit]]) -> None:
    """Put the acts in the items of a list in the place of the sentence that leads to them."""
    heads = {hit.sentence.passage.eid: base for base, hit in hits.items() if getattr(hit.rule, "heads", False)}
    for _, hit in items:
        above = hit.sentence.passage.above
        if above and above[-1].eid in heads and not hit.sentence.start:
            hits.setdefault(hit.sentence.base, hit)
    for base in heads.values():  # what leads to a list is not a separate act
        del hits[base]


def _operative(cascade: Cascade, kind: str | None, papers: Sequence[str]) -> bool:
    """Whether the paper is a decision, or a volume of them: a report that quotes one reports it in its own
    paragraphs.
    """
    numbered = [p for p in cascade.index.passages if p.draft.element == "paragraph" and not p.part]
    return kind in papers or all(any(draft.role == "decision" for draft in p.above) for p in numbered)


def _opens(hit: Hit) -> bool:
    """Whether a sentence opens a numbered paragraph of the body of a paper."""
    passage = hit.sentence.passage
    return not hit.sentence.start and passage.draft.element == "paragraph" and not passage.part


def _runs(passage: Passage) -> bool:
    return passage.runs and (passage.draft.element != "subparagraph" or passage.paragraph.eid == passage.eid)


def _own(hit: Hit, reporting: ReportingBody) -> bool:
    """Whether a sentence tells what the body of the report did."""
    bodies = [hit.text(*hit.stretch(*span)) for span in hit.groups("body")]
    return not any(reporting.is_another(body) for body in bodies)


def _rows(hit: Hit, acts: dict[str, DecisionAct], cascade: Cascade) -> Iterator[dict[str, object]]:
    """The acts of one sentence, each with its object; those of a list below it with its items."""
    sentence = hit.sentence
    objects, verbs = hit.groups("object"), _acts(hit, acts)
    whole = (sentence.base, sentence.base + len(sentence.text))
    if not verbs:
        yield _row(hit, _act(hit, None, acts), None, whole, cascade)
    for i, verb in enumerate(verbs):
        end = verbs[i + 1][0] if i + 1 < len(verbs) else len(hit.encoded.text)
        own = [span for span in objects if verb[0] < span[1] and span[0] < end] or ([] if i else objects[:1])
        extent = (own[0][0], own[-1][1]) if own else None
        span = whole if len(verbs) == 1 else (hit.stretch(*verb)[0], hit.stretch(*(extent or verb))[1])
        yield _row(hit, _act(hit, verb, acts), extent, span, cascade)


def _acts(hit: Hit, acts: dict[str, DecisionAct]) -> list[tuple[int, int]]:
    """The verbs of a hit; one that continues the act before it is not listed again."""
    out: list[tuple[int, int]] = []
    for verb in hit.groups("verb"):
        if not out or _act(hit, verb, acts) != _act(hit, out[-1], acts):
            out.append(verb)
    return out


def _act(hit: Hit, verb: tuple[int, int] | None, acts: dict[str, DecisionAct]) -> DecisionAct:
    classes = [name for mention in hit.encoded.mentions(*verb) for name in mention.classes] if verb else []
    act = next((acts[name] for name in classes if name in acts), None)
    return act or getattr(hit.rule, "act", None) or "decided"


def _row(
    hit: Hit, act: DecisionAct, own: tuple[int, int] | None, span: tuple[int, int], cascade: Cascade
) -> dict[str, object]:
    sentence = hit.sentence
    stated = trimmed(hit.shown(hit.loose(*own))) if own else ""
    reaches_end = own is None or hit.stretch(*own)[1] >= sentence.base + len(sentence.text) - 1
    if sentence.text.endswith(COLONS) and reaches_end:
        items = [trimmed(item.shown(0, len(item.text))) for item in cascade.index.items(sentence.passage)]
        listed = "; ".join(filter(None, [stated, *items]))
        stated = listed if len(listed) <= _LISTED else stated
    start, end = (at - sentence.base for at in span)
    return {
        "paragraph": sentence.passage.paragraph.eid,
        "act": act,
        "object": stated or None,
        "span": sentence.span(start, end),
        "rule": hit.rule.id,
    }
