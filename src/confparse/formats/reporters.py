"""FileDiagnostics files as machines read them: JSON, SARIF 2.1.0, GitHub annotations, JUnit XML."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from urllib.parse import quote
from xml.etree import ElementTree as xml

import msgspec

from confparse import __version__
from confparse.check import FileDiagnostics
from confparse.diagnostics import catalogue
from confparse.model import Diagnostic

_LEVEL = {"error": "error", "warning": "warning", "info": "note"}  # SARIF
_COMMAND = {"error": "error", "warning": "warning", "info": "notice"}  # GitHub
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def json(checked: Sequence[FileDiagnostics]) -> str:
    """A list of objects, one a file: name, error or diagnostics with columns."""
    rows = [
        {
            "file": c.name,
            **({"error": c.error.said("en")} if c.error else {}),
            "diagnostics": [{**msgspec.to_builtins(d), "columns": c.column(d)} for d in c.found],
        }
        for c in checked
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=1).decode("utf-8") + "\n"


def sarif(checked: Sequence[FileDiagnostics]) -> str:
    """One run: every code that was found as a rule, every diagnostic as a result. Columns count code points."""
    used = sorted({d.code for c in checked for d in c.found})
    run = {
        "tool": {"driver": {"name": "confparse", "version": __version__, "rules": [_rule(code) for code in used]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(checked)],
        "results": [_result(c, d, used) for c in checked for d in c.found],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1).decode("utf-8") + "\n"


def _invocation(checked: Sequence[FileDiagnostics]) -> dict[str, object]:
    notes = [
        {"level": "error", "message": {"text": c.error.said("en")}, "locations": [_place(c.name, None)]}
        for c in checked
        if c.error
    ]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _rule(code: str) -> dict[str, object]:
    entry = catalogue()[code]
    return {
        "id": code,
        "name": "".join(part.title() for part in entry.name.split("-")),
        "shortDescription": {"text": entry.name.replace("-", " ")},
        "fullDescription": {"text": entry.page.en},
        "defaultConfiguration": {"level": _LEVEL[entry.severity]},
    }


def _result(checked: FileDiagnostics, diagnostic: Diagnostic, used: list[str]) -> dict[str, object]:
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": used.index(diagnostic.code),
        "level": _LEVEL[diagnostic.severity],
        "message": {"text": diagnostic.message},
        "locations": [_place(checked.name, _region(checked, diagnostic))],
    }


def _region(checked: FileDiagnostics, diagnostic: Diagnostic) -> dict[str, int] | None:
    if diagnostic.span is None or diagnostic.lines is None:
        return None
    first, last = checked.column(diagnostic)
    return {
        "startLine": diagnostic.lines[0], "startColumn": first, "endColumn": last + 1,
        "charOffset": diagnostic.span[0], "charLength": diagnostic.span[1] - diagnostic.span[0],
    }  # fmt: skip


def _place(name: str, region: dict[str, int] | None) -> dict[str, object]:
    uri = quote(PurePath(name).as_posix())
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, **({"region": region} if region else {})}}


def github(checked: Iterable[FileDiagnostics]) -> str:
    """Workflow commands, one line a diagnostic: GitHub shows them beside the lines of the file."""
    lines = []
    for c in checked:
        if c.error:
            lines.append(f"::error file={_property(c.name)}::{_data(c.error.said('en'))}")
        for d in c.found:
            first, last = c.column(d)
            place = f",line={d.lines[0]},col={first},endColumn={last}" if d.lines else ""
            title = f",title={_property(f'{d.code} {d.name}')}"
            lines.append(f"::{_COMMAND[d.severity]} file={_property(c.name)}{place}{title}::{_data(d.message)}")
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit(checked: Sequence[FileDiagnostics]) -> str:
    """One test a file: it fails by its errors and warnings, and errs where it could not be read."""
    bad = {c.name: [d for d in c.found if d.severity != "info"] for c in checked}
    suite = xml.Element(
        "testsuite", name="confparse", tests=str(len(checked)), errors=str(sum(c.error is not None for c in checked)),
        failures=str(sum(bool(found) for found in bad.values())), skipped="0",
    )  # fmt: skip
    for c in checked:
        case = xml.SubElement(suite, "testcase", classname="confparse", name=_text(c.name))
        if c.error:
            xml.SubElement(case, "error", message=_text(c.error.said("en")), type="input")
        if bad[c.name]:
            lines = [f"{c.name}:{d.lines[0] if d.lines else 1}: {d.code} {d.message}" for d in bad[c.name]]
            failure = xml.SubElement(case, "failure", message=_text(lines[0]), type=bad[c.name][0].code)
            failure.text = _text("\n".join(lines))
    root = xml.Element("testsuites", name="confparse", tests=str(len(checked)))
    root.append(suite)
    xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def _text(text: str) -> str:
    """Without the characters that XML has no place for."""
    return _NOT_XML.sub("\ufffd", text)
