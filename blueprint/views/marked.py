"""A drawing on which the places of findings are marked: a ring, and on it the code of the rule.

A view gives its shapes ids and roles; a finding says in words where it stands ("touchpoint paid",
"emotion"). This module brings both together, and knows nothing of how either was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from blueprint.scene.extents import Extent, extent
from blueprint.scene.shapes import Ellipse, Group, Link, Paint, Rect, Scene, Shape, Text
from blueprint.views.typeset import LABEL, block, line
from blueprint.views.words import words

_ROOM = 6.0
"""Between what a ring is around and the ring, px."""
_AROUND_DOT = 7.0
_SIDE = 16.0
"""Between the edge of the sheet and a caption, px."""
_BADGE, _BADGE_PAD = 18.0, 7.0
"""Height of a badge and the room at either end of its word, px."""

_CARDS = {
    "map": {"touchpoint": "tp-", "stage": "stage-"},
    "blueprint": {"step": "step-", "touchpoint": "action-", "stage": "stage-", "actor": "actor-"},
    "flow": {"touchpoint": "tp-"},
    "script": {"touchpoint": "tp-"},
}
"""How the views call the shape of an element: view → kind of element → beginning of its id."""
ROWS = {
    "doing": "doing", "thinking": "thinking", "feeling": "feeling", "emotion": "emotion",
    "needs": "needs", "pains": "pains", "opportunities": "opportunities", "metrics": "metrics",
    "quality": "quality", "peak": "peak-design", "principles": "peak-design",
    "complaint": "complaint-handling", "promises": "promises", "evidence": "evidence", "owner": "owner",
}  # fmt: skip
"""In which row of the map a key of a touchpoint is shown: key → label of the row."""
_ROUTES = frozenset({"next", "entry"})


class Mark(NamedTuple):
    """A finding on its way onto a drawing."""

    code: str
    severity: Literal["error", "warning", "info"]
    place: tuple[str, ...]
    """Where, in words: ("touchpoint paid", "emotion"), ("row emotion",); empty for all of it."""
    message: str = ""
    """What is wrong, for those who cannot see the ring."""
    also: bool = False
    """Whether this is only another place that belongs to a finding."""


def mark(scene: Scene, marks: Sequence[Mark]) -> Scene:
    """Return the drawing with its marks on top.

    What is not drawn is marked on the nearest thing that is: a value on its cell, a cell on its card, and
    what has no place of its own on the drawing as a whole.
    """
    ground = _Ground(scene)
    rings: list[Shape] = []
    badges: list[tuple[Mark, Extent, bool, bool]] = []
    taken: set[tuple[Extent, str]] = set()
    for one in marks:
        first = True  # A finding is named once, however many places show it.
        for at, round_ in ground.places(one.place):
            if (at, one.code) in taken:
                continue
            taken.add((at, one.code))
            rings.append(_ring(one, at, whole=at == ground.whole, around_dot=round_))
            if not one.also and first:
                first = False
                badges.append((one, at, at == ground.whole, round_))
    if not rings:
        return scene
    texts = [area for text in _texts(scene.root) if (area := extent(text))]
    named: list[Shape] = []
    for one, at, whole, dot in badges:
        badge, area = _badge(one, at, texts, ground.sheet, inside=whole, around_dot=dot)
        texts.append(area)
        named.append(badge)
    root = replace(scene.root, children=(*scene.root.children, Group((*rings, *named), role="findings")))
    said = " ".join(f"{one.code}: {one.message}" for one in marks if one.message and not one.also)
    return replace(scene, root=root, description=f"{said} {scene.description}".strip())


class Caption(NamedTuple):
    """What a code on a drawing means."""

    code: str
    severity: Literal["error", "warning", "info"]
    said: tuple[str, ...]
    """The message, in as many languages as there are readers."""


def captioned(scene: Scene, captions: Sequence[Caption]) -> Scene:
    """Return the drawing with a line under it for every code, so that it speaks for itself."""
    y = scene.height
    shapes: list[Shape] = []
    for one in dict.fromkeys(captions):
        badge, at = _code(one.code, one.severity, _SIDE, y)
        left = at.right + 10
        shapes.append(badge)
        for number, said in enumerate(one.said):
            color = "ink" if number == 0 else "ink-soft"
            text = block(said.replace("`", ""), scene.width - _SIDE - left, color=color)
            shapes.append(text.at(left, y + (_BADGE - line("x").height) / 2))
            y += text.height + 2
        y = max(y, at.bottom) + 8
    if not shapes:
        return scene
    height = -(-(y + 4) // 8) * 8
    sheet, *rest = scene.root.children
    if isinstance(sheet, Rect):
        sheet = replace(sheet, height=height)
    root = replace(scene.root, children=(sheet, *rest, Group(tuple(shapes), role="captions")))
    return replace(scene, height=height, root=root)


class _Ground:
    """A drawing, searched for where things stand."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.sheet = Extent(0.0, 0.0, scene.width, scene.height)
        self.groups = {group.id: group for group in groups(scene.root) if group.id}
        self.lanes = {group.title: group for group in groups(scene.root) if group.role == "lane"}
        self.words = words(scene.language)

    @property
    def whole(self) -> Extent:
        """The drawing as a whole."""
        return self.sheet.grown(-8)

    def places(self, place: Sequence[str]) -> Iterator[tuple[Extent, bool]]:
        """Yield the areas that a place means, and whether each is round."""
        kind, _, id_ = place[0].partition(" ") if place else ("", "", "")
        if kind == "actors" and len(place) > 1:
            kind, id_ = "actor", place[1]
        if kind == "row" and (row := self._row(id_)):
            yield row, False
            return
        begin = _CARDS.get(self.scene.view, {}).get(kind)
        card = self._area(f"{begin}{id_}") if begin else None
        if card is None or begin is None:
            yield self.whole, False
            return
        found = False
        if self.scene.view == "script" and (said := self._said(f"{begin}{id_}", place)):
            yield said.grown(4).within(self.sheet.grown(-2)), False
            return
        if kind == "touchpoint" and len(place) > 1:
            for at in self._in_lane(place, card):
                found = True
                yield at
        if not found:
            if len(place) > 1 and place[1] in _ROUTES:
                card = self._with_ways(f"{begin}{id_}", card)
            yield card.grown(_ROOM).within(self.sheet.grown(-2)), False
            if len(place) > 1 and place[1] == "next" and self.scene.view == "blueprint":
                yield from ((at, False) for at in self._handed_over(card))

    def _handed_over(self, card: Extent) -> Iterator[Extent]:
        """Yield where it is written what goes along from the column of a step."""
        for group in groups(self.scene.root):
            at = extent(group) if group.role == "handoffs" else None
            if at and at.left < card.right and card.left < at.right:
                yield at.grown(_ROOM).within(self.sheet.grown(-2))

    def _row(self, label: str) -> Extent | None:
        lane = self.lanes.get(self.words[label])
        at = extent(lane) if lane else None
        return Extent(8.0, at.top + 5, self.scene.width - 8, at.bottom + 5) if at else None

    def _area(self, id_: str) -> Extent | None:
        group = self.groups.get(id_)
        return extent(group) if group else None

    def _said(self, id_: str, place: Sequence[str]) -> Extent | None:
        """Return the bubble in which a line of a script is said."""
        name = next((word[1:-1] for word in place if word.startswith("[")), "")
        bubbles = (group for group in groups(self.groups[id_]) if group.role == "line")
        found = _naming(bubbles, name)
        return extent(found) if found else None

    def _with_ways(self, id_: str, card: Extent) -> Extent:
        """Take in where the ways out of a card begin: the labels beneath it that are no wider than it."""
        near = [
            at
            for group in groups(self.scene.root)
            if group.role == "exit" and (at := extent(group)) and card.left - 4 <= at.left <= card.right
        ]
        return _around([card, *near])

    def _in_lane(self, place: Sequence[str], card: Extent) -> Iterator[tuple[Extent, bool]]:
        lane = self.lanes.get(self.words[ROWS[place[1]]]) if place[1] in ROWS else None
        if lane is None:
            return
        column = (card.left - 4, card.right + 4)
        if place[1] == "emotion":
            dots = [dot for dot in dots_of(lane) if column[0] <= _middle(dot) <= column[1]]
            for dot in dots:
                if at := extent(dot):
                    yield at.grown(_AROUND_DOT), True
            if dots:
                return
        inside = (
            []
            if place[1] == "emotion"
            else [
                (child, at)
                for child in lane.children
                if getattr(child, "role", "") != "rule"
                and (at := extent(child))
                and column[0] <= at.left
                and (at.left <= column[1])
            ]
        )
        named = place[2][1:-1] if len(place) > 2 and place[2].startswith("[") else ""
        exact = _naming((child for child, _ in inside), named)
        inside_areas = [at for child, at in inside if exact is None or child is exact]
        if inside_areas:
            yield _around(inside_areas).grown(_ROOM).within(self.sheet.grown(-2)), False
        elif (row := extent(lane)) is not None:
            # Nothing is written where something should be: the empty cell is the finding.
            yield Extent(card.left, row.top + 6, card.right, row.bottom + 6).within(self.sheet), False


