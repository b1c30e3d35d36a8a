"""Feelings in conversations: taken up or passed over, rising or settling."""

from __future__ import annotations

import pytest

from blueprint.analysis.feelings import lines_of, mood
from blueprint.analysis.protocol import speeches
from blueprint.model.script import Script
from blueprint.source.standards import builtin_standards

LEXICON = builtin_standards().lexicon


def of(*lines: dict, language: str = "en", **parts):
    script = Script.model_validate({"lines": list(lines), **parts})
    (*_, speech) = speeches(script, language)
    return mood(lines_of(script, speech), speech, LEXICON)


ANGRY = {"customer": "Third time I ring!", "feeling": "angry"}
CALM = {"customer": "All right.", "feeling": "calm"}


@pytest.mark.parametrize(
    ("language", "answer", "mirrored"),
    [
        ("en", "I understand what this means for you.", True),
        ("en", "Your case number, please.", False),
        ("zh", "我理解这种情况对您的影响。", True),
        ("zh", "请报一下案号。", False),
    ],
)
def test_a_feeling_is_mirrored_by_the_next_words(language: str, answer: str, mirrored: bool) -> None:
    found = of(ANGRY, {"agent": answer}, language=language)
    assert found is not None
    assert found.felt[0].mirrored is mirrored
    assert found.unmirrored == (() if mirrored else (0,))


def test_words_after_the_customer_spoke_again_come_too_late() -> None:
    found = of(ANGRY, {"agent": "Your number?"}, CALM, {"agent": "I understand what this means for you."})
    assert found is not None
    assert found.felt[0].mirrored is False


def test_it_settles_or_rises() -> None:
    found = of(ANGRY, {"agent": "I am sorry that we did not ring."}, CALM)
    assert found is not None
    assert (found.highest, found.last, found.settled, found.risen) == ("angry", "calm", True, ())
    uneasy = {"customer": "Hm.", "feeling": "uneasy"}
    found = of(uneasy, {"agent": "Those are the rules."}, ANGRY)
    assert found is not None
    assert (found.settled, found.risen) == (False, (2,))
    assert found.felt[1].mirrored is None  # nobody answers


def test_none_where_no_feeling_is_written() -> None:
    assert of({"agent": "Good morning."}) is None


def test_variants_are_followed_in_their_own_lines() -> None:
    found = of({"agent": "Hello."}, variants={"driver": [ANGRY, {"agent": "I apologise for this."}]})
    assert found is not None
    assert found.felt[0].mirrored
