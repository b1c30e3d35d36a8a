"""What must hold of every drawing: nothing clips, overlaps, crosses a card or breaks the vocabulary."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from blueprint.scene.icons import ICONS
from blueprint.scene.shapes import Ellipse, Group, Icon, Link, Paint, Path, Point, Rect, Scene, Shape, Text
from blueprint.scene.text import line_height, measure
from blueprint.scene.theme import TOKENS

SMALLEST = 10.0
"""Smallest size of type, px."""


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, slack: float = 0.5) -> bool:
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.top < other.bottom - slack
            and other.top < self.bottom - slack
        )

    def holds(self, other: Box, slack: float = 0.5) -> bool:
        return (
            self.left <= other.left + slack
            and self.top <= other.top + slack
            and self.right >= other.right - slack
            and self.bottom >= other.bottom - slack
        )


def every(shape: Shape) -> Iterator[Shape]:
    """Yield a shape and all shapes inside it."""
    yield shape
    if isinstance(shape, Group):
        for child in shape.children:
            yield from every(child)


def ink(text: Text) -> Iterator[Box]:
    """Yield the box of each line: from the top of its capitals to the foot of its descenders."""
    step = text.line_height or line_height(text.size)
    for at, words in enumerate(text.lines):
        width = measure(words, text.size, text.weight)
        left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        base = text.y + at * step
        yield Box(left, base - 0.76 * text.size, left + width, base + 0.22 * text.size)


def box_of(rect: Rect) -> Box:
    return Box(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)


def crosses(a: Point, b: Point, box: Box, slack: float = 1.0) -> bool:
    """Tell whether a segment passes through the inside of a box (Liang and Barsky)."""
    low, high = 0.0, 1.0
    for start, delta, least, most in (
        (a.x, b.x - a.x, box.left + slack, box.right - slack),
        (a.y, b.y - a.y, box.top + slack, box.bottom - slack),
    ):
        if least >= most:
            return False
        if delta == 0:
            if not least < start < most:
                return False
            continue
        enter, leave = sorted(((least - start) / delta, (most - start) / delta))
        low, high = max(low, enter), min(high, leave)
    return low < high


def audit(scene: Scene) -> list[str]:
    """Return everything that is wrong with a scene, one line each."""
    shapes = list(every(scene.root))
    return [
        *_vocabulary(shapes),
        *_finite(scene, shapes),
        *_texts(scene, shapes),
        *_cards(shapes),
        *_links(shapes),
    ]


def _vocabulary(shapes: list[Shape]) -> Iterator[str]:
    ids = Counter(shape.id for shape in shapes if shape.id)
    yield from (f"id {name} appears {count} times" for name, count in ids.items() if count > 1)
    for shape in shapes:
        if isinstance(shape, Text):
            tokens: tuple[str | None, ...] = (shape.color,)
            if shape.size < SMALLEST:
                yield f"type of {shape.size} px: {shape.lines}"
            if not any(shape.lines):
                yield f"a text without words at {shape.x}, {shape.y}"
        elif isinstance(shape, Icon):
            tokens = (shape.color,)
            if shape.name not in ICONS:
                yield f"unknown icon {shape.name}"
        elif isinstance(shape, Group):
            continue
        else:
            paint: Paint = shape.paint
            tokens = (paint.fill, paint.stroke)
        yield from (f"unknown colour {token}" for token in tokens if token and token not in TOKENS)
        if isinstance(shape, Link):
            yield from (
                f"link {shape.id} ends at {end}, which is not there"
                for end in (shape.source, shape.target)
                if end not in ids
            )


def _numbers(shape: Shape) -> Iterator[float]:
    match shape:
        case Rect():
            yield from (shape.x, shape.y, shape.width, shape.height)
        case Ellipse():
            yield from (shape.x, shape.y, shape.rx, shape.ry)
        case Path():
            for segment in shape.segments:
                for point in segment.points:
                    yield from point
        case Text() | Icon():
            yield from (shape.x, shape.y, shape.size)
        case Link():
            for point in along(shape):
                yield from point


def along(link: Link) -> list[tuple[float, float]]:
    """Where a link runs: its corners, or points of its curves, which stay inside their control points."""
    if not link.smooth:
        return [tuple(point) for point in link.points]
    found = [tuple(link.points[0])]
    for first in range(0, len(link.points) - 3, 3):
        a, b, c, d = link.points[first : first + 4]
        for t in (n / 20 for n in range(1, 21)):
            u = 1 - t
            x, y = (u**3 * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t**3 * d[k] for k in (0, 1))
            found.append((x, y))
    return found


def _finite(scene: Scene, shapes: list[Shape]) -> Iterator[str]:
    limit = max(scene.width, scene.height)
    for shape in shapes:
        if not all(math.isfinite(n) and -1 <= n <= limit + 1 for n in _numbers(shape)):
            yield f"a {type(shape).__name__} lies outside the sheet: {list(_numbers(shape))[:4]}"
        if isinstance(shape, Rect) and (shape.width < 0 or shape.height < 0):
            yield f"a rectangle of negative size: {shape}"


def _texts(scene: Scene, shapes: list[Shape]) -> Iterator[str]:
    sheet = Box(0, 0, scene.width, scene.height)
    lines = [
        (box, words)
        for text in shapes
        if isinstance(text, Text)
        for box, words in zip(ink(text), text.lines, strict=True)
    ]
    yield from (f"{words!r} leaves the sheet: {box}" for box, words in lines if not sheet.holds(box))
    lines.sort(key=lambda line: line[0].top)
    for at, (box, words) in enumerate(lines):
        for other, more in lines[at + 1 :]:
            if other.top >= box.bottom:
                break
            if box.meets(other):
                yield f"{words!r} overlaps {more!r} at {box}"


def _cards(shapes: list[Shape]) -> Iterator[str]:
    """Texts of a group whose first shape is a rectangle stay inside it."""
    for group in shapes:
        if isinstance(group, Group) and group.role in HOLDERS and isinstance(group.children[0], Rect):
            card = box_of(group.children[0])
            for text in every(group):
                if isinstance(text, Text):
                    yield from (
                        f"{words!r} leaves its {group.role}: {box} in {card}"
                        for box, words in zip(ink(text), text.lines, strict=True)
                        if not card.holds(box)
                    )


HOLDERS = {"touchpoint", "pain", "opportunity", "persona", "mark", "step-card", "step", "card"}


def _links(shapes: list[Shape]) -> Iterator[str]:
    cards = [box_of(s) for s in shapes if isinstance(s, Rect) and s.role == "card"]
    texts = [(box, t.lines) for t in shapes if isinstance(t, Text) for box in ink(t)]
    for link in shapes:
        if not isinstance(link, Link):
            continue
        for a, b in zip(link.points, link.points[1:], strict=False):
            yield from (f"{link.id} crosses the card at {card}" for card in cards if crosses(a, b, card))
            yield from (
                f"{link.id} runs through {words}" for box, words in texts if crosses(a, b, box, 0.0)
            )
