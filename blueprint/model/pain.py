"""What hurts: how badly, why, and what is done about it."""

from typing import Literal

from blueprint.model.values import Day, Element, Rating10, Text

CauseCategory = Literal["people", "process", "system", "environment", "policy", "information"]
"""Where causes are looked for: the bones of the fish."""


class Ratings(Element):
    """Severity, occurrence and detection, as they are expected to be after an action."""

    severity: Rating10 | None = None
    """1 unnoticed … 10 safety, law or data at risk."""
    occurrence: Rating10 | None = None
    """1 never … 10 one in ten or more."""
    detection: Rating10 | None = None
    """1 always noticed before the customer does … 10 never."""


class Pain(Element):
    """What hurts, how badly, how often, how late it is noticed, and why."""

    pain: Text
    """What hurts."""
    severity: Rating10 | None = None
    """1 unnoticed … 10 safety, law or data at risk."""
    occurrence: Rating10 | None = None
    """1 never … 10 one in ten journeys or more."""
    detection: Rating10 | None = None
    """1 always noticed before the customer does … 10 never."""
    causes: tuple[Text, ...] = ()
    """Why, and why that, and why that."""
    considered: tuple[CauseCategory, ...] = ()
    """Where causes were looked for: people, process, system, environment, policy, information."""
    control: Text | None = None
    """What notices it today."""
    aim: Ratings | None = None
    """The ratings that the action should bring."""
    redesign: Text | None = None
    """What is built differently, where the severity should fall."""
    found_by: tuple[Literal["complaints", "survey", "interview", "comparison", "log"], ...] = ()
    """How it was found; two ways are better than one."""
    before: Text | None = None
    """What to do before it happens."""
    during: Text | None = None
    """What to do while it happens."""
    after: Text | None = None
    """What to do once it has happened."""
    action: Text | None = None
    """What is being done about it."""
    owner: Text | None = None
    """Who does it."""
    due: Day | None = None
    """By when."""
