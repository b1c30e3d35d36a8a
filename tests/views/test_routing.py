"""Routes never cross a box, never lie on one another, always arrive."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.views.routing import Box, Grid
from blueprint.views.tracks import Band, Layout, settle


@st.composite
def sheets(draw: st.DrawFn) -> tuple[int, int, list[Box], list[tuple[Box, Box]]]:
    columns, rows = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for _ in range(draw(st.integers(1, 16))):
        first, row = draw(st.integers(0, columns - 1)), draw(st.integers(0, rows - 1))
        last = min(columns - 1, first + draw(st.sampled_from((0, 0, 0, 1, 3))))
        cells = {(column, row) for column in range(first, last + 1)}
        if not cells & taken:
            taken |= cells
            boxes.append(Box(first, last, row))
    some = st.sampled_from(boxes)
    return columns, rows, boxes, draw(st.lists(st.tuples(some, some), max_size=14))


def drawn(sheet: tuple[int, int, list[Box], list[tuple[Box, Box]]]) -> Layout:
    columns, rows, boxes, links = sheet
    grid = Grid(columns, rows, boxes)
    routes = [grid.route(*link) for link in links]
    across = [Band(160.0 if band % 2 else 24.0) for band in range(2 * columns + 1)]
    down = [Band(72.0 if band % 2 else 24.0, tail=10.0 * (band % 4 == 0)) for band in range(2 * rows + 1)]
    return settle(routes, links, across, down)


@given(sheets())
@settings(max_examples=400, deadline=None)
def test_routes_keep_clear_of_every_box(sheet: tuple[int, int, list[Box], list[tuple[Box, Box]]]) -> None:
    _, _, boxes, links = sheet
    layout = drawn(sheet)
    for (source, target), points in zip(links, layout.routes, strict=True):
        for at, ((x1, y1), (x2, y2)) in enumerate(itertools.pairwise(points)):
            assert (x1 == x2) != (y1 == y2), "every piece is upright or level and has a length"
            for box in boxes:
                left, top, right, bottom = layout.box(box)
                reach = (
                    min(x1, x2) < right
                    and max(x1, x2) > left
                    and min(y1, y2) < bottom
                    and max(y1, y2) > top
                )
                assert not reach, (source, target, at, box)


@given(sheets())
@settings(max_examples=400, deadline=None)
def test_routes_begin_and_end_on_the_edges_of_their_boxes(
    sheet: tuple[int, int, list[Box], list[tuple[Box, Box]]],
) -> None:
    _, _, _, links = sheet
    layout = drawn(sheet)
    for ends, points in zip(links, layout.routes, strict=True):
        for box, point in zip(ends, (points[0], points[-1]), strict=True):
            left, top, right, bottom = layout.box(box)
            on_side = point.x in (left, right) and top < point.y < bottom
            on_level = point.y in (top, bottom) and left < point.x < right
            assert on_side or on_level


@given(sheets())
@settings(max_examples=400, deadline=None)
def test_no_two_routes_lie_on_one_another(sheet: tuple[int, int, list[Box], list[tuple[Box, Box]]]) -> None:
    pieces = [
        (at, one, two)
        for at, points in enumerate(drawn(sheet).routes)
        for one, two in itertools.pairwise(points)
    ]
    for (a, (ax1, ay1), (ax2, ay2)), (b, (bx1, by1), (bx2, by2)) in itertools.combinations(pieces, 2):
        if a == b:
            continue
        if ax1 == ax2 == bx1 == bx2:
            assert min(ay1, ay2) > max(by1, by2) or min(by1, by2) > max(ay1, ay2)
        if ay1 == ay2 == by1 == by2:
            assert min(ax1, ax2) > max(bx1, bx2) or min(bx1, bx2) > max(ax1, ax2)


def test_neighbours_are_joined_by_one_straight_line() -> None:
    left, right, below = Box(0, 0, 0), Box(1, 1, 0), Box(0, 0, 1)
    grid = Grid(2, 2, [left, right, below])
    assert [leg.axis for leg in grid.route(left, right)] == ["h"]
    assert [leg.axis for leg in grid.route(left, below)] == ["v"]


def test_a_box_in_the_way_is_gone_around() -> None:
    one, wall, two = Box(0, 0, 0), Box(1, 1, 0), Box(2, 2, 0)
    route = Grid(3, 1, [one, wall, two]).route(one, two)
    assert len(route) == 3
    assert {leg.band for leg in route if leg.axis == "h"} <= {0, 2}


def test_two_links_between_the_same_boxes_run_side_by_side() -> None:
    one, two = Box(0, 0, 0), Box(0, 0, 1)
    layout = drawn((1, 2, [one, two], [(one, two), (two, one)]))
    (first, _), (second, _) = layout.routes
    assert first.x != second.x
