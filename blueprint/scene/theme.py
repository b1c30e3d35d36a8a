"""Colours by meaning: a theme gives every token of `TOKENS` a colour; drawings only name tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Token = Literal[
    # surfaces
    "paper", "panel", "card", "band", "grid", "line", "shade",
    # text
    "ink", "ink-soft", "ink-faint", "ink-inverse",
    # stages, by place (tints for bands; each carries ink at 4.5:1)
    "stage-1", "stage-2", "stage-3", "stage-4", "stage-5", "stage-6", "stage-7", "stage-8",
    # the five kinds, and what a map marks
    "first", "complaint", "high-frequency", "high-perception", "end",
    "positive", "positive-tint", "negative", "negative-tint", "neutral",
    "curve-1", "curve-2", "curve-3", "curve-4",
    "pain", "pain-tint", "opportunity", "opportunity-tint", "need", "metric", "promise", "evidence",
    "accent", "accent-tint",
    # severity of findings
    "error", "warning", "info",
    # zones of a blueprint
    "zone-evidence", "zone-customer", "zone-frontstage", "zone-backstage", "zone-support",
    "technology", "handoff", "wait", "decision", "fail",
    # routes of the graph
    "route", "route-recovery", "route-loop", "route-abandon", "success", "failure",
]  # fmt: skip
TOKENS: tuple[str, ...] = get_args(Token)


@dataclass(frozen=True, slots=True)
class Theme:
    """A named set of colours (`#rrggbb`) for all tokens."""

    name: str
    colors: dict[str, str]
    patterns: bool = False
    """Whether shapes with a pattern show it, so that nothing rests on colour alone."""
    dark: bool = False
