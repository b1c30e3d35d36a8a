"""What a journey's sheets say at the top: whose it is, and the figures that matter."""

from __future__ import annotations

from collections.abc import Mapping

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.views.frame import Figure, Gauge, Heading, PersonaChip
from blueprint.views.reading import Reading, people
from blueprint.views.words import number, percent, signed

CURVES = ("curve-1", "curve-2", "curve-3", "curve-4")
"""Colours of the personas, in order; a fifth begins again and is drawn as a twin."""


def curve_color(order: int) -> str:
    """Return the colour of a persona by its place, from 0."""
    return CURVES[order % len(CURVES)]


def is_twin(order: int) -> bool:
    """Tell whether another persona before this one has its colour."""
    return order // len(CURVES) % 2 == 1


def journey_heading(
    journey: Journey,
    personas: Mapping[str, Persona],
    read: Reading,
    view: str,
    *,
    persona: str | None = None,
) -> Heading:
    """Return what stands at the top left of a journey's sheet; `view` is a label of `words`."""
    everybody = people(journey, personas, read)
    shown = {p: who for p, who in everybody.items() if persona is None or p == persona} or everybody
    facts = []
    if journey.owner:
        facts.append((read.label["owner"], read.say(journey.owner)))
    if journey.reviewed:
        facts.append((read.label["reviewed"], journey.reviewed.isoformat()))
    if journey.replaces:
        facts.append((read.label["replaces"].format("").strip(), journey.replaces))
    several = len(everybody) > 1
    order = {p: at for at, p in enumerate(everybody)}
    return Heading(
        view=read.label[view],
        title=read.say(journey.heading),
        summary=read.say(journey.summary),
        state=journey.state,
        personas=tuple(
            PersonaChip(name, quote, curve_color(order[p]), is_twin(order[p]))
            if several
            else PersonaChip(name, quote)
            for p, (name, quote) in shown.items()
        ),
        facts=tuple(facts),
    )


def journey_figures(
    journey: Journey, analysis: JourneyAnalysis | None, read: Reading
) -> tuple[Figure, ...]:
    """Return peak-end with the mean beside it, ending, completion, expected time and the worst pain."""
    if analysis is None:
        return ()
    label = read.label
    low, high = journey.emotion_scale
    neutral = journey.neutral_emotion
    figures: list[Figure] = []
    if analysis.peak_end:
        found = analysis.peak_end
        value, mean = found.intensity.expected, found.mean_visit_weighted
        scored = len(journey.touchpoints) - len(found.unscored)
        assumed = len([t for t in found.assumed if t not in found.unscored])
        note = f"{label['mean']} {signed(mean - neutral) if neutral == 0 else number(mean)}"
        figures.append(
            Figure(
                label["peak-end"],
                _emotion(value, neutral),
                note,
                _tone(value, neutral),
                Gauge(low, high, neutral, value, mean),
            )
        )
        figures.append(
            Figure(
                label["ending"],
                _emotion(found.ending, neutral),
                label["assumed-scores"].format(assumed, scored) if assumed else "",
                _tone(found.ending, neutral),
                Gauge(low, high, neutral, found.ending),
            )
        )
    completion = analysis.chain.completion
    figures.append(
        Figure(
            label["completion"],
            percent(completion),
            label.count(analysis.chain.steps, "step"),
            "success",
            share=completion,
        )
    )
    if analysis.chain.seconds is not None:
        figures.append(
            Figure(label["expected-time"], label.duration(analysis.chain.seconds), label["per-journey"])
        )
    if worst := worst_pain(journey, analysis, read):
        pain, at, severity = worst
        note = label.pairs(label["severity"].format(severity) if severity else "", label["at"].format(at))
        figures.append(Figure(label["worst-pain"], pain, note, "pain", wordy=True))
    return tuple(figures)


def worst_pain(
    journey: Journey, analysis: JourneyAnalysis, read: Reading
) -> tuple[str, str, int | None] | None:
    """Return the pain that weighs most: its words, its touchpoint's title, its severity."""
    for ranked in analysis.pains:
        touchpoint = journey.touchpoints.get(ranked.touchpoint)
        if touchpoint and ranked.index < len(touchpoint.pains):
            pain = touchpoint.pains[ranked.index]
            return read.say(pain.pain), read.say(touchpoint.title), ranked.severity
    return None


def _emotion(value: float, neutral: float) -> str:
    return signed(value) if neutral == 0 else number(value)


def _tone(value: float, neutral: float) -> str:
    return "positive" if value >= neutral else "negative"
