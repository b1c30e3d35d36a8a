"""The map in words, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.touchpoint import Touchpoint
from blueprint.views.figures import worst_pain
from blueprint.views.map_plan import Column
from blueprint.views.plot import Curve, Marks
from blueprint.views.reading import Reading, people
from blueprint.views.words import number, percent, signed


def story(
    journey: Journey,
    analysis: JourneyAnalysis | None,
    personas: Mapping[str, Persona],
    read: Reading,
    curves: Sequence[Curve],
    marks: Marks,
    columns: Sequence[Column],
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
    sentences.extend(extremes(journey, curves, marks, columns, read))
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


def extremes(
    journey: Journey, curves: Sequence[Curve], marks: Marks, columns: Sequence[Column], read: Reading
) -> list[str]:
    """Say where the curve is highest and lowest, whose curve that is, and how many journeys get there."""
    told = []
    for name, mark in (("story-peak", marks.peak), ("story-pit", marks.pit)):
        if mark is None or mark.curve is None:
            continue
        touchpoint = columns[mark.column].touchpoint
        score = curves[mark.curve].scores[mark.column]
        if touchpoint and score:
            everybody = {other.mean for curve in curves if (other := curve.scores[mark.column])}
            facts = (
                curves[mark.curve].name if len(everybody) > 1 else "",
                _emotion(score.mean, journey),
                read.label["reach"].format(percent(mark.share)) if mark.share < 0.995 else "",
            )
            said = read.label.comma.join(filter(None, facts))
            told.append(read.label[name].format(read.say(touchpoint.title), said))
    return [sentence[:1].upper() + sentence[1:] for sentence in told]


def _figures(journey: Journey, analysis: JourneyAnalysis, read: Reading) -> list[str]:
    label = read.label
    told = []
    if found := analysis.peak_end:
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
