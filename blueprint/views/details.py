"""Everything known about one part of a drawing, for pages that show it when it is pressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.model.exits import Route
from blueprint.model.journey import Journey
from blueprint.model.need import KanoCounts, Need
from blueprint.model.pain import Pain
from blueprint.model.script import Script
from blueprint.model.service import HandoffSpec, ServiceBlueprint, Step
from blueprint.model.touchpoint import Metric, Times, Touchpoint
from blueprint.model.values import Quantity, Score
from blueprint.scene.page import Detail, Figure, Row, Tone
from blueprint.views.blueprint_legend import figures as blueprint_figures
from blueprint.views.detail_practice import step_practice, touchpoint_practice
from blueprint.views.detail_words import DetailWords, detail_words
from blueprint.views.figures import journey_figures
from blueprint.views.header import Figure as HeaderFigure
from blueprint.views.reading import Reading, reading
from blueprint.views.words import number, percent, signed


def journey_details(
    journey: Journey, analysis: JourneyAnalysis | None, language: str
) -> tuple[Detail, ...]:
    """Return the details of every touchpoint, in order."""
    teller = _Teller(reading(language, journey.language), detail_words(language))
    return tuple(
        teller.touchpoint(journey, touchpoint, analysis) for touchpoint in journey.touchpoints.values()
    )


def blueprint_details(
    blueprint: ServiceBlueprint, journey: Journey | None, analysis: JourneyAnalysis | None, language: str
) -> tuple[Detail, ...]:
    """Return the details of every step and of the touchpoints they serve."""
    teller = _Teller(reading(language, blueprint.language), detail_words(language))
    steps = tuple(teller.step(blueprint, step) for step in blueprint.steps)
    return (*(journey_details(journey, analysis, language) if journey else ()), *steps)


def figures_of(
    model: Journey | ServiceBlueprint, analysis: JourneyAnalysis | BlueprintAnalysis | None, language: str
) -> tuple[Figure, ...]:
    """Return the figures of the drawing's header as a page lists them."""
    read = reading(language, model.language)
    if isinstance(model, Journey) and isinstance(analysis, JourneyAnalysis):
        found = journey_figures(model, analysis, read)
    elif isinstance(analysis, BlueprintAnalysis):
        found = blueprint_figures(analysis, read.label)
    else:
        return ()
    return tuple(Figure(f.label, f.value, f.note, _tone(f)) for f in found)


def _tone(figure: HeaderFigure) -> Tone:
    tones: dict[str, Tone] = {
        "positive": "good",
        "success": "good",
        "negative": "bad",
        "pain": "bad",
        "fail": "bad",
    }
    return tones.get(figure.tone, "plain")


_SIDES = ("expected", "believed", "standard", "delivered", "promised", "perceived")
"""From which a quality dimension is seen, in the order of the five gaps."""


