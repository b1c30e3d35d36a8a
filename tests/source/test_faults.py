"""The manual pages of the YM family: complete, and true."""

from __future__ import annotations

import re

import pytest

from blueprint.source.document import read_document
from blueprint.source.faults import YM_RULES, Fault
from blueprint.source.text import Source

BLOCK = re.compile(r"^(Bad|Good):\n    ```(\w+)\n(.*?)    ```\n", re.MULTILINE | re.DOTALL)


def blocks(fault: Fault) -> dict[str, tuple[str, str]]:
    return {
        kind: (
            language,
            "".join(line[4:] if line.strip() else "\n" for line in body.splitlines(keepends=True)),
        )
        for kind, language, body in BLOCK.findall(fault.page)
    }


@pytest.mark.parametrize("fault", YM_RULES.values(), ids=lambda fault: fault.name)
def test_a_page_says_why_and_shows_both(fault: Fault) -> None:
    assert fault.page.startswith(fault.title.en)
    assert re.search(r"^Why: \S", fault.page, re.MULTILINE)
    assert re.search(r"^Source: \S", fault.page, re.MULTILINE)
    assert set(blocks(fault)) == {"Bad", "Good"}
    assert fault.title.zh != fault.title.en


def test_codes_are_in_order_and_names_are_words() -> None:
    assert list(YM_RULES) == [f"YM{n:03}" for n in range(1, len(YM_RULES) + 1)]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", fault.name) for fault in YM_RULES.values())
    assert len({fault.name for fault in YM_RULES.values()}) == len(YM_RULES)


@pytest.mark.parametrize("fault", YM_RULES.values(), ids=lambda fault: fault.name)
def test_bad_is_bad_and_good_is_good(fault: Fault) -> None:
    shown = blocks(fault)
    if shown["Bad"][0] != "yaml":
        pytest.skip("about files, not texts")
    bad = shown["Bad"][1].replace("\\x07 (as a raw byte)", "\x07")
    assert [d.code for d in read_document(Source("bad", bad)).diagnostics] == [fault.code]
    assert read_document(Source("good", shown["Good"][1])).diagnostics == ()
