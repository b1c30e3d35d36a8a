"""HO: what the houses of the group hold themselves to."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.diagnostic import Message
from blueprint.lint.rule import Finding, rule
from blueprint.model.journey import Journey

FAMILIES = {"HO": ("Hotels", "酒店")}


@rule("HO101", zh="退房太久")
def slow_farewell(journey: Journey, *, minutes: float = 5.0) -> Iterator[Finding]:
    """Guests wait at the desk before they may leave.

    Why: The last minutes are remembered with the whole stay.

    Bad:
        ```yaml
        journey: one-night
        stages:
          - stage: leave
            touchpoints:
              - {id: wake, title: Wakes rested, kinds: [first], emotion: 1}
              - {id: pay, title: Pays at the desk, kinds: [end], emotion: 1, time: {standard: 20m}}
        ```

    Good:
        ```yaml
        journey: one-night
        stages:
          - stage: leave
            touchpoints:
              - {id: wake, title: Wakes rested, kinds: [first], emotion: 1}
              - {id: pay, title: Drops the key, kinds: [end], emotion: 1, time: {standard: 1m}}
        ```

    Source: House manual, chapter 7.
    """
    for loc, _, touchpoint in journey.places:
        taken = touchpoint.time.total if touchpoint.time else None
        if "end" in touchpoint.kinds and taken is not None and taken > minutes * 60:
            yield Finding(
                (*loc, "time"),
                Message(
                    f"leaving takes {taken / 60:g} minutes at `{touchpoint.id}`",
                    f"在 `{touchpoint.id}` 离店需要 {taken / 60:g} 分钟",
                ),
                Message("let guests drop the key and send the bill", "让客人投钥匙离店，账单随后寄出"),
                touchpoint.id,
            )
