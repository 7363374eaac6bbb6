"""How far answers agree with the truth beyond what chance would bring."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from benchmark.results.statistics import Estimate, Floats, Unseen, resampled_sums


def kappa_estimate(strata: Sequence[Floats], *names: str) -> Estimate | None:
    """Cohen's (1960, Educ. Psychol. Meas. 20:37) κ = (pₒ − pₑ)/(1 − pₑ) of answers against the truth, all items pooled.

    A row is a world: (asked, agreed, told, yes, no). pₒ = agreed/asked and pₑ = (yes·told + no·(asked − told))/asked²: an answer that
    is neither yes nor no agrees with nothing. None where pₑ is 1. Worlds are resampled within each stratum (``statistics``); a draw
    that has no κ takes κ itself.
    """
    rows = [asked for part in strata if len(asked := part[part[:, 0] > 0])]
    if not rows:
        return None
    mean = float(_kappa(reduce(np.add, [part.sum(axis=0) for part in rows])[None, :])[0])
    if np.isnan(mean):
        return None
    draws = _kappa(reduce(np.add, [resampled_sums(part, (*names, str(place))) for place, part in enumerate(rows)]))
    draws, n = np.where(np.isnan(draws), mean, draws), sum(map(len, rows))
    alike = float(np.ptp(draws)) < 1e-12
    return Estimate(mean, draws, n, tuple(Unseen(1.0, n, mean, side) for side in (-1, 1)) if alike else ())


def _kappa(sums: Floats) -> Floats:
    """By row; NaN where answers and truth are all alike, or nothing was asked."""
    asked, agreed, told, yes, no = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = (yes * told + no * (asked - told)) / asked**2
        found: Floats = np.where(chance < 1 - 1e-12, (agreed / asked - chance) / (1 - chance), np.nan)
    return found
