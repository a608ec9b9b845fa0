"""Two language versions side by side: what is paired, what disagrees, and the formats."""

import io
import json
import random
import re
import runpy
import subprocess
import sys
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from confparse.comparison.align import chain
from confparse.comparison.read import compare
from confparse.comparison.types import Comparison, Version
from confparse.diagnostics import InputError
from confparse.formats.comparison import COLUMNS, mnbvc
from confparse.formats.page import comparison_page
from confparse.formats.record import dumps
from confparse.model import Cover
from confparse.pipeline import parse
from confparse.record_types import DateRange
from confparse.rules.load import load_grammar

SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared"
PAIRS = [
    ("workshop-zh-double", "workshop-en-double"),
    ("session-zh-pages", "session-en-layout"),
    ("record-zh-hant", "record-en-text"),
]
ZH = """一. 会议开幕

1. 委员会于2031年6月2日至6日在第九届会议上收到了E/CN.44/2031/5号文件。

2. 智利代表说，该国有34个港口设立了海员中心，占港口总数的三成。

3. 委员会在6月4日第5次会议上通过了第9/1号决议。

4. 葡萄牙、摩洛哥、肯尼亚和日本的代表作了发言。

5. 主席宣布会议闭幕。
"""
EN = """I. Opening of the session

1. The Commission, at its ninth session, from 2 to 6 June 2031, had before it document E/CN.44/2031/5.

2. The representative of Chile said that there were seafarers’ centres in 34 of its ports, some 30 per cent of them.

3. At its 5th meeting, on 4 June, the Commission adopted resolution 9/1.

4. Statements were made by the representatives of Portugal, Morocco, Kenya and Japan.

5. The Chair declared the session closed.
"""
VERSIONS = Version(parse(ZH), ZH), Version(parse(EN), EN)


def _sample(name: str) -> Path:
    return SAMPLES / name / "raw.txt"


def _numbered(found: Comparison) -> dict[str, str]:
    """The eids of numbered paragraphs on the Chinese side, with those on the English one."""
    pairs = [(pair.zh, pair.en) for pair in found.pairs if pair.zh and pair.en]
    return {zh.eids[0]: en.eids[0] for zh, en in pairs if zh.eids[0].startswith("para_")}


@pytest.mark.parametrize(("zh", "en"), PAIRS)
def test_samples_pair_whole_and_agree(zh: str, en: str) -> None:
    found = compare(_sample(zh), _sample(en))
    numbered = _numbered(found)
    assert numbered
    assert all(one == other for one, other in numbered.items())
    assert [pair for pair in found.pairs if pair.zh is None or pair.en is None] == []
    assert found.disagreements == ()


def test_the_order_of_the_versions_is_found_out() -> None:
    zh, en = map(_sample, PAIRS[0])
    assert compare(en, zh) == compare(zh, en)


def test_two_versions_in_one_language_are_refused() -> None:
    with pytest.raises(InputError, match="both in one language"):
        compare(EN, EN)


def test_records_pair_as_their_dumps_do(tmp_path: Path) -> None:
    found = compare(ZH, EN)
    reports = parse(ZH), parse(EN)
    assert [p.zh and p.zh.text for p in compare(*reports).pairs] == [p.zh and p.zh.text for p in found.pairs]
    files = tmp_path / "zh.yaml", tmp_path / "en.json"
    files[0].write_text(dumps(reports[0]), encoding="utf-8")
    files[1].write_text(dumps(reports[1], "json"), encoding="utf-8")
    assert compare(*files).pairs == compare(*reports).pairs
    files[1].write_text('{"schema": "confparse/1", "source": 3}')
    with pytest.raises(InputError, match=r"en\.json: not a valid confparse record"):
        compare(*files)


def test_spans_lead_back_to_the_sources() -> None:
    found = compare(ZH, EN)
    for pair in found.pairs:
        for side, source in ((pair.zh, ZH), (pair.en, EN)):
            assert side is not None
            assert "".join(source[slice(*side.spans[0])].split()) == "".join(side.text.split())
            assert source.split("\n")[side.lines[0][0] - 1].strip() == source[slice(*side.spans[0])]


CHANGED = {
    "number": (EN, "34", "35", "C001", "para_2"),
    "number-in-words": (EN, "ninth", "tenth", "C001", "para_1"),
    "share": (EN, "30 per cent", "40 per cent", "C001", "para_2"),
    "day": (ZH, "6月4日", "6月5日", "C002", "para_3"),
    "month": (EN, "4 June", "4 July", "C002", "para_3"),
    "symbol": (ZH, "2031/5", "2031/6", "C003", "para_1"),
    "resolution": (EN, "9/1", "9/2", "C003", "para_3"),
    "state": (ZH, "智利", "秘鲁", "C004", "para_2"),
    "state-of-a-list": (EN, ", Kenya", "", "C004", "para_4"),
}


