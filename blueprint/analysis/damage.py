"""What problems cost: the market damage model (domain 7; S003, 体验损害模型).

Of the customers with a problem some complain and are satisfied, mollified or left dissatisfied; the others
stay silent. Each group has its own loyalty, and what is lost beyond the loyalty of customers without a
problem is the damage (structure after TARP/Goodman; the sources give the name and no formula). Loyalties
are never assumed to be ordered: dissatisfied complainants were more loyal than silent customers in the
1970s and are far less loyal since (CCMC 2020), which turns the sign of what soliciting complaints does.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import isfinite
from typing import Literal, NamedTuple

from blueprint.diagnostic import ExplainedError

LeverName = Literal["problems", "complaints", "to_satisfied", "to_mollified", "loyalty_silent"]


class ImpossibleInputsError(ExplainedError):
    """The inputs of the model cannot be: a share outside [0, 1], shares that sum to something else."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of market damage; shares and loyalties are in [0, 1].

    Attributes:
        customers: Nc.
        value: V, what one customer is worth over the horizon.
        problems: ρ, the share of customers with a problem.
        complaints: c, the share of those who complain.
        satisfied: s, of those who complain; s + m + u = 1.
        mollified: m.
        dissatisfied: u.
        loyalty_untroubled: L₀, the share that stays of those without a problem.
        loyalty_satisfied: L_s.
        loyalty_mollified: L_m.
        loyalty_dissatisfied: L_u.
        loyalty_silent: L_n.

    Raises:
        ImpossibleInputsError: a share outside [0, 1], shares that do not sum to 1, something negative.
    """

    customers: float
    value: float
    problems: float
    complaints: float
    satisfied: float
    mollified: float
    dissatisfied: float
    loyalty_untroubled: float
    loyalty_satisfied: float
    loyalty_mollified: float
    loyalty_dissatisfied: float
    loyalty_silent: float

    def __post_init__(self) -> None:
        for name in ("customers", "value"):
            amount = getattr(self, name)
            if not (amount >= 0 and isfinite(amount)):
                raise ImpossibleInputsError(
                    f"{name} is {amount:g}, but cannot be below 0", f"{name} 是 {amount:g}，但不能小于 0"
                )
        for name in SHARES:
            share = getattr(self, name)
            if not -1e-12 <= share <= 1 + 1e-12:
                raise ImpossibleInputsError(
                    f"{name} is {share:g}, but a share lies in [0, 1]",
                    f"{name} 是 {share:g}，但比例应在 [0, 1] 之内",
                )
        total = self.satisfied + self.mollified + self.dissatisfied
        if not abs(total - 1) <= 1e-6:
            raise ImpossibleInputsError(
                f"satisfied, mollified and dissatisfied sum to {total:g}, not to 1",
                f"satisfied、mollified、dissatisfied 之和为 {total:g}，而不是 1",
            )

    @property
    def loyalty_complained(self) -> float:
        """L̄_c = s·L_s + m·L_m + u·L_u, the loyalty of those who complain."""
        return (
            self.satisfied * self.loyalty_satisfied
            + self.mollified * self.loyalty_mollified
            + self.dissatisfied * self.loyalty_dissatisfied
        )


SHARES: tuple[str, ...] = tuple(f.name for f in fields(Inputs) if f.name not in ("customers", "value"))
"""The inputs that are shares."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Customers and money lost to problems."""

    problems: float
    """K = Nc·ρ, customers with a problem."""
    complaints: float
    """C = K·c."""
    silent: float
    """K·(1 − c)."""
    lost_silent: float
    lost_satisfied: float
    lost_mollified: float
    lost_dissatisfied: float
    lost: float
    """All of them: customers at risk, gross."""
    baseline: float
    """K·(1 − L₀), those who would have left without a problem."""
    damage: float
    """Lost − baseline, attributable to problems."""
    money: float
    """V·damage."""
    money_gross: float
    """V·lost."""


def damage(inputs: Inputs) -> Damage:
    """Compute market damage (domain 7.2)."""
    troubled = inputs.customers * inputs.problems
    complain = troubled * inputs.complaints
    silent = troubled * (1 - inputs.complaints)
    lost_silent = silent * (1 - inputs.loyalty_silent)
    satisfied = complain * inputs.satisfied * (1 - inputs.loyalty_satisfied)
    mollified = complain * inputs.mollified * (1 - inputs.loyalty_mollified)
    dissatisfied = complain * inputs.dissatisfied * (1 - inputs.loyalty_dissatisfied)
    lost = lost_silent + satisfied + mollified + dissatisfied
    baseline = troubled * (1 - inputs.loyalty_untroubled)
    return Damage(
        problems=troubled,
        complaints=complain,
        silent=silent,
        lost_silent=lost_silent,
        lost_satisfied=satisfied,
        lost_mollified=mollified,
        lost_dissatisfied=dissatisfied,
        lost=lost,
        baseline=baseline,
        damage=lost - baseline,
        money=inputs.value * (lost - baseline),
        money_gross=inputs.value * lost,
    )


@dataclass(frozen=True, slots=True)
class Lever:
    """How much changes per whole unit of an input (divide by 100 for one percentage point)."""

    name: LeverName
    lost: float
    """∂Lost."""
    damage: float
    """∂Damage."""
    money: float
    """∂(V·Damage)."""


