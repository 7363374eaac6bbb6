"""Intervals and tests, each with its formula and source. Pure: the same numbers in give the same numbers out, everywhere.

The unit is always the world: repeats of one world are averaged before anything here sees them. Shares get Wilson limits;
everything else a bootstrap over worlds. Draws come from named streams and fixed bit generators, never from a method whose
numbers may change with the numpy version.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmark.streams import stream

Floats: TypeAlias = NDArray[np.float64]

CONFIDENCE = 0.95
RESAMPLES = 2000
GROUPS = 1024
"""Beyond this many worlds, worlds are drawn (or flipped) in this many fixed groups, which keeps the cost of a draw bounded."""

ALPHA, POWER = 0.05, 0.8
"""The error rates for which the smallest detectable difference is stated."""

ASSUMED_DISCORDANCE = 0.3
"""The share of discordant pairs that a plan assumes before any pair has been played."""

_SUPPORT = 2**20
"""A sign-flip distribution of at most this many different sums is enumerated; a larger one is sampled."""

_FLIPS = 9999


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its limits; ``n`` counts worlds (in a paired difference: pairs of worlds)."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Unseen:
    """A stratum, with ``weight`` in an estimate, of whose ``n`` worlds none lies beyond the ``median`` on one side (-1 or 1)."""

    weight: float
    n: int
    median: float
    side: int


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """An estimate with its bootstrap distribution, so that several can be averaged, or divided, draw by draw.

    ``unseen`` lists where the bootstrap cannot see variation because no world showed any; ``interval`` makes up for it.
    """

    mean: float
    draws: Floats
    n: int
    unseen: tuple[Unseen, ...] = ()


@dataclass(frozen=True, slots=True)
class Test:
    """A two-sided p-value and the name of the test it comes from."""

    __test__ = False

    p: float
    method: str


def wilson(successes: float, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Limits of a share: the score interval of Wilson (1927, JASA 22:209), recommended by Newcombe (1998, Stat. Med. 17:857).

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n) with p = successes/n. ``successes`` may be fractional: a world played
    several times counts with its mean, which has at most the variance of one play, so the limits err on the wide side.
    """
    _need_worlds(n)
    if not -1e-9 <= successes <= n + 1e-9:
        raise ValueError(f"{successes} successes in {n} worlds: give a number from 0 to n")
    p = min(max(successes / n, 0.0), 1.0)
    z2 = _z(confidence) ** 2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return Interval(p, max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half)), n)


def mean_of_strata(parts: Sequence[Interval]) -> Interval:
    """The plain mean of independent estimates, by MOVER ("square and add").

    With m = Σ pᵢ/k: low = m − √Σ(pᵢ − lᵢ)²/k, high = m + √Σ(uᵢ − pᵢ)²/k: Newcombe (1998, Stat. Med. 17:873) for two shares,
    Zou & Donner (2008, Stat. Med. 27:1693) in general. One part is returned as it is.
    """
    _need_worlds(len(parts))
    k = len(parts)
    if k == 1:
        return parts[0]
    mean = sum(part.mean for part in parts) / k
    below = math.sqrt(sum((part.mean - part.low) ** 2 for part in parts)) / k
    above = math.sqrt(sum((part.high - part.mean) ** 2 for part in parts)) / k
    return Interval(mean, mean - below, mean + above, sum(part.n for part in parts))


def mean_estimate(strata: Sequence[Floats], *names: str) -> Estimate:
    """The plain mean of the strata's means, resampled over worlds within each stratum (Efron & Tibshirani 1993, ch. 8).

    ``strata`` hold one number per world (a paired difference is such a number). ``names`` name the stream: the same names
    and sizes draw the same worlds, so that differences computed apart add up draw by draw.
    """
    parts = [ratio_estimate([np.column_stack([values, np.ones(len(values))])], *names, str(place)) for place, values in enumerate(strata)]
    return average(parts)


