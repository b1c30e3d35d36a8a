"""The personas that a document describes itself, with their places."""

from __future__ import annotations

from blueprint.lint.rule import Scope
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.values import Loc


def personas_in(scope: Scope) -> list[tuple[Loc, Persona]]:
    """Return a persona's document itself, or the personas written inline in a journey."""
    model = scope.model
    if isinstance(model, Persona):
        return [((), model)]
    if not isinstance(model, Journey):
        return []
    inline = [(at, it) for at, it in enumerate(model.persona) if isinstance(it, Persona)]
    if len(model.persona) == 1 and inline:
        # one inline persona may be written without a list around it; the closest place is found
        return [(("persona",), inline[0][1])]
    return [(("persona", at), persona) for at, persona in inline]
