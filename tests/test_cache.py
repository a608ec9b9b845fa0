"""What a cache folder may hold: the store is data that is checked, and whatever else lies there is left alone."""

import hashlib
import os
from pathlib import Path

import msgspec
import pytest

from confparse.pipeline import parse
from confparse.rules import load
from confparse.rules.cache import StoreContents
from confparse.rules.grammar import Grammar, Parts

TEXT = "1. 委员会于2010年5月3日举行了第1次会议。\n\n2. 秘鲁代表作了发言。\n"
WANT = parse(TEXT)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONFPARSE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def fresh() -> Grammar:
    """The shipped grammar as a new process loads it."""
    load._shipped.cache_clear()
    return load.load_grammar()


def saved(folder: Path) -> Path:
    """The store as a first run leaves it."""
    grammar = fresh()
    assert parse(TEXT, grammar=grammar) == WANT
    grammar.store.save()
    (store,) = folder.glob("*.msgpack")
    return store


def plant(store: Path, contents: object, key: bytes | None = None) -> bytes:
    """Put a store with other contents in its place, sealed with the key of the folder unless another is given."""
    data = msgspec.msgpack.encode(contents)
    key = (store.parent / "key").read_bytes() if key is None else key
    store.write_bytes(hashlib.blake2b(data, key=key, digest_size=32).digest() + data)
    return store.read_bytes()


def store_contents(store: Path) -> StoreContents:
    return msgspec.msgpack.decode(store.read_bytes()[32:], type=StoreContents)


def test_a_store_serves_the_next_run_and_is_private(folder: Path) -> None:
    store = saved(folder)
    assert store.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert parse(TEXT, grammar=fresh()) == WANT
    assert fresh().store.contents.grammar == store_contents(store).grammar


def _with_pattern(source: str) -> StoreContents:
    """The shipped grammar with another pattern in each rule of a kind."""
    parts = fresh()._parts
    rules = [
        msgspec.structs.replace(rule, patterns={"any": source}) if hasattr(rule, "literals") else rule
        for rule in parts.rules
    ]
    return StoreContents(msgspec.msgpack.encode(msgspec.structs.replace(parts, rules=rules)))


WRONG = {
    "no pattern": lambda: _with_pattern("(?<num"),
    "no fragment": lambda: _with_pattern("${nothing}"),
    "another type": lambda: StoreContents(msgspec.msgpack.encode({"name": 1})),
    "no message": lambda: StoreContents(b"\xc1"),
    "a table that moves text": lambda: StoreContents(tables={"t2s": {"会": "two"}, "s2t": {}}),
}


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_a_store_with_a_right_seal_and_other_contents_is_made_anew(make: object, folder: Path) -> None:
    store = saved(folder)
    assert callable(make)
    planted = plant(store, make())
    grammar = fresh()
    assert parse(TEXT, grammar=grammar) == WANT
    grammar.store.save()
    assert msgspec.msgpack.decode(store_contents(store).grammar, type=Parts).name == "un-report"
    assert parse(TEXT, grammar=fresh()) == WANT
    assert store.read_bytes() != planted


def test_a_store_of_another_shape_is_made_anew(folder: Path) -> None:
    store = saved(folder)
    plant(store, {"grammar": b"", "tables": {}, "patterns": {"a": [1, 2, 3]}})
    assert parse(TEXT, grammar=fresh()) == WANT


@pytest.mark.parametrize("key", [b"", bytes(32)])
def test_a_store_that_was_not_sealed_here_is_not_read(key: bytes, folder: Path) -> None:
    store = saved(folder)
    plant(store, _with_pattern("nothing that is ever matched"), key)
    grammar = fresh()
    assert parse(TEXT, grammar=grammar) == WANT
    grammar.store.save()
    assert store_contents(store).grammar == msgspec.msgpack.encode(fresh()._parts)


@pytest.mark.parametrize("key", [b"", b"short", bytes(33)])
def test_a_key_that_is_none_is_made_anew(key: bytes, folder: Path) -> None:
    saved(folder)
    (folder / "key").write_bytes(key)
    assert parse(TEXT, grammar=fresh()) == WANT
    saved(folder)
    assert len((folder / "key").read_bytes()) == 32


def test_a_link_in_place_of_the_store_is_not_followed(folder: Path, tmp_path: Path) -> None:
    store, victim = saved(folder), tmp_path / "victim"
    victim.write_bytes(store.read_bytes())
    store.unlink()
    store.symlink_to(victim)
    before = victim.read_bytes()
    grammar = fresh()
    assert grammar.store.contents == StoreContents(grammar.store.contents.grammar), "nothing was read through the link"
    grammar.store.save()
    assert victim.read_bytes() == before
    assert not store.is_symlink(), "the link is replaced"


def test_a_pipe_in_place_of_the_store_is_not_waited_for(folder: Path) -> None:
    store = saved(folder)
    store.unlink()
    os.mkfifo(store)
    grammar = fresh()
    assert parse(TEXT, grammar=grammar) == WANT
    grammar.store.save()
    assert store.is_file()


@pytest.mark.parametrize("mode", [0o770, 0o777, 0o1777])
def test_a_folder_that_others_may_write_is_not_used(mode: int, folder: Path) -> None:
    store = saved(folder)
    before = plant(store, _with_pattern("("))
    folder.chmod(mode)
    grammar = fresh()
    assert parse(TEXT, grammar=grammar) == WANT
    grammar.store.save()
    assert store.read_bytes() == before


def test_a_folder_that_is_a_link_is_not_used(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "elsewhere")
    fresh().store.save()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CONFPARSE_CACHE", str(tmp_path / "file" / "cache"))
    grammar = fresh()
    grammar.store.save()
    assert parse(TEXT, grammar=grammar) == WANT
