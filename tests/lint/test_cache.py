"""Remembered results: nothing is lost on the way, and trouble costs only time."""

from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.diagnostic import Diagnostic, Edit, Fix, Message, Range, Related, Severity
from blueprint.lint.cache import FILE, Cache, Result, _diagnostic, _plain, circumstances_of, clear
from blueprint.lint.selection import Settings

messages = st.builds(Message, st.text(), st.text())
ranges = st.builds(Range, st.integers(0, 99), st.integers(0, 99))
diagnostics = st.builds(
    Diagnostic,
    code=st.from_regex(r"[A-Z]{2}\d{3}", fullmatch=True),
    severity=st.sampled_from(Severity),
    message=messages,
    help=st.none() | messages,
    file=st.text(),
    span=ranges,
    name=st.text(),
    element=st.text(),
    related=st.lists(st.builds(Related, messages, st.text(), ranges), max_size=2).map(tuple),
    fix=st.none()
    | st.builds(
        Fix,
        messages,
        st.lists(st.builds(Edit, st.integers(0), st.integers(0), st.text()), max_size=2).map(tuple),
        st.booleans(),
    ),
    excess=st.none() | st.floats(allow_nan=False),
)
FOUND = Diagnostic(
    "EX101", Severity.WARNING, Message("low", "低"), None, "a.yaml", Range(3, 5), "low-ending"
)


@given(diagnostics, st.text())
def test_a_finding_comes_back_as_it_was(found: Diagnostic, name: str) -> None:
    import json

    assert _diagnostic(name, json.loads(json.dumps(_plain(found)))) == found


def test_every_field_of_a_finding_is_remembered() -> None:
    assert len(_plain(FOUND)) == len(fields(Diagnostic))


def result(name: str = "a.yaml", digest: str = "d1") -> Result:
    return Result(name, digest, (FOUND,), {"/b.yaml": "d2"}, "index")


def test_what_was_remembered_is_recalled_under_the_same_circumstances_only(tmp_path: Path) -> None:
    Cache(tmp_path / "kept", "c1").remember([result()])
    assert Cache(tmp_path / "kept", "c1").recall(["a.yaml", "b.yaml"]) == {"a.yaml": result()}
    assert Cache(tmp_path / "kept", "c2").recall(["a.yaml"]) == {}
    assert (tmp_path / "kept" / ".gitignore").read_text() == "*\n"


def test_the_same_file_by_another_name_is_another_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "c")
    cache.remember([result("a.yaml"), result("./a.yaml", "d9")])
    assert {name: kept.digest for name, kept in cache.recall(["a.yaml", "./a.yaml"]).items()} == {
        "a.yaml": "d1",
        "./a.yaml": "d9",
    }
    assert set(cache.recall(["./a.yaml"])) == {"./a.yaml"}


def test_cards_are_recalled_by_themselves(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "c")
    cache.remember([replace(result("a.yaml"), card='["卡"]'), result("b.yaml")])
    assert cache.recall_cards(["a.yaml", "b.yaml", "c.yaml"]) == {"a.yaml": '["卡"]', "b.yaml": ""}
    assert cache.recall(["a.yaml"])["a.yaml"].card == ""


def test_later_results_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "c")
    cache.remember([result()])
    cache.remember([result(digest="d3")])
    assert cache.recall(["a.yaml"])["a.yaml"].digest == "d3"


def test_a_thousand_names_at_once_and_odd_ones(tmp_path: Path) -> None:
    names = [f"{number}.yaml" for number in range(1000)] + [
        "旅程.yaml",
        os.fsdecode(b"\xff.yaml"),
        "a b'\".yaml",
    ]
    cache = Cache(tmp_path, "c")
    cache.remember([result(name) for name in names])
    assert set(cache.recall(names)) == set(names)


@pytest.mark.parametrize(
    "junk", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 5000, os.urandom(4096)]
)
def test_a_spoilt_store_is_begun_anew_and_said(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / FILE).write_bytes(junk)
    cache = Cache(tmp_path, "c")
    assert cache.recall(["a.yaml"]) == {}
    cache.remember([result()])
    assert cache.recall(["a.yaml"]) == {"a.yaml": result()}
    assert junk == b"" or "begun anew" in str(cache.trouble)


