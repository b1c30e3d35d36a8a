"""Sharing out R² over correlated drivers: LMG and Johnson's relative weights (domain 6.6).

LMG (Lindeman, Merenda and Gold 1980; the Shapley value of R²) averages what a driver adds over every order
of entry. Johnson 2000, Multivariate Behavioral Research 35:1, comes near it for any number of drivers.
Both take whole stacks of correlation matrices at once, as a bootstrap has them.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


def lmg(correlations: Numbers) -> Numbers:
    """Return LMG_j = Σ_S |S|!(k−|S|−1)!/k! · [R²(S∪j) − R²(S)].

    Args:
        correlations: (…, k+1, k+1), drivers first, the outcome last; the drivers' part must be regular.

    Returns:
        (…, k); the parts sum to R².
    """
    import numpy as np

    k = correlations.shape[-1] - 1
    explained = _explained(correlations)
    every = np.arange(1 << k)
    members = np.array([subset.bit_count() for subset in range(1 << k)])
    weights = np.array([1 / (k * comb(k - 1, size)) for size in range(k)])
    parts = []
    for j in range(k):
        without = every[(every >> j) & 1 == 0]
        gains = explained[..., without | 1 << j] - explained[..., without]
        parts.append(gains @ weights[members[without]])
    shares: Numbers = np.stack(parts, axis=-1)
    return shares


def _explained(correlations: Numbers) -> Numbers:
    """Return R² of every subset of drivers, by its bit mask: (…, 2^k).

    Drivers enter one after the other, depth first, by one elimination step each; a subset costs one step
    more than the subset before it, on what is still to come. All samples go through together.
    """
    import numpy as np

    k = correlations.shape[-1] - 1
    found = np.zeros((*correlations.shape[:-2], 1 << k))

    def enter(left: Numbers, subset: int, first: int) -> None:
        """Enter drivers from `first` on; `left` has them and the outcome, given the subset."""
        for j in range(first, k):
            at = j - first
            column, after = left[..., at], slice(at + 1, None)
            rest = left[..., after, after] - (
                column[..., after, None] * column[..., None, after] / left[..., at, at, None, None]
            )
            found[..., subset | 1 << j] = 1 - rest[..., -1, -1]
            enter(rest, subset | 1 << j, j + 1)

    enter(correlations, 0, 0)
    return found


def johnson(correlations: Numbers) -> Numbers:
    """Return Johnson's relative weights ε_j = Σ_m λ²_jm β²_m with λ = R_xx^½ and β = λ⁻¹ r_xy.

    Args:
        correlations: (…, k+1, k+1), drivers first, the outcome last; the drivers' part must be regular.

    Returns:
        (…, k); the weights sum to R².
    """
    import numpy as np

    values, vectors = np.linalg.eigh(correlations[..., :-1, :-1])
    root = (vectors * np.sqrt(values)[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    beta = np.linalg.solve(root, correlations[..., :-1, -1:])
    shares: Numbers = (root**2 @ beta**2)[..., 0]
    return shares
