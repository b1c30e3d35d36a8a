"""What was computed, for people at a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any, assert_never

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis, PeakEnd
from blueprint.figures import duration, number, percent, signed
from blueprint.model.values import Text
from blueprint.report.curve import curve
from blueprint.report.display import clip, fold, pad, visible, width
from blueprint.report.labels import Words

COLUMNS = 96
LABEL = 20
"""Columns of the labels at the left."""
_SHOWN = 12
_PAINS = 5


def render(
    analysis: JourneyAnalysis | BlueprintAnalysis,
    *,
    language: str = "en",
    segments: Mapping[str, Any] | None = None,
) -> str:
    """Return a readable report of at most 100 columns, in English or Chinese.

    Args:
        analysis: what to tell.
        language: the reader's language.
        segments: the `segments` of the analysis as plain data, where customers are told of.
    """
    match analysis:
        case JourneyAnalysis():
            lines = _Journey(analysis, language, segments or {}).lines()
        case BlueprintAnalysis():
            from blueprint.report.delivery import lines_of

            lines = lines_of(analysis, language)
        case _:
            assert_never(analysis)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def row(label: str, value: str) -> list[str]:
    """Return a labelled line, folded so that the label stands alone at the left."""
    head = f"  {pad(label, LABEL)}"
    return fold(head + value, COLUMNS, indent=" " * width(head))


def bar(share: float, columns: int) -> str:
    """Draw a share as a bar, to an eighth of a character."""
    eighths = round(share * columns * 8)
    return "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]


class _Journey:
    """The report of one journey."""

    def __init__(self, analysis: JourneyAnalysis, language: str, segments: Mapping[str, Any]) -> None:
        self.analysis, self.segments = analysis, segments
        self.journey = analysis.journey
        self.words = Words(language)
        self.names = list(self.journey.touchpoints)
        self.numbers = {name: at + 1 for at, name in enumerate(self.names)}

    def say(self, text: Text) -> str:
        return visible(text.pick(self.words.language, self.journey.language))

    def title(self, name: str) -> str:
        return self.say(self.journey.touchpoints[name].title)

    def lines(self) -> list[str]:
        found = self.head()
        remembered = self.analysis.peak_end
        if remembered is None:
            found += ["", self.words("unscored-all")]
        else:
            found += ["", self.words("curve"), *self.curve(remembered)]
            found += ["", self.words("remembered"), *self.remembered(remembered)]
        found += ["", self.words("outcomes"), *self.outcomes()]
        found += ["", self.words("length"), *self.length()]
        found += ["", self.words("ranked"), *self.ranked()]
        for heading, lines in (
            ("pains", self.pains()),
            ("valleys", self.valleys()),
            ("customers", self.customers()),
            ("assumed", self.assumed()),
        ):
            if lines:
                found += ["", self.words(heading), *lines]
        return found

    def head(self) -> list[str]:
        journey, w = self.journey, self.words
        low, high = journey.emotion_scale
        facts = [
            w(
                "size",
                touchpoints=w.count(len(self.names), "touchpoint"),
                stages=w.count(len(journey.stages), "stage"),
            ),
            w("scale", low=signed(low), high=signed(high), neutral=number(journey.neutral_emotion)),
        ]
        if self.analysis.persona:
            facts.append(w("persona", name=self.analysis.persona))
        if journey.state == "to-be":
            facts.append(w("to-be"))
        title = self.say(journey.heading)
        head = f"{title} ({journey.id})" if title != journey.id else title
        return [*fold(head, COLUMNS), " · ".join(facts)]

    def curve(self, remembered: PeakEnd) -> list[str]:
        marks = [" "] * len(self.names)
        chances = remembered.intensity.peak_probability
        peak = max(chances, key=lambda n: chances[n])
        ends = self.analysis.chain.last_touchpoint
        end = max(ends, key=lambda n: ends[n])
        marks[self.numbers[end] - 1] = "■"
        marks[self.numbers[peak] - 1] = "◆" if peak == end else "●"
        drawn = curve(
            [self.analysis.emotions.get(name) for name in self.names],
            self.journey.emotion_scale,
            self.journey.neutral_emotion,
            marks=marks,
            columns=COLUMNS,
        )
        if not drawn:
            return []
        w = self.words
        both = peak == end
        key = [
            f"{'◆' if both else '●'} {w('peak')} {self.numbers[peak]} {self.title(peak)}",
            "" if both else f"■ {w('ending')} {self.numbers[end]} {self.title(end)}",
        ]
        return [*drawn, clip("  " + "   ".join(text for text in key if text), COLUMNS)]

    def remembered(self, remembered: PeakEnd) -> list[str]:
        w, mode = self.words, remembered.intensity
        spread = {name: signed(value) for name, value in mode.quantiles.items()}
        mean = w("mean-by", visits=signed(remembered.mean_visit_weighted))
        if remembered.mean_time_weighted is not None:
            mean += w("mean-time", time=signed(remembered.mean_time_weighted))
        chances = sorted(mode.peak_probability.items(), key=lambda item: (-item[1], self.numbers[item[0]]))
        peaks = [w("peak-at", share=percent(p), name=name) for name, p in chances[:3] if p > 0.005]
        best = mode.best_lever
        lever = w("lever", name=best, title=self.title(best), gain=number(mode.gradient[best]))
        return [
            *row(w("peak-end"), f"{signed(mode.expected)}   {w('spread', **spread)}"),
            *row(w("mean"), mean),
            *row(w("ending"), signed(remembered.ending)),
            *row(w("peak"), w.comma.join(peaks)),
            *row(w("below"), w("below-share", share=percent(mode.below_neutral))),
            *fold(f"  {lever}", COLUMNS, indent="  "),
            *fold(f"  {w('both')}", COLUMNS, indent="  "),
        ]

    def outcomes(self) -> list[str]:
        found = []
        chances = self.analysis.chain.outcomes
        label = max([LABEL, *(min(40, width(self.outcome(name))) + 2 for name in chances)])
        for name, share in chances.items():
            result = self.words(self.journey.outcomes[name].result)
            head = f"  {pad(clip(self.outcome(name), 40), label)}{pad(result, 8)}"
            head += f"{pad(percent(share), 7, right=True)}  "
            found.append(head + bar(share, max(10, min(40, COLUMNS - width(head)))))
        return found

    def outcome(self, name: str) -> str:
        title = self.journey.outcomes[name].title
        return self.say(title) if title else name

    def length(self) -> list[str]:
        w, chain, effort = self.words, self.analysis.chain, self.analysis.effort
        spell = self.words.language
        steps = w("steps-value", mean=number(chain.steps), sd=number(sqrt(max(0.0, chain.steps_variance))))
        if chain.seconds is None:
            time = w("time-unknown")
        else:
            spread = sqrt(max(0.0, chain.seconds_variance or 0.0))
            time = w("time-value", mean=duration(chain.seconds, spell), sd=duration(spread, spell))
        parts = w(
            "effort-value",
            total=number(effort.total),
            visits=number(effort.visits),
            switches=number(effort.channel_switches),
            handoffs=number(effort.handoffs),
            rework=number(effort.rework),
            wait=duration(effort.wait_seconds, spell),
        )
        return [*row(w("steps"), steps), *row(w("time"), time), *row(w("effort"), parts)]

    def ranked(self) -> list[str]:
        """List the touchpoints by their lever on peak-end; without scores, by visits."""
        w, analysis = self.words, self.analysis
        mode = analysis.peak_end.intensity if analysis.peak_end else None
        lever = mode.gradient if mode else dict.fromkeys(self.names, 0.0)
        order = sorted(
            self.names,
            key=lambda n: (-round(lever[n], 9), -round(analysis.chain.visits[n], 9), self.numbers[n]),
        )
        heads = [w(f"col-{name}") for name in ("feels", "visits", "peak", "last", "lever")]
        cells = [max(8, width(head) + 2) for head in heads]
        room = COLUMNS - 6 - sum(cells)
        found = [
            f"  {pad('#', 3, right=True)} {pad(w('col-name'), room)}"
            + "".join(pad(head, cell, right=True) for head, cell in zip(heads, cells, strict=True))
        ]
        for name in order[:_SHOWN]:
            felt = analysis.emotions.get(name)
            values = [
                "–" if felt is None else signed(felt),
                number(analysis.chain.visits[name]),
                percent(mode.peak_probability[name]) if mode else "–",
                percent(analysis.chain.last_touchpoint[name]),
                f"{lever[name]:.2f}".replace("-", "−") if mode else "–",
            ]
            label = f"{name}  {self.title(name)}"
            found.append(
                f"  {pad(str(self.numbers[name]), 3, right=True)} {pad(clip(label, room), room)}"
                + "".join(pad(text, cell, right=True) for text, cell in zip(values, cells, strict=True))
            )
        if len(order) > _SHOWN:
            found.append(f"      {w('more', n=len(order) - _SHOWN)}")
        return found

    def pains(self) -> list[str]:
        w, found = self.words, []
        for at, pain in enumerate(self.analysis.pains[:_PAINS]):
            what = self.say(self.journey.touchpoints[pain.touchpoint].pains[pain.index].pain)
            facts = [w("pain-weight", weight=number(pain.weight))]
            if pain.action_priority:
                facts.append(f"AP {pain.action_priority}")
            if pain.severity is None:
                facts.append(w("unrated"))
            text = f"  {at + 1}. `{pain.touchpoint}` {what}{w('facts', facts=w.comma.join(facts))}"
            found += fold(text, COLUMNS, indent="     ")
        if len(self.analysis.pains) > _PAINS:
            found.append(f"     {w('more', n=len(self.analysis.pains) - _PAINS)}")
        return found

    def valleys(self) -> list[str]:
        found: list[str] = []
        for valley in self.analysis.valleys[:3]:
            names = self.words.names(valley.touchpoints)
            text = self.words("valley", n=len(valley.touchpoints), depth=signed(valley.depth), names=names)
            if len(valley.touchpoints) > 1:
                found += fold(f"  {text}", COLUMNS, indent="    ")
        return found

    def customers(self) -> list[str]:
        """Tell a table of customers: how many, how unequal, in which segments and tiers."""
        w, told = self.words, self.segments
        found: list[str] = []
        if (table := told.get("table")) is not None:
            if table["reason"]:
                found.append(w("customers-none", reason=table["reason"].pick(w.language)))
            else:
                found.append(w("customers-scored", n=table["scored"]))
                if left := table["incomplete"]:
                    found.append(w("customers-incomplete", n=left))
            total = table["scored"] or 1
            counts = [f"{name} {n} ({percent(n / total)})" for name, n in table["segments"].items()]
            if counts:
                found.append(w.comma.join(counts))
        if (uneven := told.get("concentration")) is not None:
            low, high = (percent(end) for end in uneven["top_interval"])
            share, gini = percent(uneven["top_share"]), number(uneven["gini"])
            found.append(w("customers-top", share=share, low=low, high=high, gini=gini))
        if tiers := told.get("tiers"):
            found.append(
                w("customers-tiers", tiers=w.comma.join(f"{name} {n}" for name, n in tiers.items()))
            )
        return [line for text in found for line in fold(f"  {text}", COLUMNS, indent="    ")]

    def assumed(self) -> list[str]:
        w, found = self.words, []
        if names := self.analysis.chain.assumed:
            named = [w("entry") if name == "entry" else name for name in names]
            found.append(w("assumed-shares", names=w.names(named)))
        remembered = self.analysis.peak_end
        if remembered is not None and remembered.assumed:
            felt = len(self.analysis.emotions)
            found.append(w("assumed-emotions", n=len(remembered.assumed), all=felt))
        if remembered is not None and remembered.unscored:
            found.append(w("unscored", names=w.names(remembered.unscored)))
        return [line for text in found for line in fold(f"  {text}", COLUMNS, indent="    ")]
