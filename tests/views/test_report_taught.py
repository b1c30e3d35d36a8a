"""The table of what the courses ask: whole for the shipped documents, silent where nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from blueprint import api
from blueprint.scene.report import Table

JOURNEYS = Path(__file__).parents[2] / "journeys"
TITLES = {"en": "What the courses ask", "zh": "课程的要求"}


def tables(name: str, language: str) -> list[Table]:
    path = JOURNEYS / f"{name}.yaml"
    workspace = api.load([path])
    documents = [document for document in workspace.documents if document.source.name == str(path)]
    report = api.told_report(documents, workspace, language=language)
    found = [s for chapter in report.chapters for s in chapter.sections if s.title == TITLES[language]]
    return [block for section in found for block in section.blocks if isinstance(block, Table)]


def rows(name: str, language: str = "en") -> dict[str, tuple[str, ...]]:
    return {row[0].split(":")[0]: row[1:] for row in tables(name, language)[0].rows}


def test_a_journey_says_what_its_personas_and_its_house_lack() -> None:
    hotel = rows("overbooked-hotel")
    assert hotel["Four classes of data"] == ("S004", "basic, behaviour, interaction", "social")
    assert hotel["Lifecycle of VIP customers"] == ("S000", "Acquire, Maintain", "Develop, Win back")
    assert hotel["Lessons 3-2-1"] == ("S003", "3-2-1", "–")
    assert "Privacy (Manager leads them to the library)" in hotel["Four traits of VIP customers"][1]
    parcel = rows("parcel-damage-claim")
    assert parcel["Talking by group"][2] == "–"
    assert parcel["Culture of customers"][1] == "drive 4/5, direction 4/5, difficulty 2/5"


def test_cases_of_other_houses_are_told_with_their_source() -> None:
    cases = tables("overbooked-hotel", "en")[1]
    assert [row[1:] for row in cases.rows] == [("S000", "not verified")] * 2
    assert any("80 % became members" in row[0] for row in cases.rows)


def test_a_blueprint_says_what_its_posts_lack() -> None:
    posts = rows("parcel-damage-claim-delivery")
    assert posts["Standards of the post"] == ("S003", "3 of 5 kept", "expert, promises")
    assert posts["Competence"][2] == "assessing −1, sense-of-service −1"
    assert posts["The next step is the customer"][1].startswith("3 of ")


@pytest.mark.parametrize(
    "name", ["overbooked-hotel", "parcel-damage-claim", "parcel-damage-claim-delivery"]
)
def test_both_languages_tell_the_same_rows_in_the_same_order(name: str) -> None:
    en, zh = (tables(name, language) for language in ("en", "zh"))
    assert [[row[1] for row in table.rows] for table in en] == [
        [row[1] for row in table.rows] for table in zh
    ]


def test_nothing_is_said_where_nothing_is_written() -> None:
    assert tables("first-day-delivery", "en") == []
    assert list(rows("hidden-fee")) == ["Lifecycle of VIP customers", "Lifecycle of customers"]
