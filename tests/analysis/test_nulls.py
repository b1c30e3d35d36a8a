"""What cannot be said is null, and the reason stands beside it in words; the rest nobody wrote down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from blueprint.analysis.as_json import as_json
from blueprint.analysis.journey import analyse_journey
from blueprint.cli import group
from blueprint.model.journey import Journey
from blueprint.source.folders import heading

SHIPPED = [
    head.path
    for path in sorted((Path(__file__).parents[2] / "journeys").glob("*.yaml"))
    if (head := heading(path)) is not None and head.kind in ("journey", "blueprint")
]
REASONS = ("reason", "reasons", "why", "stop", "no_drivers_because", "missing")
"""Keys that say why something beside them is null."""

# A null of these says that the author wrote nothing of the kind, as the manual has it: there is no figure
# that could have been computed and was not. First whole blocks, then single things, then who or where
# (everybody, the journey as a whole), then shares of what nobody counted and comparisons without a side.
UNWRITTEN = frozenset(
    """
    complaints conflict coverage damage delights house knowledge needs needs_ladder private_channels
    promises quality role_sheets scripts segments service_levels voice work cases culture
    entitlements governance lessons policies indicators revenue personas metrics risk clientele
    lifecycles question_bank urgency peak_end
    about aim asks bands by_factors channels ending feelings figure importance industry kept
    latent_questions mirrored profile promises_kept protocol questionnaire questions scores style
    table target time_cost trigger type type_script whys parameters met fast_lane
    persona touchpoint step
    capacity_seconds utilisation exits response_rate visits_share
    expected_seconds variance time_weighted moments proactive_share level weighted unweighted basis
    score against_baseline sample_sizes segments_differ passed to_best to_competitor
    """.split()  # noqa: SIM905 - a list of seventy words in quotes is no easier to read
)


def unexplained(found: Any, under: str = "", in_words: bool = False) -> Iterator[str]:
    """Yield the keys of nulls beside which no reason stands; a map of ids goes by the key of the map."""
    if isinstance(found, list):
        for item in found:
            yield from unexplained(item, under)
    elif isinstance(found, dict):
        told = in_words or any(found.get(key) for key in REASONS)
        for key, value in found.items():
            if value is None and key not in REASONS and not told:
                yield f"{under}.{key}"
            yield from unexplained(value, key, told and not isinstance(value, list))


def strangers(found: Any) -> set[str]:
    """The nulls that are neither explained nor simply unwritten."""
    maps = {"as_taught", "reached"}  # Of a policy that names no figure, of a touchpoint without needs.
    return {
        place
        for place in unexplained(found)
        if place.split(".")[-1] not in UNWRITTEN and place.split(".")[0] not in maps
    }


def test_there_is_something_to_walk() -> None:
    assert len(SHIPPED) >= 18


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_null_of_a_shipped_document_is_explained(path: Path, language: str) -> None:
    run = CliRunner().invoke(group, ["analyse", str(path), "--format", "json", "--lang", language])
    assert strangers(json.loads(run.stdout)) == set()


SPARSE = {
    "nobody answered the questionnaire": {"needs": [{"need": "n", "kano": dict.fromkeys("MOAIRQ", 0)}]},
    "only reverse answers": {"needs": [{"need": "n", "kano": dict.fromkeys("MOAIRQ", 0) | {"R": 4}}]},
    "quality without a sample": {"quality": {"empathy": {"expected": 5, "perceived": 4}}},
    "quality of one answer": {"quality": {"empathy": {"expected": 5, "perceived": 4, "n": 1, "sd": 1}}},
    "quality without a spread": {"quality": {"empathy": {"expected": 5, "perceived": 4, "n": 9}}},
    "everybody alike": {"quality": {"empathy": {"expected": 5, "perceived": 4, "n": 9, "sd": 0}}},
    "perceived alone": {"quality": {"empathy": {"perceived": 4}}},
    "expected alone": {"quality": {"empathy": {"expected": 4}}},
    "customers not asked": {"quality": {"empathy": {"standard": 4}}},
    "a metric without a value": {"metrics": [{"metric": "csat"}]},
    "a share without a sample": {"metrics": [{"metric": "csat", "value": 0.8}]},
    "a survey of one": {"surveys": [{"survey": "nps", "answers": [0] * 10 + [1]}]},
    "a survey of nobody": {"surveys": [{"survey": "csat", "answers": [0] * 5}]},
    "all answers alike": {"surveys": [{"survey": "csat", "answers": [0, 0, 0, 0, 7]}]},
    "one wave": {"surveys": [{"survey": "csat", "date": "2026-01-01", "answers": [0, 1, 2, 3, 4]}]},
    "two waves of one index": {
        "surveys": [
            {"survey": "csat", "date": day, "answers": [0, 1, 2, 3, 4]}
            for day in ("2026-01-01", "2026-02-01")
        ]
    },
    "two indices that do not move": {
        "surveys": [
            {"survey": survey, "date": day, "answers": [1] * length}
            for day in ("2026-01-01", "2026-02-01")
            for survey, length in (("csat", 5), ("nps", 11))
        ]
    },
    "a problem nobody counted": {"problems": {"rate": 0.1}},
    "a complaint without times": {"kinds": ["first", "complaint"], "complaint": {}},
}


@pytest.mark.parametrize("written", SPARSE.values(), ids=SPARSE)
def test_every_null_of_a_sparse_journey_is_explained(written: dict[str, Any]) -> None:
    first = {"id": "a", "title": "A", "kinds": ["first"]} | written
    last = {"id": "b", "title": "B", "kinds": ["end"], "emotion": 1}
    page = {"journey": "j", "title": "J", "stages": [{"stage": "s", "touchpoints": [first, last]}]}
    found = as_json(analyse_journey(Journey.model_validate(yaml.safe_load(yaml.safe_dump(page)))))
    text = json.dumps(found, allow_nan=False)
    assert strangers(json.loads(text)) == set()


def test_a_reason_says_what_is_the_matter() -> None:
    """Three of them, word for word, so that the walk above cannot pass on empty sentences."""
    quality = {"empathy": {"expected": 5, "perceived": 4, "n": 9, "sd": 0}}
    needs = [{"need": "n", "kano": dict.fromkeys("MOAIRQ", 0) | {"R": 4}}]
    surveys = SPARSE["two waves of one index"]["surveys"]
    first = {
        "id": "a",
        "title": "A",
        "kinds": ["first"],
        "quality": quality,
        "needs": needs,
        "surveys": surveys,
    }
    page = {"journey": "j", "title": "J", "stages": [{"stage": "s", "touchpoints": [first]}]}
    journey = Journey.model_validate(page)
    en, zh = (as_json(analyse_journey(journey), language=language) for language in ("en", "zh"))
    told = [
        (
            found["quality"]["touchpoints"]["a"]["empathy"]["reason"],
            found["needs"]["stated"][0]["questionnaire"]["reason"],
            found["metrics"]["monitoring"][0]["reason"],
        )
        for found in (en, zh)
    ]
    assert told == [
        (
            "all differences are alike, so that nothing can be tested",
            "every answer is reverse or questionable: none says how far the need satisfies",
            "no two dated waves of NPS can be compared",
        ),
        (
            "差值全都相同，无从检验",
            "全部回答都是反向或可疑：没有一份能说明该需求带来多少满意",
            "NPS 没有两次注明日期且可比较的测量",
        ),
    ]