def levers(inputs: Inputs) -> tuple[Lever, ...]:
    """Return the exact derivatives of what can be changed, where they stand.

    ∂Lost/∂ρ = Nc·(Lost per problem); ∂Lost/∂c = K(L_n − L̄_c): soliciting complaints helps if and only if
    those who complain stay more often than those who are silent; moving a share of complainants from
    dissatisfied to satisfied −C(L_s − L_u), to mollified −C(L_m − L_u); keeping the silent −K(1 − c).
    """
    troubled = inputs.customers * inputs.problems
    complain = troubled * inputs.complaints
    kept = inputs.complaints * inputs.loyalty_complained + (1 - inputs.complaints) * inputs.loyalty_silent
    by_lost: dict[LeverName, float] = {
        "problems": inputs.customers * (1 - kept),
        "complaints": troubled * (inputs.loyalty_silent - inputs.loyalty_complained),
        "to_satisfied": -complain * (inputs.loyalty_satisfied - inputs.loyalty_dissatisfied),
        "to_mollified": -complain * (inputs.loyalty_mollified - inputs.loyalty_dissatisfied),
        "loyalty_silent": -troubled * (1 - inputs.complaints),
    }
    by_baseline = {"problems": inputs.customers * (1 - inputs.loyalty_untroubled)}
    return tuple(
        Lever(name, lost, found := lost - by_baseline.get(name, 0.0), inputs.value * found)
        for name, lost in by_lost.items()
    )


class Ordering(NamedTuple):
    """In what order the loyalties stand; nothing here is taken for granted."""

    silent_above_dissatisfied: bool
    """L_u < L_n: a complaint handled badly is worse than none (the warning of CCMC 2020)."""
    soliciting_helps: bool
    """L̄_c > L_n: every further complaint keeps customers."""
    satisfied_above_untroubled: bool
    """L_s > L₀: counts on recovery to delight (the service recovery paradox), which seldom lasts."""
    complaint_outcomes_in_order: bool
    """L_s ≥ L_m ≥ L_u."""


def ordering(inputs: Inputs) -> Ordering:
    """Say in what order the loyalties stand (domain 7.3)."""
    return Ordering(
        silent_above_dissatisfied=inputs.loyalty_dissatisfied < inputs.loyalty_silent,
        soliciting_helps=inputs.loyalty_complained > inputs.loyalty_silent,
        satisfied_above_untroubled=inputs.loyalty_satisfied > inputs.loyalty_untroubled,
        complaint_outcomes_in_order=(
            inputs.loyalty_satisfied >= inputs.loyalty_mollified >= inputs.loyalty_dissatisfied
        ),
    )


class Tellings(NamedTuple):
    """How many others one customer tells, and how many of those told come or stay away for it."""

    satisfied: float
    """w_s, praise."""
    mollified: float
    """w_m, like the next two not praise."""
    dissatisfied: float
    silent: float
    lost: float
    """x₋, the share of those told the bad who are lost."""
    won: float
    """x₊, the share of those told the good who are won."""


@dataclass(frozen=True, slots=True)
class WordOfMouth:
    """What customers tell, and the new customers it costs."""

    told_bad: float
    told_good: float
    prospects_lost: float
    """Net: Told⁻·x₋ − Told⁺·x₊; negative where praise wins more."""
    money: float


def word_of_mouth(found: Damage, inputs: Inputs, tellings: Tellings, value: float) -> WordOfMouth:
    """Compute what is told. Add its money to the damage only if V does not hold referrals already.

    Args:
        found: the damage, for its counts.
        inputs: what it was computed from.
        tellings: how many are told.
        value: of a new customer.

    Raises:
        ImpossibleInputsError: a share outside [0, 1] or something negative.
    """
    if not all(number >= 0 for number in (*tellings, value)) or max(tellings.lost, tellings.won) > 1:
        raise ImpossibleInputsError(
            "tellings and the value are never negative, and what is lost and won are shares in [0, 1]",
            "告知人数和价值不能为负，失去与赢得的比例应在 [0, 1] 之内",
        )
    bad = found.silent * tellings.silent + found.complaints * (
        inputs.mollified * tellings.mollified + inputs.dissatisfied * tellings.dissatisfied
    )
    good = found.complaints * inputs.satisfied * tellings.satisfied
    net = bad * tellings.lost - good * tellings.won
    return WordOfMouth(bad, good, net, value * net)


def break_even_handling(inputs: Inputs, moved: float) -> float:
    """Return what handling may cost per complaint if it moves a share of them to satisfied.

    V·(L_s − L_u)·Δs; below 0 where satisfied complainants leave more often.
    """
    return inputs.value * (inputs.loyalty_satisfied - inputs.loyalty_dissatisfied) * moved


def return_on(saved: float, cost: float) -> float | None:
    """Return (saved − cost) / cost; None where nothing is spent, since nothing can return on nothing."""
    return (saved - cost) / cost if cost > 0 else None


def replacement_cost(lost: float, ratio: float, keeping: float) -> float:
    """Return what replacing lost customers costs: lost · ratio · the cost of keeping one.

    The ratio of 5 that S001 states is a claim, not a constant.
    """
    return lost * ratio * keeping


def one_step(customers: float, problems: float, drop: float, value: float) -> float:
    """Return customers × problem rate × drop in loyalty × value, the one-step estimate of CTMA."""
    return customers * problems * drop * value
