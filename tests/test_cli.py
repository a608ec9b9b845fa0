"""The command line as a person or a script meets it."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest
import yaml
from rich.cells import cell_len

from confparse import VERBS as VERBS_IN_ORDER
from confparse.cli import options  # noqa: F401  (so that a copy of this process has it)
from confparse.cli.main import main

ENV = {**os.environ, "PYTHONUTF8": "1", "LANG": "C.UTF-8"}
TEXT = "1. The Committee met.\n2. It rose.\n"


def run(*args: str, stdin: str | bytes = "", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    return subprocess.run(
        [sys.executable, "-m", "confparse", *args], input=data, capture_output=True, cwd=cwd, env=ENV | env, check=False
    )


def run_warm(*args: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """What `run` gives, by a copy of this process, which has read the program already: for tests of many messages."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            _become(args, cwd, out.fileno(), err.fileno())
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(args, os.waitstatus_to_exitcode(status), out.read(), err.read())


def _become(args: tuple[str, ...], cwd: Path, out: int, err: int) -> NoReturn:
    """The program, started in a folder, with two files for what it writes; the process ends with it."""
    code = -1
    try:
        for mine, its in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (err, 2)):
            os.dup2(mine, its)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        os.chdir(cwd)
        os.environ.update(ENV)
        sys.argv = ["confparse", *args]
        main()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code & 0xFF)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(TEXT)
    return file


def test_a_file_alone_is_parsed_to_yaml(dump: Path) -> None:
    done = run(str(dump))
    assert done.returncode == 0
    assert yaml.safe_load(done.stdout)["source"]["name"] == "report.txt"
    assert done.stdout == run("parse", str(dump)).stdout
    assert done.stderr == b""


def test_standard_input_and_several_files(dump: Path) -> None:
    done = run("-", str(dump), stdin=TEXT)
    assert [d["source"]["name"] for d in yaml.safe_load_all(done.stdout)] == ["-", "report.txt"]
    lines = run("-f", "jsonl", str(dump), str(dump)).stdout.splitlines()
    assert [json.loads(line)["schema"] for line in lines] == ["confparse/1"] * 2


def test_output_goes_whole_to_a_file(dump: Path, tmp_path: Path) -> None:
    done = run(str(dump), "-f", "json", "-o", str(tmp_path / "new" / "out.json"))
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads((tmp_path / "new" / "out.json").read_text())["coverage"]["unclaimed"] == 0
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["out.json"]


