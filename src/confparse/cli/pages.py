"""The pages of `confparse explain`: of a code, a rule, a kind of rules, and the list of all names."""

from collections.abc import Sequence

from confparse.cli.output import SEVERITY_STYLE, entry, line, prose
from confparse.diagnostics import catalogue, messages
from confparse.kind_reference import FieldText, holds, kind, kinds
from confparse.punctuation import CLOSING, OPENING
from confparse.reasons import reason
from confparse.rules.alphabet import CLASSES, names_in
from confparse.rules.base import Example, Pattern, Rule
from confparse.rules.grammar import Grammar
from confparse.rules.line_breaks import Boundary
from confparse.rules.mentions import MentionPattern

_EXAMPLES = 6  # examples on the page of a kind, at most
_WORDS = 30  # words on the page of a class, at most


def code_page(code: str, ui: str) -> None:
    """The page of a diagnostic."""
    code_entry, say = catalogue()[code], messages()
    severity = say[code_entry.severity].said(ui)
    line((f"{code} {code_entry.name}", "bold"))
    line(
        say["severity"].said(ui, severity=severity).removesuffix(severity),
        (severity, SEVERITY_STYLE[code_entry.severity]),
    )
    prose(say["says"].said(ui, message=code_entry.message.template(ui)))
    line("")
    prose(code_entry.page.said(ui))


def rule_page(rule_id: str, grammar: Grammar, ui: str) -> None:
    """The page of a rule: its reason, its patterns and evidence, its examples."""
    rule, say = grammar.rules[rule_id], messages()
    line((rule.id, "bold"), f" ({_kind_of(rule)}, {grammar.places[rule_id]})")
    prose(reason(rule, ui))
    _rule_body(rule, ui)
    line("")
    line(say["kind_page"].said(ui, kind=_kind_of(rule)))


def _kind_of(rule: Rule) -> str:
    return str(type(rule).__struct_config__.tag)


def _rule_body(rule: Rule, ui: str) -> None:
    say = messages()
    if isinstance(rule, Boundary):
        shown = [*rule.when, *(say["evidence_not"].said(ui, name=name) for name in rule.unless)]
        line("")
        line(say["decides"].said(ui, decide=rule.decide))
        prose(say["evidence"].said(ui, evidence=", ".join(shown) or "-"))
    if isinstance(rule, Pattern | Boundary) and rule.patterns:
        line("")
        line(say["patterns"].said(ui))
        for language, pattern in rule.patterns.items():
            line(f"  {language}: {pattern}")
    if rule.examples:
        line("")
        line(say["examples"].said(ui))
        _examples(rule.examples, ui)


def _examples(examples: Sequence[Example], ui: str) -> None:
    say = messages()
    for example in examples:
        verdict = say["matches" if example.match else "matches_not"].said(ui)
        why = say["in_brackets"].said(ui, text=reason(example, ui)) if example.why else ""
        prose(f"{verdict}{say['colon'].said(ui)}{example.text!r}{why}", indent="  ")


def kind_page(name: str, grammar: Grammar, ui: str) -> None:
    """The page of a kind of rules: what it is for, its fields, its groups, and one rule of the grammar as an
    example.
    """
    shown, say = kind(name), messages()
    line((name, "bold"), say["rule_kind"].said(ui))
    prose(shown.about.said(ui))
    line("")
    line(say["fields"].said(ui))
    _fields(shown.fields, "  ", ui)
    if shown.captures:
        line("")
        line(say["groups"].said(ui))
        for capture in shown.captures:
            needed = say["required_field"].said(ui) if capture.needed else say["optional_group"].said(ui)
            prose(f"{capture.name} ({needed}){say['colon'].said(ui)}{capture.about.said(ui)}", indent="  ")
    example = next((rule for rule in grammar.rules.values() if isinstance(rule, kinds()[name])), None)
    if example is not None:
        line("")
        line(say["for_example"].said(ui, rule=example.id))
        prose(reason(example, ui), indent="  ")
        _examples(example.examples[:_EXAMPLES], ui)


def class_page(name: str, grammar: Grammar, ui: str) -> None:
    """The page of a class of mentions: its words, the rules that make it, and those that read it."""
    say = messages()
    line((name, "bold"), say["mention_class"].said(ui))
    lexicon = grammar.lexicon.get(name)
    for language in ("en", "zh"):
        words = getattr(lexicon, language, ())
        if words:
            more = "…" if len(words) > _WORDS else ""
            prose(say["class_words"].said(ui, language=language, words=", ".join(words[:_WORDS]) + more))
    patterns = [rule for rule in grammar.rules.values() if isinstance(rule, MentionPattern)]
    makers = [rule.id for rule in grammar.rules.values() if getattr(rule, "makes", None) == name]
    read = [rule.id for rule in patterns if any(name in names_in(p) for p in rule.patterns.values())]
    for key, rules in (("class_made", makers), ("class_read", read)):
        if rules:
            prose(say[key].said(ui, rules=", ".join(rules)))


def _fields(fields: Sequence[FieldText], indent: str, ui: str) -> None:
    """Each field: its name, whether it is required, what it is for, what it may hold; below it the keys of its
    values.
    """
    say = messages()
    for field in fields:
        needed = (
            say["required_field"].said(ui) if field.default is None else say["default_is"].said(ui, value=field.default)
        )
        line(f"{indent}{field.name}", (f"  {needed}", "dim"))
        prose(field.about.said(ui), indent=f"{indent}    ")
        prose(holds(field.type, ui), indent=f"{indent}    ", style="dim")
        _fields(field.keys, f"{indent}    ", ui)


def names(grammar: Grammar, ui: str) -> None:
    """Every name that can be explained: the name, what it is, a few words."""
    say = messages()
    for code, code_entry in catalogue().items():
        entry(code, say[code_entry.severity].said(ui), code_entry.name)
    for name in kinds():
        entry(name, say["rule_kind"].said(ui), kind(name).about.said(ui))
    for rule in grammar.rules.values():
        entry(rule.id, _kind_of(rule), reason(rule, ui))
    for name in sorted(CLASSES):
        entry(
            name,
            say["mention_class"].said(ui).strip(f" {OPENING}{CLOSING}"),
            "",
        )
