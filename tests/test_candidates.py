"""How much the text of a label looks like a heading: weighed before any series is looked for."""

from confparse.labels.candidates import candidates
from confparse.layout.lines import measure
from confparse.layout.types import PageLayout
from confparse.rules.load import load_grammar
from confparse.rules.time_budget import TimeBudget
from confparse.text.decode import decode
from confparse.text.normalize import normalize


def headingish(text: str) -> list[float]:
    grammar = load_grammar()
    lines = measure(normalize(decode(text.encode(), "report.txt"), grammar, TimeBudget()), grammar, TimeBudget())
    return [
        found.headingish for found in candidates(PageLayout(lines, {}, (), None, 0, False, ()), grammar, TimeBudget())
    ]


def test_a_text_that_runs_on_to_a_stop_is_a_sentence() -> None:
    sentence, title = headingish(
        "1.\n"
        "Affirms the right of the harbour towns to take part on\n"
        "equal terms in the survey of the northern coast and in every other work that may\n"
        "be carried out under it;\n"
        "2.\n"
        "Survey of the northern coast and of the harbour towns\n"
    )
    assert sentence < 0.5 <= title


def test_a_title_is_none_for_the_sentence_below_the_next_label() -> None:
    title, sentence = headingish(
        "1. Survey of the northern coast and of the harbour towns in the two\n"
        "2. The Board heard the sponsors of the draft, who spoke of the work that was left to do\n"
        "in the towns.\n"
    )
    assert sentence < 0.5 <= title


def test_a_title_of_one_short_line_is_none_for_the_text_below_it() -> None:
    (title,) = headingish(
        "1. Survey of the coast\n"
        "The Board heard the sponsors of the draft, who spoke of the work that was left to do\n"
        "in the towns.\n"
    )
    assert title >= 0.5
