"""Pages of rules in the reader's language."""

from __future__ import annotations

import re

import pytest

from blueprint.lint import book, reference

WRITTEN = {code: rule.page for code, rule in book.load().items() if rule.page.why_zh}
CARDS = [card.code for card in book.all_rules()]
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_a_chinese_page_gives_the_chinese_reason_alone() -> None:
    page = reference.explain("SL110", "zh")
    assert WRITTEN["SL110"].why_zh in page
    assert "**为什么** · 客户" in page
    assert all(label in page for label in ("严重程度：", "**错误示例**", "**正确示例**", "**出处**"))
    assert not any(label in page for label in ("**Why**", "**Bad**", "Severity", "The customer hears both"))


def test_an_english_page_gives_the_english_reason_alone() -> None:
    page = reference.explain("SL110")
    assert "**Why** · The customer hears both" in page
    assert "为什么" not in page
    assert "**Bad**" in page


def test_the_reference_gives_both() -> None:
    written = reference.rules_markdown()
    assert "**Why** · The customer hears both" in written
    assert "**为什么** · 客户两个都听到了" in written


@pytest.mark.parametrize("code", CARDS)
def test_every_page_gives_its_reason_in_the_language_of_the_reader(code: str) -> None:
    def reason(language: str, label: str) -> str:
        told = reference.explain(code, language).split(f"**{label}** · ")[1]
        return told.split("\n\n")[0].strip()

    chinese, english = reason("zh", "为什么"), reason("en", "Why")
    assert HAN.search(chinese)
    assert chinese.endswith(("。", "？"))
    assert not re.search(r"[，。：；]", english)


@pytest.mark.parametrize("code", book.load())
def test_every_page_stays_whole_in_both_languages(code: str) -> None:
    page = book.load()[code].page
    for language in ("en", "zh"):
        told = reference.explain(code, language)
        assert told.count("```yaml") == len(page.bad) + len(page.good)
        reason = page.why_zh if language == "zh" and page.why_zh else page.why
        assert re.sub(r"\s+", "", reason) in re.sub(r"\s+", "", told)


@pytest.mark.parametrize("code", WRITTEN)
def test_a_chinese_reason_is_chinese(code: str) -> None:
    words = re.sub(r"`[^`]*`|\s", "", WRITTEN[code].why_zh)
    assert len(HAN.findall(words)) > 0.6 * len(words), words
    assert words.endswith(("。", "？"))