@pytest.mark.parametrize(("text", "old", "new", "code", "eid"), CHANGED.values(), ids=CHANGED)
def test_a_change_in_one_version_is_found_at_its_place(text: str, old: str, new: str, code: str, eid: str) -> None:
    assert compare(*VERSIONS).disagreements == ()
    changed = text.replace(old, new, 1)
    found = compare(*((VERSIONS[0], changed) if text is EN else (changed, VERSIONS[1])))
    item = next(item for item in found.disagreements if item.code == code)
    assert (item.zh and item.zh.eid, item.en and item.en.eid) == (eid, eid)
    place = item.en if text is EN else item.zh
    assert place is not None
    if new:
        assert place.text
        assert place.text in new or new in place.text
        assert changed[slice(*place.span)] == place.text
    marked = [pair for pair in found.pairs if code in pair.codes]
    assert [pair.en and pair.en.eids for pair in marked] == [(eid,)]


def test_first_pages_that_differ_are_said_once() -> None:
    zh, en = (
        msgspec.structs.replace(parse(text), cover=Cover(symbol=f"A/CONF.9/{n}", date=DateRange(start=f"2031-05-0{n}")))
        for n, text in ((4, ZH), (5, EN))
    )
    found = compare(zh, en).disagreements
    assert [(item.code, item.zh and item.zh.eid) for item in found] == [("C002", "cover"), ("C003", "cover")]
    assert compare(zh, msgspec.structs.replace(en, cover=zh.cover)).disagreements == ()


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_paragraph_that_one_version_lacks_is_found(number: int) -> None:
    paragraphs = EN.split("\n\n")
    without = "\n\n".join(p for p in paragraphs if not p.startswith(f"{number}. "))
    found = compare(ZH, without)
    missing = [item for item in found.disagreements if item.code == "C006"]
    assert [(item.zh and item.zh.eid, item.en) for item in missing] == [(f"para_{number}", None)]
    alone = [pair.zh for pair in found.pairs if pair.en is None]
    assert [side and side.eids for side in alone] == [(f"para_{number}",)]


def test_a_note_that_one_version_lacks_is_found() -> None:
    zh, en = (_sample(name).read_text(encoding="utf-8") for name in PAIRS[1])
    at = zh.index("E/CN.44/2030/9，第 31")
    line = zh[zh.rindex("\n", 0, at) + 1 : zh.index("\n", at)]
    found = compare(zh.replace(line, ""), en)
    assert "C007" in {item.code for item in found.disagreements}


def test_a_day_that_the_other_version_calls_the_same_day_is_no_disagreement() -> None:
    zh = ZH.replace("在6月4日第5次会议上", "在同一天第5次会议上")
    assert compare(zh, EN).disagreements == ()


ALIKE = {
    "a range over two months": (
        "会议于2023年2月21至3月1日举行。",
        "The session was held from 21 February–1 March 2023.",
    ),
    "a range over two years": ("2022年7月25日至2023年7月26日届会。", "Session of 25 July 2022–26 July 2023."),
    "a shortened year": ("2022-2024年计划已获通过。", "The plan for 2022–24 was adopted."),
    "a roman numeral": ("见图2和表1。", "See figure II and table I."),
    "a number in a name": ("2019冠状病毒病疫情仍在继续。", "The COVID-19 pandemic continued."),
    "large numbers": ("约有150万人和3.2亿美元。", "There were 1.5 million people and $320 million."),
    "tenths and decades": ("三成国家在二十年内做到。", "Thirty per cent of the countries did so in two decades."),
    "hours": ("下午3时05分散会。", "The meeting rose at 3.05 p.m."),
    "full-width digits": ("２０３２年５月１２日有２.４万人。", "On 12 May 2032 there were 24,000 people."),
    "roman numbers of decisions": (
        "缔约方大会通过了第VII/2号决定。",
        "The Conference of the Parties adopted decision VII/2.",
    ),
    "digit groups": ("有12 500艘船。", "There were 12,500 vessels."),
}


@pytest.mark.parametrize(("zh", "en"), ALIKE.values(), ids=ALIKE)
def test_what_is_only_written_otherwise_is_no_disagreement(zh: str, en: str) -> None:
    assert compare(f"1. {zh}\n", f"1. {en}\n").disagreements == ()


def test_messages_speak_the_language_asked_for() -> None:
    changed = EN.replace("34", "35")
    english, chinese = (compare(ZH, changed, ui=ui).disagreements[0].message for ui in ("en", "zh"))
    assert english == "Numbers differ: Chinese 34, English 35."
    assert chinese == "数字不一致：中文 34，英文 35。"


def test_sentences_pair_inside_paragraphs() -> None:
    zh = "1. 会议于6月2日开幕。主席作了发言。会议通过了议程。\n\n2. 委员会审议了报告。秘书处作了介绍。\n"
    en = (
        "1. The session opened on 2 June. The Chair made a statement and the meeting adopted its agenda.\n\n"
        "2. The Commission considered the report. The secretariat introduced it.\n"
    )
    found = compare(zh, en, sentences=True)
    texts = [(pair.zh and pair.zh.text, pair.en and pair.en.text) for pair in found.pairs]
    assert texts == [
        ("1. 会议于6月2日开幕。", "1. The session opened on 2 June."),
        ("主席作了发言。会议通过了议程。", "The Chair made a statement and the meeting adopted its agenda."),
        ("2. 委员会审议了报告。", "2. The Commission considered the report."),
        ("秘书处作了介绍。", "The secretariat introduced it."),
    ]
    assert next(zh[slice(*pair.zh.spans[0])].strip() for pair in found.pairs if pair.zh) == "1. 会议于6月2日开幕。"


