"""The map in words, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.touchpoint import Touchpoint
from blueprint.views.figures import worst_pain
from blueprint.views.reading import Reading, people
from blueprint.views.words import number, percent, signed


def story(
    journey: Journey, analysis: JourneyAnalysis | None, personas: Mapping[str, Persona], read: Reading
) -> str:
    """Tell the journey: whose it is, what happens with which emotion, and what the figures say."""
    label = read.label
    total = label["story-size"].format(
        label.count(len(journey.places), "touchpoint"), label.count(len(journey.stages), "stage")
    )
    names = label.comma.join(name for name, _ in people(journey, personas, read).values())
    facts = [total, label["story-for"].format(names) if names else "", label[journey.state]]
    opening = label["story-map"].format(read.say(journey.heading))
    sentences = [opening + label.colon + label.comma.join(fact for fact in facts if fact)]
    if journey.summary:
        sentences.append(read.say(journey.summary))
    for stage in journey.stages:
        told = label.comma.join(_told(touchpoint, journey, read) for touchpoint in stage.touchpoints)
        if told:
            sentences.append(label["story-stage"].format(read.say(stage.heading), told))
    if analysis:
        sentences.extend(_figures(journey, analysis, read))
    gap = "" if label.language == "zh" else " "
    return gap.join(label.sentence(" ".join(sentence.split())) for sentence in sentences)


def _told(touchpoint: Touchpoint, journey: Journey, read: Reading) -> str:
    title = read.say(touchpoint.title)
    scores = [score.mean for score in touchpoint.scores.values()]
    if not scores:
        return title
    return read.label["story-score"].format(title, _emotion(sum(scores) / len(scores), journey))


def _emotion(value: float, journey: Journey) -> str:
    return signed(value) if journey.neutral_emotion == 0 else number(value)


def _figures(journey: Journey, analysis: JourneyAnalysis, read: Reading) -> list[str]:
    label = read.label
    told = []
    if found := analysis.peak_end:
        for name, mode in (("story-peak", found.positive), ("story-pit", found.negative)):
            likeliest = max(mode.peak_probability, key=lambda t: mode.peak_probability[t], default="")
            if likeliest in journey.touchpoints and likeliest in analysis.emotions:
                title = read.say(journey.touchpoints[likeliest].title)
                told.append(label[name].format(title, _emotion(analysis.emotions[likeliest], journey)))
        told.append(
            label["story-peak-end"].format(
                _emotion(found.intensity.expected, journey), _emotion(found.mean_visit_weighted, journey)
            )
        )
    told.append(label["story-completion"].format(percent(analysis.chain.completion)))
    if analysis.chain.seconds is not None:
        told.append(label["story-time"].format(label.duration(analysis.chain.seconds)))
    if worst := worst_pain(journey, analysis, read):
        told.append(label["story-pain"].format(worst[0]))
    return [sentence[:1].upper() + sentence[1:] for sentence in told]
