"""What the project ships to be read, printed and copied keeps its own promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from blueprint.analysis.journey import analyse_journey
from blueprint.diagnostic import Severity
from blueprint.lint.engine import check_document
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.model.values import Text
from blueprint.source.document import Document
from blueprint.source.files import read_file
from blueprint.source.workspace import Workspace

ROOT = Path(__file__).parents[2]
JOURNEYS = sorted((ROOT / "journeys").rglob("*.yaml"))
TEMPLATES = sorted((ROOT / "blueprint" / "templates").glob("*.yaml"))
BILINGUAL = [path for path in JOURNEYS if path.stem.startswith("parcel-damage-claim")]


def name(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def gallery() -> Workspace:
    return Workspace.of([read_file(path) for path in JOURNEYS])


def said(document: Document, workspace: Workspace) -> list[str]:
    return [
        f"{document.source.position(d.span.start).line}: {d.code} {d.message.en}"
        for d in check_document(document, workspace)
        if d.severity >= Severity.WARNING
    ]


@pytest.mark.parametrize("path", JOURNEYS, ids=name)
def test_journeys_check_clean(path: Path, gallery: Workspace) -> None:
    assert said(read_file(path), gallery) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_check_clean_beside_the_journey_they_pair_with(path: Path) -> None:
    language = path.name.removesuffix(".yaml").partition(".")[2]
    siblings = [p for p in TEMPLATES if p.name.removesuffix(".yaml").partition(".")[2] == language]
    assert said(read_file(path), Workspace.of([read_file(p) for p in siblings])) == []


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if not path.name.endswith(".zh.yaml")], ids=name
)
def test_chinese_templates_tell_the_same_story(path: Path) -> None:
    """Ids, kinds, shares, scores, times: all but the words, and the money they are counted in."""
    english = read_file(path).model
    chinese = read_file(path.with_suffix(".zh.yaml")).model
    assert english is not None
    assert chinese is not None
    assert skeleton(english.model_dump()) == skeleton(chinese.model_dump())


def skeleton(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: skeleton(item)
            for key, item in value.items()
            if key not in WORDS and not (key in MONEY and item is not None)
        }
    if isinstance(value, (list, tuple)):
        return [skeleton(item) for item in value]
    return value


WORDS = frozenset(
    {
        "title", "summary", "owner", "language", "doing", "thinking", "feeling", "when", "goal", "quote",
        "evidence", "need", "pain", "causes", "action", "opportunity", "metric", "source", "promise",
        "signals", "to", "agent", "customer", "does", "mode", "told", "hands_over", "lifecycle",
    }
)  # fmt: skip
MONEY = frozenset({"authority", "value"})


def texts(value: Any, path: str = "") -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{path}.{key}")
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from texts(item, f"{path}[{at}]")
    elif hasattr(type(value), "model_fields"):
        for key in type(value).model_fields:
            yield from texts(getattr(value, key), f"{path}.{key}")


@pytest.mark.parametrize("path", BILINGUAL, ids=name)
def test_the_parcel_claim_is_bilingual_in_every_text(path: Path) -> None:
    model = read_file(path).model
    found = dict(texts(model))
    assert len(found) > 50
    assert [where for where, text in found.items() if set(text.languages) != {"en", "zh"}] == []


@pytest.mark.parametrize("path", JOURNEYS, ids=name)
def test_card_titles_fit_a_card(path: Path) -> None:
    """A card is 200 px wide: a title longer than three lines of it cannot be read from afar."""
    model = read_file(path).model
    titles = (
        [t.title for t in model.touchpoints.values()]
        if isinstance(model, Journey)
        else [s.does for s in model.steps]
        if isinstance(model, ServiceBlueprint)
        else []
    )
    words = [w for text in titles for w in all_words(text)]
    assert [w for w in words if len(w) > 60] == []


def all_words(text: Text) -> list[str]:
    return [text.root] if isinstance(text.root, str) else list(text.root.values())


def test_a_recovered_journey_ends_better_than_one_left_as_it_is(gallery: Workspace) -> None:
    ending = {}
    for id in ("parcel-damage-claim", "overbooked-hotel", "stranded-abroad", "late-order", "hidden-fee"):
        journey = gallery.journey(id)
        assert journey is not None
        peak_end = analyse_journey(journey, personas=gallery.personas_of(journey)).peak_end
        assert peak_end is not None
        ending[id] = peak_end.ending
    unrepaired = ending.pop("hidden-fee")
    assert unrepaired < 0 < min(ending.values())