JOINED = """15. The Secretary confirmed that the total number of lamps counted was indeed 24. For
the harbour to be opened to boats at night again, 35 lamps were needed by the season.
Advice of the keepers of the lamps, incl. on the oil of the outer islands, taken as a
measure of the needs and on the least number of lamps
16. The 5th meeting, on 16 May, heard an oral report by the keeper of the lights, whose
written report is contained in E/CN.44/2031/5. A panel of three experts then made
presentations on the oil.
"""


def test_a_heading_joined_to_a_paragraph_is_cut_off_where_the_other_version_shows_it() -> None:
    zh = (
        "15. 秘书证实，清点的灯确为24盏。港口要重新在夜间向船只开放，在本季之前须有35盏灯。\n\n"
        "一. 灯塔管理员的建议，包括关于外岛用油作为需求指标以及最少灯数的建议\n\n"
        "16. 5月16日第5次会议听取了灯塔管理员的口头报告，其书面报告载于E/CN.44/2031/5。随后由三名专家就用油作了介绍。\n"
    )
    assert [node.eid for node in parse(JOINED).outline] == ["para_15", "para_16"]
    found = compare(zh, JOINED)
    assert [(p.zh and p.zh.num, p.en and p.en.eids, p.en and p.en.lines) for p in found.pairs] == [
        ("15.", ("para_15",), ((1, 2),)),
        ("一.", ("para_15",), ((3, 4),)),
        ("16.", ("para_16",), ((5, 7),)),
    ]
    for pair in found.pairs:
        assert pair.en
        assert "".join(JOINED[slice(*pair.en.spans[0])].split()) == "".join(pair.en.text.split())


def test_a_paragraph_that_holds_two_of_the_other_version_stays_whole() -> None:
    zh = "1. 委员会审议了报告。报告列有34个港口。\n"
    en = "1. The Commission considered the report before it.\n\n2. The report listed 34 ports of the coast.\n"
    found = compare(en, zh)
    assert [(p.zh and p.zh.eids, p.en and p.en.eids) for p in found.pairs] == [(("para_1",), ("para_1", "para_2"))]


def test_a_figure_that_one_unit_alone_holds_does_not_cut_its_paragraph_in_two() -> None:
    zh = (
        "5. 讨论会由三部分组成。\n\n6. 随后由记者主持第4场对话。\n\n"
        "对话参加者谈到E/CN.44/2031/5号文件、2029年的312艘船舶和4 870名海员，并请各国在下届会议之前就港口的费用提出意见，"
        "因为引航员和港务局长都没有得到答复，船员家属也没有得到答复。\n\n7. 会议结束。\n"
    )
    en = (
        "5. The discussion was in three parts.\n\n6. A journalist then moderated the 4th dialogue. The participants spoke of "
        "document E/CN.44/2031/5, of 312 vessels in 2029 and of 4,870 seafarers, and invited States to submit their views on "
        "the costs of ports before the next session, because neither pilots nor harbour masters had had an answer, nor had "
        "the families of the crews.\n\n7. The meeting rose.\n"
    )
    found = compare(zh, en)
    assert [p.zh and len(p.zh.spans) for p in found.pairs] == [1, 2, 1]
    assert found.disagreements == ()


def test_the_label_of_an_annex_and_its_title_are_units() -> None:
    en = f"{EN}\nAnnex I\n\nNames of the seafarers’ centres\n\n1. The centre of the port is open.\n"
    zh = f"{ZH}\n附件一\n\n海员中心名单\n\n1. 港口的中心是开放的。\n"
    found = compare(zh, en).pairs[-3:]
    assert [(p.zh and p.zh.text, p.en and p.en.text) for p in found] == [
        ("附件一", "Annex I"),
        ("海员中心名单", "Names of the seafarers’ centres"),
        ("1. 港口的中心是开放的。", "1. The centre of the port is open."),
    ]
    assert found[0].zh
    assert found[1].zh
    assert [zh[slice(*found[i].zh.spans[0])] for i in (0, 1)] == ["附件一", "海员中心名单"]


def test_the_label_of_an_annex_and_a_title_over_two_lines_share_no_letter() -> None:
    found = [pair.zh for pair in compare("附件\n\n第二部分\n\n第二部分\n", EN).pairs if pair.zh]
    assert [(unit.text, unit.spans) for unit in found] == [("附件", ((0, 2),)), ("第二部分第二部分", ((4, 14),))]


def test_a_contents_table_of_one_version_pairs_with_no_heading_of_the_other() -> None:
    contents = "Contents\nPage\nI. Opening of the session ........ 1\nII. Closing of the session ....... 3\n\n"
    found = compare(ZH, f"{contents}{EN}\nII. Closing of the session\n\n6. The session was closed.\n")
    headings = [p.en.text for p in found.pairs if p.zh and p.en and p.zh.eids == ("dvs_I",)]
    assert headings == ["I. Opening of the session"]


