"""Diagnostics as machines read them: JSON, SARIF 2.1.0, GitHub annotations, GitLab code quality, JUnit XML.

A severity keeps its name if the format has one for it; SARIF and GitHub use their own word for `info`.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from urllib.parse import quote
from xml.etree import ElementTree as xml

import msgspec

from confparse import __version__
from confparse.checks import LEAST, RANK, FileDiagnostics
from confparse.diagnostics import catalogue
from confparse.model import Diagnostic
from confparse.visible import escaped_json, in_markup, visible

_LEVEL = {"error": "error", "warning": "warning", "info": "note"}  # SARIF
_COMMAND = {"error": "error", "warning": "warning", "info": "notice"}  # GitHub
_GITLAB = {"error": "critical", "warning": "minor", "info": "info"}  # code quality
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report(checked: Sequence[FileDiagnostics], format: str, fail_on: str) -> str:
    """All files in one of the formats `json`, `sarif`, `github`, `gitlab`, `junit`."""
    if format == "junit":
        return junit(checked, LEAST[fail_on])
    return {"json": json, "sarif": sarif, "github": github, "gitlab": gitlab}[format](checked)


def gitlab(checked: Sequence[FileDiagnostics]) -> str:
    """A code quality report: a list of issues, each with a fingerprint that its line number does not change."""
    rows: list[dict[str, object]] = []
    counts: dict[str, int] = {}
    for c in checked:
        if c.error:
            rows.append(_issue(c.name, "input", c.error.said("en"), "blocker", 1, counts))
        for d in c.diagnostics:
            first = d.lines[0] if d.lines else 1
            rows.append(_issue(c.name, d.code, f"{d.code} {d.name}: {d.message}", _GITLAB[d.severity], first, counts))
    return escaped_json(msgspec.json.format(msgspec.json.encode(rows), indent=1).decode("utf-8")) + "\n"


def _issue(name: str, code: str, message: str, severity: str, line: int, counts: dict[str, int]) -> dict[str, object]:
    same = f"{name}\n{code}\n{message}"
    counts[same] = counts.get(same, 0) + 1
    return {
        "type": "issue",
        "check_name": code,
        "description": visible(message),
        "categories": ["Style"],
        "severity": severity,
        "fingerprint": hashlib.sha256(f"{same}\n{counts[same]}".encode("utf-8", "replace")).hexdigest(),
        "location": {"path": PurePath(name).as_posix(), "lines": {"begin": line}},
    }


def json(checked: Sequence[FileDiagnostics]) -> str:
    """A JSON array with one object per file: name, error or diagnostics with columns."""
    rows = [
        {
            "file": c.name,
            **({"error": c.error.said("en")} if c.error else {}),
            "diagnostics": [{**msgspec.to_builtins(d), "columns": c.column(d)} for d in c.diagnostics],
        }
        for c in checked
    ]
    return escaped_json(msgspec.json.format(msgspec.json.encode(rows), indent=1).decode("utf-8")) + "\n"


def sarif(checked: Sequence[FileDiagnostics]) -> str:
    """One run: every code that was found as a rule, every diagnostic as a result. Columns count code points."""
    used = sorted({d.code for c in checked for d in c.diagnostics})
    run = {
        "tool": {"driver": {"name": "confparse", "version": __version__, "rules": [_rule(code) for code in used]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(checked)],
        "results": [_result(c, d, used) for c in checked for d in c.diagnostics],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped_json(msgspec.json.format(msgspec.json.encode(log), indent=1).decode("utf-8")) + "\n"


def _invocation(checked: Sequence[FileDiagnostics]) -> dict[str, object]:
    notes = [
        {"level": "error", "message": {"text": c.error.said("en")}, "locations": [_place(c.name, None)]}
        for c in checked
        if c.error
    ]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _rule(code: str) -> dict[str, object]:
    entry = catalogue()[code]
    page = entry.page.said("en")
    return {
        "id": code,
        "name": "".join(part.title() for part in entry.name.split("-")),
        "shortDescription": {"text": entry.name.replace("-", " ")},
        "fullDescription": {"text": page},
        "help": {"text": page, "markdown": f"**{code} {entry.name}** ({entry.severity})\n\n{page}"},
        "defaultConfiguration": {"level": _LEVEL[entry.severity]},
    }


def _result(checked: FileDiagnostics, diagnostic: Diagnostic, used: list[str]) -> dict[str, object]:
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": used.index(diagnostic.code),
        "level": _LEVEL[diagnostic.severity],
        "message": {"text": visible(diagnostic.message)},
        "properties": {"severity": diagnostic.severity, "rule": diagnostic.rule or ""},
        "locations": [_place(checked.name, _region(checked, diagnostic))],
    }


def _region(checked: FileDiagnostics, diagnostic: Diagnostic) -> dict[str, int] | None:
    if diagnostic.span is None or diagnostic.lines is None:
        return None
    first, last = checked.column(diagnostic)
    start, end = diagnostic.span
    place = {"startLine": diagnostic.lines[0], "startColumn": first, "endColumn": last + 1}
    return {**place, "charOffset": start, "charLength": end - start}


def _place(name: str, region: dict[str, int] | None) -> dict[str, object]:
    uri = quote(PurePath(name).as_posix())
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, **({"region": region} if region else {})}}


def github(checked: Iterable[FileDiagnostics]) -> str:
    """Workflow commands, one line per diagnostic: GitHub shows them beside the lines of the file."""
    lines = []
    for c in checked:
        if c.error:
            lines.append(f"::error file={_property(c.name)}::{_data(c.error.said('en'))}")
        for d in c.diagnostics:
            first, last = c.column(d)
            place = f",line={d.lines[0]},col={first},endColumn={last}" if d.lines else ""
            title = f",title={_property(f'{d.code} {d.name}')}"
            lines.append(f"::{_COMMAND[d.severity]} file={_property(c.name)}{place}{title}::{_data(d.message)}")
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit(checked: Sequence[FileDiagnostics], least: int) -> str:
    """One test per file: it fails by diagnostics of the rank `least` and above, and errs if it could not be read.

    What is less severe is in the test's `system-out`.
    """
    bad = [[d for d in c.diagnostics if RANK[d.severity] >= least] for c in checked]
    counts: dict[str, int] = {
        "tests": len(checked),
        "errors": sum(c.error is not None for c in checked),
        "failures": sum(map(bool, bad)),
    }
    suite = xml.Element("testsuite", {"name": "confparse", "skipped": "0"} | {k: str(v) for k, v in counts.items()})
    for c, failing in zip(checked, bad, strict=True):
        case = xml.SubElement(suite, "testcase", classname="confparse", name=_text(c.name))
        if c.error:
            xml.SubElement(case, "error", message=_text(c.error.said("en")), type="input")
        if failing:
            failure = xml.SubElement(case, "failure", message=_row(c, failing[0]), type=failing[0].code)
            failure.text = "\n".join(_row(c, d) for d in failing)
        if others := [_row(c, d) for d in c.diagnostics if d not in failing]:
            xml.SubElement(case, "system-out").text = "\n".join(others)
    root = xml.Element("testsuites", name="confparse", tests=str(len(checked)))
    root.append(suite)
    xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def _row(checked: FileDiagnostics, d: Diagnostic) -> str:
    return _text(f"{checked.name}:{d.lines[0] if d.lines else 1}: {d.severity} {d.code} {d.message}")


def _text(text: str) -> str:
    """One line, without the characters that XML has no place for."""
    return in_markup(visible(text))
