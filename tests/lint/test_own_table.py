"""A team that brings its own table of priorities is judged by it."""

from __future__ import annotations

from blueprint.lint.engine import check_document
from blueprint.lint.selection import Settings
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace

JOURNEY = """\
journey: exchange
stages:
  - stage: claim
    touchpoints:
      - id: ask
        title: Asks
        kinds: [first, end]
        emotion: 1
        pains: [{pain: Waits, severity: 3, occurrence: 1, detection: 1, action: One more counter}]
"""
TABLE = """\
playbook: house
action_priority:
  ours:
    title: Our table
    source: The handbook on our shelf
    severity: [{lowest: 3, highest: 10}, {lowest: 1, highest: 2}]
    occurrence: [{lowest: 1, highest: 10}]
    detection: [{lowest: 1, highest: 10}]
    rows: [[H], [L]]
"""


def found(*texts: str) -> list[str]:
    documents = [read_document(Source(f"{at}.yaml", text)) for at, text in enumerate(texts)]
    settings = Settings(select=("RK101",))
    return [d.message.en for d in check_document(documents[0], Workspace.of(documents), settings)]


def test_the_built_in_table_asks_nothing_of_a_small_risk() -> None:
    assert found(JOURNEY) == []


def test_the_team_asks_more_of_itself() -> None:
    (message,) = found(JOURNEY, TABLE)
    assert message.startswith("“Waits” has action priority H")
    assert found(JOURNEY.replace("severity: 3", "severity: 2"), TABLE) == []
