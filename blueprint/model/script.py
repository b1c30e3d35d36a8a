"""What is said at a touchpoint, line by line."""

from typing import Literal

from pydantic import Field

from blueprint.model.people import Audience
from blueprint.model.values import Element, Id, Language, Text

Feeling = Literal["calm", "uneasy", "upset", "angry"]
"""How high feelings run, lowest first."""


class Line(Element):
    """One line of a script: who says what."""

    agent: Text | None = None
    """What the employee says."""
    customer: Text | None = None
    """What the customer says."""
    feeling: Feeling | None = None
    """How high the customer's feelings run here: calm, uneasy, upset, angry."""


class Script(Element):
    """What is said here, and the protocol it follows."""

    protocol: Id | None = None
    """The protocol, such as `eoac`."""
    lines: tuple[Line, ...] = ()
    """The lines, in order."""
    language: Language | None = None
    """The language spoken; that of the document when left out."""
    variants: dict[Audience, tuple[Line, ...]] = Field(default_factory=dict)
    """The lines for customers of one style, or of one type: driver …, silent, resisting, complaining."""