def ratio_estimate(strata: Sequence[Floats], *names: str) -> Estimate:
    """Σ numerator / Σ denominator over all worlds, resampled within each stratum; each row holds (numerator, denominator).

    A ratio of sums, not a mean of ratios: a world counts by what is at stake in it (Cochran 1977, ch. 6). The sum of the
    denominators must not be 0. A draw in which it is takes the estimate itself.
    """
    _need_worlds(sum(map(len, strata)))
    rows = [part for part in strata if len(part)]
    total = reduce(np.add, [part.sum(axis=0) for part in rows])
    if total[1] == 0:
        raise ValueError("a ratio of sums needs a denominator other than 0")
    mean = float(total[0] / total[1])
    sums = reduce(np.add, [resampled_sums(part, (*names, str(i))) for i, part in enumerate(rows)])
    unseen = [one for part in rows for one in _unseen(part, float(total[1]))]
    return Estimate(mean, _ratio(sums, mean), sum(map(len, rows)), tuple(unseen))


def average(estimates: Sequence[Estimate]) -> Estimate:
    """The macro-average: every estimate (a task) weighs the same, and its worlds were resampled on their own."""
    k = len(estimates)
    _need_worlds(k)
    unseen = tuple(Unseen(part.weight / k, part.n, part.median, part.side) for one in estimates for part in one.unseen)
    draws: Floats = reduce(np.add, [one.draws for one in estimates]) / k
    return Estimate(sum(one.mean for one in estimates) / k, draws, sum(one.n for one in estimates), unseen)


def interval(estimate: Estimate, bounds: tuple[float, float] | None = None, confidence: float = CONFIDENCE) -> Interval:
    """Percentile limits (Efron & Tibshirani 1993, ch. 13), widened if need be to hold the estimate.

    Where no world lies beyond the median on one side (all agree; or no pair is lost, and some are won) the bootstrap
    takes for granted that none ever will. Given the ``bounds`` of one world's value, a share qᵢ of such worlds is allowed
    for in every stratum of that kind: those that move the estimate most while the chance to see none of them,
    Π(1 − qᵢ)^nᵢ, is (1 − confidence)/2 (for one stratum, Clopper & Pearson 1934 for 0 of n). Each counts with its distance
    from median to bound, 1 at most (one success); what they add up to is squared and added to the bootstrap's own limit.
    """
    mean, tail = estimate.mean, (1 - confidence) / 2
    low, high = (float(limit) for limit in np.quantile(estimate.draws, [tail, 1 - tail]))
    below, above = max(0.0, mean - low), max(0.0, high - mean)
    if bounds:
        below = math.hypot(below, _beyond([part for part in estimate.unseen if part.side < 0], bounds[0], tail))
        above = math.hypot(above, _beyond([part for part in estimate.unseen if part.side > 0], bounds[1], tail))
    return Interval(mean, mean - below, mean + above, estimate.n)


def mcnemar(only_first: int, only_second: int) -> float:
    """Exact two-sided p of McNemar (1947): given b + c discordant pairs, b is Binomial(b + c, ½) if the arms are alike.

    p = min(1, 2 Σ_{k ≤ min(b, c)} C(b + c, k) / 2^(b + c)); 1 where nothing is discordant.
    """
    discordant = only_first + only_second
    share = float(_coin(discordant)[: min(only_first, only_second) + 1].sum())
    return 1.0 if only_first == only_second else min(1.0, 2 * share)