def test_a_text_with_one_unit_per_line_keeps_its_lines() -> None:
    whole = [pair for pair in compare(*map(_sample, PAIRS[0])).pairs if pair.zh and pair.en]
    zh, en = ("".join(f"{getattr(pair, side).text}\n" for pair in whole) for side in ("zh", "en"))
    found = compare(zh, en)
    assert [(p.zh and p.zh.lines, p.en and p.en.lines) for p in found.pairs] == [
        (((line, line),), ((line, line),)) for line in range(1, len(whole) + 1)
    ]


LINES = st.lists(
    st.sampled_from([*ZH.split("\n\n"), "附件", "第二部分", "见A/1/2。", "3. 智利"]), min_size=1, max_size=9
)
OTHERS = st.lists(st.sampled_from([*EN.split("\n\n"), "Annex", "Part two", "See A/1/2.", "3. Chile"]), max_size=9)


@settings(max_examples=60, deadline=None)
@given(LINES, OTHERS, st.booleans())
def test_every_unit_stands_in_one_pair_in_order(zh: list[str], en: list[str], sentences: bool) -> None:
    sources = {"zh": "\n\n".join(zh) + "\n", "en": "\n\n".join([*en, "The report was adopted."]) + "\n"}
    versions = {side: Version(parse(source), source) for side, source in sources.items()}
    found = compare(versions["zh"], versions["en"], sentences=sentences)
    for side in sources:
        held = [part for pair in found.pairs if (part := getattr(pair, side)) and not part.eids[0].startswith("fn_")]
        spans = [span for part in held for span in part.spans]
        assert spans == sorted(spans)
        assert all(low[1] <= high[0] for low, high in pairwise(spans))
        record = versions[side].report
        taken = sum(len("".join(item.text.split())) for item in record.furniture)
        assert sum(len("".join(part.text.split())) for part in held) + taken >= record.coverage.outline


def test_numbers_of_any_length_and_script_are_compared() -> None:
    long = "9" * 5000
    assert compare(f"1. 共{long}项。\n", f"1. There were {long} items.\n").disagreements == ()
    assert compare("1. 共007项。\n", "1. There were ٧ items.\n").disagreements == ()
    found = compare("1. 共007项。\n", "1. There were ٨ items.\n").disagreements
    assert [item.code for item in found] == ["C001"]