def _naming(shapes: Iterable[Shape], name: str) -> Shape | None:
    """Return the shape that says just this; else one that says it among other words, or its beginning."""
    wanted = _squeezed(name)
    said = [([_squeezed("".join(text.lines)) for text in _texts(shape)], shape) for shape in shapes]
    fits: tuple[Callable[[str], bool], ...] = (
        lambda words: words.strip("“”") == wanted,
        lambda words: words.endswith(wanted),
        lambda words: wanted[:24] in words,
    )
    return next((shape for fit in fits for texts, shape in said if wanted and any(map(fit, texts))), None)


def _squeezed(words: str) -> str:
    """Leave out spaces, so that it does not matter where lines were broken."""
    return "".join(words.split())


def _around(areas: Iterable[Extent]) -> Extent:
    every = tuple(areas)
    return Extent(
        min(at.left for at in every),
        min(at.top for at in every),
        max(at.right for at in every),
        max(at.bottom for at in every),
    )


def groups(shape: Shape) -> Iterator[Group]:
    """Yield every group of a drawing, the outer ones first."""
    if isinstance(shape, Group):
        yield shape
        for child in shape.children:
            yield from groups(child)


def _texts(shape: Shape) -> Iterator[Text]:
    if isinstance(shape, Text):
        yield shape
    elif isinstance(shape, Group):
        for child in shape.children:
            yield from _texts(child)


