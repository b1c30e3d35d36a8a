"""CSV beside a document: what is read, and how everything else is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.diagnostic import Message
from blueprint.model.sheet import Sheet
from blueprint.source.sheets import MAX_COLUMNS, MAX_ROWS, parse_sheet, read_sheet


def test_a_table_is_read_with_blanks_and_empty_lines_taken_away() -> None:
    found = parse_sheet("\ufeffnps, 速度\r\n9,4\r\n\r\n , 5 \r\n".encode())
    assert found == Sheet({"nps": ("9", ""), "速度": ("4", "5")})
    assert isinstance(found, Sheet)
    assert found.rows == 2


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators(mark: str) -> None:
    assert parse_sheet(f'a{mark}b\n1{mark}"2{mark}3"\n'.encode()) == Sheet(
        {"a": ("1",), "b": (f"2{mark}3",)}
    )


def test_signed_figures_are_no_formulas() -> None:
    assert parse_sheet(b"a,b\n-1,+.5\n") == Sheet({"a": ("-1",), "b": ("+.5",)})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"a,b\n1,=1+1\n", "line 2, column b: a formula"),
        (b"a\n@SUM(A1)\n", "formula"),
        (b"a\n-cmd|x\n", "formula"),
        (b"=a\n1\n", "formula"),
        ("评分\n5\n".encode("gb18030"), "not UTF-8 (line 1)"),
        ("a\n1\n".encode("utf-16"), "not UTF-8 (line 1)"),
        (b"a\n\x00\n", "line 2"),
        (b"a,b\n1\n", "line 2 has 1 cells, the header 2"),
        (b"a,a\n1,2\n", "two columns are called a"),
        (b"a,,b\n1,2,3\n", "no name"),
        (b'a\n"1\n', "no CSV"),
        (b",".join(b"c%d" % n for n in range(MAX_COLUMNS + 1)), "columns"),
        (b"a\n" + b"1\n" * (MAX_ROWS + 1), "rows"),
        (b"a\n" + b"1" * 10_000_001, "larger"),
    ],
)
def test_what_is_refused_says_why(data: bytes, says: str) -> None:
    found = parse_sheet(data)
    assert isinstance(found, Message)
    assert says in found.en
    assert found.zh


def test_files_are_found_beside_the_document_and_nowhere_else(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    (home / "data" / "a.csv").write_bytes(b"a\n1\n")
    (tmp_path / "secret.csv").write_bytes(b"a\n1\n")
    (home / "link.csv").symlink_to(tmp_path / "secret.csv")
    (home / "loop.csv").symlink_to(home / "loop.csv")
    document = str(home / "journey.yaml")
    assert read_sheet(document, "data/a.csv") == Sheet({"a": ("1",)})
    for name, says in (
        ("../secret.csv", "leads out"),
        ("link.csv", "leads out"),
        ("b.csv", "no file"),
        ("data", "not a regular file"),
        ("loop.csv", ""),
        ("a\0b.csv", "cannot be read"),
    ):
        found = read_sheet(document, name)
        assert isinstance(found, Message)
        assert says in found.en


@given(st.binary(max_size=200))
def test_any_bytes_give_a_table_or_a_reason(data: bytes) -> None:
    found = parse_sheet(data)
    if isinstance(found, Sheet):
        assert len({len(cells) for cells in found.columns.values()}) == 1
    else:
        assert found.en
        assert found.zh
