"""Tables of many reports: one schema in Parquet, CSV and SQLite, whole and the same after any stop."""

import csv
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from test_batch import SAMPLE, begun
from test_cli import ENV, TEXT, run

from confparse.batch.plan import Job
from confparse.batch.shards import shards_of
from confparse.formats.outline_places import pages_of, placed
from confparse.formats.table_rows import rows
from confparse.formats.table_schema import tables
from confparse.pipeline import parse

FORMATS = ("parquet", "csv", "sqlite")
Content = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, one with a diagnostic, and a file that fails."""
    folder = tmp_path_factory.mktemp("dumps") / "in"
    folder.mkdir()
    for sample in sorted((ROOT / "samples").glob("*/raw.txt")):
        (folder / f"{sample.parent.name}.txt").write_bytes(sample.read_bytes())
    (folder / "gap.txt").write_text("1. One.\n\n3. See paragraph 99 above.\n")
    (folder / "bad.txt").write_bytes(b"\x89PNG not text")
    return folder


@pytest.fixture(scope="module")
def made(dumps: Path) -> Path:
    """A folder that holds the tables of the dumps in each format; CSV is made by two processes."""
    pytest.importorskip("pyarrow")
    for form in FORMATS:
        said = batch(dumps, dumps.parent / form, form, "-j", "2" if form == "csv" else "1")
        assert "Files parsed: 7, failed: 1" in said
    return dumps.parent


@pytest.fixture(params=FORMATS)
def form(request: pytest.FixtureRequest) -> str:
    if request.param == "parquet":
        pytest.importorskip("pyarrow")
    return str(request.param)


def content(folder: Path, form: str) -> Content:
    """All rows of all tables, as Python values: lists as JSON."""
    if form == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        found = {t.name: parquet.ParquetDataset(folder / t.name).read().to_pylist() for t in tables()}
        return {name: [tuple(map(_plain, row.values())) for row in table] for name, table in found.items()}
    if form == "csv":
        texts = {t.name: (folder / f"{t.name}.csv").read_text(encoding="utf-8") for t in tables()}
        return {name: [tuple(row) for row in csv.reader(text.splitlines(True))][1:] for name, text in texts.items()}
    database = sqlite3.connect(folder / "reports.sqlite")
    return {t.name: database.execute(f"SELECT * FROM {t.name}").fetchall() for t in tables()}


def _plain(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def batch(folder: Path, out: Path, form: str, *more: str) -> str:
    done = run("batch", folder.name, "-o", str(out), "-f", form, *more, cwd=folder.parent)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stderr.decode()


def test_every_column_is_described_and_every_join_leads_somewhere(dumps: Path) -> None:
    by_name = {table.name: table for table in tables()}
    for table in by_name.values():
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert all(column.about.en and column.about.zh for column in table.columns)
        for join in table.joins:
            assert join.key in {column.name for column in by_name[join.table].columns}
    for sample in dumps.glob("*h*.txt"):
        report = parse(sample)
        found = rows(report, sample.read_text(encoding="utf-8"))
        keys = {
            name: _column(found, name, "eid" if name == "paragraphs" else "id") for name in ("paragraphs", "meetings")
        }
        for table in tables():
            for row in found[table.name]:
                assert [type(v).__name__ for v in row[:2]] == ["str", "str"]
                assert not any(v is None for v, c in zip(row, table.columns, strict=True) if c.required)
            for join in table.joins:
                assert set(_column(found, table.name, join.column)) - {None} <= set(keys[join.table])
        assert len(set(keys["paragraphs"])) == len(found["paragraphs"]) == sum(1 for _ in report.walk())


def _column(found: dict[str, list[list[object]]], name: str, column: str) -> list[object]:
    at = next(i for t in tables() if t.name == name for i, c in enumerate(t.columns) if c.name == column)
    return [row[at] for row in found[name]]


def test_a_row_says_under_which_headings_and_on_which_page_it_stands() -> None:
    text = "I. Opening\n\n1. One:\n\n(a) Item.\n\f\nA. Election\n\n2. Two.\n"
    report = parse(text)
    where = {one.node.eid: (one.parent, one.headings) for one in placed(report)}
    assert where["para_1__subpara_a"] == ("para_1", ("I. Opening",))
    found = dict(
        zip(
            _column(rows(report, text), "paragraphs", "eid"),
            _column(rows(report, text), "paragraphs", "page"),
            strict=True,
        )
    )
    assert (found["para_1"], found["para_2"]) == (1, 2)
    assert pages_of("no pages").page_at(3) is None


def test_the_tables_of_all_formats_hold_the_same(made: Path) -> None:
    shown = {form: content(made / form, form) for form in FORMATS}
    for table in tables():
        lists = [i for i, c in enumerate(table.columns) if c.type in ("strings", "integers", "records")]
        for one, two, three in zip(*(shown[form][table.name] for form in FORMATS), strict=True):
            for i, (a, b, c) in enumerate(zip(one, two, three, strict=True)):
                if i in lists:
                    a, b, c = (_without_none(json.loads(str(v))) for v in (a, b, c))
                    assert a == b == c
                else:
                    assert _text(a) == b
                    assert a == c
    counts = {name: len(found) for name, found in shown["csv"].items()}
    assert min(counts.values()) > 0
    assert counts["reports"] == 7


def _text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _without_none(value: object) -> object:
    """Records in lists: Parquet has every field of them, JSON only those that are there."""
    if isinstance(value, dict):
        return {k: _without_none(v) for k, v in value.items() if v not in (None, False)}
    return [_without_none(v) for v in value] if isinstance(value, list) else value


def shard_by_shard(files: int, folder: Path, out: str, form: str, *more: str) -> list[str]:
    """A command that writes tables in shards of so many files."""
    call = f"import sys, confparse.batch.shards as s; s._SHARD_FILES = {files}; from confparse.cli.main import main; main()"
    return [sys.executable, "-c", call, "batch", folder.name, "-o", out, "-f", form, *more]


def test_resume_does_only_what_changed(form: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(4):
        (folder / f"{i}.txt").write_text(f"1. Copy {i}.\n\n2. Two.\n")
    (folder / "bad.txt").write_bytes(b"\x89PNG")

    def done(out: str = "out", *more: str) -> str:
        command = shard_by_shard(1, folder, out, form, "-j", "1", *more)
        return subprocess.run(command, cwd=tmp_path, env=ENV, capture_output=True, check=False).stderr.decode()

    done()
    before = content(tmp_path / "out", form)
    said = done("out", "--resume")
    assert "Files parsed: 0, failed: 1, skipped: 4." in said
    assert "bad.txt: a binary file" in said
    assert content(tmp_path / "out", form) == before
    (folder / "2.txt").write_text("1. Another.\n")
    assert "Files parsed: 1, failed: 1, skipped: 3." in done("out", "--resume")
    (folder / "bad.txt").write_text("1. Good now.\n")
    (folder / "3.txt").unlink()
    assert "Files parsed: 1, failed: 0, skipped: 3." in done("out", "--resume")
    done("fresh")
    assert content(tmp_path / "out", form) == content(tmp_path / "fresh", form)
    assert "Files parsed: 4" in done("out", "--resume", "--spacing", "keep")


def test_a_killed_batch_resumes_to_the_same_tables(form: str, tmp_path: Path) -> None:
    folder, out, fresh = tmp_path / "in", tmp_path / "out", tmp_path / "fresh"
    folder.mkdir()
    for i in range(24):
        (folder / f"{i:02}.txt").write_bytes(SAMPLE.read_bytes() + f"\n99. Copy {i}.\n".encode())
    command = shard_by_shard(2, folder, "out", form, "-j", "2")
    process = subprocess.Popen(command, cwd=tmp_path, env=ENV, stderr=subprocess.DEVNULL, start_new_session=True)
    written = {"parquet": "out/reports/part-000002.parquet", "csv": "out/.paragraphs.csv.partial"}
    begun(tmp_path, written.get(form, "out/.reports.sqlite.partial"))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    resumed = subprocess.run([*command, "--resume"], cwd=tmp_path, env=ENV, capture_output=True, check=False)
    assert resumed.returncode == 0, resumed.stderr.decode()
    subprocess.run(shard_by_shard(2, folder, "fresh", form), cwd=tmp_path, env=ENV, stderr=subprocess.PIPE, check=True)
    assert content(out, form) == content(fresh, form)
    if form != "sqlite":
        names = [p.relative_to(out) for p in sorted(out.rglob("*")) if p.is_file() and p.name[0] != "."]
        assert names == [p.relative_to(fresh) for p in sorted(fresh.rglob("*")) if p.is_file() and p.name[0] != "."]
        assert all((out / name).read_bytes() == (fresh / name).read_bytes() for name in names)
    journal = ".reports.sqlite.confparse-batch" if form == "sqlite" else ".confparse-batch"
    assert [p.name for p in out.rglob(".*")] == [journal]


def test_shards_are_cut_by_megabytes_and_by_files() -> None:
    jobs = [Job(Path(f"{i}.txt")) for i in range(5)]
    sizes = dict(zip(jobs, (600_000, 300_000, 200_000, 5_000_000, 1), strict=True))
    cut = shards_of(jobs, 1, sizes.__getitem__)
    assert [[job.source.stem for job in shard.jobs] for shard in cut] == [["0", "1"], ["2"], ["3"], ["4"]]
    assert [shard.name for shard in cut] == ["part-000000", "part-000001", "part-000002", "part-000003"]


def test_a_second_batch_is_refused_while_one_writes(form: str, dumps: Path, tmp_path: Path) -> None:
    from confparse.batch.lock import lock

    batch(dumps, tmp_path / "out", form)
    before = content(tmp_path / "out", form)
    journal = tmp_path / "out" / (".reports.sqlite.confparse-batch" if form == "sqlite" else ".confparse-batch")
    with journal.open("r+b") as file:
        assert lock(file.fileno())
        done = run("batch", str(dumps), "-o", str(tmp_path / "out"), "-f", form)
    assert (done.returncode, b"another batch" in done.stderr) == (2, True)
    assert content(tmp_path / "out", form) == before


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("csv", ".reports.csv.partial"),
        ("csv", "reports.csv"),
        ("sqlite", ".reports.sqlite.partial"),
        ("sqlite", ".reports.sqlite.earlier"),
        ("parquet", "README.md"),
    ],
)
def test_nothing_is_written_through_a_planted_link(form: str, name: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).symlink_to(tmp_path / "victim")
    for more in ((), ("--resume",)):
        run("batch", "a.txt", "-o", "out", "-f", form, *more, cwd=tmp_path)
        assert (tmp_path / "victim").read_text() == "mine"


def test_a_folder_of_tables_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "reports").symlink_to("../elsewhere")
    done = run("batch", "a.txt", "-o", "out", "-f", "parquet", cwd=tmp_path)
    assert (done.returncode, list((tmp_path / "elsewhere").iterdir())) == (2, [])
    assert b"points outside the output folder" in done.stderr


def test_a_full_disk_is_one_line_and_the_old_tables_stay(form: str, dumps: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    batch(dumps, tmp_path / "out", form)
    before = content(tmp_path / "out", form)

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))

    command = [sys.executable, "-m", "confparse", "batch", str(dumps), "-o", "out", "-f", form, "-j", "1"]
    done = subprocess.run(command, cwd=tmp_path, env=ENV, capture_output=True, check=False, preexec_fn=small)
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
    assert b"out/" in done.stderr
    assert b"Traceback" not in done.stderr
    if form != "parquet":
        assert content(tmp_path / "out", form) == before


def test_a_folder_in_the_place_of_a_table_leaves_all_tables_as_they_were(dumps: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "statements.csv").mkdir(parents=True)
    done = run("batch", str(dumps), "-o", "out", "-f", "csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "out/statements.csv: cannot be written" in done.stderr.decode()
    assert [path.name for path in (tmp_path / "out").glob("*.csv")] == ["statements.csv"]


def test_the_ending_names_a_database(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("batch", "a.txt", "-o", "all.db", cwd=tmp_path).returncode == 0
    assert sqlite3.connect(tmp_path / "all.db").execute("SELECT count(*) FROM reports").fetchone() == (1,)
    done = run("batch", "a.txt", "-o", "all.db", "-f", "csv", cwd=tmp_path)
    assert (done.returncode, b"change one of the two" in done.stderr) == (2, True)
    done = run("batch", "a.txt", "-o", "x.csv", "-f", "csv", cwd=tmp_path)
    assert (done.returncode, b"a batch writes a folder" in done.stderr) == (2, True)


def test_tables_are_no_inputs(dumps: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    for form in FORMATS:
        run("batch", "in", "-o", "in/out", "-f", form, "--include", "*", cwd=tmp_path)
    done = run("batch", "in", "-o", "in/out", "-f", "csv", "--include", "*", cwd=tmp_path)
    assert b"Files parsed: 1, failed: 0" in done.stderr


def test_chinese_is_found_in_the_database(made: Path) -> None:
    database = sqlite3.connect(made / "sqlite" / "reports.sqlite")
    search = "SELECT count(*) FROM paragraphs_fts WHERE paragraphs_fts MATCH ?"
    like = "SELECT count(*) FROM paragraphs WHERE text LIKE ?"
    for word in ("委员会", "Secretariat"):
        (found,) = database.execute(search, (word,)).fetchone()
        assert (found,) == database.execute(like, (f"%{word}%",)).fetchone()
        assert found > 0
    plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM statements WHERE speaker_code = 'NPL'").fetchall()
    assert "USING INDEX" in str(plan)
    described = database.execute("SELECT count(*) FROM columns WHERE meaning <> '' AND meaning_zh <> ''").fetchone()
    assert described == (sum(len(table.columns) for table in tables()),)


def test_the_data_package_describes_the_csv_files(made: Path) -> None:
    package = json.loads((made / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    assert package == json.loads(run("schema", "tables").stdout)
    for resource in package["resources"]:
        head = (made / "csv" / resource["path"]).read_text(encoding="utf-8").split("\n", 1)[0]
        assert head.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_without_pyarrow_one_line_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    call = "import sys; sys.modules['pyarrow'] = None; from confparse.cli.main import main; main()"
    command = [sys.executable, "-c", call, "batch", "a.txt", "-o", "out", "-f", "parquet"]
    done = subprocess.run(command, cwd=tmp_path, env=ENV, capture_output=True, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"pip install pyarrow" in done.stderr


def test_one_list_is_the_table_of_a_batch(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    files = sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.glob("samples/*/raw.txt"))
    assert run("batch", *files, "-o", "tables", "-f", "csv", cwd=tmp_path).returncode == 0
    for table in tables():
        if table.records:
            done = run(*files, "-f", "csv", "--records", table.records, cwd=tmp_path)
            assert done.stdout == (tmp_path / "tables" / f"{table.name}.csv").read_bytes(), table.name
    furniture = run(*files, "-o", "furniture.csv", "--records", "furniture", cwd=tmp_path)
    assert (furniture.returncode, (tmp_path / "furniture.csv").read_text().split("\n")[0]) == (
        0,
        "report,path,kind,text,page,span_start,span_end,lines_first,lines_last,rule",
    )
    assert run("check", ".", "--include", "*.csv", cwd=tmp_path).stdout == b""  # outputs are no inputs


def test_datasets_load_the_folder(made: Path, tmp_path: Path) -> None:
    dataset = pytest.importorskip("pyarrow.dataset")
    folder = made / "parquet"
    for table in tables():
        read = dataset.dataset(folder / table.name).to_table()
        assert read.column_names == [column.name for column in table.columns]
        assert b"description" in read.schema.field("report").metadata
    datasets = pytest.importorskip("datasets")
    for table in tables():
        loaded = datasets.load_dataset(str(folder), table.name, split="train", cache_dir=str(tmp_path / "cache"))
        assert loaded.num_rows == dataset.dataset(folder / table.name).count_rows()


def test_polars_and_datasette_read_the_tables(made: Path) -> None:
    polars = pytest.importorskip("polars")
    file = made / "sqlite" / "reports.sqlite"
    counted = dict(sqlite3.connect(file).execute("SELECT speaker_code, count(*) FROM statements GROUP BY 1"))
    frame = polars.read_parquet(made / "parquet" / "statements" / "*.parquet")
    assert dict(frame["speaker_code"].value_counts().iter_rows()) == counted
    pytest.importorskip("datasette")
    for query, holds in (
        ("/reports.json?sql=select+count(*)+as+n+from+statements&_shape=array", {"n": sum(counted.values())}),
        ("/reports/paragraphs.json?_search=委员会&_shape=array&_col=element", None),
        ("/reports/paragraphs.json?_search=nosuchword&_shape=array&_col=element", []),
    ):
        command = [sys.executable, "-m", "datasette", str(file), "--get", query]
        rows = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        assert rows == holds if holds == [] else rows[0] == holds if holds else rows


def test_the_guide_counts_the_same_three_times(made: Path, tmp_path: Path) -> None:
    """DuckDB, pandas and SQL, as the page of the documentation has them."""
    pytest.importorskip("duckdb")
    pytest.importorskip("pandas")
    page = (ROOT / "docs" / "howto" / "tables.md").read_text(encoding="utf-8")
    blocks = {language: re.findall(rf"```{language}\n(.*?)```", page, re.S) for language in ("python", "sql")}
    of_tables = [code for code in blocks["python"] if "tables/" in code]
    (tmp_path / "tables").symlink_to(made / "parquet")
    counted = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=ENV, capture_output=True, check=True
        ).stdout.decode()
        for code in of_tables
    ]
    database = sqlite3.connect(made / "sqlite" / "reports.sqlite")
    found = [database.execute(query).fetchall() for query in blocks["sql"]]
    counted.append("".join(f"{code} {n}\n" for code, n in found[0]))
    assert counted[0] == counted[1] == counted[2]
    assert counted[0].count("\n") == 5
    assert [len(rows) for rows in found] == [5, 5, 5]