def test_a_store_spoilt_in_the_middle_is_begun_anew(tmp_path: Path) -> None:
    Cache(tmp_path, "c").remember([result(f"{number}.yaml") for number in range(500)])
    data = bytearray((tmp_path / FILE).read_bytes())
    data[4096:-100] = os.urandom(len(data) - 4196)
    (tmp_path / FILE).write_bytes(data)
    cache = Cache(tmp_path, "c")
    recalled = cache.recall([f"{number}.yaml" for number in range(500)])
    assert all(kept == result(name) for name, kept in recalled.items())
    assert cache.trouble is not None
    cache.remember([result()])
    assert Cache(tmp_path, "c").recall(["a.yaml"]) == {"a.yaml": result()}


@pytest.mark.parametrize("row", ["", "nonsense", "[]", '["d", {}, "", [["EX101"]]]', "{}", "null"])
def test_a_spoilt_row_counts_as_not_there(tmp_path: Path, row: str) -> None:
    cache = Cache(tmp_path, "c")
    cache.remember([result()])
    with sqlite3.connect(tmp_path / FILE) as store:
        store.execute("update results set result = ?", (row,))
    store.close()
    assert cache.recall(["a.yaml"]) == {}


def test_a_store_of_another_layout_is_begun_anew(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as store:
        store.executescript("create table results (x); pragma user_version = 99")
    store.close()
    cache = Cache(tmp_path, "c")
    cache.remember([result()])
    assert cache.recall(["a.yaml"]) == {"a.yaml": result()}
    assert cache.trouble is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_said_and_costs_nothing_else(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    cache = Cache(tmp_path / "kept", "c")
    cache.remember([result()])
    tmp_path.chmod(0o700)
    assert cache.trouble is not None
    assert "cannot be remembered" in cache.trouble.en


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("mine")
    cache = Cache(tmp_path / "kept", "c")
    cache.remember([result()])
    assert cache.recall(["a.yaml"]) == {}
    assert cache.trouble is not None
    assert "cannot be remembered" in cache.trouble.en
    assert (tmp_path / "kept").read_text() == "mine"


def test_while_another_run_writes_nothing_is_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blueprint.lint.cache._PATIENCE", 0.05)
    Cache(tmp_path, "c").remember([result()])
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("begin exclusive")
    cache = Cache(tmp_path, "c")
    cache.remember([result(digest="d3")])
    assert cache.recall(["a.yaml"]) == {}
    other.execute("rollback")
    other.close()
    assert cache.trouble is None
    assert cache.recall(["a.yaml"]) == {"a.yaml": result()}


def test_many_runs_at_once_keep_every_result(tmp_path: Path) -> None:
    def run(number: int) -> None:
        for round in range(5):
            Cache(tmp_path, "c").remember([result(f"{number}-{round}.yaml")])

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = [f"{number}-{round}.yaml" for number in range(6) for round in range(5)]
    assert set(Cache(tmp_path, "c").recall(names)) == set(names)


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blueprint.lint.cache._MOST", 10)
    cache = Cache(tmp_path, "c")
    names = [f"{number}.yaml" for number in range(25)]
    for name in names:
        cache.remember([result(name)])
    assert list(cache.recall(names)) == names[-10:]


def test_clearing_deletes_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert clear(folder) == 0
    Cache(folder, "c").remember([result()])
    (folder / "mine.txt").write_text("mine")
    assert clear(folder) > 0
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert Cache(folder, "c").recall(["a.yaml"]) == {}


def test_circumstances_follow_the_settings() -> None:
    plain = circumstances_of(Settings())
    assert plain == circumstances_of(Settings())
    others = [
        Settings(select=("ALL",)),
        Settings(ignore=("EX101",)),
        Settings(options={"EX101": {"floor": 1.0}}),
        Settings(severity={"EX101": Severity.ERROR}),
    ]
    assert len({plain, *map(circumstances_of, others)}) == 5


def test_words_are_remembered_with_what_they_mean(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    words = [("EX",), [("low-ending", {"floor": 0.5})]]
    assert cache.recall_words(words) is None
    cache.remember_words(words, {"low-ending": "EX101"})
    assert cache.recall_words(words) == {"low-ending": "EX101"}
    assert cache.recall_words([("EX",), [("low-ending", {"floor": 0.6})]]) is None