def sign_flip(contributions: Floats, *names: str) -> Test:
    """Two-sided p of Fisher's (1935, §21) sign-flip test of Σ contributions, one per pair: alike arms make either sign as likely.

    Where all contributions that are not 0 have one size (one play per world, equal weights) this is McNemar's exact test.
    Otherwise the sums of all sign patterns are enumerated, equal sizes together by their binomial law, while there are at most
    2²⁰ of them; beyond that 9,999 patterns are drawn and p = (1 + as extreme) / (1 + drawn) (Phipson & Smyth 2010).
    """
    _need_worlds(len(contributions))
    scale = float(np.abs(contributions).max())
    moved = np.round(contributions[contributions != 0] / scale, 12) if scale else contributions[:0]
    sizes, counts = np.unique(np.abs(moved), return_counts=True)
    if len(sizes) <= 1:
        return Test(mcnemar(int((moved > 0).sum()), int((moved < 0).sum())), "exact McNemar")
    extreme = abs(float(moved.sum())) - 1e-9 * float(np.abs(moved).sum())
    if math.prod(int(count) + 1 for count in counts) <= _SUPPORT:
        sums, chances = _flipped(sizes, counts)
        return Test(min(1.0, float(chances[np.abs(sums) >= extreme].sum())), "exact sign-flip")
    groups = _grouped(moved[:, None])[:, 0]
    signs = 1 - 2 * _bits((*names, "flips"), _FLIPS * len(groups)).reshape(_FLIPS, len(groups))
    as_extreme = int((np.abs(signs.astype(np.float64) @ groups) >= extreme).sum())
    return Test((1 + as_extreme) / (1 + _FLIPS), f"sign-flip, {_FLIPS} draws")


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """p-values adjusted for being one family (Holm 1979, Scand. J. Stat. 6:65).

    The i-th smallest of m becomes the largest of (m − j + 1) p₍ⱼ₎ over j ≤ i, at most 1. Keys keep their order.
    """
    adjusted: dict[str, float] = {}
    largest = 0.0
    for rank, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[name]))
        adjusted[name] = largest
    return {name: adjusted[name] for name in p_values}


def detectable_difference(n: int, discordance: float = ASSUMED_DISCORDANCE, alpha: float = ALPHA, power: float = POWER) -> float | None:
    """The smallest difference of paired shares that ``n`` pairs show with ``power`` in a two-sided test at ``alpha``.

    Connor (1987, Biometrics 43:207): n = (z_{1−α/2} √ψ + z_power √(ψ − δ²))² / δ², solved for δ, with ψ the share of
    discordant pairs. δ cannot exceed ψ; where the solution would, ψ is raised to δ (every discordant pair the same way):
    n δ = (z_{1−α/2} + z_power √(1 − δ))². None where not even δ = 1 would show.
    """
    _need_worlds(n)
    if not 0 <= discordance <= 1:
        raise ValueError(f"a discordance of {discordance}: give a share from 0 to 1")
    a, b = NormalDist().inv_cdf(1 - alpha / 2), NormalDist().inv_cdf(power)
    inner = n + b * b - a * a
    if inner >= 0:
        delta = math.sqrt(discordance) * (a * math.sqrt(n) + b * math.sqrt(inner)) / (n + b * b)
        if 0 < delta <= discordance:
            return delta
    if n < a * a:
        return None
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if n * middle >= (a + b * math.sqrt(1 - middle)) ** 2 else (middle, high)
    return high


def needed_per_arm(first: float, second: float, alpha: float = ALPHA, power: float = POWER) -> int:
    """How many each of two independent arms needs to tell the shares ``first`` and ``second`` apart in a two-sided test at ``alpha``.

    n = (z_{1−α/2} √(2 p̄ (1 − p̄)) + z_power √(p₁(1 − p₁) + p₂(1 − p₂)))² / (p₁ − p₂)² with p̄ the mean (Fleiss, Levin & Paik 2003, §4.2),
    rounded up; without a correction for continuity.
    """
    mean, inverse = (first + second) / 2, NormalDist().inv_cdf
    alike = inverse(1 - alpha / 2) * math.sqrt(2 * mean * (1 - mean))
    apart = inverse(power) * math.sqrt(first * (1 - first) + second * (1 - second))
    return math.ceil((alike + apart) ** 2 / (first - second) ** 2)


def _need_worlds(n: int) -> None:
    if n < 1:
        raise ValueError(f"an estimate needs at least one world; {n} given")


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _unseen(rows: Floats, total: float) -> list[Unseen]:
    """The sides of the median on which a stratum has no world, if anything is at stake in it."""
    staked = rows[rows[:, 1] != 0]
    if not len(staked):
        return []
    values = staked[:, 0] / staked[:, 1]
    median = float(np.median(values))
    past = 1e-12 * max(1.0, abs(median))
    sides = [side for side in (-1, 1) if not ((values - median) * side > past).any()]
    return [Unseen(float(staked[:, 1].sum()) / total, len(staked), median, side) for side in sides]


