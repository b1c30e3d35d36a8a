"""What a comparison shows, read from both versions before anything is placed: one row for two."""

from __future__ import annotations

from typing import Literal, NamedTuple

from blueprint.analysis.changes import Change
from blueprint.analysis.compared import Compared
from blueprint.analysis.comparison_results import Difference
from blueprint.analysis.comparison_told import Teller
from blueprint.model.journey import Journey, Stage
from blueprint.model.touchpoint import Touchpoint
from blueprint.model.values import Score
from blueprint.scene.text import measure
from blueprint.views.cards import PAD
from blueprint.views.typeset import CARD

Status = Literal["added", "removed", "changed", "same"]

_WIDE, _PLAIN, _NARROW, _SLIM = 200.0, 152.0, 112.0, 48.0
"""Widths of a column with notes, of one without, of one that is only there for its neighbours' sake, and of
one far from every change among many, which shows its number alone; px."""
_MANY = 16
_WIDEST = 280.0


class Column(NamedTuple):
    """One touchpoint in both versions."""

    id: str
    """The new id; the old one where it is gone."""
    old: Touchpoint | None
    new: Touchpoint | None
    stage: Stage
    number: str
    """Its place in the new version; empty where it is gone."""
    status: Status
    changes: tuple[Change, ...]
    before: Score | None
    after: Score | None
    width: float

    @property
    def slim(self) -> bool:
        """Whether it shows nothing but its number."""
        return self.width < _NARROW

    @property
    def point(self) -> Touchpoint:
        """The newest there is."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a column of nothing")
        return found


def columns_of(old: Journey, new: Journey, compared: Compared, tell: Teller, k: float) -> list[Column]:
    """Return the touchpoints of both versions in the new order; those that are gone after their neighbours.

    Args:
        old: the old version.
        new: the new version.
        compared: what is different.
        tell: speaks to the reader.
        k: How much larger than usual titles are.
    """
    d = compared.difference
    if d is None or d.match is None:
        return []
    names = d.match.touchpoints
    back = {now: was for was, now in names.items()}
    stage_old = {p.touchpoint.id: p.stage for p in reversed(old.places)}
    stage_new = {p.touchpoint.id: p.stage for p in reversed(new.places)}
    order: list[tuple[str | None, str | None]] = [(back.get(id), id) for id in new.touchpoints]
    at = -1
    for id in old.touchpoints:
        if id in names:
            at = order.index((id, names[id]))
        else:
            at += 1
            order.insert(at, (id, None))
    numbers = {id: str(place) for place, id in enumerate(new.touchpoints, 1)}
    found = []
    for was, now in order:
        changes = _changes(d, was, now)
        status: Status = (
            "added" if was is None else "removed" if now is None else "changed" if changes else "same"
        )
        point = new.touchpoints[now] if now is not None else old.touchpoints[was or ""]
        noted = status == "changed" and any(change.kind != "rescored" for change in changes)
        base = _WIDE if noted else _NARROW if status == "same" else _PLAIN
        found.append(
            Column(
                id=now or was or "",
                old=old.touchpoints[was] if was is not None else None,
                new=new.touchpoints[now] if now is not None else None,
                stage=stage_new[now] if now is not None else _stage(stage_old[was or ""], new, d),
                number=numbers[now] if now is not None else "",
                status=status,
                changes=changes,
                before=d.felt[0].get(was) if was is not None else None,
                after=d.felt[1].get(now) if now is not None else None,
                width=_width(tell.text(point.title), base, k),
            )
        )
    return _focused(found) if len(found) > _MANY else found


def _focused(columns: list[Column]) -> list[Column]:
    """Make slim what is far from every change, so that a long journey stays on one wall.

    A stage keeps at least one column that can carry its name.
    """
    loud = {at for at, column in enumerate(columns) if column.status != "same"}
    near = {at + step for at in loud for step in (-1, 0, 1)}
    near |= {first for _, first, last in stages_of(columns) if not near & set(range(first, last + 1))}
    return [column if at in near else column._replace(width=_SLIM) for at, column in enumerate(columns)]


def _stage(stage: Stage, new: Journey, d: Difference) -> Stage:
    """Return the stage in which a touchpoint that is gone stood, as it is called now."""
    now = d.match.stages.get(stage.id) if d.match else None
    return next((it for it in new.stages if it.id == now), stage)


def _changes(d: Difference, was: str | None, now: str | None) -> tuple[Change, ...]:
    if now is None:
        return tuple(
            c for c in d.changes if c.element == "touchpoint" and c.kind == "removed" and c.id == was
        )
    return tuple(c for c in d.changes if c.element == "touchpoint" and c.id == now and c.kind != "removed")


def _width(title: str, base: float, k: float) -> float:
    wanted = base
    for word in title.split():
        if len(word) > 6 and word.isalpha() and ord(word[0]) < 0x2E80:
            wanted = max(wanted, measure(word, CARD * k, "bold") + 2 * PAD)
    return min(_WIDEST, -(-wanted // 8) * 8)


def stages_of(columns: list[Column]) -> list[tuple[Stage, int, int]]:
    """Return the bands of the stages: each with its first and its last column."""
    bands: list[tuple[Stage, int, int]] = []
    for at, column in enumerate(columns):
        if bands and bands[-1][0].id == column.stage.id:
            bands[-1] = (bands[-1][0], bands[-1][1], at)
        else:
            bands.append((column.stage, at, at))
    return bands
