"""What a chapter is about, and how it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.service import ServiceBlueprint
from blueprint.model.sheet import Sheet
from blueprint.model.standards import Standards
from blueprint.scene.report import Block, Section
from blueprint.scene.shapes import Scene
from blueprint.views.reading import Reading, reading
from blueprint.views.words import number, signed


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks to the reader: our sentences in English or Chinese, the document's words as they are."""

    read: Reading

    def __call__(self, en: str, zh: str) -> str:
        """Return one of two ways to say the same."""
        return zh if self.read.label.language == "zh" else en

    def join(self, *sentences: str) -> str:
        """Put sentences behind one another; empty ones are left out."""
        return ("" if self.read.label.language == "zh" else " ").join(s for s in sentences if s)

    def listed(self, items: list[str]) -> str:
        """Return things side by side."""
        return self("; ", "；").join(items)


def voice(language: str, document_language: str) -> Voice:
    """Return how a document in its own language is told in another."""
    return Voice(reading(language, document_language))


@dataclass(frozen=True, slots=True)
class JourneySubject:
    """A journey with everything that its chapter is made from."""

    journey: Journey
    analysis: JourneyAnalysis | None
    """None where the graph allows no figures."""
    reason: Message | None
    """Why there is no analysis."""
    personas: Mapping[str, Persona]
    standards: Standards
    sheets: Mapping[str, Sheet]
    """The tables that the journey names."""
    delivery: BlueprintAnalysis | None
    """The service behind it, where that has no chapter of its own."""
    scene: Scene
    say: Voice

    def at(self, touchpoint: str) -> str:
        """Return the title of a touchpoint."""
        found = self.journey.touchpoints.get(touchpoint)
        return self.say.read.say(found.title) if found else touchpoint

    def emotion(self, value: float) -> str:
        """Write an emotion: with its sign where neutral is 0."""
        return signed(value) if self.journey.neutral_emotion == 0 else number(value)

    @property
    def period(self) -> str:
        """The period of the traffic, such as `a year`; nothing without traffic."""
        traffic = self.journey.traffic
        if traffic is None:
            return ""
        zh = {"day": "每天", "week": "每周", "month": "每月", "quarter": "每季度", "year": "每年"}
        return self.say(f"a {traffic.per}", zh[traffic.per])


@dataclass(frozen=True, slots=True)
class DeliverySubject:
    """A service blueprint with everything that its chapter is made from."""

    blueprint: ServiceBlueprint
    analysis: BlueprintAnalysis | None
    reason: Message | None
    standards: Standards
    scene: Scene
    say: Voice


def money(amount: float, currency: str) -> str:
    """Write an amount without cents: `12,500 EUR`; what is smaller than 10 keeps them."""
    written = f"{amount:,.0f}" if abs(amount) >= 10 else f"{amount:,.2f}".rstrip("0").rstrip(".")
    return f"{'0' if written == '-0' else written} {currency}".strip().replace("-", "−")


def count(many: float) -> str:
    """Write how many, without decimals: `18,400`."""
    return f"{many:,.0f}"


def section(title: str, *blocks: Block | None) -> Section | None:
    """Return a section of the blocks that are there; None where none is."""
    there = tuple(block for block in blocks if block is not None)
    return Section(title, there) if there else None
