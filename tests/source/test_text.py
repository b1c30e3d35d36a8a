"""Places in a text, against counting character by character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blueprint.source.text import Source

texts = st.text(st.sampled_from("ab中\n\r\t\u2028\x85😀"), max_size=30)


def counted(text: str, offset: int) -> tuple[int, int]:
    """Walk to an offset as somebody with a cursor would."""
    line, column, at = 1, 1, 0
    while at < offset:
        step = 2 if text[at : at + 2] == "\r\n" else 1
        if text[at] in "\r\n" and at + step <= offset:
            line, column = line + 1, 1
        else:
            column += step if text[at] not in "\r\n" else 1
        at += step
    return line, column


@given(texts, st.integers(0, 30))
def test_positions_are_those_of_a_cursor(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    if text[offset - 1 : offset + 1] != "\r\n":  # No cursor stands between the two.
        assert Source("", text).position(offset) == counted(text, offset)


@given(texts)
def test_lines_are_those_that_breaks_divide(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    source = Source("", text)
    assert [source.line(number) for number in range(1, len(lines) + 1)] == lines
    assert source.line(0) == source.line(len(lines) + 1) == ""
