"""What a picture is to the rest of the program: the same for the built-in ones and those of plugins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from blueprint.diagnostic import Message

if TYPE_CHECKING:
    from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
    from blueprint.model.journey import Journey
    from blueprint.model.persona import Persona
    from blueprint.model.service import ServiceBlueprint
    from blueprint.scene.shapes import Scene

Kind = Literal["journey", "blueprint"]


@dataclass(frozen=True, slots=True)
class Sitting:
    """Everything a picture may show of a document."""

    journey: Journey | None
    """The journey; None where a blueprint's journey is not known."""
    blueprint: ServiceBlueprint | None
    """The blueprint, where the document is one or the view asks for it."""
    analysis: JourneyAnalysis | None
    """The journey's figures; None where they cannot be computed."""
    delivery: BlueprintAnalysis | None
    """The blueprint's figures."""
    personas: Mapping[str, Persona]
    language: str
    """The reader's language."""
    file: str
    """The name of the document's file, for the margin."""
    digest: str
    """Of the document's text, for the margin."""
    density: str
    """`compact`, `normal` or `roomy`."""
    bare: bool = False
    """Whether header and legend are told elsewhere, so that only the body is wanted."""
    rows: frozenset[str] | None = None
    """The labels of the rows of a map that are wanted; all there are where it is None."""


class View(NamedTuple):
    """One kind of picture."""

    draw: Callable[[Sitting], Scene]
    of: tuple[Kind, ...]
    """The kinds of document it can be drawn of."""
    delivery: bool = False
    """Whether it needs the blueprint that delivers the journey."""


class CannotDrawError(ValueError):
    """A picture cannot be drawn of this document.

    Attributes:
        message: Why, in both languages.
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.message = Message(en, zh)
