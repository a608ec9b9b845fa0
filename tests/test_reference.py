"""The documentation says what the program says: generated pages, schemas, man pages; every command of the guides works."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args, get_type_hints

import jsonschema_rs
import pytest
import yaml
from conftest import ROOT
from test_cli import ENV, run

from confparse.cli.settings import find_settings
from confparse.mentions.selftest import failures
from confparse.rules.load import load_grammar
from confparse.rules.structure import LabelReading

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))


def _generated() -> dict[str, bytes]:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: dict[str, bytes] = module.files()
    return made


def test_the_generated_files_are_those_of_the_program() -> None:
    """`make reference` writes them anew."""
    stale = [name for name, data in _generated().items() if (DOCS / name).read_bytes() != data]
    assert stale == []


@pytest.mark.parametrize("what", ["report", "grammar"])
def test_the_published_schema_is_the_one_that_is_printed(what: str) -> None:
    name = {"report": "confparse-1", "grammar": "grammar-1"}[what]
    text = (DOCS / "schemas" / f"{name}.schema.json").read_bytes()
    assert text == run("schema", what).stdout
    schema = json.loads(text)
    assert schema["$id"].endswith(f"/{name}.schema.json")
    jsonschema_rs.meta.validate(schema)


def test_every_type_and_field_of_the_schema_is_described() -> None:
    lacking = []
    for what in ("report", "grammar"):
        for name, definition in json.loads(run("schema", what).stdout)["$defs"].items():
            lacking += [name] * ("description" not in definition)
            lacking += [f"{name}.{k}" for k, v in definition.get("properties", {}).items() if "description" not in v]
    assert lacking == []


def _blocks(language: str, pages: list[Path]) -> list[tuple[str, str]]:
    """(page, code) of every block of a language, by page."""
    found = []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        found += [
            (page.relative_to(ROOT).as_posix(), block) for block in re.findall(rf"```{language}\n(.*?)```", text, re.S)
        ]
    return found


@pytest.mark.parametrize(
    "page", [p for p in PAGES if "```sh" in p.read_text(encoding="utf-8")], ids=lambda p: p.relative_to(DOCS).as_posix()
)
def test_the_commands_of_a_guide_work(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    stubs = f'confparse() {{ "{sys.executable}" -m confparse "$@"; }}\npip() {{ test "$1" = install; }}\n'
    stubs += "" if shutil.which("sqlite3") else 'sqlite3() { test -f "$3"; }\n'
    script = stubs + "".join(code for _, code in _blocks("sh", [page]))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, env=ENV, capture_output=True, check=False
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()


@pytest.mark.parametrize(
    "page", [p for p in PAGES if "```console\n$ pip install .\n$ confparse" in p.read_text(encoding="utf-8")]
)
def test_a_screen_on_a_page_is_that_of_the_program(page: Path) -> None:
    for code in re.findall(
        r"(?s)```console\n\$ pip install \.\n\$ confparse (.*?)```", page.read_text(encoding="utf-8")
    ):
        command, _, shown = code.partition("\n")
        assert run(*command.split(), cwd=ROOT).stdout.decode().startswith(shown)


def test_no_line_of_a_chinese_page_ends_inside_a_paragraph() -> None:
    """A browser would print a blank there."""
    for page in (DOCS / "zh").rglob("*.md"):
        prose = re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8"))
        cut = re.findall(r"(?m)^(?![#|]).+\n(?! *(?:[-*#|>] |\d+\. )) *\S.*", prose)
        assert cut == [], page


def test_the_python_of_the_guides_works(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    for page, code in _blocks("python", [*PAGES, ROOT / "README.md"]):
        for package in ("pandas", "duckdb"):
            if f"import {package}" in code:
                pytest.importorskip(package)
        if '"tables/' in code or "'tables/" in code:
            pytest.importorskip("pyarrow")
            run("batch", "samples", "--include", "raw.txt", "-o", "tables", "-f", "parquet", cwd=tmp_path)
        if "statements.csv" in code:
            run(
                *(f"samples/session-{name}/raw.txt" for name in ("zh-pages", "en-layout")),
                "-o",
                "statements.csv",
                cwd=tmp_path,
            )
        if "corpus.jsonl" in code:
            run("batch", "samples", "--include", "raw.txt", "-o", "corpus.jsonl", cwd=tmp_path)
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=ENV, capture_output=True, check=False)
        assert done.returncode == 0, (page, done.stderr.decode())
        for said in re.findall(r"(?m)^print\(.*\)  # (.+)$", code):
            assert re.search(re.escape(said).replace("…", ".*"), done.stdout.decode()), (page, said)


def test_the_grammars_of_the_guides_pass(tmp_path: Path) -> None:
    tried = 0
    for page, code in _blocks("yaml", [*PAGES, ROOT / "README.md"]):
        if "extends:" in code:
            (tmp_path / "g.yaml").write_text(code, encoding="utf-8")
            assert failures(load_grammar(str(tmp_path / "g.yaml"))) == [], page
            tried += 1
    assert tried >= 3


def test_the_settings_of_the_guides_are_settings(tmp_path: Path) -> None:
    (tmp_path / "harbour.yaml").touch()
    for page, code in _blocks("toml", [*PAGES, ROOT / "README.md"]):
        (tmp_path / "confparse.toml").write_text(code, encoding="utf-8")
        assert find_settings(["-"], tmp_path / "confparse.toml").file is not None, page
        assert tomllib.loads(code)


def test_the_yaml_of_the_guides_is_yaml() -> None:
    for page, code in _blocks("yaml", [*PAGES, ROOT / "README.md"]):
        assert yaml.safe_load(code), page


def test_a_new_grammar_passes_and_changes_a_record(tmp_path: Path) -> None:
    done = run("grammar", "new", "harbour", cwd=tmp_path)
    assert done.returncode == 0
    assert run("grammar", "test", "harbour.yaml", cwd=tmp_path).returncode == 0
    text = (tmp_path / "harbour.yaml").read_text(encoding="utf-8")
    schema = json.loads(run("schema", "grammar").stdout)
    assert text.startswith(f"# yaml-language-server: $schema={schema['$id']}\n")
    assert jsonschema_rs.validator_for(schema).is_valid(yaml.safe_load(text))
    dump = "1. One.\nRECEIVED 3 May 2031\nAllocation of berths\n2. Two.\n"
    record = json.loads(run("-", "-g", "harbour.yaml", "-f", "json", stdin=dump, cwd=tmp_path).stdout)
    assert [f["kind"] for f in record["furniture"]] == ["stamp"]
    assert [n["heading"] for n in record["outline"] if n["element"] == "division"] == ["Allocation of berths"]
    again = run("grammar", "new", "harbour", cwd=tmp_path)
    assert (again.returncode, (tmp_path / "harbour.yaml").read_text(encoding="utf-8")) == (2, text)


def test_a_new_grammar_has_comments_in_the_language_of_messages(tmp_path: Path) -> None:
    made = {}
    for ui in ("en", "zh"):
        done = run("grammar", "new", "quay", "-o", f"{ui}.yaml", "--ui", ui, cwd=tmp_path)
        assert done.returncode == 0
        assert run("grammar", "test", f"{ui}.yaml", cwd=tmp_path).returncode == 0
        text = (tmp_path / f"{ui}.yaml").read_text(encoding="utf-8")
        comments = re.findall(r"(?m)(?:^| )# (.*)$", text.partition("\n")[2])
        names = re.compile(r"[{}].*|names:|organizations:")
        assert all(names.search(c) or bool(re.search("[\u4e00-\u9fff]", c)) == (ui == "zh") for c in comments), comments
        assert "NAME" not in text
        made[ui] = yaml.safe_load(text)
    for rule in (*made["en"]["rules"], *made["zh"]["rules"]):
        rule.pop("why")
        for example in rule["examples"]:
            example.pop("why", None)
    assert made["en"] == made["zh"]


def test_names_of_a_grammar_are_added_to_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(
        "name: g\nversion: '1'\nextends: un-report\nnames:\n  organizations:\n"
        "    - {key: harbour-union, en: [Harbour Workers' Union], zh: [港口工人联合会]}\n",
        encoding="utf-8",
    )
    base, own = load_grammar(), load_grammar(str(tmp_path / "g.yaml"))
    assert own.names["organizations"][:-1] == base.names["organizations"]
    assert own.names["organizations"][-1].key == "harbour-union"


def _marked(page: str, mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n```\w+\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.S)
    assert found, (page, mark)
    return found[1]


@pytest.mark.parametrize(
    ("page", "day", "decided"),
    [("howto/rules.md", "2031-05-04", "adopted"), ("zh/howto.md", "2031-05-04", "注意到")],
)
def test_a_body_of_a_grammar_gives_the_records_of_the_guide(page: str, day: str, decided: str, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(_marked(page, "body-dump"), encoding="utf-8")
    (tmp_path / "quay.yaml").write_text(_marked(page, "body-grammar"), encoding="utf-8")
    before, after = (
        run(*command.split()[2:], cwd=tmp_path).stdout.decode() for command in _marked(page, "body-run").splitlines()
    )
    assert _marked(page, "body-after") in after
    assert (day in before, decided in before) == (False, False)
    records = [
        json.loads(run("report.txt", "-f", "json", *args, cwd=tmp_path).stdout) for args in ((), ("-g", "quay.yaml"))
    ]
    assert [r["meetings"][1].get("date") for r in records] == [None, day]
    assert [r["cover"]["body"].get("key") for r in records] == [None, "quay-moot"]
    assert [len(r["statements"]) for r in records] == [1, 1]
    assert len(records[0]["decisions"]) < len(records[1]["decisions"]) == 2


def test_lists_of_names_stand_in_patterns(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(
        "name: g\nversion: '1'\nextends: un-report\nnames:\n  bodies:\n    - {key: moot, en: [Moot], zh: [联席会]}\n"
        "rules:\n  - id: heading.of_body\n    kind: heading\n    role: proceedings\n    makes: line\n    why: Parts are named so.\n"
        "    patterns: {en: '^Work of the ${bodies}$', zh: '^${bodies}的工作$'}\n    examples:\n"
        "      - {lang: en, text: Work of the Moot}\n      - {lang: en, text: Work of the Statistical Commission}\n"
        "      - {lang: zh, text: 联席会的工作}\n      - {lang: en, text: Work of the crane, match: false, why: no body}\n",
        encoding="utf-8",
    )
    done = run("grammar", "test", "g.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("page", ["howto/rules.md", "zh/howto.md"])
def test_the_numbering_of_the_guide_gives_paragraphs(page: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    grammar = next(code for code in re.findall(r"(?s)```yaml\n(.*?)```", text) if "label.harbour" in code)
    (tmp_path / "harbour.yaml").write_text(grammar, encoding="utf-8")
    (call,) = re.findall(r"`(printf [^`]*)`", text[text.index("label.harbour") :])
    call = call.replace("confparse ", f"{sys.executable} -m confparse ")
    shown = subprocess.run(["sh", "-c", call], cwd=tmp_path, env=ENV, capture_output=True, check=True).stdout.decode()
    found = [row.split("\t")[1] for row in shown.splitlines()[1:]]
    items = ["para_1__subpara_a", "para_1__subpara_b"] if page == "howto/rules.md" else []
    assert found == ["para_1", *items, "para_2"]


@pytest.mark.parametrize("ui", ["en", "zh"])
def test_explain_label_lists_what_reads_may_say(ui: str) -> None:
    shown = run("explain", "label", "--ui", ui).stdout.decode()
    assert "division | paragraph | subparagraph" in shown
    for sequence in get_args(get_type_hints(LabelReading)["sequence"]):
        assert sequence in shown.partition("  sequence")[2].partition("  weight")[0]


def test_the_steps_of_the_action_run_as_a_shell(tmp_path: Path) -> None:
    """All but the installation, which .ci/run does: paths with line ends, arguments, the exit code, annotations."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("1. See paragraph 99 above.\n")
    (tmp_path / "b.txt").write_text("1. One.\n")
    (tmp_path / "temp" / "confparse" / "bin").mkdir(parents=True)
    program = tmp_path / "temp" / "confparse" / "bin" / "confparse"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m confparse "$@"\n')
    program.chmod(0o755)
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    env = ENV | {
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "PATHS": "reports\nb.txt",
        "FAIL_ON": "warning",
        "ARGS": "--ignore V006",
    }
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]], cwd=tmp_path, env=env, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.decode().startswith("::warning file=reports/a.txt,line=1,col=8,")
    env |= {"FAIL_ON": "error", "ARGS": ""}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]], cwd=tmp_path, env=env, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert set(action["inputs"]) == {"paths", "version", "packages", "fail-on", "args", "python-version"}


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("reports/a.txt", True),
        ("a.text", True),
        ("requirements.txt", False),
        ("x/requirements-dev.txt", False),
        ("LICENSE.txt", False),
        ("CMakeLists.txt", False),
        ("a.md", False),
    ],
)
def test_the_hook_takes_reports_only(name: str, taken: bool) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["require_serial"]) == ("confparse-check", True)
    found = bool(re.search(hook["files"], name)) and not re.search(hook["exclude"], name)
    assert found is taken
