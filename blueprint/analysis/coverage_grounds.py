"""What a journey says it covers, held against what stands in its file: borne out where, or only said.

`covers:` is an assertion. Most lists of the courses can be held against fields that would be there if it
were true: a service is perceived where an emotion was measured, a promise kept where it was counted, a pain
foreseen where something is done before it. Domain 17 names most of these signs (A07, A08, B17, B24, B25,
C06, C07, F16, F19, F38); where it names none, the sign is this project's. Nothing here can tell whether a
sign is done well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Touchpoint

Sign = Callable[[Touchpoint], bool]


@dataclass(frozen=True, slots=True)
class Grounds:
    """One list: where the file bears out each of its items."""

    at: dict[str, tuple[str, ...]]
    """Item → touchpoints whose fields show it; only items that have a sign."""
    only_said: tuple[str, ...]
    """Items that the journey says it covers although no field shows it."""
    unsaid: tuple[str, ...]
    """Items that fields show although nothing says so."""


def _moment(*labels: str) -> Sign:
    known = {label.casefold() for label in labels}
    return lambda point: (point.moment or "").casefold() in known


def _for(*purposes: str) -> Sign:
    return lambda point: not set(purposes).isdisjoint(point.purpose)


def _either(*signs: Sign) -> Sign:
    return lambda point: any(sign(point) for sign in signs)


def _measured(point: Touchpoint) -> bool:
    return any(score.measured for score in point.scores.values()) or any(
        quality.perceived is not None and quality.n is not None for quality in point.quality.values()
    )


def _spread(point: Touchpoint) -> bool:
    return (
        any(score.sd is not None for score in point.scores.values())
        or any(metric.sd is not None for metric in point.metrics)
        or any(quality.sd is not None for quality in point.quality.values())
        or bool(point.time and point.time.observed)
    )


def _prevented(point: Touchpoint) -> bool:
    return any(pain.before is not None for pain in point.pains)


def _choice(point: Touchpoint) -> bool:
    return point.complaint is not None and len(point.complaint.alternatives) > 1


def _due(point: Touchpoint) -> bool:
    return any(promise.due is not None for promise in point.promises)


def _kept(point: Touchpoint) -> bool:
    return any(promise.made is not None and promise.kept is not None for promise in point.promises)


def _need(*classes: str) -> Sign:
    return lambda point: any(need.kano in classes and need.met is True for need in point.needs)


def _ways_up(point: Touchpoint) -> bool:
    return point.complaint is not None and bool(point.complaint.escalation)


def _level(point: Touchpoint) -> bool:
    return point.complaint is not None and point.complaint.priority is not None


def _spoken(point: Touchpoint) -> bool:
    return point.script is not None


def _scripted(point: Touchpoint) -> bool:
    return point.script is not None and point.script.protocol is not None


def _varied_script(point: Touchpoint) -> bool:
    return point.script is not None and bool(point.script.variants)


def _known(point: Touchpoint) -> bool:
    return point.personal_data is not None and point.personal_data.purpose is not None


def _channel(*names: str) -> Sign:
    return lambda point: (point.channel or "").casefold() in names


def _own_way(point: Touchpoint) -> bool:
    return bool(point.tiers) or point.request is not None


def _repeated(point: Touchpoint) -> bool:
    return point.complaint is not None and point.complaint.repeated is not None


def _threat(point: Touchpoint) -> bool:
    return point.complaint is not None and bool(point.complaint.triggers)


def _limit(point: Touchpoint) -> bool:
    return point.complaint is not None and point.complaint.authority is not None


def _felt_less(point: Touchpoint) -> bool:
    return bool(point.peak) or any(quality.perceived is not None for quality in point.quality.values())


def _promised(point: Touchpoint) -> bool:
    return bool(point.promises) or any(it.promised is not None for it in point.quality.values())


def _asked(point: Touchpoint) -> bool:
    return any(need.source is not None for need in point.needs)


def _complains(point: Touchpoint) -> bool:
    return "complaint" in point.kinds


def _question(point: Touchpoint) -> bool:
    return point.complaint is not None and "question" in point.complaint.types


_BEFORE = _either(_moment("<zmot", "pre-zmot", "trigger", "zmot", "fmot"), _for("disclose-price"))
_DURING = _either(_moment("imot", "amot", "smot"), _for("pay"))
_AFTER = _either(_moment("tmot", "umot"), _for("after-sales", "follow-up"))
_PRICE, _AFTERWARDS = _for("disclose-price"), _for("after-sales", "follow-up")


def _undone(point: Touchpoint) -> bool:
    return bool(point.reversible)


def _evident(point: Touchpoint) -> bool:
    return bool(point.evidence)


SIGNS: Final[dict[str, dict[str, Sign]]] = {
    "sales-phases": {"before": _BEFORE, "during": _DURING, "after": _AFTER},
    "service-traits": {
        "intangible": _evident,
        "perceived": _measured,
        "simultaneous": _prevented,
        "varied": _spread,
    },
    "journey-strategies": {"foresee": _prevented, "loop": _for("learn", "feedback")},
    "service-skills6": {
        "choice": _choice,
        "unique": _own_way,
        "complete": lambda point: not {"first", "end"}.isdisjoint(point.kinds) and _measured(point),
        "reassuring": _PRICE,
        "worth": _either(_need("attractive"), lambda point: point.delight is not None),
    },
    "service-cautions6": {
        "no-added-charge": _PRICE,
        "choice": _choice,
        "undo": _undone,
        "after-sales": _AFTERWARDS,
        "clear-fees": _PRICE,
    },
    "personalisation": {
        "customer": _own_way,
        "data": _known,
        "adaptive": _varied_script,
    },
    "expectations-sources": {"needs": _asked, "promises": _promised},
    "satisfaction-levers": {"perception": _felt_less, "expectation": _due},
    "complaint-intake": {"complaint": _complains, "inquiry": _question},
    "recovery-strategies7": {
        "rules": _level,
        "inform": _due,
        "follow": _for("follow-up", "confirm"),
        "keep": _kept,
        "attitude": _scripted,
        "procedure": _ways_up,
    },
    "exception-routes": {"unreasonable": _limit, "repeated": _repeated, "threat": _threat},
    "automation-rules": {
        "event": lambda point: point.automatic is not None and point.automatic.event is not None,
        "delay": lambda point: point.automatic is not None and point.automatic.delay is not None,
        "cap": lambda point: point.automatic is not None and point.automatic.cap is not None,
        "stop": lambda point: point.automatic is not None and point.automatic.stop is not None,
    },
    "touchpoint-personalisation": {
        "data": _known,
        "emotion": lambda point: "connection" in point.peak,
        "dynamic": _varied_script,
    },
    "etiquette": {
        "phone": _channel("phone", "telephone", "电话"),
        "video": _channel("video", "视频"),
        "face-to-face": _channel("counter", "store", "branch", "face-to-face", "柜台", "门店", "面对面"),
    },
    "innovation3": {"substitute": _choice, "foresee": _prevented},
    "service-parts": {"core": _need("must-be"), "personal": _spoken},
}
"""List of a playbook → item → the sign by which a touchpoint shows it."""


def grounds(
    id: str, items: Sequence[str], covered: Mapping[str, Sequence[str]], journey: Journey
) -> Grounds | None:
    """Hold what is said to be covered of a list against the fields of the journey's touchpoints.

    Args:
        id: of the list.
        items: of the list, in its order.
        covered: place → what is said to be covered there.
        journey: the journey.

    Returns:
        None for lists of which no field is a sign.
    """
    signs = {item: sign for item, sign in SIGNS.get(id, {}).items() if item in items}
    if not signs:
        return None
    said = {item for here in covered.values() for item in here}
    at = {
        item: tuple(name for name, point in journey.touchpoints.items() if signs[item](point))
        for item in items
        if item in signs
    }
    return Grounds(
        at,
        tuple(item for item, places in at.items() if item in said and not places),
        tuple(item for item, places in at.items() if item not in said and places),
    )
