"""Scores against the scale they are on: the check that needs two places of one document."""

from __future__ import annotations

from typing import Any

from blueprint.diagnostic import Diagnostic, Message
from blueprint.source.faults import OUT_OF_RANGE
from blueprint.source.salvage import Faulty, Salvage
from blueprint.source.spans import Loc
from blueprint.source.text import Source


def off_scale(source: Source, salvage: Salvage, model: Any) -> list[Diagnostic]:
    """Report emotions and a neutral point outside the journey's scale, and drop them from the data."""
    from blueprint.model.journey import Journey

    if not isinstance(model, Journey) or ("emotion_scale",) in salvage.pruned:
        return []
    low, high = model.emotion_scale
    found: list[Diagnostic] = []
    faulty: list[Faulty] = []
    if model.neutral is not None and not low <= model.neutral <= high:
        loc: Loc = ("neutral",)
        faulty.append(Faulty(loc))
        found.append(
            OUT_OF_RANGE.at(
                source.name,
                salvage.spans.closest(loc),
                Message(
                    f"neutral is {model.neutral:g} but this journey's scale is {low:g} … {high:g}",
                    f"中性点是 {model.neutral:g}，但本旅程的量表是 {low:g} … {high:g}",
                ),
                Message("choose a point on the scale", "请在量表范围内取值"),
                element=model.id,
            )
        )
    for place in model.places:
        for who, score in place.touchpoint.scores.items():
            if low <= score.mean <= high:
                continue
            at = salvage.spans.resolve((*place.loc, "emotion", *((who,) if who else ()), "mean"))
            faulty.append(Faulty(at[:-1] if at[-1] == "mean" else at))
            whose = Message(f"emotion of {who}", f"{who} 的情绪") if who else Message("emotion", "情绪")
            found.append(
                OUT_OF_RANGE.at(
                    source.name,
                    salvage.spans.closest(at),
                    Message(
                        f"{whose.en} is {score.mean:g} but this journey's scale is {low:g} … {high:g}",
                        f"{whose.zh}是 {score.mean:g}，但本旅程的量表是 {low:g} … {high:g}",
                    ),
                    Message("declare emotion_scale: or rescore", "请声明 emotion_scale: 或重新打分"),
                    element=place.touchpoint.id,
                )
            )
    if faulty:
        salvage.prune(faulty)
    return found