@pytest.mark.parametrize(
    ("reads", "pattern"),
    [
        ("number", "(?<value>Commission)"),
        ("number", "(?<scale>Commission)"),
        ("count", "(?<value>)Commission"),
        ("day", "(?<month>Commission)"),
        ("day", "(?<day>4) June"),
        ("clock", "(?<hour>Commission)"),
        ("code", "(?<day>4)"),
    ],
)
def test_a_rule_of_a_user_that_reads_nothing_stops_no_comparison(reads: str, pattern: str, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(
        f"name: g\nversion: '1'\nextends: un-report\nrules:\n  - id: mine\n    kind: figure\n    reads: {reads}\n    why: W.\n"
        f"    patterns: {{en: '{pattern}'}}\n"
        "    examples: [{lang: en, text: Commission 4 June}, {lang: en, text: X, match: false}]\n"
    )
    found = compare(*VERSIONS, grammar=load_grammar(str(tmp_path / "g.yaml")))
    assert [pair.zh and pair.zh.text for pair in found.pairs] == [
        pair.zh and pair.zh.text for pair in compare(*VERSIONS).pairs
    ]


def test_the_longest_chain_goes_up_on_both_sides() -> None:
    pairs = [(0, 5), (1, 0), (2, 1), (3, 9), (4, 2), (5, 3), (5, 4)]
    assert chain(pairs) in ([(1, 0), (2, 1), (4, 2), (5, 3)], [(1, 0), (2, 1), (4, 2), (5, 4)])


def test_the_work_grows_with_the_text_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    from confparse.comparison.evidence import Evidence

    counted = 0
    weigh = Evidence.weigh

    def counting(self: Evidence, i0: int, i1: int, j0: int, j1: int) -> float:
        nonlocal counted
        counted += 1
        return weigh(self, i0, i1, j0, j1)

    monkeypatch.setattr(Evidence, "weigh", counting)
    work = []
    for size in (60, 240):
        rng = random.Random(7)
        tails = [rng.randint(1, 60) for _ in range(size)]
        zh = "\n\n".join(f"{i}. 委员会审议了报告{'，并请秘书处提供资料' * (n % 7)}。" for i, n in enumerate(tails, 1))
        en = "\n\n".join(
            f"{i}. The Commission considered the report{', asking for information' * (n % 7)}."
            for i, n in enumerate(tails, 1)
        )
        counted = 0
        compare(zh + "\n", en + "\n")
        work.append(counted)
    assert work[1] < 6 * work[0]


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The command line in this process: what it costs to start one is measured elsewhere."""
    from confparse.cli.main import guarded
    from confparse.cli.options import run as read_options

    def called(*args: str, cwd: Path | None = None) -> "subprocess.CompletedProcess[bytes]":
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["confparse", *args])
            if cwd is not None:
                patched.chdir(cwd)
            code = guarded(read_options)
        return subprocess.CompletedProcess(args, code, *capfdbinary.readouterr())

    return called


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    zh.write_text(ZH, encoding="utf-8")
    en.write_text(EN.replace("34", "35"), encoding="utf-8")
    return str(zh), str(en)


def test_the_table_ends_with_the_disagreements(files: tuple[str, str], run: Run) -> None:
    done = run("compare", *files)
    lines = done.stdout.decode().splitlines()
    assert lines[3:6] == ["3 | 3 1.00", f"  zh {ZH.splitlines()[2]}", f"  en {EN.splitlines()[2]}"]
    said = "warning C001 number-differs: Numbers differ: Chinese 34, English 35."
    assert lines[-1] == f"{files[0]}:5 {files[1]}:5: {said}"
    assert done.stderr.decode().strip() == "Pairs: 6; without counterpart: 0; disagreements: 1."
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-", "-"], "standard input holds one version only"),
        (["--segment", "paragraph", "--sentences", "a", "b"], "contradict each other"),
    ],
)
def test_what_cannot_be_compared_is_a_usage_error(args: list[str], said: str, run: Run) -> None:
    done = run("compare", *args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()


@pytest.mark.parametrize(("level", "code"), [("warning", 1), ("error", 0), ("never", 0)])
def test_fail_on_sets_the_exit_code(files: tuple[str, str], level: str, code: int, run: Run) -> None:
    assert run("compare", *files, "-f", "jsonl", "--fail-on", level).returncode == code


@pytest.mark.parametrize("format", ["jsonl", "tsv", "tmx", "html", "mnbvc"])
def test_what_differs_is_said_beside_every_format(format: str, files: tuple[str, str], run: Run) -> None:
    said = run("compare", *files, "-f", format).stderr.decode()
    assert said.strip() == (
        f"{files[0]}:5 {files[1]}:5: warning C001 number-differs: Numbers differ: Chinese 34, English 35."
    )


def test_a_row_of_json_lines_holds_its_disagreements(files: tuple[str, str], run: Run) -> None:
    objects = [json.loads(line) for line in run("compare", *files, "-f", "jsonl").stdout.splitlines()]
    assert [len(row.get("disagreements", ())) for row in objects] == [0, 0, 1, 0, 0, 0]
    assert objects[2]["disagreements"][0]["message"] == "Numbers differ: Chinese 34, English 35."


def test_the_words_that_differ_are_placed_where_they_are_and_not_in_the_label() -> None:
    zh = "20. 会议有15人参加，2 名专家和\n2 名顾问出席。\n"
    (item,) = compare(zh, "20. The meeting had 15 participants, with experts and advisers.\n").disagreements
    assert item.zh is not None
    assert (item.zh.text, item.zh.span) == ("2", (13, 14))
    page = b"".join(comparison_page(compare(zh, "20. The meeting had 15 participants, with experts.\n"), "en")).decode()
    (row,) = re.findall(r'<span class="t">(20\..*?)</span>', re.sub(r"<mark[^>]*>(.*?)</mark>", r"[\1]", page))[:1]
    assert row == "20. 会议有15人参加，[2]名专家和2名顾问出席。"


def test_lines_are_those_of_the_record_whatever_pages_the_dump_has() -> None:
    zh, en = (
        "1. 会议开幕。主席发言。\n\f2. 会议休会。主席致谢。\n",
        "1. It opened. A spoke.\n\n2. It rose. A gave thanks.\n",
    )
    found = compare(zh, en, sentences=True)
    assert [pair.zh.lines for pair in found.pairs if pair.zh] == [((1, 1),), ((1, 1),), ((2, 2),), ((2, 2),)]


def test_a_text_without_letters_takes_the_other_language() -> None:
    for empty in ("", " \n", "12\n"):
        assert compare(empty, EN).zh.characters == len(empty)
        assert compare(ZH, empty).en.characters == len(empty)
    assert compare("", "").pairs == ()


def test_an_entry_of_contents_is_one_sentence() -> None:
    zh = "目录\n\n一. 会议开幕 ........ 2\n二. 会议闭幕 ........ 3\n\n一. 会议开幕\n\n1. 会议开了。\n\n二. 会议闭幕\n\n2. 会议散了。\n"
    en = "Contents\n\nI. Opening ........ 2\nII. Closing ........ 3\n\nI. Opening\n\n1. It met.\n\nII. Closing\n\n2. It rose.\n"
    texts = [pair.zh.text for pair in compare(zh, en, sentences=True).pairs if pair.zh]
    assert "一. 会议开幕 ........ 2" in texts


def test_json_lines_and_tsv_hold_the_same_pairs(files: tuple[str, str], run: Run) -> None:
    objects = [json.loads(line) for line in run("compare", *files, "-f", "jsonl").stdout.splitlines()]
    rows = [line.split("\t") for line in run("compare", *files, "-f", "tsv").stdout.decode().splitlines()]
    assert tuple(rows[0]) == COLUMNS
    assert [(row[6], row[7]) for row in rows[1:]] == [(o["zh"]["text"], o["en"]["text"]) for o in objects]
    assert objects[2]["codes"] == ["C001"]
    assert objects[2]["zh"]["eids"] == ["para_2"]
    assert "states:CHL" in objects[2]["shared"]


def test_a_translation_memory_is_read_by_translation_tools(files: tuple[str, str], run: Run) -> None:
    from translate.storage.tmx import tmxfile

    data = run("compare", *files, "-f", "tmx").stdout
    memory = tmxfile.parsestring(data)
    assert len(memory.units) == 6
    assert (memory.units[0].source, memory.units[0].target) == ("会议开幕", "Opening of the session")
    assert memory.getsourcelanguage() == "zh-cn" or b'srclang="zh-CN"' in data
    assert '<prop type="x-zh-label">2.</prop>' in data.decode()
    assert 'segtype="sentence"' in data.decode()
    whole = run("compare", *files, "-f", "tmx", "--segment", "paragraph").stdout.decode()
    assert 'segtype="paragraph"' in whole


def test_a_translation_memory_of_a_traditional_version_says_so() -> None:
    from confparse.formats.tmx import tmx

    data = b"".join(tmx(compare(*map(_sample, PAIRS[2])), "paragraph")).decode()
    assert '<tuv xml:lang="zh-TW">' in data
    assert "zh-CN" not in data


# The parts of the DTD of TMX 1.4 (LISA OSCAR, 1998-2005) that are written here, in its own order and with what it demands.
TMX = """
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA "unknown">
<!ELEMENT note (#PCDATA)>
<!ELEMENT ude EMPTY>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
"""
OMEGAT = Path("/usr/share/omegat/OmegaT.jar")  # where Debian's package omegat has it, with the whole DTD


@pytest.mark.parametrize("whole", [False, True], ids=["own-parts", "whole"])
@pytest.mark.parametrize("sentences", [False, True], ids=["paragraphs", "sentences"])
def test_a_translation_memory_is_valid(whole: bool, sentences: bool) -> None:
    from lxml import etree

    from confparse.formats.tmx import tmx

    if whole and not OMEGAT.exists():
        pytest.skip("Debian's package omegat, which holds the whole DTD of TMX 1.4, is not installed")
    dtd = zipfile.ZipFile(OMEGAT).read("schemas/tmx14.dtd") if whole else TMX.encode()
    changed = VERSIONS[0], EN.replace("Chile", "Chile <b>&\x02")
    found = compare(*changed, sentences=sentences)
    memory = etree.fromstring(b"".join(tmx(found, "sentence" if sentences else "paragraph")))
    rules = etree.DTD(io.BytesIO(dtd))
    assert rules.validate(memory), rules.error_log
    assert len(memory.findall(".//tu")) == 6


def test_a_translation_memory_is_xml_whatever_the_text_holds() -> None:
    from xml.etree import ElementTree

    from confparse.formats.tmx import tmx

    zh, en = ZH.replace("智利", "智利<b>&\x02"), EN.replace("Chile", "Chile <b>&\x02")
    root = ElementTree.fromstring(b"".join(tmx(compare(zh, en), "paragraph")))
    assert any("<b>&" in (seg.text or "") for seg in root.iter("seg"))


def test_a_state_named_instead_of_one_that_recurs_is_found() -> None:
    zh = "1. 智利代表说，智利有34个港口设立了海员中心，另有一些正在筹建。\n"
    en = "1. The representative of Chile said that Chile had seafarers’ centres in 34 ports and that others were planned.\n"
    assert compare(zh, en).disagreements == ()
    (found,) = compare(zh, en.replace("that Chile", "that Peru")).disagreements
    assert (found.code, found.zh and found.zh.text, found.en and found.en.text) == ("C004", "智利", "Peru")


def test_a_number_is_missed_though_a_day_has_its_digits() -> None:
    zh = "1. 委员会在6月4日第5次会议上就议程项目4进行了讨论，听取了各方的意见。\n"
    en = (
        "1. At its 5th meeting, on 4 June, the Commission discussed agenda item 4 and heard the views of all parties.\n"
    )
    assert compare(zh, en).disagreements == ()
    (found,) = compare(zh.replace("项目4", "项目5"), en).disagreements
    assert (found.code, found.en and found.en.text) == ("C001", "4")


def test_a_number_is_missed_though_it_is_that_of_the_paragraph() -> None:
    zh = "5. 委员会在4月的第3次圆桌会议上讨论了这些问题，听取了各方的意见。\n"
    en = "5. At its round table 3, in April, the Commission discussed these questions and heard the views of all parties.\n"
    assert compare(zh, en).disagreements == ()
    (found,) = compare(zh.replace("第3次", "第5次"), en).disagreements
    assert (found.code, found.zh and found.zh.text, found.en and found.en.text) == ("C001", "5", "3")
    (found,) = compare(zh, en.replace("table 3", "table 5")).disagreements
    assert (found.code, found.zh and found.zh.text, found.en and found.en.text) == ("C001", "3", "5")


def test_letters_that_may_be_roman_numerals_are_labels_too() -> None:
    zh = "1. 下列办法可供选择：\n\n(a) 撤销港口；\n\n(b) 合并两个港口；\n\n(c) 设一处港口，并予注明；\n\n(d) 关闭港口。\n"
    en = (
        "1. The following ways are open:\n\n(a) Abolishing the ports;\n\n(b) Merging two of the ports;\n\n"
        "(c) Designating one place as the port, provided that this is conspicuously indicated in the annual list;\n\n"
        "(d) Closing the ports.\n"
    )
    scores = {pair.zh.num: pair.score for pair in compare(zh, en).pairs if pair.zh and pair.en}
    assert min(scores["(c)"], scores["(d)"]) > 0.8


def test_contents_of_one_version_keep_nothing_apart() -> None:
    names = (
        "Attendance",
        "Documents",
        "Discussion",
        "Elections",
        "Membership",
        "Finances",
        "Premises",
        "Staff",
        "Closing",
    )
    entries = "".join(f"{name} {'.' * 60} {page}\n\n" for page, name in enumerate(names, 1))
    zh = "会议开幕\n\n1. 委员会举行了届会，出席者众多，讨论了各项事务。\n\n2. 委员会选出了主席，并感谢前任主席。\n"
    en = (
        "Opening of the session\n\n1. The Commission held its session, which many attended, and discussed its affairs.\n\n"
        "2. The Commission elected a Chair and thanked the former one.\n"
    )
    for text in (en, f"Contents\n\n{entries}{en}"):
        found = compare(zh, text)
        assert _numbered(found) == {"para_1": "para_1", "para_2": "para_2"}
        assert found.disagreements == ()


def _mnbvc(found: Comparison) -> list[dict[str, Any]]:
    return [json.loads(line) for line in mnbvc(found)]


def test_the_format_of_mnbvc(files: tuple[str, str], run: Run) -> None:
    rows = [json.loads(line) for line in run("compare", *files, "-f", "mnbvc").stdout.splitlines()]
    assert {(row["文件名"], row["段落数"], row["去重段落数"], row["低质量段落数"]) for row in rows} == {
        ("zh.txt", 6, 0, 0)
    }
    assert [row["行号"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert (rows[0]["zh_text"], rows[0]["en_text"]) == ("一. 会议开幕", "I. Opening of the session")
    assert len(rows[0]["zh_text_md5"]) == 32
    assert rows[0]["fr_text"] == ""
    assert json.loads(rows[0]["扩展字段"]) == {"k": "dvs_I"}


def test_the_format_of_mnbvc_has_what_both_versions_have_and_equal_lines_once() -> None:
    line = "1. 会议闭幕。\n\n", "1. The session closed.\n\n"
    pairs = compare(line[0], line[1]).pairs
    alone = msgspec.structs.replace(pairs[0], en=None)
    again = msgspec.structs.replace(pairs[0], score=0.5)
    found = msgspec.structs.replace(compare(ZH, EN), pairs=(*pairs, alone, again))
    rows = _mnbvc(found)
    assert [(row["zh_text"], row["段落数"], row["低质量段落数"]) for row in rows] == [("1. 会议闭幕。", 1, 0)]


def test_repeats_are_marked_in_the_format_of_mnbvc() -> None:
    zh, en = "1. 主席发言。\n\n2. 主席发言。\n", "1. The Chair spoke.\n\n2. The Chair made a statement.\n"
    pairs = tuple(
        msgspec.structs.replace(p, zh=msgspec.structs.replace(p.zh, text="主席发言。")) for p in compare(zh, en).pairs
    )
    rows = _mnbvc(msgspec.structs.replace(compare(zh, en), pairs=pairs))
    assert [(row["是否重复"], row["去重段落数"]) for row in rows] == [(False, 1), (True, 1)]


def test_traditional_texts_are_simplified_too_in_the_format_of_mnbvc() -> None:
    row = _mnbvc(compare(_sample("record-zh-hant"), _sample("record-en-text")))[1]
    assert json.loads(row["扩展字段"]) == {"k": "A/AC.512/2036/SR.11 title_2"}
    assert (row["zh_text"], row["cht_text"]) == ("第三届会议", "第三屆會議")


def test_many_pairs_go_into_one_folder(files: tuple[str, str], tmp_path: Path, run: Run) -> None:
    listed = tmp_path / "pairs.tsv"
    listed.write_text("zh.txt\ten.txt\nen.txt\tzh.txt\tother\nzh.txt\tnone.txt\nzh.txt\ten.txt\n")
    done = run("compare", "--pairs", str(listed), "-o", str(tmp_path / "out"), "-f", "tsv", "-j", "2")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["other.tsv", "zh.tsv", "zh_3.tsv"]
    assert done.returncode == 1
    assert "none.txt: no such file" in done.stderr.decode()
    assert (tmp_path / "out" / "zh.tsv").read_bytes() == (tmp_path / "out" / "other.tsv").read_bytes()


def test_the_outputs_of_many_pairs_stay_below_the_folder(files: tuple[str, str], tmp_path: Path, run: Run) -> None:
    listed = tmp_path / "pairs.tsv"
    listed.write_text("zh.txt\ten.txt\ta/rep\nzh.txt\ten.txt\tb/rep\n")
    assert run("compare", "--pairs", str(listed), "-o", str(tmp_path / "out"), "-f", "tsv").returncode == 0
    assert sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.tsv")) == [
        "a/rep.tsv",
        "b/rep.tsv",
    ]
    listed.write_text("zh.txt\ten.txt\t../rep\n")
    assert run("compare", "--pairs", str(listed), "-o", str(tmp_path / "out"), "-f", "tsv").returncode == 2


@pytest.mark.parametrize("arguments", [(), ("a.txt",), ("--pairs", "a.tsv"), ("--pairs", "a.tsv", "a.txt", "-o", "b")])
def test_a_command_line_that_cannot_be_read_is_told_in_one_sentence(arguments: tuple[str, ...], run: Run) -> None:
    done = run("compare", *arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("a.tmx", b"<?xml"),
        ("a.html", b"<!DOCTYPE html>"),
        ("a.HTM", b"<!DOCTYPE html>"),
        ("a.tsv", b"zh"),
        ("a.jsonl", b"{"),
        ("a.txt", b"1 | 1 "),
        ("a", b"1 | 1 "),
    ],
)
def test_the_ending_of_the_output_chooses_the_format(
    name: str, starts: bytes, files: tuple[str, str], tmp_path: Path, run: Run
) -> None:
    done = run("compare", *files, "-o", str(tmp_path / name), "--ui", "zh")
    assert (done.returncode, done.stdout) == (0, b"")
    written = (tmp_path / name).read_bytes()
    assert written.startswith(starts)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["-o", "a.tmx", "-f", "html"], "ends in the name of the format tmx, but the format is html"),
        (["-o", "a.json"], "the format json, which this command does not write; choose from text, tsv, jsonl"),
        (["-o", "a.jsonl", "-f", "tsv"], "the format jsonl, but the format is tsv"),
    ],
)
def test_an_ending_that_contradicts_is_an_error(
    args: list[str], says: str, files: tuple[str, str], tmp_path: Path, run: Run
) -> None:
    done = run("compare", *files, *args, cwd=tmp_path)
    assert (done.returncode, done.stdout, list(tmp_path.glob("a.*"))) == (2, b"", [])
    assert says in done.stderr.decode()
    assert run("compare", *files, "-f", "mnbvc", "-o", "b.jsonl", cwd=tmp_path).returncode == 0


def test_the_format_of_many_pairs_ends_their_names(files: tuple[str, str], tmp_path: Path, run: Run) -> None:
    (tmp_path / "pairs.tsv").write_text(f"{files[0]}\t{files[1]}\tmemory.tmx\n")
    assert run("compare", "--pairs", "pairs.tsv", "-f", "tmx", "-o", "out.d", cwd=tmp_path).returncode == 0
    assert [path.name for path in (tmp_path / "out.d").iterdir()] == ["memory.tmx"]


def test_a_list_of_pairs_with_a_wrong_line_names_it(tmp_path: Path, run: Run) -> None:
    listed = tmp_path / "pairs.tsv"
    listed.write_text("zh.txt\ten.txt\nzh.txt en.txt\n")
    done = run("compare", "--pairs", str(listed), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert f"{listed}:2:" in done.stderr.decode()


def test_an_output_never_replaces_an_input(files: tuple[str, str], tmp_path: Path, run: Run) -> None:
    (tmp_path / "pairs.tsv").write_text("zh.txt\ten.txt\n")
    assert run("compare", "--pairs", str(tmp_path / "pairs.tsv"), "-o", str(tmp_path)).returncode == 2
    assert run("compare", *files, "-o", files[0]).returncode == 2
    assert Path(files[0]).read_text(encoding="utf-8") == ZH


def test_a_comparison_is_plain_data() -> None:
    found = compare(ZH, EN)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Comparison) == found


GOALS = {"P": (0.997, 0.995), "S1": (0.98, 0.975), "S2": (0.92, 0.97)}


@pytest.mark.skipif(not (SHARED / "corpus" / "align").exists(), reason="the corpus of aligned papers is not here")
def test_gold_of_aligned_papers(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = tmp_path / "scores.json"

    def here(command: list[str], **_: Any) -> "subprocess.CompletedProcess[str]":
        done = run(*command[1:])
        return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())

    with monkeypatch.context() as patched:
        patched.setattr(sys, "argv", ["align_score", str(SHARED / "corpus" / "align"), "--json", str(scores)])
        score = runpy.run_path(str(SHARED / "eval" / "align_score.py"))["main"]
        patched.setattr(subprocess, "run", here)
        score()
    found = json.loads(scores.read_text())
    below = [
        (group, kind, found[f"align.{group}.{kind}"]["value"])
        for group, goal in GOALS.items()
        for kind, least in zip(("precision", "recall"), goal, strict=True)
        if found[f"align.{group}.{kind}"]["value"] < least
    ]
    assert below == []
