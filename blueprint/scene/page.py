"""What a page says beside a drawing: details of its parts, figures and findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "good", "bad"]


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what stands under it: one paragraph for each line."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything known about one part of the drawing, shown when it is pressed.

    `kind` and `id` are a pair of `scene.Group.data`, such as `("touchpoint", "search")`.
    """

    kind: str
    id: str
    title: str
    subtitle: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters, with its name and what it means."""

    label: str
    value: str
    note: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What the check found, at one place."""

    severity: Literal["error", "warning", "info"]
    code: str
    message: str
    help: str = ""
    place: str = ""
    """Such as `claim.yaml:12:5`."""
    target: tuple[str, str] | None = None
    """The kind and id of the part of the drawing it is about."""
