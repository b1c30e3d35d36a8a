"""In which language a drawing speaks: the words of the document and our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.values import Text
from blueprint.views.words import Words, words


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader's language, the document's own, and our labels."""

    language: str
    fallback: str
    label: Words

    def say(self, text: Text | None) -> str:
        """Return a text of the document as this reader gets it; nothing for nothing."""
        return "" if text is None else text.pick(self.language, self.fallback)


def reading(language: str, document_language: str) -> Reading:
    """Choose how a document in its own language is read in another."""
    return Reading(language, document_language, words(language))


def people(journey: Journey, personas: Mapping[str, Persona], read: Reading) -> dict[str, tuple[str, str]]:
    """Return name and quote of everybody whose journey it is, by persona id, in the order written."""
    found: dict[str, tuple[str, str]] = {}
    for one in journey.persona:
        persona = personas.get(one) if isinstance(one, str) else one
        if persona is None:
            found.setdefault(str(one), (str(one), ""))
        else:
            found.setdefault(persona.id, (read.say(persona.heading), read.say(persona.quote)))
    return found
