"""The README says what is true: its commands, its examples, its rule."""

import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from test_cli import ENV, run

from confparse.cli.options import app
from confparse.diagnostics import catalogue, messages
from confparse.extras import PACKAGES
from confparse.mentions.selftest import failures
from confparse.pipeline import parse
from confparse.rules.load import load_grammar

README = (ROOT / "README.md").read_text(encoding="utf-8")
_INSTALLS = re.compile(r"pip install (?:-\S+ )*([^`\n]+)")


def _block(after: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README[README.index(after) :], re.S)
    assert found
    return found[1]


def test_the_dump_of_the_readme_gives_its_record() -> None:
    shown = yaml.safe_load(_block("and what they become", "yaml"))[0]
    source = ROOT / "samples" / "workshop-zh-double" / "raw.txt"
    node = next(n for d in parse(source).outline for n in d.children if n.eid == shown["eid"])
    assert (node.num, node.content, list(node.span), list(node.lines)) == (
        shown["num"],
        shown["content"],
        shown["span"],
        shown["lines"],
    )
    assert _block("Three lines of a dump", "text").rstrip("\n") in source.read_text(encoding="utf-8")


def test_the_rule_of_the_readme_works(tmp_path: Path) -> None:
    file = tmp_path / "harbour.yaml"
    file.write_text(_block("How to write a rule", "yaml"), encoding="utf-8")
    grammar = load_grammar(str(file))
    assert failures(grammar) == []
    report = parse("1. One.\nRECEIVED 3 May 2031\nAllocation of berths\n2. Two.\n", grammar=grammar)
    assert [f.kind for f in report.furniture] == ["stamp"]
    assert [n.heading for n in report.outline if n.element == "division"] == ["Allocation of berths"]


def test_what_is_to_be_installed_is_what_the_extras_hold() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    held = {extra: {re.sub(r"[<>=].*", "", package) for package in extras[extra]} for extra in PACKAGES}
    assert {extra: set(shlex.split(packages)) for extra, packages in PACKAGES.items()} == held


def test_no_page_installs_the_project_that_has_our_name_at_the_package_index() -> None:
    pages = [ROOT / "action.yml", *(ROOT / "grammars").rglob("*.yaml"), *ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    told = [(page.name, what) for page in pages for what in _INSTALLS.findall(page.read_text(encoding="utf-8"))]
    assert len(told) > 10
    bare = re.compile(r"""["']?confparse(?!["']? @ )(?:["'\[=<>~! ]|$)""")
    assert [(page, what) for page, what in told if bare.match(what)] == [
        (page, "'confparse[pdf]'")
        for page in ("files.md", "howto.md")  # where they say what not to do
    ]


def test_the_readme_names_every_verb() -> None:
    import typer

    command = typer.main.get_command(app)
    shown = _block("## The command line", "text")
    for verb in command.commands:  # type: ignore[attr-defined]
        assert verb == "parse" or f"confparse {verb}" in shown


def test_the_links_of_the_readme_lead_to_files() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_the_shell_loop_of_the_readme_works(tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    loop = _block("<!-- loop -->", "sh").replace("confparse ", f"{sys.executable} -m confparse ")
    subprocess.run(["sh", "-ec", loop], cwd=tmp_path, check=True, env=ENV)
    assert len(list((tmp_path / "records").glob("*.json"))) == len(list((ROOT / "samples").glob("*/raw.txt")))


@pytest.mark.parametrize(("page", "database"), [("README.md", "corpus.sqlite"), ("docs/zh/howto.md", "tables.sqlite")])
def test_statements_by_country_are_counted_as_the_guide_says(page: str, database: str, tmp_path: Path) -> None:
    assert run("batch", str(ROOT / "samples"), "--include", "raw.txt", "-o", database, cwd=tmp_path).returncode == 0
    found = re.search(r"<!-- by-country -->\n```sh\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.S)
    assert found
    query = found[1].split('"')[1]
    rows = sqlite3.connect(tmp_path / database).execute(query).fetchall()
    assert rows[0] == ("ETH", "Ethiopia", 6)
    assert [n for _, _, n in rows] == sorted((n for _, _, n in rows), reverse=True)
    if shutil.which("sqlite3") is None:
        pytest.skip("no sqlite3 command here")
    subprocess.run(["sh", "-ec", found[1]], cwd=tmp_path, check=True)
    lines = (tmp_path / "by-country.csv").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["speaker_code,name,statements", "ETH,Ethiopia,6"]


def test_every_code_and_message_speaks_both_languages_with_the_same_blanks() -> None:
    sentences = {code: entry.message for code, entry in catalogue().items()} | messages()
    for name, sentence in sentences.items():
        blanks = [sorted(re.findall(r"(?<!\{)\{(\w+)[^}]*\}(?!\})", text)) for text in (sentence.en, sentence.zh)]
        assert set(blanks[0]) == set(blanks[1]), name
        assert sentence.zh != sentence.en, name


def test_every_code_in_python_is_in_the_catalogue_and_the_other_way_round() -> None:
    used = {c for f in (ROOT / "src").rglob("*.py") for c in re.findall(r'"([NLSOXVGC]\d{3})"', f.read_text())}
    assert used == set(catalogue())
