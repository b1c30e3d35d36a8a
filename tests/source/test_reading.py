"""Bytes: whatever a file holds becomes text, or a diagnostic that says why it is none."""

from __future__ import annotations

import codecs
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.model.persona import Persona
from blueprint.source.files import read_bytes
from blueprint.source.reading import MAX_BYTES, read_source

TEXT = "persona: anna\ntitle: 安娜在周五的晚上收到了包裹\n"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    source, found = read_source("f", codecs.BOM_UTF8 + TEXT.encode())
    assert found == []
    assert source is not None
    assert source.text == TEXT


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("gb18030", "GB18030"),
    ],
)
def test_another_encoding_is_named_and_read_on(encoding: str, name: str) -> None:
    text = TEXT.replace("周五的晚上", " Friday ") if encoding.startswith("utf-16-") else TEXT
    document = read_bytes("f", text.encode(encoding))
    (found,) = document.diagnostics
    assert found.code == "YM011"
    assert name in found.message.en
    assert isinstance(document.model, Persona)
    assert document.source.text == text


def test_a_stray_byte_is_located() -> None:
    document = read_bytes("f", b"persona: anna\ntitle: caf\xe9 \xff x\nquote: \xc3\xa9\n")
    assert [d.code for d in document.diagnostics] == ["YM011", "YM011"]
    text = document.source.text
    assert [d.span.start for d in document.diagnostics] == [text.index("\ufffd"), text.rindex("\ufffd")]
    assert isinstance(document.model, Persona)


@pytest.mark.parametrize(
    "head", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n%\xe2\xe3", b"PK\x03\x04", b"\x7fELF\x02\x01\x01"]
)
def test_a_binary_file_is_one_diagnostic(head: bytes) -> None:
    document = read_bytes("f", head + os.urandom(2000))
    (found,) = document.diagnostics
    assert found.code == "YM011"
    assert "binary" in found.message.en


def test_a_file_over_the_limit_is_not_parsed() -> None:
    (found,) = read_bytes("f", b"a" * (MAX_BYTES + 1)).diagnostics
    assert found.code == "YM006"
    assert read_bytes("f", b"#" * MAX_BYTES).diagnostics[0].code == "YM017"


@given(st.binary(max_size=200) | st.text(max_size=60).map(lambda t: t.encode("utf-16", "surrogatepass")))
def test_any_bytes_give_a_document(data: bytes) -> None:
    document = read_bytes("f", data)
    assert document.diagnostics or document.model is not None
    for found in document.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(document.source.text)
