"""The report as Markdown, read back by an independent parser."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from blueprint.export import report_md
from blueprint.export.svg import printable
from blueprint.scene.shapes import Group, Scene

sys.path.insert(0, str(Path(__file__).parent))
from report_samples import everywhere, whole

SCENE = Scene(60, 40, Group((), id="g"), "T", "D", "p")


def parsed(data: bytes) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(data.decode())


def shape(tokens: list[Token]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (token.type, tuple(child.type for child in token.children or () if child.content or child.nesting))
        for token in tokens
    ]


def said(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_whole_and_the_same_every_time(language: str) -> None:
    report = whole(language)
    data = report_md.export(report)
    assert data == report_md.export(whole(language))
    tokens = parsed(data)
    headings = [said(tokens[at + 1]) for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings == [report.title, *(section.title for section in report.chapters[0].sections)]
    assert sum(token.type == "table_open" for token in tokens) > 5
    assert not any(token.type in ("html_block", "code_block", "fence", "hr") for token in tokens)


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
@example("# a")
@example("- a")
@example("1. a")
@example("1) a")
@example("+ a")
@example("> a")
@example("---")
@example("===")
@example("| a | b |")
@example("[a](b) ![c](d) <b> &amp; `x` **y** ~~z~~ $e$")
@example("    code")
@example("```")
@example("a\\")
@example("<script>")
@example("[a]: b")
@example("http://example.org www.example.org a@example.org")
def test_no_text_becomes_markup(text: str) -> None:
    wanted = " ".join(printable(text).split())
    if not wanted:
        return
    assert shape(parsed(report_md.export(everywhere(text, SCENE)))) == shape(
        parsed(report_md.export(everywhere("x", SCENE)))
    )
    for block in (
        f"{report_md.plain(text)}\n",
        f"- {report_md.plain(text)}\n",
        f"| {report_md.plain(text)} |\n|---|\n",
    ):
        inline = [token for token in parsed(block.encode()) if token.type == "inline"]
        assert [said(token).strip() for token in inline] == [wanted.strip()]


@given(st.sampled_from(["http://a.org", "https://a.org/b", "www.a.org", "WWW.a.org"]))
@settings(max_examples=8)
def test_addresses_do_not_become_links_by_themselves(text: str) -> None:
    written = report_md.plain(f"see {text}")
    assert re.search(r"https?://|www\.", written, re.IGNORECASE) is None
