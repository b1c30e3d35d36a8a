"""Comments that ignore nothing are taken out, and nothing but them."""

from __future__ import annotations

import pytest

from blueprint.diagnostic import Diagnostic
from blueprint.lint.engine import check_document
from blueprint.lint.mend import mend
from blueprint.source.document import read_document
from blueprint.source.text import Source

TEXT = """\
# about
{top}journey: refund{beside}
stages:
  - stage: claim
    touchpoints:
      - {{id: ask, title: Asks, kinds: [first], emotion: 0}}
{above}      - {{id: paid, title: Is paid, kinds: [end], emotion: -1}}{end}
"""


def check(text: str) -> list[Diagnostic]:
    return list(check_document(read_document(Source("t", text))))


def filled(top: str = "", beside: str = "", above: str = "", end: str = "") -> str:
    return TEXT.format(top=top, beside=beside, above=above, end=end)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"top": "# blueprint: ignore-file ST107 -- why\n"}, {}),
        ({"beside": "  # blueprint: ignore ST107 -- why"}, {}),
        ({"above": "      # blueprint: ignore ST107 -- why\n"}, {}),
        # One of several goes alone; what is used stays.
        (
            {"end": "  # blueprint: ignore EX101, ST107 -- why"},
            {"end": "  # blueprint: ignore EX101 -- why"},
        ),
        (
            {"end": "  # blueprint: ignore ST107 EX101 -- why"},
            {"end": "  # blueprint: ignore EX101 -- why"},
        ),
        ({"end": "  # blueprint: ignore EX101 -- why"}, {"end": "  # blueprint: ignore EX101 -- why"}),
        # Said twice of the same line: once is enough.
        (
            {"end": "  # blueprint: ignore EX101 low-ending -- why"},
            {"end": "  # blueprint: ignore EX101 -- why"},
        ),
    ],
)
@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_needless_ignores_go(before: dict[str, str], after: dict[str, str], breaks: str) -> None:
    text, expected = (filled(**parts).replace("\n", breaks) for parts in (before, after))
    assert mend(text, check(text), check).text == expected


def test_a_misspelt_rule_or_instruction_is_a_guess() -> None:
    text = filled(end="  # blueprint: ignroe EX1O1 -- why")
    assert mend(text, check(text), check).text == text
    mended = mend(text, check(text), check, unsafe=True).text
    assert mended == filled(end="  # blueprint: ignore EX101 -- why")