def dots_of(shape: Shape) -> Iterator[Shape]:
    """Yield the dots of a curve."""
    if isinstance(shape, Group):
        for child in shape.children:
            yield from dots_of(child)
    elif not isinstance(shape, Link) and shape.role == "dot":
        yield shape


def _middle(shape: Shape) -> float:
    at = extent(shape)
    return (at.left + at.right) / 2 if at else 0.0


def _ring(one: Mark, at: Extent, *, whole: bool, around_dot: bool) -> Shape:
    paint = Paint(None, one.severity, 2.5, dash=(6.0, 4.0) if one.also or whole else ())
    title = f"{one.code}: {one.message}" if one.message else one.code
    x, y = round(at.left, 2), round(at.top, 2)
    width, height = round(at.right - at.left, 2), round(at.bottom - at.top, 2)
    if around_dot:
        return Ellipse(
            round(x + width / 2, 2),
            round(y + height / 2, 2),
            round(width / 2, 2),
            round(height / 2, 2),
            paint,
            role="finding",
            title=title,
        )
    return Rect(x, y, width, height, paint, radius=10.0, role="finding", title=title)


def _badge(
    one: Mark, at: Extent, texts: Sequence[Extent], sheet: Extent, *, inside: bool, around_dot: bool
) -> tuple[Group, Extent]:
    """Draw the code where it hides the fewest words: on an edge of the ring, else beside it."""
    width = line(one.code, LABEL, weight="bold").width + 2 * _BADGE_PAD
    half = _BADGE / 2
    tops: tuple[float, ...] = (at.top, at.bottom, at.top - half - 2, at.bottom + half + 2)
    lefts: tuple[float, ...] = (at.right - width - 8, at.left + 8, at.right + 4, at.left - width - 4)
    if inside:
        tops, lefts = (at.top + half + 2,), (at.left + 8, at.right - width - 8)
    elif at.right - at.left < width + 24 and not around_dot:
        # On a ring this small the code would hide what is in it.
        tops, lefts = ((at.top + at.bottom) / 2, *tops[2:]), lefts[2:]
    places = [Extent(x, y - half, x + width, y + half) for y in tops for x in lefts]
    fitting = [place for place in places if place == place.within(sheet)] or places[:1]
    best = min(fitting, key=lambda place: sum(_shared(place, text) for text in texts))
    return _code(one.code, one.severity, best.left, best.top)


def _code(code: str, severity: str, x: float, y: float) -> tuple[Group, Extent]:
    word = line(code, LABEL, weight="bold", color="ink-inverse")
    x, y, width = round(x, 2), round(y, 2), round(word.width + 2 * _BADGE_PAD, 2)
    shapes: tuple[Shape, ...] = (
        Rect(x, y, width, _BADGE, Paint(severity), radius=_BADGE / 2),
        word.at(round(x + width / 2, 2), y + (_BADGE - word.height) / 2, "middle"),
    )
    return Group(shapes, role="finding-code"), Extent(x, y, x + width, y + _BADGE)


def _shared(one: Extent, other: Extent) -> float:
    if not one.meets(other):
        return 0.0
    both = one.within(other)
    return (both.right - both.left) * (both.bottom - both.top)
