"""Strategies that look back one round.

A round's outcome is named from the point of view of who decides: "CD" means that he cooperated and the other did not. The payoffs are the
usual ones, T = 5, R = 3, P = 1, S = 0, those of the examples in Press and Dyson, "Iterated Prisoner's Dilemma contains strategies that
dominate any evolutionary opponent", PNAS 109, 2012.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

COOPERATE, DEFECT = "C", "D"
OUTCOMES = ("CC", "CD", "DC", "DD")
PAYOFFS: Mapping[str, int] = {"CC": 3, "CD": 0, "DC": 5, "DD": 1}
"""What who decided gets: R, S, T and P."""

REWARD, PUNISHMENT = PAYOFFS["CC"], PAYOFFS["DD"]


class Strategy(NamedTuple):
    """The chance to cooperate in the first round, and after each of ``OUTCOMES``."""

    first: float
    after: tuple[float, float, float, float]

    def chance(self, last: str | None) -> float:
        """Of cooperating when the last round ended in ``last``, seen from who follows the strategy; None before the first."""
        return self.first if last is None else self.after[OUTCOMES.index(last)]


def extortion(chi: Fraction) -> Strategy:
    """The zero-determinant strategy that gets ``chi`` times as much above P as its opponent, whatever that one does.

    Press and Dyson 2012, equation 12, with φ half of the largest that equation 13 allows: for χ = 3 they give
    it as (11/13, 1/2, 7/26, 0).
    Over the stationary distribution s_X - P = χ (s_Y - P), where X follows the strategy (their equation 11).
    """
    reward, sucker, temptation, punishment = (Fraction(PAYOFFS[outcome]) for outcome in OUTCOMES)
    low = punishment - sucker
    phi = low / (low + chi * (temptation - punishment)) / 2
    after = (
        1 - phi * (chi - 1) * (reward - punishment) / low,
        1 - phi * (1 + chi * (temptation - punishment) / low),
        phi * (chi + (temptation - punishment) / low),
        Fraction(0),
    )
    return Strategy(1.0, (float(after[0]), float(after[1]), float(after[2]), float(after[3])))


CHI: Mapping[str, Fraction] = {"extort1.5": Fraction(3, 2), "extort2": Fraction(2), "extort3": Fraction(3)}

STRATEGIES: Mapping[str, Strategy] = {
    "allc": Strategy(1.0, (1.0, 1.0, 1.0, 1.0)),
    "alld": Strategy(0.0, (0.0, 0.0, 0.0, 0.0)),
    "coin": Strategy(0.5, (0.5, 0.5, 0.5, 0.5)),
    "tft": Strategy(1.0, (1.0, 0.0, 1.0, 0.0)),
    "gtft": Strategy(1.0, (1.0, 1 / 3, 1.0, 1 / 3)),
    "grim": Strategy(1.0, (1.0, 0.0, 0.0, 0.0)),
    "wsls": Strategy(1.0, (1.0, 0.0, 0.0, 1.0)),
    **{name: extortion(chi) for name, chi in CHI.items()},
}
"""By name: always and never cooperating, a coin, tit-for-tat, its generous form (forgiving one in three), grim, win-stay-lose-shift.

Grim looks back one round only and needs no more: once anyone has defected, it defects, and its own defection keeps it so.
"""


def swapped(outcome: str) -> str:
    """``outcome`` as the other one sees it."""
    return outcome[::-1]
