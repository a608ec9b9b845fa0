"""The review pages: what they hold without script, what they do with it, and that no text of a dump becomes markup."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import CORPUS, ROOT, walk
from test_cli import run
from test_compare import EN, ZH

from confparse.comparison.read import compare
from confparse.formats.page import comparison_page, report_page
from confparse.pipeline import parse_with_decisions
from confparse.rules.grammar import Grammar
from confparse.text.decode import decode

SAMPLE = ROOT / "samples" / "session-en-layout" / "raw.txt"
HOSTILE = '1. The <script>document.title="taken"</script> Committee & "others" met.\n2. </script><img src=x onerror=alert(1)>\n'
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
LARGEST = 3_000_000  # bytes that a page of a hundred pages may have


def _page(data: bytes, grammar: Grammar, ui: str = "en") -> str:
    parsed, flow = parse_with_decisions(decode(data, "dump.txt", None), grammar)
    return b"".join(report_page(parsed, flow, grammar, ui)).decode()


class _Elements(HTMLParser):
    """The tags, attributes and text of a page, scripts and styles aside."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self._skip = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._skip = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._skip = False

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.text.append(data)


def test_every_line_and_every_node_stands_in_the_page_without_script(grammar: Grammar) -> None:
    data = SAMPLE.read_bytes()
    parsed, _ = parse_with_decisions(decode(data, "dump.txt", None), grammar)
    read = _Elements(_page(data, grammar))
    shown = "".join("".join(read.text).split())
    assert [line for line in data.decode().splitlines() if "".join(line.split()) not in shown] == []
    ids = {value for name, value in read.attributes if name == "id"}
    assert {node.eid for node in walk(parsed.report.outline)} <= ids
    links = {value for name, value in read.attributes if name == "href"}
    assert {link for link in links if link and link.removeprefix("#") not in ids} == set()


def test_a_page_needs_no_network(grammar: Grammar) -> None:
    for page in (_page(SAMPLE.read_bytes(), grammar), b"".join(comparison_page(compare(ZH, EN), "en")).decode()):
        read = _Elements(page)
        assert not {"link", "img", "iframe", "object"} & set(read.tags)
        assert [v for n, v in read.attributes if n in ("src", "srcset", "action")] == []
        assert all((v or "").startswith("#") for n, v in read.attributes if n == "href")
        assert "url(" not in page.replace("url(#", "")


def test_text_of_a_dump_never_becomes_markup(grammar: Grammar) -> None:
    usual = _Elements(_page(b"1. The Committee met.\n2. It rose.\n", grammar))
    hostile = _Elements(_page(HOSTILE.encode(), grammar))
    assert set(hostile.tags) == set(usual.tags)
    assert hostile.tags.count("script") == usual.tags.count("script")
    assert "<script>document.title" in "".join(hostile.text)
    other = EN.replace("Chile", "<script>alert(1)</script>")
    assert _Elements(b"".join(comparison_page(compare(ZH, other), "en")).decode()).tags.count("script") == 1


def test_control_characters_stay_out_of_the_page(grammar: Grammar) -> None:
    page = _page(b"1. The\x00 Committee\x1b[31m met.\n2. It rose.\n", grammar)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", page)


def test_the_same_bytes_give_the_same_page(grammar: Grammar) -> None:
    assert _page(SAMPLE.read_bytes(), grammar) == _page(SAMPLE.read_bytes(), grammar)


def test_the_page_speaks_chinese(grammar: Grammar) -> None:
    page = _page(SAMPLE.read_bytes(), grammar, "zh")
    assert '<html lang="zh">' in page
    assert {"原文", "记录", "大纲", "搜索"} <= set(re.findall(r">([^<>]+)<", page))


def test_disagreements_are_marked_in_both_columns() -> None:
    page = b"".join(comparison_page(compare(ZH, EN.replace("34", "35")), "en")).decode()
    assert re.findall(r'<mark title="(\w+)">([^<]+)</mark>', page) == [("C001", "34"), ("C001", "35")]


