"""Service quality: what is expected, what is perceived, and where in between it is lost."""

from __future__ import annotations

from blueprint.analysis.gaps import ADDITIVE, REMEDIES, Gap, JourneyQuality, journey_quality
from blueprint.analysis.results import JourneyAnalysis
from blueprint.scene.report import Paragraph, Picture, Points, Section, Table
from blueprint.views.charts.gap_bars import Bar, Part, gap_bars
from blueprint.views.report.subject import JourneySubject, Voice, section
from blueprint.views.words import number, signed

_SHOWN = 8


def gap_name(gap: Gap, say: Voice) -> str:
    """Return what a gap is called."""
    names = {
        "listening": say("listening", "认知差距"),
        "standards": say("standards", "标准差距"),
        "delivery": say("delivery", "传递差距"),
        "communication": say("communication", "沟通差距"),
        "perception": say("perception", "感知差距"),
        "customer": say("customer", "客户差距"),
    }
    return names[gap]


def quality(it: JourneySubject) -> Section | None:
    """Tell the gaps by dimension, the places where most is lost, and what closes the largest gap."""
    if it.analysis is None or not any(point.quality for point in it.journey.touchpoints.values()):
        return None
    found, say = journey_quality(it.journey, it.analysis.chain.visits), it.say
    customer = found.journey["customer"]
    return section(
        say("Service quality", "服务质量"),
        None if customer.weighted is None else Paragraph(_summary(it, found)),
        _chart(it, found),
        _worst(it, it.analysis, found),
        _remedies(it, found),
    )


def _summary(it: JourneySubject, found: JourneyQuality) -> str:
    customer, names = found.journey["customer"], it.say.read.label.dimensions
    weighted = customer.weighted or 0.0
    worst = min(customer.by_dimension, key=lambda name: round(customer.by_dimension[name], 9))
    gap = signed(customer.by_dimension[worst])
    text = it.say(
        f"Customers perceive {number(abs(weighted))} points {'less' if weighted < 0 else 'more'} than they "
        f"expect, weighted by visits and dimension; {names[worst].lower()} stands at {gap}.",
        f"按到访与维度加权，客户感知比期望{'低' if weighted < 0 else '高'} {number(abs(weighted))} 分；"
        f"最弱的维度是{names[worst]}（{gap}）。",
    )
    over = ""
    if found.over_promised:
        places = it.say.listed([it.at(name) for name, _ in dict.fromkeys(found.over_promised)])
        over = it.say(
            f"More is promised than the standard asks for at: {places}.", f"承诺高于标准之处：{places}。"
        )
    return it.say.join(text, over)


def _chart(it: JourneySubject, found: JourneyQuality) -> Picture | None:
    names, say = it.say.read.label.dimensions, it.say
    bars = []
    for dimension, customer in found.journey["customer"].by_dimension.items():
        parts = [
            Part(gap_name(gap, say), found.journey[gap].by_dimension[dimension])
            for gap in ADDITIVE
            if dimension in found.journey[gap].by_dimension
        ]
        # Parts are shown only where they add up: with a side missing somewhere, the whole stands alone.
        whole = abs(sum(part.value for part in parts) - customer) < 1e-6 and len(parts) == len(ADDITIVE)
        bars.append(Bar(names[dimension], customer, tuple(parts) if whole else ()))
    if not bars:
        return None
    scene = gap_bars(tuple(bars), language=say.read.language, prefix=f"{it.journey.id}-gaps")
    caption = say(
        "Perceived less expected by dimension, weighted by "
        "visits; below 0 customers get less than they expect.",
        "各维度的感知减期望（按到访加权）；低于 0 表示低于期望。",
    )
    return Picture(scene, caption)


def _worst(it: JourneySubject, analysis: JourneyAnalysis, found: JourneyQuality) -> Table | None:
    say, rows = it.say, []
    for name, dimension in found.worst[:_SHOWN]:
        gaps = found.at[name][dimension]
        asked = next(q for k, q in it.journey.touchpoints[name].quality.items() if k == dimension)
        rows.append(
            (
                it.at(name),
                say.read.label.dimensions[dimension],
                "–" if asked.expected is None else number(asked.expected),
                "–" if asked.perceived is None else number(asked.perceived),
                "–" if gaps.customer is None else signed(gaps.customer),
                gap_name(gaps.largest, say) if gaps.largest else "–",
                number(analysis.chain.visits.get(name, 0.0)),
            )
        )
    if not rows:
        return None
    columns = (
        say("Touchpoint", "触点"),
        say("Dimension", "维度"),
        say("Expected", "期望"),
        say("Perceived", "感知"),
        say("Gap", "差距"),
        say("Lost mostly in", "主要损失于"),
        say("Visits", "到访"),
    )
    caption = say("Where quality is lost, by visits and weight", "质量损失之处（按到访与权重）")
    return Table(caption, columns, tuple(rows), frozenset({2, 3, 4, 6}))


def _remedies(it: JourneySubject, found: JourneyQuality) -> Points | None:
    rolled = {gap: found.journey[gap].weighted for gap in ADDITIVE}
    lost = {gap: value for gap, value in rolled.items() if value is not None and value < -0.0005}
    if not lost:
        return None
    worst = min(lost, key=lambda gap: round(lost[gap], 9))
    language = it.say.read.label.language
    told = [remedy.title.pick(language) for remedy in REMEDIES.get(worst, ())]
    if not told:
        return None
    name, value = gap_name(worst, it.say), signed(lost[worst])
    ways = it.say.listed(told)
    return Points(
        (
            it.say(
                "The largest of the four gaps inside the house is "
                f"the {name} gap ({value}). What closes it: {ways}.",
                f"内部四个差距中最大的是{name}（{value}）。弥合办法：{ways}。",
            ),
        )
    )
