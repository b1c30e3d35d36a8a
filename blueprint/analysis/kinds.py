"""Which of the five kinds a touchpoint turns out to be (domain 0.2)."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from blueprint.analysis.results import ChainFigures, KindVerdict
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Kind, Touchpoint

OFTEN = 1.5
"""High-frequency: so many times the median of the visits."""

PARETO = 0.8
"""High-frequency: or one of the few touchpoints that carry this share of all visits."""

FEW = 0.5
"""At most this share of the touchpoints are "few"; else visits are spread evenly and tell nothing."""

TOP = 5
"""High-perception: the strongest one in so many (a quintile)."""


def kind_verdicts(
    journey: Journey, chain: ChainFigures, emotions: Mapping[str, float]
) -> dict[str, KindVerdict]:
    """Compare declared kinds with computed ones.

    The tests are working definitions of this project: the sources name the five kinds and define none.
    """
    reasons: dict[str, dict[Kind, Message]] = {name: {} for name in journey.touchpoints}
    _first(journey, reasons)
    _complaint(journey, chain, reasons)
    _high_frequency(chain, reasons)
    _high_perception(journey, emotions, reasons)
    _end(journey, reasons)
    return {
        name: KindVerdict(point.kinds, tuple(reasons[name]), reasons[name])
        for name, point in journey.touchpoints.items()
    }


def _first(journey: Journey, reasons: dict[str, dict[Kind, Message]]) -> None:
    shares: dict[str, float] = {}
    for route in journey.entries:
        shares[route.target] = shares.get(route.target, 0.0) + route.share
    for name, share in shares.items():
        if share > 0 and name in reasons:
            reasons[name]["first"] = Message(
                f"{share:.0%} of journeys begin here", f"{share:.0%} 的旅程从这里开始"
            )


def _handles_complaints(point: Touchpoint) -> bool:
    return point.complaint is not None or "complaint" in point.kinds


def _complaint(journey: Journey, chain: ChainFigures, reasons: dict[str, dict[Kind, Message]]) -> None:
    points = journey.touchpoints
    for name, point in points.items():
        if _handles_complaints(point):
            reasons[name]["complaint"] = Message("complaints are handled here", "在此处理投诉")
            continue
        into = [
            route.target
            for route in journey.routes[name]
            if route.share > 0 and route.target in points and _handles_complaints(points[route.target])
        ]
        if into:
            visits = chain.visits[name]
            share = sum(chain.traversals[name, target] for target in into) / visits if visits else 0.0
            told, zh = f"{share:.0%} of visits go on", f"{share:.0%} 的到访会转入"
            if not visits:
                told, zh = "a way leads", "有一条路通向"
            where = ", ".join(into)
            reasons[name]["complaint"] = Message(
                f"{told} to complaint handling ({where})", f"{zh}投诉处理（{where}）"
            )


def _high_frequency(chain: ChainFigures, reasons: dict[str, dict[Kind, Message]]) -> None:
    visited = {name: visits for name, visits in chain.visits.items() if visits > 0}
    middle, total = median(visited.values()), sum(visited.values())
    least, carried, few = float("inf"), 0.0, 0
    for visits in sorted(visited.values(), reverse=True):
        if carried >= PARETO * total - 1e-9 and visits < least - 1e-9:
            break
        least, carried, few = visits, carried + visits, few + 1
    concentrated = few <= FEW * len(visited)
    for name, visits in visited.items():
        if visits >= OFTEN * middle - 1e-9:
            reasons[name]["high-frequency"] = Message(
                f"{visits:.2f} visits per journey, {visits / middle:.1f} times the median {middle:.2f}",
                f"每段旅程到访 {visits:.2f} 次，是中位数 {middle:.2f} 的 {visits / middle:.1f} 倍",
            )
        elif concentrated and visits >= least - 1e-9:
            reasons[name]["high-frequency"] = Message(
                f"{visits:.2f} visits per journey, one of {few} that carry {carried / total:.0%} of them",
                f"每段旅程到访 {visits:.2f} 次，是承载 {carried / total:.0%} 到访的 {few} 个触点之一",
            )


def _high_perception(
    journey: Journey, emotions: Mapping[str, float], reasons: dict[str, dict[Kind, Message]]
) -> None:
    neutral = journey.neutral_emotion
    strength = {name: abs(emotion - neutral) for name, emotion in emotions.items()}
    if not strength:
        return
    top = -(-len(journey.touchpoints) // TOP)
    least = sorted(strength.values(), reverse=True)[:top][-1]
    for name, felt in strength.items():
        if felt > 1e-9 and felt >= least - 1e-9:
            reasons[name]["high-perception"] = Message(
                f"emotion {emotions[name]:+.4g} is {felt:.4g} from neutral, among the {top} strongest",
                f"情绪 {emotions[name]:+.4g} 距中性 {felt:.4g}，属于最强的 {top} 个",
            )


def _end(journey: Journey, reasons: dict[str, dict[Kind, Message]]) -> None:
    wins = {name for name, outcome in journey.outcomes.items() if outcome.result == "success"}
    wins -= reasons.keys()
    for name in reasons:
        share = sum(route.share for route in journey.routes[name] if route.target in wins)
        if share > 0:
            reasons[name]["end"] = Message(
                f"{share:.0%} of visits end here in success", f"{share:.0%} 的到访在此成功结束"
            )