def _beyond(parts: Sequence[Unseen], bound: float, tail: float) -> float:
    """How far worlds that were not seen may move the estimate: Σ gᵢ qᵢ at its largest, where 1 − qᵢ = λ nᵢ/gᵢ or qᵢ = 0."""
    gains = [(part.weight * min(1.0, (bound - part.median) * part.side), part.n) for part in parts]
    gains = [(gain, n) for gain, n in gains if gain > 0]
    if not gains:
        return 0.0
    low, high = tail * min(gain / n for gain, n in gains), max(gain / n for gain, n in gains)
    for _ in range(60):
        middle = math.sqrt(low * high)
        seen = sum(n * min(0.0, math.log(middle * n / gain)) for gain, n in gains)
        low, high = (middle, high) if seen < math.log(tail) else (low, middle)
    return sum(gain * max(0.0, 1 - high * n / gain) for gain, n in gains)


def _ratio(sums: Floats, otherwise: float) -> Floats:
    empty = sums[:, 1] == 0
    return np.where(empty, otherwise, sums[:, 0] / np.where(empty, 1.0, sums[:, 1]))


def _grouped(rows: Floats) -> Floats:
    """``rows`` summed into ``GROUPS`` groups, every GROUPS-th row together; as they are where there are no more."""
    if len(rows) <= GROUPS:
        return rows
    group = np.arange(len(rows)) % GROUPS
    return np.column_stack([np.bincount(group, weights=column, minlength=GROUPS) for column in rows.T])


def resampled_sums(rows: Floats, names: tuple[str, ...]) -> Floats:
    """The column sums of each of ``RESAMPLES`` samples of ``rows``, drawn with replacement."""
    rows = _grouped(rows)
    return _times_drawn(len(rows), names) @ rows


@lru_cache(maxsize=4)
def _times_drawn(n: int, names: tuple[str, ...]) -> Floats:
    """How often each of ``n`` worlds is in each sample. Remembered: all measures of a task draw the same worlds."""
    words = _words(("bootstrap", *names), RESAMPLES * n).reshape(RESAMPLES, n)
    times = np.empty((RESAMPLES, n))
    for sample, drawn in enumerate(words):
        times[sample] = np.bincount(((drawn * np.uint64(n)) >> np.uint64(32)).astype(np.int64), minlength=n)
    return times


def _raw(names: Sequence[str], count: int) -> NDArray[np.uint64]:
    """``count`` random 64-bit words. Bit generators, unlike what is built on them, keep their numbers for ever (NEP 19)."""
    return np.random.PCG64(stream(0, "statistics", *names).bits(128)).random_raw(count)


def _words(names: Sequence[str], count: int) -> NDArray[np.uint64]:
    raw = _raw(names, (count + 1) // 2)
    return np.concatenate([raw >> np.uint64(32), raw & np.uint64(0xFFFFFFFF)])[:count]


def _bits(names: Sequence[str], count: int) -> NDArray[np.int8]:
    return np.unpackbits(_raw(names, (count + 63) // 64).astype("<u8").view(np.uint8))[:count].astype(np.int8)


def _coin(tosses: int) -> Floats:
    """The chances of 0, 1, …, ``tosses`` heads of a fair coin, by way of logarithms: no size overflows."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, tosses + 1)))])
    chances: Floats = np.exp(logs[-1] - logs - logs[::-1] - tosses * math.log(2))
    return chances


def _flipped(sizes: Floats, counts: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """All sums that flipping signs can give, with their chances; ``counts[i]`` numbers have the size ``sizes[i]``."""
    sums, chances = np.zeros(1), np.ones(1)
    for size, count in zip(sizes, counts, strict=True):
        heads = np.arange(int(count) + 1)
        sums = np.add.outer(sums, size * (2 * heads - int(count))).ravel()
        chances = np.multiply.outer(chances, _coin(int(count))).ravel()
    return sums, chances
