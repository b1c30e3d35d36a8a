"""A script as a conversation: everything that is said is there, in order and on its side."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.model.journey import Journey
from blueprint.scene.extents import extent
from blueprint.scene.shapes import Group, Rect, Scene, Text
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.views import script
from blueprint.views.marked import groups
from blueprint.views.view import CannotDrawError

sys.path.insert(0, str(Path(__file__).parent))
from audit import audit  # the audit lives beside the tests, outside any package

HEAD = "journey: refund\nlanguage: zh\nstages:\n  - stage: claim\n    touchpoints:\n"
SPOKEN = """\
      - id: ask
        title: {zh: 顾客打电话来问退款什么时候能到账, en: Asks}
        kinds: [first]
        emotion: 0
        script:
          protocol: eoac
          lines:
            - {customer: 我已经等了两个小时！, feeling: angry}
            - {agent: 对不起，是我们的疏忽。}
            - {agent: Here is what I can do.}
          variants: {analyst: [{agent: 一共三步，每步都有日期。}]}
"""
LAST = "      - {id: paid, title: Is paid, kinds: [end], emotion: 1}\n"


def journey(text: str) -> Journey:
    model = read_document(Source("refund.yaml", text)).model
    assert isinstance(model, Journey)
    return model


def bubbles(scene: Scene) -> list[tuple[str, Rect]]:
    """Return the words and the outline of every bubble."""
    lines = [group for group in groups(scene.root) if group.role == "line"]
    found = []
    for line in lines:
        (inner,) = (child for child in line.children if isinstance(child, Group))
        (outline,) = (child for child in inner.children if isinstance(child, Rect))
        (words,) = (child for child in inner.children if isinstance(child, Text))
        found.append(("".join(words.lines), outline))
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_that_is_said_is_there_in_order(language: str) -> None:
    scene = script.draw(journey(HEAD + SPOKEN + LAST), language=language)
    assert audit(scene) == []
    said = bubbles(scene)
    assert [words for words, _ in said] == [
        "我已经等了两个小时！",
        "对不起，是我们的疏忽。",
        "Here is what I can do.",
        "一共三步，每步都有日期。",
    ]
    tops = [outline.y for _, outline in said]
    assert tops == sorted(tops)
    left, *right = (outline for _, outline in said)
    assert left.x < scene.width / 4
    assert {round(outline.x + outline.width) for outline in right} == {round(scene.width - left.x)}


def test_labels_speak_the_readers_language() -> None:
    told = {}
    for language in ("en", "zh"):
        scene = script.draw(journey(HEAD + SPOKEN + LAST), language=language)
        told[language] = [group.title for group in groups(scene.root) if group.role == "line"]
    assert told["en"][:2] == ["Customer · angry", "Employee"]
    assert told["zh"][:2] == ["顾客 · 愤怒", "员工"]


def test_a_journey_in_which_nobody_speaks_has_no_conversation() -> None:
    silent = HEAD + LAST.replace("[end]", "[first, end]")
    with pytest.raises(CannotDrawError):
        script.draw(journey(silent), language="en")


@given(
    st.lists(st.text("abc 退款。，<&", min_size=1, max_size=160).filter(str.strip), min_size=1, max_size=5)
)
def test_any_words_stay_in_their_bubbles(lines: list[str]) -> None:
    written = "".join(f"            - {{agent: '{line.strip()}'}}\n" for line in lines)
    before = "".join(f"{line}\n" for line in SPOKEN.splitlines()[:6] if "protocol" not in line)
    scene = script.draw(journey(f"{HEAD}{before}          lines:\n{written}{LAST}"), language="en")
    assert audit(scene) == []
    assert len(bubbles(scene)) == len(lines)
    for group in groups(scene.root):
        if group.role == "line" and (at := extent(group)):
            assert at.left >= 16
            assert at.right <= scene.width - 16
