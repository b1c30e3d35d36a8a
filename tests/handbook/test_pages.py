"""The illustrated rule pages: what is committed is what is generated, and what they show holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from blueprint.handbook import book
from blueprint.handbook.page import MARK, RulePage, fenced
from blueprint.lint.book import all_rules
from blueprint.lint.examples import worked

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "rules"
PAGES = {page.card.code: page for page in book.pages()}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return dict(book.files(tuple(PAGES.values())))


def test_the_committed_pages_are_as_generated(made: dict[str, bytes]) -> None:
    there = {str(path.relative_to(FOLDER).as_posix()) for path in FOLDER.rglob("*") if path.is_file()}
    wrong = [name for name in made if name in there and (FOLDER / name).read_bytes() != made[name]]
    assert (sorted(made.keys() - there), sorted(there - made.keys()), wrong) == ([], [], []), (
        "run `make docs`"
    )


def test_every_rule_has_a_page_and_the_index_leads_to_it(made: dict[str, bytes]) -> None:
    index = made["README.md"].decode()
    for card in all_rules():
        page = made[f"{card.code}.md"].decode()
        assert page.startswith(MARK)
        assert f"# {card.code} {card.name}\n" in page
        assert card.title.en in page
        assert card.title.zh in page
        assert f"[{card.code}]({card.code}.md)" in index


def test_every_link_leads_to_a_file(made: dict[str, bytes]) -> None:
    for name, data in made.items():
        if name.endswith(".md"):
            text = re.sub(r"^```.*?^```", "", data.decode(), flags=re.MULTILINE | re.DOTALL)
            for target in re.findall(r"(?<!\\)\]\(([^)#]+)\)", text):
                assert target in made, (name, target)


def test_all_pictures_together_stay_small(made: dict[str, bytes]) -> None:
    drawings = [data for name, data in made.items() if name.endswith(".svg")]
    assert len(drawings) > 150
    assert sum(map(len, drawings)) < 5_000_000
    assert not any(b"@font-face" in data for data in drawings)


def test_only_bad_examples_are_marked(made: dict[str, bytes]) -> None:
    for name, data in made.items():
        if name.endswith(".svg"):
            texts = "".join(ElementTree.fromstring(data).itertext())
            code = Path(name).name.partition("-")[0]
            if "-good" in name:
                assert code not in texts, name
            elif name.endswith("-bad.svg"):
                assert code in texts, name


@pytest.mark.parametrize("code", PAGES)
def test_the_comment_shown_silences_the_finding(code: str) -> None:
    if code.startswith(("YM", "IN")):
        return
    page = PAGES[code]
    shown = re.search(r"写明理由：\n\n```yaml\n(.*?)\n```", page.markdown(), re.DOTALL)
    assert shown, "no comment is shown"
    lines = shown[1].split("\n")
    assert sum("# blueprint: ignore" in line for line in lines) == 1
    without = [line.partition("# blueprint:")[0].rstrip() for line in lines]
    (line,) = filter(None, without)
    assert any(
        len(worked(texts, code).found) < len(page.bad.found)
        for texts in written(page.manual.bad, line.strip(), lines)
    )


def written(texts: tuple[str, ...], line: str, shown: list[str]) -> Iterator[list[str]]:
    """Put what is shown in the place of every line that reads so, one at a time."""
    for at, text in enumerate(texts):
        lines = text.split("\n")
        for number, found in enumerate(lines):
            if found.strip() == line:
                indent = found[: len(found) - len(found.lstrip())]
                put = [f"{indent}{one}" for one in shown]
                yield [
                    *texts[:at],
                    "\n".join([*lines[:number], *put, *lines[number + 1 :]]),
                    *texts[at + 1 :],
                ]


def test_a_rule_without_examples_still_has_a_page() -> None:
    page = PAGES["IN101"]
    assert not page.manual.bad
    assert "ignore EX101 -- the reason" in page.markdown()


def test_rules_about_the_text_say_that_there_is_nothing_to_draw() -> None:
    assert "There is no drawing: the fault is in the text" in PAGES["YM003"].markdown()
    assert "both examples look the same" in PAGES["KN105"].markdown()
    assert "no journey and no service blueprint" in PAGES["SL102"].markdown()


def test_a_text_with_fences_stays_in_its_own() -> None:
    assert fenced("a: |\n  ```\n  b\n", "yaml") == "````yaml\na: |\n  ```\n  b\n````"


def test_words_of_an_example_cannot_end_the_link_of_its_picture() -> None:
    page = PAGES["KN101"]
    hostile = page.manual.bad[0].replace("The whole amount", "'](x) <b> `'")
    assert hostile != page.manual.bad[0]
    written = RulePage(page.card, page.manual._replace(bad=(hostile,)), page.relatives).markdown()
    image = next(line for line in written.splitlines() if line.startswith("!["))
    assert r"\](x) \<b\>" in image
    assert image.endswith("](drawings/KN101-bad.svg)")
