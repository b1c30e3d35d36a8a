"""Protocols: the sheet's example, permutations against brute force, deadlines in words."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.analysis.deadlines import count, deadlines
from blueprint.analysis.protocol import Utterance, score, scored, speeches
from blueprint.model.practice import Protocol
from blueprint.model.script import Script
from blueprint.source.standards import builtin_standards

PROTOCOLS = builtin_standards().protocols


def letters(steps: str, **more: object) -> Protocol:
    """Make a protocol whose steps are recognised by a letter."""
    return Protocol.model_validate(
        {
            "title": "T",
            "source": "S",
            "steps": [{"id": f"{letter}{at}", "cues": {"en": [letter]}} for at, letter in enumerate(steps)],
            **more,
        }
    )


def said(*lines: str, language: str = "en") -> list[Utterance]:
    return [Utterance(at, "agent", text, language) for at, text in enumerate(lines)]


def test_the_sheets_example() -> None:
    """EOAC with E, A, O found: coverage .75, order 2/3, score .5 (domain 2)."""
    found = score(letters("eoac"), "eoac", said("e", "a", "o"), "en")
    assert found.coverage == 0.75
    assert found.order == pytest.approx(2 / 3)
    assert found.score == pytest.approx(0.5)
    assert found.missing == ("c3",)
    assert len(found.misplaced) == 1
    assert found.passed is False


def common(found: str, canonical: str) -> int:
    """Length of the longest common subsequence, by trying all of them."""
    for size in range(len(found), 0, -1):
        for chosen in combinations(found, size):
            rest = iter(canonical)
            if all(letter in rest for letter in chosen):
                return size
    return 0


@given(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6))
def test_scores_agree_with_brute_force(spoken: list[str]) -> None:
    found = score(letters("abcdef"), "p", said(*spoken), "en")
    coverage = len(spoken) / 6
    order = common("".join(spoken), "abcdef") / len(spoken) if len(spoken) > 1 else 1.0
    assert found.coverage == pytest.approx(coverage)
    assert found.order == pytest.approx(order)
    assert found.score == pytest.approx(coverage * order)
    assert len(found.found) - len(found.misplaced) == round(order * len(spoken)) or len(spoken) < 2


def test_a_step_may_be_asked_for_twice() -> None:
    """A sandwich needs two slices: one match never serves both."""
    sandwich = letters("xyx")
    assert score(sandwich, "s", said("x y"), "en").missing == ("x2",)
    assert score(sandwich, "s", said("x y x"), "en").passed is True
    # the second step takes the only other match, though the first could have had it
    both = Protocol.model_validate(
        {
            "title": "T",
            "source": "S",
            "steps": [{"id": "one", "cues": {"en": ["a|b"]}}, {"id": "two", "cues": {"en": ["a"]}}],
        }
    )
    found = score(both, "p", said("a", "b"), "en")
    assert found.coverage == 1.0
    assert found.misplaced != ()


def test_a_set_has_no_order_and_optional_steps_are_not_missed() -> None:
    assert score(letters("abc", ordered=False), "p", said("c", "b", "a"), "en").order == 1.0
    optional = Protocol.model_validate(
        {
            "title": "T",
            "source": "S",
            "steps": [
                {"id": "a", "cues": {"en": ["a"]}},
                {"id": "b", "cues": {"en": ["b"]}, "optional": True},
            ],
        }
    )
    assert score(optional, "p", said("a"), "en").passed is True


def test_without_cues_in_the_language_nobody_can_tell() -> None:
    found = score(letters("abc"), "p", said("a", language="de"), "de")
    assert (found.score, found.passed) == (None, None)
    assert found.reason is not None
    assert found.reason.en == "no step of the protocol has cues in this language"


def test_what_spoils_a_step_counts_until_the_next_one_and_until_the_customer_speaks() -> None:
    protocol = Protocol.model_validate(
        {
            "title": "T",
            "source": "S",
            "steps": [
                {"id": "feel", "cues": {"zh": ["理解"]}, "forbidden": {"zh": ["但是"]}},
                {"id": "act", "cues": {"zh": ["我来"]}},
            ],
        }
    )
    spoiled = score(protocol, "p", said("我理解您，但是", "我来办。", language="zh"), "zh")
    assert [s.text for s in spoiled.spoiled] == ["但是"]
    after = score(protocol, "p", said("我理解您。", "我来办，但是要等。", language="zh"), "zh")
    assert after.spoiled == ()
    lines = said("我理解您。", "嗯", "但是……", language="zh")
    lines[1] = lines[1]._replace(speaker="customer")
    assert score(protocol, "p", lines, "zh").spoiled == ()


def test_the_good_scripts_of_the_sources_pass_eoac_in_both_languages() -> None:
    script = Script.model_validate(
        {
            "protocol": "eoac",
            "lines": [
                {"agent": {"en": "May I ask what happened?", "zh": "请问是什么情况？"}},
                {"agent": {"en": "I can send a new one.", "zh": "我可以换一盏新的给您。"}},
                {"agent": {"en": "I will call you by five today.", "zh": "我会在今天下午5点前给您回电。"}},
                {"agent": {"en": "Is that all right with you?", "zh": "這樣安排您看可以嗎？"}},
            ],
        }
    )
    found = [scored(script, speech, PROTOCOLS) for speech in speeches(script, "en")]
    assert [(s.language, s.passed) for s in found if s] == [("en", True), ("zh", True)]


def test_an_action_without_a_time_is_undated() -> None:
    lines = said("请问什么情况？", "我可以换新。", "我会马上处理。", "可以吗？", language="zh")
    found = score(PROTOCOLS["eoac"], "eoac", lines, "zh")
    assert [hit.step for hit in found.undated] == ["action"]
    dated = said("请问什么情况？", "我可以换新。", "我会在两小时内处理。", "可以吗？", language="zh")
    assert score(PROTOCOLS["eoac"], "eoac", dated, "zh").undated == ()


def test_variants_are_scored_by_themselves() -> None:
    script = Script.model_validate(
        {"protocol": "eoac", "lines": [{"agent": "Hello"}], "variants": {"driver": [{"agent": "Hi"}]}}
    )
    assert [(s.style, s.loc(0)) for s in speeches(script, "en")] == [
        (None, ("lines", 0)),
        ("driver", ("variants", "driver", 0)),
    ]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("我会在24小时内给您答复", 86400),
        ("半小時內回覆您", 1800),
        ("两个半小时之内", 9000),
        ("三個工作日內", 259200),
        ("需要3到5个工作日", 432000),
        ("within forty-five minutes", 2700),
        ("in half an hour", 1800),
        ("it takes at most 3 to 5 business days", 432000),
        ("今天下午2点前", None),
        ("周五前给您", None),
        ("I will ring you at half past nine", None),
        ("by the end of the day", None),
    ],
)
def test_times_are_found(text: str, seconds: float | None) -> None:
    (found, *_) = deadlines(text)
    assert found.seconds == seconds


@pytest.mark.parametrize(
    "text",
    [
        "我会立即为您查询", "尽快处理", "这一点我理解", "请点击链接", "有一点建议", "今天给您添麻烦了",
        "第3天", "as soon as possible", "in a moment", "at one of our stores",
        "I may see you", "someone will call",
    ],
)  # fmt: skip
def test_vague_words_are_no_time(text: str) -> None:
    assert deadlines(text) == ()


@given(st.integers(1, 999))
def test_chinese_numbers(number: int) -> None:
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    written = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        written += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        written += "零"
    written += digits[ones] if ones else ""
    assert count(written) == number
