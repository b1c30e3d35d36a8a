"""What a format is to the rest of the program: the same for the built-in ones and those of plugins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from blueprint.diagnostic import Message

if TYPE_CHECKING:
    from blueprint.model.journey import Journey
    from blueprint.model.service import ServiceBlueprint
    from blueprint.scene.shapes import Scene
    from blueprint.scene.theme import Theme


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written, and how."""

    scene: Scene
    theme: Theme
    scale: float = 2.0
    """Pixels for each px of the drawing, for formats that have any."""
    embed_font: bool = False
    """Whether to carry the characters used, for formats that can go without."""
    model: Journey | ServiceBlueprint | None = None
    """The document itself, for formats that do not write the drawing."""
    language: str = ""
    """The reader's language; empty for the document's own."""


class Exporter(NamedTuple):
    """One format."""

    run: Callable[[Order], bytes]
    """Writes it: the same bytes for the same order."""
    of_model: bool = False
    """Whether it is made from the document, not from a drawing of it."""


class CannotExportError(ValueError):
    """Something cannot be written in a format.

    Attributes:
        message: Why, and what to do, in both languages.
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.message = Message(en, zh)
