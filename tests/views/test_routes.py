"""Arcs under the cards: on levels of their own, nested ones never crossing."""

from __future__ import annotations

import sys
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.scene.shapes import Group, Link, Point
from blueprint.views.reading import reading
from blueprint.views.routes import Arc, Column, Exit, draw, lay_out, thickness

sys.path.insert(0, str(Path(__file__).parent))
from audit import every

READ = reading("en", "en")
COLUMNS = [Column(f"tp-{at}", 240.0 * at, 200.0) for at in range(12)]


def links(*arcs: Arc, exits: tuple[Exit, ...] = ()) -> list[Link]:
    shapes = draw(lay_out(COLUMNS, arcs, exits, READ), 100.0)
    return [shape for shape in every(Group(shapes)) if isinstance(shape, Link)]


def cross(a: Link, b: Link) -> bool:
    """Tell whether an upright piece of one passes through a level piece of the other."""

    def meet(p: tuple[Point, Point], q: tuple[Point, Point]) -> bool:
        (p1, p2), (q1, q2) = p, q
        if p1.x == p2.x and q1.y == q2.y:
            return min(q1.x, q2.x) < p1.x < max(q1.x, q2.x) and min(p1.y, p2.y) < q1.y < max(p1.y, p2.y)
        return False

    return any(meet(p, q) or meet(q, p) for p in pairwise(a.points) for q in pairwise(b.points))


def crossings(*arcs: Arc) -> int:
    return sum(cross(a, b) for a, b in combinations(links(*arcs), 2))


@pytest.mark.parametrize(
    "arcs",
    [
        [Arc(0, 2, 0.5), Arc(0, 4, 0.5)],
        [Arc(4, 2, 0.5), Arc(4, 0, 0.5)],
        [Arc(0, 4, 1), Arc(2, 4, 1)],
        [Arc(6, 1, 1), Arc(3, 1, 1), Arc(1, 1, 0.2)],
        [Arc(0, 9, 1), Arc(1, 8, 1), Arc(2, 5, 1), Arc(6, 3, 1)][:3],
        [Arc(0, 3, 1), Arc(3, 6, 1), Arc(6, 9, 1)],
        [Arc(0, 5, 0.5), Arc(5, 0, 0.5)],
        [Arc(5, 0, 0.3), Arc(5, 10, 0.3), Arc(5, 3, 0.3), Arc(5, 8, 0.1)],
    ],
)
def test_arcs_that_nest_or_follow_one_another_never_cross(arcs: list[Arc]) -> None:
    assert crossings(*arcs) == 0


any_arcs = st.lists(
    st.builds(Arc, st.integers(0, 11), st.integers(0, 11), st.floats(0, 1), st.text("abc ", max_size=40)),
    max_size=14,
    unique_by=lambda arc: (arc.source, arc.target),
)


@given(any_arcs)
def test_no_two_arcs_share_a_piece_of_line(arcs: list[Arc]) -> None:
    pieces = [(link.id, p, q) for link in links(*arcs) for p, q in pairwise(link.points)]
    for (one, a, b), (other, c, d) in combinations(pieces, 2):
        if one == other:
            continue
        for along, across in ((0, 1), (1, 0)):
            if a[across] == b[across] == c[across] == d[across]:
                reach = min(max(a[along], b[along]), max(c[along], d[along]))
                assert reach <= max(min(a[along], b[along]), min(c[along], d[along]))


@given(any_arcs)
def test_arcs_hang_below_the_cards_and_meet_them_at_their_lower_edge(arcs: list[Arc]) -> None:
    for link in links(*arcs):
        first, *middle, last = link.points
        assert first.y == last.y == 100.0
        assert all(point.y > 100.0 for point in middle)
        for point, name in ((first, link.source), (last, link.target)):
            column = next(c for c in COLUMNS if c.id == name)
            assert column.x < point.x < column.x + column.width


def test_the_words_of_an_arc_are_its_share_and_condition() -> None:
    said = [
        link.title
        for link in links(Arc(0, 3, 0.25, "in a hurry"), Arc(4, 2, 1.0), Arc(6, 9, 0.5, assumed=True))
    ]
    assert sorted(said) == ["", "25% · in a hurry", "50% (assumed)"]


def test_thickness_grows_with_traffic_and_stays_in_bounds() -> None:
    assert thickness(-1) == thickness(0) < thickness(0.5) < thickness(1) == thickness(7)