class _Teller:
    def __init__(self, read: Reading, words: DetailWords) -> None:
        self.read, self.words = read, words

    def touchpoint(
        self, journey: Journey, touchpoint: Touchpoint, analysis: JourneyAnalysis | None
    ) -> Detail:
        say, label, words = self.read.say, self.read.label, self.words
        kinds = label.pairs(*(label.kinds[kind] for kind in touchpoint.kinds))
        channel = label.channel(touchpoint.channel) if touchpoint.channel else ""
        rows = [
            Row(label["doing"], (say(touchpoint.doing),)),
            Row(label["thinking"], (say(touchpoint.thinking),)),
            Row(label["feeling"], (say(touchpoint.feeling),)),
            Row(label["emotion"], tuple(self._scores(touchpoint))),
            Row(words.here, tuple(self._figures(touchpoint, analysis))),
            Row(words.next, tuple(self._routes(journey, touchpoint))),
            Row(words.time, tuple(self._times(touchpoint.time))),
            Row(label["needs"], tuple(map(self._need, touchpoint.needs))),
            Row(label["pains"], tuple(line for pain in touchpoint.pains for line in self._pain(pain))),
            Row(label["opportunities"], tuple(say(o.opportunity) for o in touchpoint.opportunities)),
            Row(label["metrics"], tuple(map(self._metric, touchpoint.metrics))),
            Row(label["quality"], tuple(self._quality(touchpoint))),
            Row(
                label["promises"],
                tuple(
                    label.pairs(
                        say(p.promise), label["within"].format(label.duration(p.due)) if p.due else ""
                    )
                    for p in touchpoint.promises
                ),
            ),
            Row(label["evidence"], tuple(map(say, touchpoint.evidence))),
            Row(label["peak-design"], tuple(label.peaks[peak] for peak in touchpoint.peak)),
            Row(label["complaint-handling"], tuple(self._complaint(touchpoint))),
            *touchpoint_practice(touchpoint, self.read, words),
            Row(words.script, tuple(self._script(touchpoint.script))),
            Row(label["owner"], (say(touchpoint.owner),)),
        ]
        return Detail(
            "touchpoint", touchpoint.id, say(touchpoint.title), label.pairs(kinds, channel), _filled(rows)
        )

    def _scores(self, touchpoint: Touchpoint) -> Iterator[str]:
        for persona, score in touchpoint.scores.items():
            yield self.read.label.pairs(persona, self._score(score))

    def _score(self, score: Score) -> str:
        label = self.read.label
        return label.pairs(
            signed(score.mean),
            label["legend-measured"] if score.measured else label["legend-assumed"],
            label["n"].format(score.n) if score.n else "",
            self.read.say(score.source),
            score.date.isoformat() if score.date else "",
        )

    def _figures(self, touchpoint: Touchpoint, analysis: JourneyAnalysis | None) -> Iterator[str]:
        if analysis is None or touchpoint.id not in analysis.chain.visits:
            return
        chain = analysis.chain
        yield self.read.label["reach"].format(percent(chain.ever_visited[touchpoint.id]))
        visits = chain.visits[touchpoint.id]
        if visits - chain.ever_visited[touchpoint.id] >= 0.005:  # somebody comes back
            yield self.words.visits.format(number(visits))
        if analysis.peak_end is not None:
            if peak := analysis.peak_end.intensity.peak_probability.get(touchpoint.id):
                yield self.words.peak.format(percent(peak))
            lever = analysis.peak_end.positive.gradient.get(touchpoint.id)
            if lever is not None and abs(lever) >= 0.005:
                yield self.words.lever.format(signed(lever))

    def _routes(self, journey: Journey, touchpoint: Touchpoint) -> Iterator[str]:
        for route in journey.routes.get(touchpoint.id, ()):
            yield self.read.label.pairs(
                self._target(journey, route),
                percent(route.share) if route.share < 1 else "",
                self.read.say(route.when),
                self.read.label["assumed"] if route.assumed else "",
            )

    def _target(self, journey: Journey, route: Route) -> str:
        if known := journey.touchpoints.get(route.target):
            return self.read.say(known.title)
        outcome = journey.outcomes.get(route.target)
        return self.read.say(outcome.title) if outcome and outcome.title else route.target

    def _times(self, times: Times | None) -> Iterator[str]:
        if times is None:
            return
        label = self.read.label
        for name, seconds in (
            (label["standard-time"], times.standard),
            (label["wait-time"], times.wait),
            (label["tolerance"], times.tolerance),
            (self.words.p50, times.observed.p50 if times.observed else None),
            (self.words.p90, times.observed.p90 if times.observed else None),
        ):
            if seconds is not None:
                yield f"{name}{label.colon}{label.duration(seconds)}"

    def _need(self, need: Need) -> str:
        label = self.read.label
        met = "" if need.met is None else label["met"] if need.met else label["unmet"]
        counted = isinstance(need.kano, KanoCounts)
        kano = "" if need.kano is None or counted else label.kano[str(need.kano)]
        return label.pairs(self.read.say(need.need), kano, met)

    def _pain(self, pain: Pain) -> Iterator[str]:
        """Yield what hurts and how much, then why, then what is done about it."""
        say, label = self.read.say, self.read.label
        scored = [
            f"{sign} {value}"
            for sign, value in (("S", pain.severity), ("O", pain.occurrence), ("D", pain.detection))
            if value is not None
        ]
        causes = " ← ".join(map(say, pain.causes))
        action = label.pairs(
            say(pain.action),
            say(pain.owner),
            label["due"].format(pain.due.isoformat()) if pain.due else "",
        )
        yield label.pairs(say(pain.pain), " ".join(scored))
        yield f"← {causes}" if causes else ""
        yield f"→ {action}" if action else ""

    def _metric(self, metric: Metric) -> str:
        label = self.read.label
        return label.pairs(
            f"{self.read.say(metric.metric)}{label.colon}{_quantity(metric.value) or label['no-value']}",
            label["target"].format(_quantity(metric.target)) if metric.target else "",
            label["n"].format(metric.n) if metric.n else "",
            self.read.say(metric.source),
            metric.date.isoformat() if metric.date else "",
        )

    def _quality(self, touchpoint: Touchpoint) -> Iterator[str]:
        label = self.read.label
        for name, asked in touchpoint.quality.items():
            sides = (
                f"{self.words.sides[side]} {number(value)}"
                for side in _SIDES
                if (value := getattr(asked, side)) is not None
            )
            yield f"{label.dimensions[name]}{label.colon}{label.pairs(*sides)}"

    def _complaint(self, touchpoint: Touchpoint) -> Iterator[str]:
        complaint, label = touchpoint.complaint, self.read.label
        if complaint is None:
            return
        if complaint.priority:
            yield complaint.priority
        if complaint.authority:
            money = complaint.authority
            yield label["authority"].format(f"{number(money.amount)} {money.currency}")
        for step in complaint.escalation:
            after = label["after"].format(label.duration(step.after)) if step.after else ""
            yield label.pairs(label["escalates"].format(self.read.say(step.to)), after)

    def _script(self, script: Script | None) -> Iterator[str]:
        for line in script.lines if script else ():
            for who, spoken in ((self.words.agent, line.agent), (self.words.customer, line.customer)):
                if spoken:
                    yield f"{who}{self.read.label.colon}{self.read.say(spoken)}"

    def step(self, blueprint: ServiceBlueprint, step: Step) -> Detail:
        say, label = self.read.say, self.read.label
        actor = blueprint.actors.get(step.actor)
        zone = label.zones[actor.zone] if actor else ""
        steps = {one.id: one for one in blueprint.steps}
        ways = [
            self._handoff(blueprint, steps[link.target], link.spec)
            for link in blueprint.links_between
            if link.source == step.id and link.target in steps
        ]
        waits = step.wait
        rows = [
            Row(self.words.time, tuple(self._times(step.time))),
            Row(self.words.next, tuple(ways)),
            Row(
                label["wait-time"],
                (
                    f"≤ {label.duration(waits.max)}" if waits and waits.max is not None else "",
                    say(waits.told) if waits else "",
                ),
            ),
            Row(
                self.words.fails,
                tuple(
                    label.pairs(
                        say(failure.mode),
                        label["severity"].format(failure.severity) if failure.severity else "",
                        self.words.guards[failure.poka_yoke.mode] if failure.poka_yoke else "",
                    )
                    for failure in step.fails
                ),
            ),
            *step_practice(blueprint, step, self.read, self.words),
        ]
        subtitle = label.pairs(say(blueprint.actor_heading(step.actor)), zone)
        return Detail("step", step.id, say(step.does), subtitle, _filled(rows))

    def _handoff(self, blueprint: ServiceBlueprint, after: Step, spec: HandoffSpec) -> str:
        say, label = self.read.say, self.read.label
        handed = label.comma.join(map(say, spec.hands_over))
        return label.pairs(
            f"{say(blueprint.actor_heading(after.actor))}{label.colon}{say(after.does)}",
            say(spec.when),
            self.words.hands_over.format(handed) if handed else "",
            label["within"].format(label.duration(spec.within)) if spec.within else "",
            self.words.confirmed if spec.confirmed else "",
        )


def _quantity(quantity: Quantity | None) -> str:
    return "" if quantity is None else number(quantity.value) + ("%" if quantity.percent else "")


def _filled(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Drop the lines that say nothing, and the rows that are left without a line."""
    kept = (Row(row.label, tuple(filter(None, row.lines))) for row in rows)
    return tuple(row for row in kept if row.lines)