def test_view_writes_a_page_and_never_over_its_input(tmp_path: Path) -> None:
    dump = tmp_path / "dump.txt"
    dump.write_bytes(SAMPLE.read_bytes())
    assert run("view", str(dump), "-o", str(tmp_path / "page.html")).returncode == 0
    assert (tmp_path / "page.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert run("view", str(dump), "-o", str(dump)).returncode == 2
    assert dump.read_bytes() == SAMPLE.read_bytes()


def _largest() -> Path | None:
    found = sorted(CORPUS.rglob("raw/*.txt"), key=lambda path: path.stat().st_size)
    return found[-1] if found else None


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM or not DRIVER:
        pytest.skip("chromium and chromedriver are not installed (Debian: apt-get install chromium chromium-driver)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    with tempfile.TemporaryDirectory() as profile:
        for argument in (
            "headless",
            "no-sandbox",
            "disable-gpu",
            "disable-quic",
            "no-first-run",
            "disable-background-networking",
            "disable-component-update",
            "disable-sync",
            f"user-data-dir={profile}",
            "window-size=1200,900",
        ):
            options.add_argument(f"--{argument}")
        driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        yield driver
        driver.quit()


def _open(browser: Any, page: str, folder: Path) -> None:
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    browser.get(file.as_uri())


def _chosen(browser: Any) -> list[str]:
    script = "return [...document.querySelectorAll('.chosen')].map(e => e.id).filter(Boolean)"
    return list(browser.execute_script(script))


def _press(browser: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def test_choosing_a_value_shows_its_lines_and_a_line_what_it_became(
    browser: Any, grammar: Grammar, tmp_path: Path
) -> None:
    data = SAMPLE.read_bytes()
    parsed, _ = parse_with_decisions(decode(data, "dump.txt", None), grammar)
    node = next(n for n in walk(parsed.report.outline) if n.element == "paragraph" and n.lines[1] > n.lines[0])
    _open(browser, _page(data, grammar), tmp_path)
    browser.execute_script("document.getElementById(arguments[0]).click()", node.eid)
    assert f"L{node.lines[0]}" in _chosen(browser)
    assert f"L{node.lines[1]}" in _chosen(browser)
    assert node.rule in browser.find_element("id", "why").text
    browser.execute_script("document.getElementById(arguments[0]).click()", f"L{node.lines[1]}")
    assert node.eid in _chosen(browser)
    told = browser.find_element("id", "why").text
    assert f"{node.eid} (paragraph)" in told
    assert "continues line" in told
    rule = next(e for e in re.findall(r"by rule (\S+)\.", told) if e in grammar.rules)
    assert " ".join(grammar.rules[rule].why.split()) in told


def test_searching_and_moving_by_keys(browser: Any, grammar: Grammar, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    _open(browser, _page(b"1. The Committee met.\n\n2. It rose.\n\n3. The Committee rose.\n", grammar), tmp_path)
    _press(browser, "/", *"committee")
    hits = "return [...document.querySelectorAll('.hit')].map(e => e.id)"
    assert browser.execute_script(hits) == ["L1", "L5"]
    assert browser.find_element("id", "found").text == "1 / 2"
    _press(browser, Keys.ENTER)
    assert browser.execute_script("return document.querySelector('.now').id") == "L5"
    _press(browser, Keys.ESCAPE)
    assert browser.execute_script(hits) == []
    _press(browser, "k")
    assert "L3" in _chosen(browser)
    assert "para_2" in _chosen(browser)
    _press(browser, Keys.ESCAPE)
    assert _chosen(browser) == []
    assert not browser.find_element("id", "why").is_displayed()


@pytest.mark.parametrize("words", ["lucia spoke", "52次会议", "over the end"])
def test_words_are_found_whatever_their_blanks_accents_and_lines(
    browser: Any, grammar: Grammar, tmp_path: Path, words: str
) -> None:
    dump = "1. Lucía spoke over\nthe end of a line.\n\n2. 第 52 次会议闭幕。\n"
    _open(browser, _page(dump.encode(), grammar), tmp_path)
    _press(browser, "/", *words)
    assert browser.find_element("id", "found").text == "1 / 1"


def test_a_hostile_dump_does_nothing(browser: Any, grammar: Grammar, tmp_path: Path) -> None:
    _open(browser, _page(HOSTILE.encode(), grammar), tmp_path)
    assert browser.title != "taken"
    assert browser.execute_script("return document.images.length") == 0
    assert "<script>document.title" in browser.find_element("id", "L1").text


def test_the_comparison_shows_only_disagreements_if_asked(browser: Any, tmp_path: Path) -> None:
    _open(browser, b"".join(comparison_page(compare(ZH, EN.replace("34", "35")), "en")).decode(), tmp_path)
    seen = "return [...document.querySelectorAll('.row')].filter(e => e.offsetParent).length"
    assert browser.execute_script(seen) == 6
    browser.find_element("id", "only").click()
    assert browser.execute_script(seen) == 1


@pytest.mark.parametrize("width", [1200, 400])
def test_nothing_is_wider_than_the_window(browser: Any, grammar: Grammar, tmp_path: Path, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for page in (_page(SAMPLE.read_bytes(), grammar), b"".join(comparison_page(compare(ZH, EN), "en")).decode()):
        _open(browser, page, tmp_path)
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.skipif(_largest() is None, reason="the corpus of real papers is not here")
def test_the_page_of_the_largest_paper_is_small_enough(grammar: Grammar) -> None:
    largest = _largest()
    assert largest is not None
    assert len(_page(largest.read_bytes(), grammar).encode()) < LARGEST