@pytest.mark.parametrize(
    ("args", "ending"), [(["x.tmx"], "tmx"), (["x.html"], "html"), (["x.tsv", "-f", "csv"], "tsv")]
)
def test_an_ending_of_another_format_is_an_error(args: list[str], ending: str, dump: Path, tmp_path: Path) -> None:
    done = run(str(dump), "-o", *args, cwd=tmp_path)
    assert (done.returncode, done.stdout, list(tmp_path.glob("x*"))) == (2, b"", [])
    assert f"x.{ending}: ends in the name of the format {ending}" in done.stderr.decode()
    assert run("view", str(dump), "-o", "page.json", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("name", ["x.txt", "x.ymal", "report.2031", "x.JSNO"])
def test_an_ending_that_no_format_has_is_an_error_unless_the_format_is_given(
    name: str, dump: Path, tmp_path: Path
) -> None:
    said = run(str(dump), "-o", name, cwd=tmp_path)
    assert (said.returncode, said.stdout, (tmp_path / name).exists()) == (2, b"", False)
    known = ".yaml, .json, .jsonl, .md, .csv, .yml, .ndjson, .markdown"
    assert (
        f"{name}: no format has this ending; choose from {known}, or name the format with -f.\n" in said.stderr.decode()
    )
    assert (
        "无法由扩展名确定格式；可用的扩展名：.yaml"
        in run(str(dump), "-o", name, "--ui", "zh", cwd=tmp_path).stderr.decode()
    )
    assert run(str(dump), "-o", name, "-f", "md", cwd=tmp_path).returncode == 0
    assert (tmp_path / name).read_text().endswith("1\\. The Committee met.\n\n2\\. It rose.\n")


def test_plain_names_and_plain_text_keep_their_formats(dump: Path, tmp_path: Path) -> None:
    assert run(str(dump), "-o", "record", cwd=tmp_path).returncode == 0
    assert (tmp_path / "record").read_text().startswith("---\n")
    assert run("view", str(dump), "-o", "page.txt", cwd=tmp_path).returncode == 2
    (tmp_path / "zh.txt").write_text("1. 委员会举行了会议。\n2. 会议结束。\n", encoding="utf-8")
    assert run("compare", "zh.txt", str(dump), "-o", "pairs.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "pairs.txt").exists()
    assert run("compare", "zh.txt", str(dump), "-o", "pairs.pdf", cwd=tmp_path).returncode == 2
    for name in ("all.txt", "all.tsv"):  # a batch would make a folder of this name
        said = run("batch", str(dump), "-o", name, cwd=tmp_path)
        assert (said.returncode, (tmp_path / name).exists()) == (2, False)
        assert "a batch writes a folder" in said.stderr.decode()


def test_script_and_spacing(tmp_path: Path) -> None:
    file = tmp_path / "zh.txt"
    file.write_text("1. 委員會於 2031 年舉行了會議。\n", encoding="utf-8")

    def content(*args: str) -> str:
        return json.loads(run(str(file), "-f", "json", *args).stdout)["outline"][0]["content"]

    assert content() == "委員會於2031年舉行了會議。"
    assert content("--script", "hans") == "委员会于2031年举行了会议。"
    assert content("--spacing", "keep") == "委員會於 2031 年舉行了會議。"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["missing.txt"], "missing.txt: no such file; check the name."),
        (["."], "a directory"),
        (["-g", "nothing", "-"], "nothing:1:1: G009"),
        (["--encoding", "latin-99", "-"], "no encoding is called"),
        (["explain", "no.such.rule"], "no file, code, rule or kind of rules is called"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_2(args: list[str], says: str, tmp_path: Path) -> None:
    done = run(*args, stdin=TEXT, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert says in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_file_that_fails_does_not_stop_the_others(dump: Path) -> None:
    done = run("missing.txt", str(dump))
    assert done.returncode == 2
    assert yaml.safe_load(done.stdout)["source"]["name"] == "report.txt"


@pytest.mark.parametrize(
    ("args", "en", "zh"),
    [
        (["x", "--fromat", "json"], "no option --fromat; did you mean --format?", "是否想用 --format？"),
        (["x", "-f", "jsn"], "did you mean json?", "是否想用 json？"),
        (
            ["x", "-f", "pdf"],
            "unexpected value pdf; choose from yaml, json, jsonl, md, csv",
            "无效的值 pdf；可选值：yaml, json, jsonl, md, csv",
        ),
        (["check"], "FILE... is missing", "缺少 FILE..."),
        (["check", "--fail-on"], "--fail-on needs a value", "--fail-on 需要一个值"),
        (["batch", "x", "-o", "y", "-j", "two"], "-j / --jobs: unexpected value 'two'", "无效的值 'two'"),
        (["batch", "-o", "y"], "name files or folders", "请给出文件或文件夹"),
        (["grammar", "tset"], "did you mean test?", "是否想用 test？"),
        (["explain", "x", "y", "more"], "unexpected argument more", "多余的参数 more"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_one_sentence(args: list[str], en: str, zh: str, tmp_path: Path) -> None:
    for ui, says in (("en", en), ("zh", zh)):
        done = run("--ui", ui, *args, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert says in done.stderr.decode()
        assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(("ui", "says"), [("en", "unexpected value record;"), ("zh", "无效的值 record；")])
def test_a_wrong_argument_is_named_and_not_the_option_behind_it(ui: str, says: str) -> None:
    assert says in run("schema", "record", "--ui", ui).stderr.decode()


def test_batch_keeps_folders_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "a" / "one.txt").write_text(TEXT)
    (tmp_path / "in" / "two.txt").write_text(TEXT)
    (tmp_path / "in" / "bad.txt").write_bytes(b"\x89PNG")
    done = run("batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-f", "json")
    assert done.returncode == 1
    assert sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.json")) == [
        "a/one.json",
        "two.json",
    ]
    assert "bad.txt: a binary file" in done.stderr.decode()
    assert "Files parsed: 2, failed: 1, skipped: 0." in done.stderr.decode()


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("".join(f"{n}. Text of a paragraph.\n" for n in range(1, 3000)))
    shell = f"{sys.executable} -m confparse {file} | head -1"
    done = subprocess.run(shell, shell=True, capture_output=True, env=ENV, check=False)
    assert (done.stdout, done.stderr) == (b"---\n", b"")


def test_explain_shows_every_line_with_its_rules(dump: Path) -> None:
    rows = [line.split("\t") for line in run("explain", str(dump)).stdout.decode().splitlines()]
    assert rows == [
        ["line", "eid", "element", "rule", "boundary", "text"],
        ["1", "para_1", "paragraph", "label.arabic", "-", "1. The Committee met."],
        ["2", "para_2", "paragraph", "label.arabic", "keep keep.label", "2. It rose."],
    ]


def test_explain_a_line_a_code_and_a_rule(dump: Path) -> None:
    assert "Line 2 is in para_2 (paragraph), by rule label.arabic." in run("explain", f"{dump}:2").stdout.decode()
    assert run("explain", f"{dump}:9").returncode == 2
    assert run("explain", "O002").stdout.decode().startswith("O002 number-repeated\n")
    assert run("explain", "keep.label").stdout.decode().startswith("keep.label (boundary, grammars/un-report/")


def test_messages_come_in_chinese_too(dump: Path) -> None:
    assert (
        run("explain", f"{dump}:2", "--ui", "zh").stdout.decode()
        == run("explain", f"{dump}:2", LANG="zh_CN.UTF-8").stdout.decode()
    )
    assert "第 2 行" in run("explain", f"{dump}:2", "--ui", "zh").stdout.decode()


def test_no_control_character_of_a_dump_reaches_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "esc.txt"
    file.write_text("1. A\x1b[31mred\x1b[0m word.\n")
    assert b"\x1b" not in run("explain", str(file)).stdout + run("explain", f"{file}:1").stdout


def test_grammar_verbs(tmp_path: Path) -> None:
    assert run("grammar", "list").stdout.decode().startswith("un-report\t1\t")
    assert "label.arabic\tlabel\t" in run("grammar", "show", "un-report").stdout.decode()
    done = run("grammar", "test", "un-report")
    assert (done.returncode, done.stderr) == (0, b"")
    template = (
        'name: g\nversion: "1"\nrules:\n- {{id: a, kind: furniture, name: stamp, where: anywhere, why: W.,'
        " patterns: {{any: {any}}}, examples: [{{lang: any, text: y}}, {{lang: any, text: {other}, match: false}}]}}\n"
    )
    gap = tmp_path / "gap.yaml"
    gap.write_text(template.format(any="x|y", other="z"))
    done = run("grammar", "test", str(gap))
    assert done.returncode == 0
    assert "gap.yaml:4:8: a: no example in language any matches this alternative" in done.stderr.decode()
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(template.format(any="x", other="x"))
    done = run("grammar", "test", str(wrong))
    assert done.returncode == 2
    assert done.stderr.decode().count("wrong.yaml:4:") == 2


def test_schema_prints_json_schema() -> None:
    for what in ("report", "grammar"):
        assert json.loads(run("schema", what).stdout)["$schema"].endswith("2020-12/schema")


def test_version_and_help() -> None:
    assert run("--version").stdout.decode().startswith("confparse ")
    for verb in ("parse", "batch", "explain", "grammar", "schema"):
        assert run(verb, "--help").returncode == 0


@pytest.mark.parametrize(
    "args",
    [
        ["--help", "--ui", "zh"],
        ["--ui", "zh", "--help"],
        ["--ui=zh"],
        ["grammar", "--help", "--ui=zh"],
        ["grammar", "--ui", "zh", "-h"],
        ["grammar", "--ui", "zh", "list", "--help"],
        ["--ui", "zh", "grammar", "list", "-h"],
        ["batch", "-h", "--ui", "zh"],
    ],
    ids=" ".join,
)
def test_the_language_may_be_named_anywhere(args: list[str]) -> None:
    assert run(*args).stdout.decode().startswith("用法：")


def test_the_help_lists_the_verbs_in_the_order_of_the_guide() -> None:
    listed = re.findall(
        r"(?m)^  (\w+) ", run("--help").stdout.decode().partition("Commands:")[2].partition("Options:")[0]
    )
    assert listed == list(VERBS_IN_ORDER)


def test_output_follows_links_and_writes_into_devices(dump: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    assert run(str(dump), "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert real.read_text().startswith("---")
    assert real.stat().st_mode & 0o777 == 0o600
    assert run(str(dump), "-o", "-").stdout == run(str(dump)).stdout


def test_a_file_name_that_is_no_text_does_not_stop_a_batch(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.txt")).write_text(TEXT)
    except OSError:
        pytest.skip("this file system refuses such names")
    done = run("batch", str(folder), "-o", str(tmp_path / "out"))
    assert done.returncode == 0
    assert "Files parsed: 2, failed: 0, skipped: 0." in done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(dump: Path) -> None:
    shell = f"{sys.executable} -m confparse {dump} > /dev/full"
    done = subprocess.run(shell, shell=True, capture_output=True, env=ENV, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


VERBS = [
    [],
    ["parse"],
    ["batch"],
    ["check"],
    ["show"],
    ["explain"],
    ["compare"],
    ["view"],
    ["schema"],
    ["grammar"],
    ["grammar", "list"],
    ["grammar", "show"],
    ["grammar", "test"],
    ["grammar", "new"],
]


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_help_is_whole_in_both_languages_and_80_columns(verb: list[str]) -> None:
    en, zh = (run(*verb, "--help", LANG=lang, COLUMNS="80").stdout.decode() for lang in ("C.UTF-8", "zh_CN.UTF-8"))
    han = re.compile("[\u4e00-\u9fff]")
    assert not han.search(en)
    assert not re.search("[A-Za-z]{4,} [a-z]{2,} [a-z]{2,}", re.sub("(?m)^(用法：| +confparse| +find).*$", "", zh))
    assert [word for word in ("Usage", "OPTIONS", "Options", "required", "default", "Examples") if word in zh] == []
    for screen in (en, zh):
        assert max(map(cell_len, screen.splitlines())) <= 80
        assert "…" not in screen


def test_a_verb_or_an_option_that_is_misspelt_is_near_another(dump: Path) -> None:
    for args in (["chek", str(dump)], ["-g", "un-report", "check", str(dump)]):
        done = run(*args)
        assert (done.returncode, done.stdout) == (2, b"")  # the files are not parsed instead
        assert "did you mean `confparse check`?" in done.stderr.decode()
    assert "--format" in run(str(dump), "--formt", "json").stderr.decode()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_offered(shell: str) -> None:
    done = run("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1", SHELL=f"/bin/{shell}")
    assert done.returncode == 0
    assert b"confparse" in done.stdout


def test_a_damaged_cache_is_no_harm(dump: Path, tmp_path: Path) -> None:
    want = run(str(dump), CONFPARSE_CACHE="").stdout
    cache = tmp_path / "cache"
    assert run(str(dump), CONFPARSE_CACHE=str(cache)).stdout == want
    (store,) = cache.glob("*.msgpack")
    whole = store.read_bytes()
    for damage in (b"\xff", b"", whole[::-1]):
        at = whole.index(b"(?:")
        damaged = whole[:at] + damage + whole[at + 1 :]
        store.write_bytes(damaged)
        done = run(str(dump), CONFPARSE_CACHE=str(cache))
        assert (done.returncode, done.stdout) == (0, want)
        assert store.read_bytes() != damaged, "it is written anew"


def test_streams_that_are_closed_or_full_change_no_exit_code(dump: Path, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.txt")
    for redirect in ("2>&-", "2>/dev/full"):
        for args, code in (([str(dump), "-o", str(tmp_path / "out.yaml")], 0), ([missing], 2)):
            command = " ".join([sys.executable, "-m", "confparse", *args, redirect])
            done = subprocess.run(["sh", "-c", command], capture_output=True, env=ENV, check=False)
            assert (done.returncode, done.stdout) == (code, b""), command


def test_standard_output_by_its_path_is_not_renamed_over(dump: Path, tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        log.write(b"before\n")
        log.flush()
        subprocess.run(
            [sys.executable, "-m", "confparse", str(dump), "-o", "/dev/stdout"], stdout=log, env=ENV, check=True
        )
    assert (tmp_path / "log").read_bytes() == b"before\n" + run(str(dump)).stdout


def test_jobs_of_a_project_are_one_at_least(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "confparse.toml").write_text("jobs = -3\n")
    done = run("batch", str(dump), "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert b"confparse.toml:1: jobs must be 1 or more" in done.stderr


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("explain number-g", "number-gap"),
        ("explain O00", "O001"),
        ("explain label.ara", "label.arabic"),
        ("explain headi", "heading"),
        ("check --select V001,O00", "V001,O002"),
        ("-g un", "un-report"),
        ("grammar test un", "un-report"),
        ("grammar t", "test"),
    ],
)
def test_names_are_completed(typed: str, offered: str) -> None:
    words = ["confparse", *typed.split()]
    env = {"_CONFPARSE_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    call = "import sys; sys.argv = ['confparse']; from confparse.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", call], env=ENV | env, capture_output=True, check=False)
    assert offered in done.stdout.decode().split()


def test_settings_take_a_grammar_inside_their_folder_only(tmp_path: Path) -> None:
    """Settings that came with documents must not show what other files of the machine hold."""
    (tmp_path / "secret.yaml").write_text("token: abc\n")
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "dump.txt").write_text("1. The Board met.\n")
    for named in ("../secret.yaml", str(tmp_path / "secret.yaml")):
        (folder / "confparse.toml").write_text(f'grammar = "{named}"\n')
        done = run(folder / "dump.txt")
        assert done.returncode == 2
        assert b"is outside the folder of these settings" in done.stderr
        assert b"token" not in done.stderr
