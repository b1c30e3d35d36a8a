"""Channels by the names in use, private ones, posts, and the house's own bands."""

from __future__ import annotations

import json

import pytest

from blueprint.analysis.as_json import as_json
from blueprint.analysis.channels import term_of
from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.journey import analyse_journey
from blueprint.analysis.posts import told as posts
from blueprint.model.service import ServiceBlueprint
from blueprint.source.standards import builtin_standards

STANDARDS = builtin_standards()
PRIVATE = STANDARDS.vocabularies["private-channel"]


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("App", "own-app"),
        (" 社群 ", "community"),
        ("WeCom", "work-messenger"),
        ("phone", None),
        (None, None),
    ],
)
def test_a_channel_is_known_by_any_of_its_names(written, term) -> None:
    assert term_of(written, PRIVATE) == term


def test_share_and_moves_by_hand(make_journey) -> None:
    points = {
        "ad": {"kinds": ["first"], "channel": "poster", "next": {"app": 0.5, "shop": 0.5}},
        "app": {"channel": "app", "next": {"shop": 0.4, "done": 0.6}},
        "shop": {"channel": "store", "next": "done"},
        "home": {"next": "done"},
    }
    page = as_json(analyse_journey(make_journey(points)), STANDARDS)["private_channels"]
    # visits: ad 1, app .5, shop .7
    assert page["share"] == pytest.approx(0.5 / 2.2)
    assert (page["moves_in"], page["moves_out"]) == (pytest.approx(0.5), pytest.approx(0.2))
    assert page["touchpoints"] == {"app": "own-app"}


def test_none_where_no_channel_is_private(make_journey) -> None:
    page = as_json(
        analyse_journey(make_journey({"a": {"kinds": ["first"], "channel": "phone"}})), STANDARDS
    )
    assert page["private_channels"] is None


def test_a_post_is_judged_by_whole_intervals() -> None:
    sheet = [
        {"indicator": "In time", "dimension": "responsiveness", "value": "93%", "n": 1840, "target": "90%"},
        {"indicator": "Kept", "dimension": "reliability", "value": "91%", "n": 100, "target": "90%"},
        {
            "indicator": "Errors",
            "dimension": "assurance",
            "value": 4.0,
            "n": 50,
            "sd": 1.0,
            "target": 3,
            "better": "lower",
        },
        {"indicator": "Warm", "target": 5},
    ]
    written = {
        "blueprint": "b",
        "journey": "j",
        "actors": {"desk": {"zone": "frontstage", "indicators": sheet}, "back": {"zone": "backstage"}},
        "steps": [{"id": "a", "at": "t", "actor": "desk", "does": "x"}],
    }
    blueprint = ServiceBlueprint.model_validate(json.loads(json.dumps(written)))
    page = posts(blueprint)
    assert page is not None
    assert list(page) == ["desk"]
    assert [row["verdict"] for row in page["desk"]["indicators"]] == ["met", "undetermined", "missed", None]
    assert page["desk"]["indicators"][3]["reason"] is not None
    assert page["desk"]["dimensions_missing"] == ["tangibles", "empathy"]
    told = as_json(analyse_blueprint(blueprint))["roles"]["indicators"]["desk"]
    assert [row.pop("why") for row in told["indicators"]] == [
        None,
        *(row["why"].en for row in page["desk"]["indicators"][1:2]),
        None,
        "no value is written",
    ]
    assert [{k: v for k, v in row.items() if k != "why"} for row in page["desk"]["indicators"]] == told[
        "indicators"
    ]


@pytest.mark.parametrize(
    ("counts", "bands", "band", "possible"),
    [
        ((400, 100, 0), {"good": 0, "excellent": 15, "outstanding": 50}, "outstanding", ["outstanding"]),
        ((99, 57, 42), {"good": 0, "excellent": 15, "outstanding": 50}, "excellent", ["excellent"]),
        ((99, 57, 42), {"good": 0, "excellent": 30}, "undetermined", ["good", "excellent"]),
        ((1, 9, 400), {"good": 0, "excellent": 30}, "below", ["below"]),
        ((99, 57, 42), {"good": 30, "excellent": 0}, None, []),
    ],
)
def test_bands_are_told_by_the_whole_interval(make_journey, counts, bands, band, possible) -> None:
    survey = dict(zip(("promoters", "passives", "detractors"), counts, strict=True))
    journey = make_journey(
        {"a": {"kinds": ["first"]}}, surveys=[{"survey": "nps", **survey, "bands": bands}]
    )
    page = as_json(analyse_journey(journey))["metrics"]["surveys"][0]["bands"]
    assert (page["band"], page["possible"]) == (band, possible)
    assert (page["reason"] is None) == (band is not None)
