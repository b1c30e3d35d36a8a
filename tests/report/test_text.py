"""The terminal report: exact carets, narrow windows, nothing that steers a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from blueprint.diagnostic import Diagnostic, Fix, Message, Range, Related, Severity
from blueprint.report.display import clip, fold, visible, width
from blueprint.report.run import Run
from blueprint.report.text import render
from blueprint.source.text import Source


def diagnostic(start: int, end: int, **others: object) -> Diagnostic:
    found = {
        "code": "EX101",
        "severity": Severity.WARNING,
        "message": Message("it is low", "偏低"),
        "help": Message("lift it", "提高它"),
        "file": "a.yaml",
        "span": Range(start, end),
    } | others
    return Diagnostic(**found)  # type: ignore[arg-type]


def report(text: str, start: int, end: int, checked: int = 0, **options: object) -> list[str]:
    sources = {"a.yaml": Source("a.yaml", text)}
    return render(Run([diagnostic(start, end)], sources, ["a.yaml"] * checked), **options).splitlines()  # type: ignore[arg-type]


def under_the_caret(lines: list[str]) -> str:
    """Return what stands in the columns of the carets, as a terminal would show it."""
    line, carets = lines[1], lines[2]
    left = carets.index("^")
    right = left + carets.count("^")
    shown, at = "", 0
    for character in line:
        if left <= at < right:
            shown += character
        at += max(0, wcswidth(character))
    return shown


def test_layout() -> None:
    assert "\n".join(report("id: a\nemotion: -1\n", 15, 17)) == (
        "a.yaml:2:10: warning[EX101] it is low\n"
        " 2 | emotion: -1\n"
        "   |          ^^\n"
        "   = help: lift it\n"
        "\n"
        "1 warning in 1 file."
    )


def test_chinese() -> None:
    assert "\n".join(report("id: a\nemotion: -1\n", 15, 17, language="zh-CN", checked=3)) == (
        "a.yaml:2:10: 警告[EX101] 偏低\n"
        " 2 | emotion: -1\n"
        "   |          ^^\n"
        "   = 建议：提高它\n"
        "\n"
        "1 个警告，涉及 1 个文件（共检查 3 个）。"
    )


@pytest.mark.parametrize(
    ("text", "piece", "shown"),
    [
        ("title: 打开包裹, emotion: 1", "emotion", "emotion"),
        ("title: 打开包裹, emotion: 1", "包裹", "包裹"),
        ("title: 🎉 party, emotion: 1", "emotion", "emotion"),
        ("a:\tvalue", "value", "value"),
        ("title: e\u0301te\u0301, x: 1", "x", "x"),
        ("bell: \x07 x: 1", "x: 1", "x: 1"),
    ],
)
def test_caret_stands_under_the_piece(text: str, piece: str, shown: str) -> None:
    start = text.index(piece)
    assert under_the_caret(report(text, start, start + len(piece))) == shown


def test_a_joined_emoji_is_as_wide_as_it_looks() -> None:
    text = "title: 👩‍🚀 x"
    lines = report(text, text.index("x"), text.index("x") + 1)
    assert lines[2].index("^") == wcswidth(" 1 | title: 👩‍🚀 ")


def test_several_lines_underline_the_first() -> None:
    lines = report("a: |\n  one\n  two\nb: 1\n", 3, 16)
    assert lines[1:3] == [" 1 | a: |", "   |    ^"]


def test_long_lines_are_windowed_around_the_span() -> None:
    text = "x" * 3000 + " emotion: -1 " + "包" * 3000
    start = text.index("-1")
    lines = report(text, start, start + 2)
    assert under_the_caret(lines) == "-1"
    assert all(wcswidth(line) <= 100 for line in lines[1:3])
    assert lines[1].count("…") == 2


def test_a_span_longer_than_the_window_is_cut() -> None:
    lines = report("a: " + "b" * 500, 3, 503)
    assert all(wcswidth(line) <= 100 for line in lines[1:3])
    assert lines[2].count("^") > 50


@pytest.mark.parametrize("evil", ["\x1b[31m", "\u202e", "\x07", "\u2028", "\x9b", "\ud800", "\x00"])
def test_nothing_from_a_file_steers_the_terminal(evil: str) -> None:
    text = f"a: {evil}b"
    found = diagnostic(3, len(text), message=Message(f"bad {evil}", evil), file=f"f{evil}.yaml")
    shown = render(Run([found], {found.file: Source(found.file, text)}))
    assert evil not in shown
    assert f"{ord(evil[0]):02x}" in shown


def test_colours_only_when_asked() -> None:
    text = "emotion: -1"
    plain = "\n".join(report(text, 9, 11))
    coloured = "\n".join(report(text, 9, 11, color=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_related_places_and_fixes_are_named() -> None:
    source = Source("a.yaml", "a: 1\nb: 2\n")
    found = diagnostic(
        0, 1,
        related=(Related(Message("see here", "看这里"), "a.yaml", Range(5, 6)),),
        fix=Fix(Message("replace it", "替换它"), ()),
    )  # fmt: skip
    shown = render(Run([found], {"a.yaml": source}))
    assert "= note: a.yaml:2:1 see here" in shown
    assert "= fix: replace it" in shown


def test_a_file_that_could_not_be_read_has_no_excerpt() -> None:
    assert render(Run([diagnostic(0, 0, file="gone.yaml")], {})).startswith(
        "gone.yaml: warning[EX101] it is low\n  ="
    )


@pytest.mark.parametrize(
    ("severities", "checked", "english", "chinese"),
    [
        ([], 3, "Nothing to report in 3 files.", "检查了 3 个文件，没有发现问题。"),
        ([], None, "Nothing to report.", "没有发现问题。"),
        (
            [Severity.INFO, Severity.ERROR, Severity.ERROR],
            None,
            "2 errors, 1 info in 1 file.",
            "2 个错误、1 个提示，涉及 1 个文件。",
        ),
    ],
)
def test_closing_line(severities: list[Severity], checked: int | None, english: str, chinese: str) -> None:
    found = [diagnostic(0, 0, severity=severity) for severity in severities]
    assert render(Run(found, {}, ["a.yaml"] * (checked or 0))).splitlines()[-1] == english
    assert render(Run(found, {}, ["a.yaml"] * (checked or 0)), language="zh").splitlines()[-1] == chinese


@given(st.text(), st.integers(0, 300), st.integers(0, 300))
def test_any_text_and_span_gives_one_quiet_excerpt(text: str, start: int, length: int) -> None:
    lines = report(text, start, start + length)
    assert all(
        character.isprintable() or character in "\u200d\ufe0f" for line in lines for character in line
    )
    assert lines[-1] == "1 warning in 1 file."


@given(st.text(max_size=200), st.integers(2, 60))
def test_clip_and_fold_keep_their_width(text: str, columns: int) -> None:
    shown = visible(text)
    assert width(clip(shown, columns)) <= columns
    folded = fold(shown, columns)
    assert "".join(folded).replace(" ", "") == shown.replace(" ", "")


def test_fold_breaks_chinese_between_characters_but_not_before_a_comma() -> None:
    assert fold("客户会记住什么，以及为什么", 14) == ["客户会记住什", "么，以及为什么"]
