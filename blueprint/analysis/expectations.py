"""What customers expect, what promises do to it, and the three outcomes of meeting it (domain 4.4, 5)."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["delighted", "satisfied", "disappointed"]


def outcome(perceived: float, expected: float, delta: float = 0.5) -> Outcome:
    """Say which of the three outcomes a gap is (S001, S002: 感受 > = < 期望; Maister: S = P − E).

    Args:
        perceived: P.
        expected: E.
        delta: what still counts as equal, in points of the scale; half an interval's width where known.

    Raises:
        ValueError: delta is negative.
    """
    if not delta >= 0:
        raise ValueError(f"delta is a distance, not {delta:g}")
    gap = perceived - expected
    # Means are written with a few decimals: 4.3 − 3.8 must count as 0.5 whatever its last bit says.
    return "delighted" if gap > delta + 1e-9 else "disappointed" if gap < -delta - 1e-9 else "satisfied"


def expectation(base: float, promised: float, kappa: float) -> float:
    """Return E = E₀ + κ·(C − E₀)⁺: a promise above what people would expect anyway pulls that up.

    Args:
        base: E₀, from past experience, word of mouth and personal needs (S002).
        promised: C.
        kappa: κ, how far people believe it, in [0, 1]; a decision of this project, to be calibrated.

    Raises:
        ValueError: κ is outside [0, 1].
    """
    if not 0 <= kappa <= 1:
        raise ValueError(f"κ lies in [0, 1], not at {kappa:g}")
    return base + kappa * max(0.0, promised - base)


def expectation_after(expected: float, promised: float, cut: float, kappa: float) -> float:
    """Return E after promising less by `cut`: it falls by κ·cut until the promise pulls no more.

    The base is found by turning `expectation` around; where E ≥ C the promise never pulled.

    Raises:
        ValueError: κ is outside [0, 1), where the base can be found, or the cut is negative.
    """
    if not (0 <= kappa < 1 and cut >= 0):
        raise ValueError(f"0 ≤ κ < 1 and a cut ≥ 0 are needed, not κ={kappa:g}, cut={cut:g}")
    if expected >= promised:
        return expected
    base = (expected - kappa * promised) / (1 - kappa)
    return expectation(base, promised - cut, kappa)
