"""How strong players are, from paired comparisons: the model of Bradley & Terry (1952, Biometrika 39:324). Pure.

The chance that i does better than j is 1 / (1 + exp(bⱼ − bᵢ)). A tie is half a win for each: two who nearly always do
equally well are then nearly equal. Davidson's model (1970, JASA 65:317) gives ties a parameter of their own, and rests on
what is left: with two wins, no loss and a hundred ties, a strength without limit.

Maximum likelihood is finite only where everyone has taken something off everyone, by way of others (Ford 1957, Amer. Math.
Monthly 64(8):28; Hunter 2004, Ann. Statist. 32:384). So that it always is, each player also plays ``PRIOR`` ties against
an imaginary one of strength 0; where only this keeps a strength finite, its interval is left open.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmark.results.statistics import Estimate, Floats, Interval, interval, mean_estimate, resampled_sums

PRIOR = 1.0
"""Ties, in units of one world, against an imaginary player of strength 0."""

_STEPS = 200
_PRECISE = 1e-11


@dataclass(frozen=True, slots=True)
class Strength:
    """A player beside the anchor: ``logit`` = b − b of the anchor; ``better`` is the chance to do better (ties half), n counts worlds.

    ``low`` and ``high`` are the limits of the logit; None where there is no limit to give.
    """

    logit: float
    low: float | None
    high: float | None
    better: Interval


def fit(scores: Floats, prior: float = PRIOR) -> Floats:
    """Strengths with mean 0 that maximise Σ sᵢⱼ log σ(bᵢ − bⱼ) + ½ prior Σ (log σ(bᵢ) + log σ(−bᵢ)).

    ``scores[…, i, j]`` is what i scored against j: 1 for each time it did better, ½ for each tie. Newton's method for many
    tables at once, with steps of at most 1 (under which it converges for logistic likelihoods: Bach 2010, Electron. J. Stat.
    4:384); Hunter's MM algorithm finds the same, but takes thousands of steps where a player nearly always wins.
    """
    scores = np.asarray(scores, dtype=np.float64)
    players = np.arange(scores.shape[-1])
    games = scores + np.swapaxes(scores, -1, -2)
    strengths = np.zeros(scores.shape[:-1])
    for _ in range(_STEPS):
        chance = _logistic(strengths[..., :, None] - strengths[..., None, :])
        at_par = _logistic(strengths)
        gradient = (scores - games * chance).sum(axis=-1) + prior * (0.5 - at_par)
        information = games * chance * (1 - chance)
        curvature = -information
        curvature[..., players, players] += information.sum(axis=-1) + prior * at_par * (1 - at_par)
        step = np.linalg.solve(curvature, gradient[..., None])[..., 0]
        largest = np.abs(step).max(axis=-1, keepdims=True)
        strengths = strengths + step / np.maximum(1.0, largest)
        if float(largest.max()) < _PRECISE:
            break
    centred: Floats = strengths - strengths.mean(axis=-1, keepdims=True)
    return centred


def reaches(scores: Floats) -> NDArray[np.bool_]:
    """[i, j]: whether i took something off j, or off one who did, and so on. Bounded from below by j is who reaches j."""
    found = scores > 0
    for by in range(len(found)):
        found |= np.outer(found[:, by], found[by])
    return found


def strengths(strata: Sequence[Floats], anchor: int, *names: str) -> list[Strength | None]:
    """Every player beside ``anchor``; None for one whom nothing links to it, and for the anchor itself.

    ``strata`` hold, for each task, a table of scores for each of its worlds: shape (worlds, players, players). Limits are
    percentiles over samples of worlds drawn within each task, on the scale of the chance to do better; where no world shows
    anything on one side of the usual, what may merely not have been seen is allowed for as in ``statistics.interval``.
    ``names`` name the resampling stream.
    """
    total: Floats = np.sum([part.sum(axis=0) for part in strata], axis=0)
    size = len(total)
    sums = np.sum([resampled_sums(part.reshape(len(part), -1), (*names, str(at))) for at, part in enumerate(strata)], axis=0)
    estimate, draws = fit(total), fit(sums.reshape(-1, size, size))
    reached = reaches(total)
    found: list[Strength | None] = []
    for player in range(size):
        bounded_below, bounded_above = bool(reached[player, anchor]), bool(reached[anchor, player])
        if player == anchor or not (bounded_below or bounded_above):
            found.append(None)
            continue
        logit = float(estimate[player] - estimate[anchor])
        chances = _logistic(draws[:, player] - draws[:, anchor])
        met = [_met(part, player, anchor) for part in strata]
        known = [part for part in met if len(part)]
        unseen = mean_estimate(known, *names).unseen if known else ()
        worlds = sum(map(len, known)) or sum(map(len, strata))
        limits = interval(Estimate(float(_logistic(np.float64(logit))), chances, worlds, unseen), (0.0, 1.0))
        low = max(0.0, limits.low) if bounded_below else 0.0
        high = min(1.0, limits.high) if bounded_above else 1.0
        found.append(Strength(logit, _logit(low), _logit(high), Interval(limits.mean, low, high, limits.n)))
    return found


def _met(part: Floats, player: int, anchor: int) -> Floats:
    """In each world in which they were compared, the player's share of what was to be scored."""
    own, other = part[:, player, anchor], part[:, anchor, player]
    played = own + other > 0
    share: Floats = own[played] / (own + other)[played]
    return share


def _logistic(x: Floats | np.float64) -> Floats:
    return np.asarray(0.5 * (1 + np.tanh(np.asarray(x) / 2)), dtype=np.float64)


def _logit(p: float) -> float | None:
    return math.log(p / (1 - p)) if 0 < p < 1 else None
