"""The drawings of a rule's examples: the bad one with the place of the finding marked, and the good one.

A picture is worth its place only where it shows what is wrong. Where bad and good example look alike, the
rule is about something that no drawing shows, and there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple, get_args

from blueprint import api
from blueprint.diagnostic import Diagnostic, Range
from blueprint.lint.anchor import places
from blueprint.lint.examples import Example
from blueprint.model.journey import Journey
from blueprint.scene.extents import extent, moved
from blueprint.scene.shapes import Ellipse, Group, Link, Rect, Scene, Shape, Text
from blueprint.scene.themes import THEMES
from blueprint.source.document import Document
from blueprint.views import script
from blueprint.views.marked import ROWS, Caption, Mark, captioned, dots_of, groups, mark
from blueprint.views.words import words

Drawings = Mapping[str, Scene]
"""File name of a document → its drawing."""


Look = Literal["body", "script", "sheet"]
_LOOKS: tuple[Look, ...] = get_args(Look)
"""Ways to draw an example, the one that is tried first at first."""


class Pair(NamedTuple):
    """What is drawn of both examples of a rule."""

    bad: Drawings
    good: Drawings


def pair(bad: Example, good: Example) -> Pair:
    """Draw what differs between both examples; nothing where all of it looks alike.

    What is said is drawn as a conversation where the map is the same in both, and a header only where it
    alone tells the difference. Rows of a map that are the same in both and in which nothing is found are
    left out.
    """
    for look in _LOOKS:
        before, after = _drawn(bad, look), _drawn(good, look)
        changed = {name for name in {*before, *after} if _look(before, name) != _look(after, name)}
        if changed:
            break
    else:
        return Pair({}, {})
    marks = {
        document.source.name: _marks(document, bad, Differences.of(before, after, document.source.name))
        for document in bad.documents
    }
    # A document that carries the finding is shown even where only its neighbour was mended; where what is
    # at fault has no drawing, its neighbours would only puzzle.
    carrying = {name for name, found in marks.items() if found and name in before}
    if not carrying:
        return Pair({}, {})
    shown = carrying if carrying & changed else carrying | changed
    rows = {name: Differences.of(before, after, name).rows | _rows(marks.get(name, ())) for name in shown}
    before = {name: scene for name, scene in _drawn(bad, look, rows).items() if name in shown}
    after = _drawn(good, look, rows)
    return Pair(
        {name: captioned(mark(scene, marks[name]), _captions(bad, name)) for name, scene in before.items()},
        {name: scene for name, scene in after.items() if name in shown},
    )


class Differences(NamedTuple):
    """What the drawings of a document before and after do not share."""

    rows: frozenset[str]
    """Labels of the rows of a map that look different, or that only one of them has."""
    head: bool
    """Whether anything but these differs: stages, cards, ways."""
    cards: frozenset[str]
    """Ids of the touchpoints whose cards are the same; none where touchpoints came or went."""

    @classmethod
    def of(cls, before: Drawings, after: Drawings, name: str) -> Differences:
        """Compare the drawings of a file."""
        old, new = before.get(name), after.get(name)
        if old is None or new is None or old.view != "map":
            return cls(frozenset(ROWS.values()), True, frozenset())
        lanes, others = _lanes(old), _lanes(new)
        kept, mended = _cards(old), _cards(new)
        labels = {words(old.language)[label]: label for label in ROWS.values()}
        return cls(
            frozenset(label for title, label in labels.items() if lanes.get(title) != others.get(title)),
            head=[lanes.get(role) for role in _HEAD] != [others.get(role) for role in _HEAD],
            cards=frozenset(id_ for id_, card in kept.items() if mended.get(id_) == card)
            if kept.keys() == mended.keys()
            else frozenset(),
        )


_HEAD = ("stages", "touchpoints")


def _lanes(scene: Scene) -> dict[str, Shape]:
    """Return the rows of a map by title, and its stages and cards by role, as if each began at the top."""
    bodies = (part for part in scene.root.children if isinstance(part, Group) and part.role == "map")
    found: dict[str, Shape] = {}
    for part in (part for body in bodies for part in body.children):
        if isinstance(part, Group) and (part.role == "lane" or part.role in _HEAD):
            at = extent(part)
            found[part.title or part.role] = moved(part, 0, -at.top) if at else part
    feeling = words(scene.language)["emotion"]
    if feeling in found:
        found[feeling] = _scores(found[feeling])
    return found


def _scores(lane: Shape) -> Shape:
    """Return of a curve what was put in: its scores, without the figures that were computed of them."""
    dots = [dot for dot in dots_of(lane) if isinstance(dot, (Ellipse, Rect))]
    heights = (dot.y + (dot.height / 2 if isinstance(dot, Rect) else 0.0) for dot in dots)
    return Group(
        tuple(Ellipse(0, round(y, 1), 0, 0, dot.paint) for y, dot in zip(heights, dots, strict=True))
    )


def _cards(scene: Scene) -> dict[str, Shape]:
    """Return the cards of a map by the ids of their touchpoints, as if each stood in the corner."""
    found: dict[str, Shape] = {}
    for card in groups(scene.root):
        if card.role == "touchpoint" and (at := extent(card)):
            found[card.id.removeprefix("tp-")] = moved(card, -at.left, -at.top)
    return found


def _rows(marks: Iterable[Mark]) -> frozenset[str]:
    """Return the labels of the rows in which something is marked."""
    keys = {one.place[1] for one in marks if len(one.place) > 1}
    rows = {
        one.place[0].removeprefix("row ") for one in marks if one.place[:1] and one.place[0][:4] == "row "
    }
    return frozenset({ROWS[key] for key in keys if key in ROWS} | rows)


def _captions(example: Example, file: str) -> tuple[Caption, ...]:
    """Return what was found in a file, for readers of both languages."""
    return tuple(
        Caption(d.code, d.severity.word, tuple(d.message)) for d in example.found if d.file == file
    )


def svg(scene: Scene) -> bytes:
    """Write a drawing for a page on the web, light on its own paper."""
    return api.render(scene, "svg", THEMES["light"])


def _drawn(example: Example, look: Look, rows: Mapping[str, frozenset[str]] = {}) -> dict[str, Scene]:
    if look == "script":
        return {
            document.source.name: script.draw(document.model, language=_language(document))
            for document in example.documents
            if isinstance(document.model, Journey)
            and any(point.script for point in document.model.touchpoints.values())
        }
    drawn = {
        document.source.name: api.draw(
            document,
            example.workspace,
            density="compact",
            bare=look == "body",
            rows=rows.get(document.source.name),
        )
        for document in example.documents
        if api.views_of(document)
    }
    return drawn if look == "body" else {name: _head(scene) for name, scene in drawn.items()}


def _head(scene: Scene) -> Scene:
    """Return the head of a sheet alone: title, dates, people and figures."""
    sheet, head = scene.root.children[:2]
    at = extent(head)
    if not isinstance(sheet, Rect) or at is None:
        return scene
    height = -(-(at.bottom + 24) // 8) * 8
    return replace(scene, height=height, root=Group((replace(sheet, height=height), head)))


def _look(drawings: Drawings, name: str) -> object:
    """Return what can be seen of a drawing, without the margin that names file and content."""
    scene = drawings.get(name)
    if scene is None:
        return None
    return [_seen(part) for part in scene.root.children if getattr(part, "role", "") != "footer"]


def _seen(shape: Shape) -> Shape:
    """Return a shape without what is only told: names, and titles that show when one points at it."""
    if isinstance(shape, Group):
        return Group(tuple(_seen(child) for child in shape.children))
    if isinstance(shape, Text):
        return replace(shape, id="", role="")
    if isinstance(shape, Link):
        return replace(shape, source="", target="", id="", role="", title="")
    return replace(shape, id="", role="", title="")


def _marks(document: Document, example: Example, differs: Differences) -> tuple[Mark, ...]:
    """Return the marks of what was found in a document, and of what findings elsewhere point at in it."""
    own = example.of(document)
    pointed: list[tuple[Diagnostic, Range]] = [
        (finding, related.span)
        for finding in example.found
        for related in finding.related
        if related.file == document.source.name
    ]
    spans = {span for _, span in pointed} | {finding.span for finding in own}
    where = dict(places(document.source, document.spans.root, spans))
    marks = [
        Mark(
            d.code,
            d.severity.word,
            _place(where.get(d.span, d.anchor[1:]), differs),
            d.message.pick(_language(document)),
        )
        for d in own
    ]
    marks += [Mark(d.code, d.severity.word, where[s], also=True) for d, s in pointed if where.get(s)]
    return tuple(marks)


def _place(place: tuple[str, ...], differs: Differences) -> tuple[str, ...]:
    """Return where to mark a finding: as near to what the good example mends as the finding allows.

    What is missing is reported where it could be written, at the id of a touchpoint or of the journey. If
    all that the good example changes is one row of the map, that row shows what the finding means.
    """
    if len(differs.rows) != 1:
        return place
    (row,) = differs.rows
    kind, _, id_ = place[0].partition(" ") if place else ("", "", "")
    if kind == "touchpoint" and place[1:] == ("id",) and id_ in differs.cards:
        return (place[0], next(key for key, label in ROWS.items() if label == row))
    if kind not in ("touchpoint", "stage") and not differs.head:
        return (f"row {row}",)
    return place


def _language(document: Document) -> str:
    return (api.languages_of(document) or ("en",))[0]


def names(code: str, kind: str, drawings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each document's file name with that of its picture: `EX101-bad.svg`, `WS101-bad-2.svg`."""
    every = tuple(drawings)
    for at, name in enumerate(every, 1):
        yield name, f"{code}-{kind}{f'-{at}' if len(every) > 1 else ''}.svg"
