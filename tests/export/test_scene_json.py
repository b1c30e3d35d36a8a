"""A scene survives its JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.export import scene_json
from blueprint.scene.shapes import (
    Ellipse,
    Group,
    Icon,
    Link,
    Paint,
    Path,
    Point,
    Rect,
    Scene,
    Segment,
    Text,
)

NUMBERS = st.integers(-10000, 10000).map(lambda value: value / 100)
WORDS = st.text(max_size=12)
PAINTS = st.builds(
    Paint, st.sampled_from([None, "ink"]), st.sampled_from([None, "line"]), NUMBERS,
    st.lists(NUMBERS, max_size=3).map(tuple), NUMBERS, st.sampled_from([None, "dots"]),
)  # fmt: skip
POINTS = st.lists(st.builds(Point, NUMBERS, NUMBERS), max_size=4).map(tuple)
SEGMENTS = st.one_of(
    st.builds(lambda point: Segment("M", (point,)), st.builds(Point, NUMBERS, NUMBERS)),
    st.just(Segment("Z")),
)
LEAVES = st.one_of(
    st.builds(Rect, NUMBERS, NUMBERS, NUMBERS, NUMBERS, PAINTS, NUMBERS, WORDS, WORDS, WORDS),
    st.builds(Ellipse, NUMBERS, NUMBERS, NUMBERS, NUMBERS, PAINTS, id=WORDS),
    st.builds(Path, st.lists(SEGMENTS, max_size=3).map(tuple), PAINTS),
    st.builds(
        Text,
        NUMBERS,
        NUMBERS,
        st.lists(WORDS, max_size=3).map(tuple),
        NUMBERS,
        weight=st.just("bold"),
        slant=st.booleans(),
    ),
    st.builds(Icon, WORDS, NUMBERS, NUMBERS, NUMBERS),
    st.builds(Link, WORDS, WORDS, POINTS, PAINTS, smooth=st.booleans()),
)
SHAPES = st.recursive(
    LEAVES,
    lambda shapes: st.builds(
        Group, st.lists(shapes, max_size=3).map(tuple), WORDS, WORDS, WORDS,
        st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    ),
    max_leaves=8,
)  # fmt: skip


@given(st.lists(SHAPES, max_size=4), WORDS, NUMBERS)
@settings(max_examples=150, deadline=None)
def test_any_scene_comes_back_as_it_was(shapes, words, number):
    scene = Scene(number, number, Group(tuple(shapes)), words, words, words, "zh", "map")
    data = scene_json.export(scene)
    assert scene_json.load(data) == scene
    assert scene_json.export(scene_json.load(data)) == data


def test_the_form_is_named_and_small(scene):
    data = scene_json.export(scene)
    whole = json.loads(data)
    assert whole["format"] == "blueprint.scene/1"
    assert (whole["width"], whole["title"], whole["view"]) == (400, "A call", "map")
    card = whole["root"]["children"][1]
    assert card["shape"] == "group"
    assert card["data"] == [["touchpoint", "hotline"]]
    assert card["children"][0] == {
        "shape": "rect", "x": 20, "y": 20, "width": 160, "height": 80, "radius": 8, "id": "card",
        "role": "card", "title": "A card", "paint": {"fill": "card", "stroke": "line", "width": 1.5},
    }  # fmt: skip
    assert whole["root"]["children"][2]["segments"][3] == ["L", [20.13, 160]]


def test_lone_surrogates_survive():
    scene = Scene(1, 1, Group((Text(0, 0, ("\ud800x",), 9),)), "\udfff", "", "")
    assert scene_json.load(scene_json.export(scene)) == scene


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff", b"[]", b"{}", b"7",
        b'{"format":"blueprint.scene/2","root":{"shape":"group","children":[]}}',
        b'{"format":"blueprint.scene/1","width":1,"root":{"shape":"rect"}}',
        b'{"format":"blueprint.scene/1","root":{"shape":"blob"}}',
        b'{"format":"blueprint.scene/1","root":{"shape":"group","children":[{"shape":"path","segments":[[]]}]}}',
        b"[" * 100000,
    ],
)  # fmt: skip
def test_what_is_no_scene_is_refused(data):
    with pytest.raises(scene_json.SceneFormatError):
        scene_json.load(data)
